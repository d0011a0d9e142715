//! Reports, packed: JSON that repeats its keys a hundred times takes a tenth of its room when it is deflated.

use std::io::{Read, Write};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use rusqlite::{Connection, OptionalExtension};
use sellme_core::scoring::{cue::Verdict, report::Report};

use super::sessions::Standing;
use crate::{Result, StoreError};

/// Counts of a report that progress needs without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) contradicted: u32,
    pub(crate) objections: u32,
    pub(crate) resolved: u32,
}

pub(crate) fn marks(report: &Report) -> Marks {
    let count = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
    Marks {
        contradicted: count(report.claims.iter().filter(|claim| claim.verdict == Verdict::Contradicted).count()),
        objections: count(report.objections.len()),
        resolved: count(report.objections.iter().filter(|objection| objection.resolved).count()),
    }
}

/// The bytes that are stored.
pub(crate) fn pack(report: &Report) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(report).map_err(|_| StoreError::Value("report"))?;
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&json)?;
    Ok(packed.finish()?)
}

/// The report in stored bytes.
pub(crate) fn unpack(packed: &[u8]) -> Result<Report> {
    let mut json = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut json).map_err(|_| StoreError::Value("report"))?;
    serde_json::from_slice(&json).map_err(|_| StoreError::Value("report"))
}

pub(crate) fn insert(db: &Connection, standing: &Standing, rubric: &str, packed: &[u8]) -> Result<()> {
    db.prepare_cached("INSERT INTO report (session, person, rubric, body) VALUES (?1, ?2, ?3, ?4)")?.execute((
        standing.no,
        standing.person,
        rubric,
        packed,
    ))?;
    Ok(())
}

pub(crate) fn get(db: &Connection, session: i64) -> Result<Option<Report>> {
    let packed: Option<Vec<u8>> =
        db.prepare_cached("SELECT body FROM report WHERE session = ?1")?.query_row([session], |row| row.get(0)).optional()?;
    packed.map(|packed| unpack(&packed)).transpose()
}
