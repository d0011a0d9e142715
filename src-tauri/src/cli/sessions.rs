//! `sellme sessions`: what was practised.

use clap::{Args, Subcommand};
use sellme_core::{
    error::Result,
    id::SessionId,
    wire::{HistoryPage, HistoryQuery, Unfinished},
};
use serde::Serialize;

use super::{json, line, text::Text};
use crate::host::Host;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  sellme sessions list --text waterproof\n  sellme sessions show 0198…\n  sellme sessions export --json"
)]
pub(super) struct Sessions {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Attempts, newest first.
    List {
        /// Only where these words were said.
        #[arg(long)]
        text: Option<String>,
        /// Only of this product.
        #[arg(long, value_name = "ID")]
        product: Option<String>,
        /// Rows at most.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Rows to leave out first.
        #[arg(long, default_value_t = 0)]
        offset: u32,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// One attempt with its debrief.
    Show {
        /// Its id.
        id: SessionId,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write everything of the person who practises to a JSON file.
    Export {
        /// Print where as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What is listed: a page of attempts that are over, and every one that can still go on.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(super) struct Listed {
    #[serde(flatten)]
    page: HistoryPage,
    /// Begun and not ended, newest first.
    open: Vec<Unfinished>,
}

impl Sessions {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let app = host.app()?;
        let text = Text::new();
        match self.command {
            Command::List { text: words, product, limit, offset, json: machine } => {
                let page =
                    app.history(&HistoryQuery { text: words, product_id: product, limit, offset, ..HistoryQuery::default() }).await?;
                let open = app.practice().await?.unfinished;
                if machine {
                    return json(&Listed { page, open }, true);
                }
                text.history(&page)?;
                text.open(&open)
            }
            Command::Show { id, json: machine } => {
                let debrief = app.debrief(id).await?;
                if machine {
                    return json(&debrief, true);
                }
                debrief.turns.iter().try_for_each(|turn| text.turn(turn))?;
                text.debrief(&debrief, &[])
            }
            Command::Export { json: machine } => {
                let exported = app.export_all().await?;
                if machine { json(&exported, true) } else { line(&exported.path) }
            }
        }
    }
}
