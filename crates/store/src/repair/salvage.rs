//! Reading what can be read of a file that may be damaged anywhere. A page that cannot be read costs what is on it, never the rest.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Params, Row};
use sellme_core::{
    id::{SessionId, UserId},
    scoring::report::Report,
    session::{Profile, Session, Signal, Status, Turn},
};

use crate::{
    StoredSession,
    columns::{from_json, millis, uuid},
    queries::{calls, recordings, reports, sessions, turns},
};

/// A person, with what they have chosen as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) profile: Profile,
    pub(crate) settings: Option<String>,
}

/// What shows that a session is or was there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Trace {
    /// Its id, where the row or the index of ids has it.
    pub(crate) id: Option<SessionId>,
    /// The number of its person in this file, where the row has it.
    pub(crate) person: Option<i64>,
}

/// The number of the first session that a file ever had.
const FIRST: i64 = 1;

/// How many numbers in a row are tried one by one where a page is damaged, which is many more than a page has rows. Then the steps double.
const SINGLE_STEPS: u32 = 4_096;

/// Every way to see that a session is or was there: the table from both ends, since a damaged page in the middle stops a walk, and every index.
const TRACES: &[&str] = &[
    "SELECT no FROM session NOT INDEXED ORDER BY no",
    "SELECT no FROM session NOT INDEXED ORDER BY no DESC",
    "SELECT no FROM session ORDER BY id",
    "SELECT no FROM session ORDER BY id DESC",
    "SELECT DISTINCT session FROM turn ORDER BY session",
    "SELECT DISTINCT session FROM turn ORDER BY session DESC",
    "SELECT session FROM report ORDER BY session",
    "SELECT session FROM report ORDER BY session DESC",
];

/// True where it can at least be read that there are sessions, be it none.
pub(crate) fn has_sessions(db: &Connection) -> bool {
    db.prepare("SELECT no FROM session").is_ok()
}

/// Sessions that left a trace or can be reached, by their numbers in this file.
pub(crate) fn traces(db: &Connection) -> BTreeMap<i64, Trace> {
    let numbers = TRACES.iter().flat_map(|sql| readable(db, sql, (), |row| row.get(0))).chain(reachable(db));
    let mut traces: BTreeMap<i64, Trace> = numbers.filter(|no| *no >= FIRST).map(|no| (no, Trace::default())).collect();
    // The index of ids outlives the rows.
    for order in ["", "DESC"] {
        for (id, no) in readable(db, &format!("SELECT id, no FROM session ORDER BY id {order}"), (), |row| Ok((uuid(row, 0)?, row.get(1)?)))
        {
            traces.entry(no).and_modify(|trace| trace.id = Some(SessionId(id)));
        }
    }
    for (no, trace) in &mut traces {
        let row = readable(db, "SELECT id, person FROM session WHERE no = ?1", [no], |row| Ok((uuid(row, 0)?, row.get(1)?)));
        if let Some((id, person)) = row.first() {
            *trace = Trace { id: Some(SessionId(*id)), person: Some(*person) };
        }
    }
    traces
}

/// Numbers of the sessions whose row is found by leaping from each number to the next that is there. Between two damaged pages no walk comes by, but a
/// leap that begins there does. A leap into a damaged page is tried again a little further on, so the cost is in the rows that are there and in the
/// damage, never in the numbers: one that was read from a damaged page can be any.
fn reachable(db: &Connection) -> Vec<i64> {
    let mut found = Vec::new();
    let Ok(mut leap) = db.prepare_cached("SELECT no FROM session NOT INDEXED WHERE no >= ?1 ORDER BY no LIMIT 1") else { return found };
    let (mut from, mut failed) = (FIRST, 0_u32);
    loop {
        let on = match leap.query_row([from], |row| row.get::<_, i64>(0)).optional() {
            Ok(None) => break,
            Ok(Some(no)) if no >= from => {
                found.push(no);
                failed = 0;
                no.checked_add(1)
            }
            Ok(Some(_)) | Err(_) => {
                failed += 1;
                1_i64.checked_shl(failed.saturating_sub(SINGLE_STEPS)).filter(|step| *step > 0).and_then(|step| from.checked_add(step))
            }
        };
        let Some(next) = on else { break };
        from = next;
    }
    found
}

/// The people that can be read, by the number that rows point at.
pub(crate) fn people(db: &Connection) -> BTreeMap<i64, Person> {
    let mut people = BTreeMap::new();
    for order in ["", "DESC"] {
        let sql = format!("SELECT id, name, created_at, settings, no FROM profile ORDER BY no {order}");
        people.extend(readable(db, &sql, (), |row| {
            let profile = Profile { id: UserId(uuid(row, 0)?), name: row.get(1)?, created_at: millis(row, 2)? };
            Ok((row.get::<_, i64>(4)?, Person { profile, settings: row.get(3)? }))
        }));
    }
    people
}

/// What belongs to the device.
pub(crate) fn device(db: &Connection) -> Vec<(String, String)> {
    readable(db, "SELECT key, value FROM device", (), |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What can be read of a session: nothing without its row; otherwise its turns up to the first that is gone. The owners are by the numbers of this file.
pub(crate) fn session(db: &Connection, no: i64, owners: &BTreeMap<i64, UserId>) -> Option<StoredSession> {
    let session = sessions::by_number(db, no).ok().or_else(|| without_person(db, no, owners))?;
    let turns = in_a_row(readable(db, turns::OF_SESSION, [no], turns::turn));
    let signals: Vec<(u32, Signal)> = readable(db, "SELECT idx, signal FROM signal WHERE session = ?1 ORDER BY idx, place", [no], |row| {
        Ok((row.get(0)?, row.get::<_, String>(1)?))
    })
    .into_iter()
    .filter_map(|(turn, signal)| Some((turn, from_json(&signal, "signal").ok()?)))
    .collect();
    let report: Option<Report> = reports::get(db, no).ok().flatten();
    let calls = readable(db, calls::OF_SESSION, [no], |row| row.get::<_, String>(0));
    let calls = calls.iter().filter_map(|call| from_json(call, "call").ok()).collect();
    let recording = readable(db, recordings::OF_SESSION, [no], recordings::recording).pop();
    Some(StoredSession { session, turns, signals, report, calls, recording })
}

/// The session's row where its person's row is gone.
fn without_person(db: &Connection, no: i64, owners: &BTreeMap<i64, UserId>) -> Option<Session> {
    let person: i64 = db.query_row("SELECT person FROM session WHERE no = ?1", [no], |row| row.get(0)).ok()?;
    let owner = owners.get(&person)?;
    let sql = format!("SELECT {} FROM session WHERE no = ?1", sessions::COLUMNS.replace("profile.id", "?2"));
    db.query_row(&sql, (no, owner.0.as_bytes()), sessions::session).ok()
}

/// True where nothing of the session is gone.
pub(crate) fn is_whole(stored: &StoredSession) -> bool {
    let Session { turns, status, .. } = stored.session;
    stored.turns.len() == turns as usize && (status != Status::Completed || stored.report.is_some())
}

fn in_a_row(turns: Vec<Turn>) -> Vec<Turn> {
    (0..).zip(turns).take_while(|(index, turn)| turn.index == *index).map(|(_, turn)| turn).collect()
}

/// The rows up to the first that cannot be read.
fn readable<T>(db: &Connection, sql: &str, with: impl Params, mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let mut found = Vec::new();
    let Ok(mut statement) = db.prepare_cached(sql) else { return found };
    let Ok(mut rows) = statement.query(with) else { return found };
    while let Ok(Some(row)) = rows.next() {
        found.extend(read(row).ok());
    }
    found
}
