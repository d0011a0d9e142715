//! The catalogue, for searching only.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};
use sellme_core::catalog::{Catalog, Product};

use super::device;
use crate::{Result, words};

/// Up to so many hits are ranked one by one. Among more, what stands in the name or the number is, and the rest follows in the catalogue's order:
/// a word that half of the products share says little about any of them.
const WORTH_RANKING: usize = 1_000;

/// The index of pieces holds three letters in a row.
const SHORTEST_PIECE: usize = 3;

/// Indexes the catalogue, unless this revision is indexed already.
pub(crate) fn index(db: &Connection, catalog: &Catalog) -> Result<()> {
    let revision = format!("{} {}", catalog.revision, catalog.products.len());
    if device::get(db, device::INDEXED_REVISION)?.as_deref() == Some(&revision) {
        return Ok(());
    }
    db.execute_batch("DELETE FROM product; DELETE FROM product_text; DELETE FROM product_folded;")?;
    let mut listed = db.prepare_cached("INSERT INTO product (no, id, category) VALUES (?1, ?2, ?3)")?;
    let mut text = db.prepare_cached("INSERT INTO product_text (no, name, sku, features, description) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut folded = db.prepare_cached("INSERT INTO product_folded (no, text) VALUES (?1, ?2)")?;
    for (no, product) in (0_i64..).zip(&catalog.products) {
        let Product { id, category, name, sku, description, .. } = product;
        listed.execute((no, id, category))?;
        text.execute((no, name, sku, features(product), description))?;
        folded.execute((no, words::fold(&format!("{name}\n{sku}\n{description}"))))?;
    }
    db.execute_batch(
        "INSERT INTO product_words (product_words) VALUES ('rebuild'); INSERT INTO product_words (product_words) VALUES ('optimize'); \
         INSERT INTO product_pieces (product_pieces) VALUES ('rebuild'); INSERT INTO product_pieces (product_pieces) VALUES ('optimize');",
    )?;
    device::set(db, device::INDEXED_REVISION, &revision)
}

fn features(product: &Product) -> String {
    product.features.iter().map(|feature| format!("{}. {} {}", feature.name, feature.fact, feature.benefit)).collect::<Vec<_>>().join("\n")
}

/// Ids of products that the text finds, best first: by words and their beginnings, name before number before features before description; then those
/// that hold the text as it stands anywhere in name, number or description. Without a text, every product of the category in the catalogue's order.
pub(crate) fn search(db: &Connection, text: &str, category: Option<&str>) -> Result<Vec<String>> {
    let text = text.trim();
    let mut found = Found::default();
    if text.is_empty() {
        found.add(numbers(db, "SELECT no FROM product ORDER BY no", ())?);
    } else {
        if let Some(words) = words::Search::of_products(text).expression() {
            found.add_words(db, &words)?;
        }
        found.add_pieces(db, &words::fold(text))?;
    }
    ids(db, &found.numbers, category)
}

/// Products in the order in which they are shown, each once.
#[derive(Default)]
struct Found {
    numbers: Vec<i64>,
    seen: HashSet<i64>,
}

impl Found {
    fn add(&mut self, numbers: Vec<i64>) {
        self.numbers.extend(numbers.into_iter().filter(|no| self.seen.insert(*no)));
    }

    fn add_words(&mut self, db: &Connection, words: &str) -> Result<()> {
        let all = numbers(db, "SELECT rowid FROM product_words WHERE product_words MATCH ?1", [words])?;
        let ranked =
            "SELECT rowid FROM product_words WHERE product_words MATCH ?1 ORDER BY bm25(product_words, 10.0, 8.0, 3.0, 1.0), rowid";
        if all.len() <= WORTH_RANKING {
            self.add(numbers(db, ranked, [words])?);
        } else {
            self.add(numbers(db, ranked, [format!("{{name sku}} : ({words})")])?);
            self.add(all);
        }
        Ok(())
    }

    fn add_pieces(&mut self, db: &Connection, folded: &str) -> Result<()> {
        let found = if folded.chars().count() < SHORTEST_PIECE {
            numbers(db, "SELECT no FROM product_folded WHERE instr(text, ?1) ORDER BY no", [folded])?
        } else {
            let piece = format!("\"{}\"", folded.replace('"', "\"\""));
            numbers(db, "SELECT rowid FROM product_pieces WHERE product_pieces MATCH ?1 ORDER BY rowid", [piece])?
        };
        self.add(found);
        Ok(())
    }
}

fn numbers(db: &Connection, sql: &str, with: impl rusqlite::Params) -> Result<Vec<i64>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(with, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn ids(db: &Connection, numbers: &[i64], category: Option<&str>) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT id FROM product WHERE no = ?1 AND (?2 IS NULL OR category = ?2)")?;
    let mut ids = Vec::with_capacity(numbers.len());
    for no in numbers {
        ids.extend(statement.query_row((no, category), |row| row.get(0)).optional()?);
    }
    Ok(ids)
}
