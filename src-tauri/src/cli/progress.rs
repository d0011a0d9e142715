//! `sellme progress`: what the attempts add up to.

use clap::Args;
use sellme_core::error::Result;

use super::{json, text::Text};
use crate::host::Host;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  sellme progress\n  sellme progress --json")]
pub(super) struct Progress {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Progress {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let app = host.app()?;
        let progress = app.progress().await?;
        if self.json { json(&progress, true) } else { Text::new().progress(&progress, app.catalog()) }
    }
}
