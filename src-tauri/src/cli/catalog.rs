//! `sellme catalog`: what is sold.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use sellme_core::error::Result;

use super::{json, line, text::Text};
use crate::host::{Host, read_catalog};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  sellme catalog list\n  sellme catalog show pilbara-jacket\n  sellme catalog search \"oil finish\" --json\n  sellme catalog check crates/core/data/catalog"
)]
pub(super) struct Catalog {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Every product.
    List {
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// One product to study.
    Show {
        /// Its id.
        id: String,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Products whose name, description, sku or features have these words.
    Search {
        /// The words.
        text: String,
        /// Only in this category.
        #[arg(long, value_name = "ID")]
        category: Option<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Check a folder of catalogue files.
    Check {
        /// The folder.
        folder: PathBuf,
    },
}

impl Catalog {
    pub(super) async fn run(self, host: &Host) -> Result<()> {
        let text = Text::new();
        match self.command {
            Command::List { json: machine } => {
                let products = host.app()?.products("", None).await?;
                if machine { json(&products, true) } else { text.products(&products) }
            }
            Command::Show { id, json: machine } => {
                let product = host.app()?.product(&id).await?;
                if machine { json(&product, true) } else { text.product(&product) }
            }
            Command::Search { text: words, category, json: machine } => {
                let products = host.app()?.products(&words, category.as_deref()).await?;
                if machine { json(&products, true) } else { text.products(&products) }
            }
            Command::Check { folder } => {
                let catalog = read_catalog(&folder)?;
                line(&format!("{} products, revision {}", catalog.products.len(), catalog.revision))
            }
        }
    }
}
