//! `sellme catalog`: what is sold.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use sellme_core::{Code, error::Result, wire::ProductSummary};
use tempfile::TempDir;

use super::{here, json, news, spare, text::Text};
use crate::{catalog, config::Place, host::Host};

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
    pub(super) async fn run(self, place: &Place) -> Result<()> {
        let text = Text::new();
        match self.command {
            Command::List { json: machine } => {
                let (host, _spare) = open(place)?;
                let products = host.app()?.products("", None).await?;
                if machine { json(&products, true) } else { text.products(&products) }
            }
            Command::Show { id, json: machine } => {
                let (host, _spare) = open(place)?;
                let product = host.app()?.product(&id).await?;
                if machine { json(&product, true) } else { text.product(&product) }
            }
            Command::Search { text: words, category, json: machine } => {
                let products = search(place, &words, category.as_deref()).await?;
                if machine { json(&products, true) } else { text.products(&products) }
            }
            Command::Check { folder } => text.checked(&catalog::read(&folder)?),
        }
    }
}

/// Products that match. Beside a window that has the folder open they are looked for in an index of one's own: the window's may be of another catalogue.
async fn search(place: &Place, words: &str, category: Option<&str>) -> Result<Vec<ProductSummary>> {
    let (host, _spare) = open(place)?;
    if host.searches_its_own()? {
        return host.app()?.products(words, category).await;
    }
    let (beside, _folder) = spare(place)?;
    let found = here(&beside).app()?.products(words, category).await?;
    // One's own scores are in the folder.
    let mut known = host.app()?.products("", None).await?;
    let taken = found.iter().filter_map(|found| known.iter().position(|known| known.id == found.id).map(|at| known.swap_remove(at)));
    Ok(taken.collect())
}

/// What is sold needs no data folder: where it cannot be opened, an empty one that goes away stands in for it, and only one's own scores are not shown.
fn open(place: &Place) -> Result<(Host, Option<TempDir>)> {
    let host = here(place);
    match host.app() {
        Ok(_) => Ok((host, None)),
        Err(error) if error.code == Code::CatalogInvalid => Err(error),
        Err(_) => {
            news("cli-without-data");
            let (beside, folder) = spare(place)?;
            Ok((here(&beside), Some(folder)))
        }
    }
}
