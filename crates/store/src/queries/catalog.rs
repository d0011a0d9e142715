//! The catalogue, for searching only.

use rusqlite::{Connection, OptionalExtension};
use sellme_core::catalog::{Catalog, Product};
use sha2::{Digest, Sha256};

use super::device;
use crate::{Result, words};

/// Up to so many hits are ranked one by one. Among more, those come first whose name or number holds the words, and all follow in the catalogue's order:
/// a word that half of the products share says little about any of them.
const WORTH_RANKING: usize = 1_000;

/// The index of pieces holds three letters in a row.
const SHORTEST_PIECE: usize = 3;

/// Indexes the catalogue, unless exactly these products are indexed already. Whoever writes a catalogue of their own edits it many times between two
/// revisions, so the revision says nothing.
pub(crate) fn index(db: &Connection, catalog: &Catalog) -> Result<()> {
    let rows: Vec<Indexed<'_>> = catalog.products.iter().map(Indexed::of).collect();
    let digest = digest(&rows);
    if device::get(db, device::INDEXED_CATALOG)?.as_deref() == Some(&digest) {
        return Ok(());
    }
    db.execute_batch("DELETE FROM product; DELETE FROM product_text; DELETE FROM product_folded;")?;
    let mut listed = db.prepare_cached("INSERT INTO product (no, id, category) VALUES (?1, ?2, ?3)")?;
    let mut text = db.prepare_cached("INSERT INTO product_text (no, name, sku, features, description) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut folded = db.prepare_cached("INSERT INTO product_folded (no, text) VALUES (?1, ?2)")?;
    for (no, row) in (0_i64..).zip(&rows) {
        let Indexed { id, category, name, sku, features, description } = row;
        listed.execute((no, id, category))?;
        text.execute((no, name, sku, features, description))?;
        folded.execute((no, words::fold(&format!("{name}\n{sku}\n{description}"))))?;
    }
    db.execute_batch(
        "INSERT INTO product_words (product_words) VALUES ('rebuild'); INSERT INTO product_words (product_words) VALUES ('optimize'); \
         INSERT INTO product_pieces (product_pieces) VALUES ('rebuild'); INSERT INTO product_pieces (product_pieces) VALUES ('optimize');",
    )?;
    device::set(db, device::INDEXED_CATALOG, &digest)
}

/// What is indexed of a product.
struct Indexed<'a> {
    id: &'a str,
    category: &'a str,
    name: &'a str,
    sku: &'a str,
    features: String,
    description: &'a str,
}

impl<'a> Indexed<'a> {
    fn of(product: &'a Product) -> Self {
        let Product { id, category, name, sku, description, .. } = product;
        Self { id, category, name, sku, features: features(product), description }
    }

    fn fields(&self) -> [&str; 6] {
        [self.id, self.category, self.name, self.sku, &self.features, self.description]
    }
}

/// Another for any other rows, or the same in another order. Each field counts with its length, so that nothing can move from one into the next.
fn digest(rows: &[Indexed<'_>]) -> String {
    let mut hash = Sha256::new();
    for field in rows.iter().flat_map(Indexed::fields) {
        hash.update((field.len() as u64).to_le_bytes());
        hash.update(field);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
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
    /// Whether a number is among them, by number.
    seen: Vec<bool>,
}

impl Found {
    fn add(&mut self, numbers: Vec<i64>) {
        for no in numbers {
            let place = usize::try_from(no).unwrap_or_default();
            if place >= self.seen.len() {
                self.seen.resize(place + 1, false);
            }
            if !std::mem::replace(&mut self.seen[place], true) {
                self.numbers.push(no);
            }
        }
    }

    fn add_words(&mut self, db: &Connection, words: &str) -> Result<()> {
        const MATCHING: &str = "SELECT rowid FROM product_words WHERE product_words MATCH ?1";
        let all = numbers(db, MATCHING, [words])?;
        if all.len() <= WORTH_RANKING {
            let ranked = format!("{MATCHING} ORDER BY bm25(product_words, 10.0, 8.0, 3.0, 1.0), rowid");
            self.add(numbers(db, &ranked, [words])?);
        } else {
            self.add(numbers(db, MATCHING, [format!("{{name sku}} : ({words})")])?);
            self.add(all);
        }
        Ok(())
    }

    fn add_pieces(&mut self, db: &Connection, folded: &str) -> Result<()> {
        if self.numbers.len() >= count(db)? as usize {
            return Ok(());
        }
        let found = if folded.chars().count() < SHORTEST_PIECE {
            holding(db, folded)?
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

fn count(db: &Connection) -> Result<u32> {
    Ok(db.prepare_cached("SELECT count(*) FROM product")?.query_row((), |row| row.get(0))?)
}

/// Products whose text holds so short a piece. Every text is looked through, here and not by SQLite's `instr`, which takes five times as long.
fn holding(db: &Connection, piece: &str) -> Result<Vec<i64>> {
    let mut statement = db.prepare_cached("SELECT no, text FROM product_folded ORDER BY no")?;
    let mut rows = statement.query(())?;
    let finder = memchr::memmem::Finder::new(piece);
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if finder.find(row.get_ref(1)?.as_bytes().map_err(rusqlite::Error::from)?).is_some() {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

/// The products' ids, in the same order. A few are looked up one by one; where they are a good part of all, all are read in one go.
fn ids(db: &Connection, numbers: &[i64], category: Option<&str>) -> Result<Vec<String>> {
    if numbers.len() <= count(db)? as usize / 4 {
        let mut statement = db.prepare_cached("SELECT id FROM product WHERE no = ?1 AND (?2 IS NULL OR category = ?2)")?;
        let mut ids = Vec::with_capacity(numbers.len());
        for no in numbers {
            ids.extend(statement.query_row((no, category), |row| row.get(0)).optional()?);
        }
        return Ok(ids);
    }
    let mut places = Vec::new();
    for (place, no) in numbers.iter().enumerate() {
        let no = usize::try_from(*no).unwrap_or_default();
        if no >= places.len() {
            places.resize(no + 1, None);
        }
        places[no] = Some(place);
    }
    let mut ids = vec![None; numbers.len()];
    let mut statement = db.prepare_cached("SELECT no, id FROM product WHERE ?1 IS NULL OR category = ?1")?;
    let mut rows = statement.query([category])?;
    while let Some(row) = rows.next()? {
        if let Some(place) = places.get(usize::try_from(row.get::<_, i64>(0)?).unwrap_or(usize::MAX)).copied().flatten() {
            ids[place] = Some(row.get(1)?);
        }
    }
    Ok(ids.into_iter().flatten().collect())
}
