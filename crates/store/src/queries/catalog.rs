//! The catalogue, for searching only.

use std::collections::HashSet;

use rusqlite::Connection;
use sellme_core::catalog::{Catalog, Product};

use super::device;
use crate::{Result, words};

/// Indexes the catalogue, unless this revision is indexed already.
pub(crate) fn index(db: &Connection, catalog: &Catalog) -> Result<()> {
    let revision = format!("{} {}", catalog.revision, catalog.products.len());
    if device::get(db, device::INDEXED_REVISION)?.as_deref() == Some(&revision) {
        return Ok(());
    }
    db.execute("DELETE FROM product", [])?;
    let mut insert =
        db.prepare_cached("INSERT INTO product (id, category, name, sku, features, description) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for product in &catalog.products {
        insert.execute((&product.id, &product.category, &product.name, &product.sku, features(product), &product.description))?;
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
/// that hold the text as it stands anywhere in name, description or number. Without a text, every product of the category in the catalogue's order.
pub(crate) fn search(db: &Connection, text: &str, category: Option<&str>) -> Result<Vec<String>> {
    let text = text.trim();
    if text.is_empty() {
        return ids(db, "SELECT id FROM product WHERE ?1 IS NULL OR category = ?1 ORDER BY no", [category]);
    }
    let mut found = Vec::new();
    if let Some(words) = words::Search::of_products(text).expression() {
        found = ids(
            db,
            "SELECT product.id FROM product_words JOIN product ON product.no = product_words.rowid \
             WHERE product_words MATCH ?1 AND (?2 IS NULL OR product.category = ?2) ORDER BY bm25(product_words, 10.0, 8.0, 3.0, 1.0), product.no",
            (words, category),
        )?;
    }
    let seen: HashSet<String> = found.iter().cloned().collect();
    found.extend(pieces(db, text, category)?.into_iter().filter(|id| !seen.contains(id)));
    Ok(found)
}

fn pieces(db: &Connection, text: &str, category: Option<&str>) -> Result<Vec<String>> {
    let folded = words::fold(text);
    if folded.chars().count() >= 3 {
        let piece = format!("\"{}\"", folded.replace('"', "\"\""));
        return ids(
            db,
            "SELECT product.id FROM product_pieces JOIN product ON product.no = product_pieces.rowid \
             WHERE product_pieces MATCH ?1 AND (?2 IS NULL OR product.category = ?2) ORDER BY bm25(product_pieces, 10.0, 8.0, 1.0), product.no",
            (piece, category),
        );
    }
    // One or two letters are too short for the index of pieces.
    let mut statement =
        db.prepare_cached("SELECT id, name, sku, description FROM product WHERE ?1 IS NULL OR category = ?1 ORDER BY no")?;
    let mut rows = statement.query([category])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        for column in 1..4 {
            if words::fold(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?).contains(&folded) {
                found.push(row.get(0)?);
                break;
            }
        }
    }
    Ok(found)
}

fn ids(db: &Connection, sql: &str, with: impl rusqlite::Params) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(with, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
