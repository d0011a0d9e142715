//! Sessions that are over, filtered and searched, newest first.

use rusqlite::{Connection, named_params};
use sellme_core::{
    DAY_MS, Millis,
    id::UserId,
    session::Speaker,
    wire::{HistoryQuery, Period, ScoreBand, Snippet},
};

use super::{profiles, sessions};
use crate::{
    Found, Result,
    columns::{Word, word},
    words::{Search, snippet},
};

const PAGE: u32 = 50;

/// Everything but the words. Each part falls away where its filter is empty.
const FILTER: &str = "session.person = :person AND session.ended_at IS NOT NULL AND session.ended_at >= :since \
     AND (:product IS NULL OR product_id = :product) AND (:scenario IS NULL OR scenario_id = :scenario) \
     AND (:outcome IS NULL OR outcome = :outcome) \
     AND (:lowest IS NULL OR overall_score BETWEEN :lowest AND :highest) AND (:unscored = 0 OR overall_score IS NULL)";

/// What the words leave: the sessions that hold them all.
const WORDS: &str = "AND session.no IN (SELECT rowid FROM session_words WHERE session_words MATCH :words)";

/// One page.
pub(crate) fn find(db: &Connection, user: UserId, query: &HistoryQuery, now: Millis) -> Result<Found> {
    let person = profiles::number(db, user)?;
    let total = total(db, person)?;
    let Some(search) = asked_for(query) else { return Ok(Found { rows: Vec::new(), matching: 0, total }) };
    let expression = search.as_ref().and_then(Search::expression);
    let clause = format!("{FILTER} {}", if expression.is_some() { WORDS } else { "AND :words IS NULL" });
    let (lowest, highest) = band(query.score);
    let since = query.period.map_or(i64::MIN, |period| now.0 - days(period) * DAY_MS);
    let (outcome, unscored) = (query.outcome.map(Word::word), query.score == Some(ScoreBand::Unscored));
    let limit = if query.limit == 0 { PAGE } else { query.limit };
    let filter = named_params! {
        ":person": person, ":since": since, ":product": query.product_id, ":scenario": query.scenario_id, ":outcome": outcome,
        ":lowest": lowest, ":highest": highest, ":unscored": unscored, ":words": expression,
    };
    let page = named_params! { ":limit": limit, ":offset": query.offset };
    let matching = db
        .prepare_cached(&format!("SELECT count(*) FROM session INDEXED BY session_over WHERE {clause}"))?
        .query_row(filter, |row| row.get(0))?;
    let numbers: Vec<i64> = db
        .prepare_cached(&format!(
            "SELECT no FROM session INDEXED BY session_over WHERE {clause} ORDER BY ended_at DESC, no DESC LIMIT :limit OFFSET :offset"
        ))?
        .query_map([filter, page].concat().as_slice(), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut rows = Vec::with_capacity(numbers.len());
    for no in numbers {
        let place = search.as_ref().map(|search| place(db, no, search)).transpose()?.flatten();
        rows.push((sessions::by_number(db, no)?, place));
    }
    Ok(Found { rows, matching, total })
}

/// How many of the person's sessions are over.
fn total(db: &Connection, person: i64) -> Result<u32> {
    Ok(db
        .prepare_cached("SELECT coalesce(sum(completed + abandoned), 0) FROM tally WHERE person = ?1")?
        .query_row([person], |row| row.get(0))?)
}

/// The words to look for: `Some(None)` where none were asked for, `None` where nothing can match what was asked for (a lone question mark).
#[allow(clippy::option_option)]
fn asked_for(query: &HistoryQuery) -> Option<Option<Search>> {
    match query.text.as_deref().map(str::trim) {
        None | Some("") => Some(None),
        Some(text) => Some(Search::of_transcripts(text)).filter(|search| search.expression().is_some()).map(Some),
    }
}

/// The first of the session's turns in which the most of the words were said.
fn place(db: &Connection, session: i64, search: &Search) -> Result<Option<Snippet>> {
    let mut statement = db.prepare_cached("SELECT idx, speaker, text FROM turn WHERE session = ?1 ORDER BY idx")?;
    let mut rows = statement.query([session])?;
    let mut best: Option<(usize, Snippet)> = None;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        let hits = search.hits(text);
        if hits.terms > best.as_ref().map_or(0, |(terms, _)| *terms) {
            let speaker: Speaker = word(row, 1)?;
            best = Some((hits.terms, snippet(speaker, row.get(0)?, text, &hits.places)));
            if hits.terms == search.terms() {
                break;
            }
        }
    }
    Ok(best.map(|(_, snippet)| snippet))
}

fn band(score: Option<ScoreBand>) -> (Option<u8>, Option<u8>) {
    match score {
        Some(ScoreBand::High) => (Some(80), Some(100)),
        Some(ScoreBand::Middle) => (Some(60), Some(79)),
        Some(ScoreBand::Low) => (Some(0), Some(59)),
        Some(ScoreBand::Unscored) | None => (None, None),
    }
}

fn days(period: Period) -> i64 {
    match period {
        Period::Week => 7,
        Period::Month => 30,
        Period::Quarter => 90,
    }
}
