//! Data files with much in them, and what spoils them.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::Path,
};

use rusqlite::Connection;
use sellme_core::{
    Millis,
    session::{Outcome, Session, Speaker, Status, Turn},
    wire::Notice,
};
use sellme_store::{SqliteStore, StoredSession};

use super::{DAY, NOON, Place, id, profile, report, session, user, wait};

/// How many sessions the place has.
pub(crate) const SESSIONS: u128 = 60;

/// Forty lines that fill pages of their own.
pub(crate) fn lines(number: u128) -> Vec<String> {
    (0..40).map(|turn| format!("session {number} turn {turn} {}", "about leather and weather ".repeat(4))).collect()
}

/// Stores whole sessions with these numbers.
pub(crate) fn practise(store: &SqliteStore, numbers: std::ops::Range<u128>) {
    let whole = numbers.map(|number| {
        let begun = session(number, user(1), Millis(NOON.0 + i64::try_from(number).unwrap()));
        let session = Session { status: Status::Completed, ended_at: Some(begun.started_at), overall_score: Some(70), ..begun };
        let turns = (0..).zip(lines(number)).map(|(index, line)| Turn::typed(index, Speaker::Rep, line)).collect();
        StoredSession {
            session,
            turns,
            signals: Vec::new(),
            report: Some(report(Some(70), Outcome::Sale)),
            calls: Vec::new(),
            recording: None,
        }
    });
    wait(store.import(whole.collect())).unwrap();
}

/// A data file of Dana with all the sessions.
pub(crate) fn filled(place: &Place) -> SqliteStore {
    let store = place.open();
    wait(store.create_profile(&profile(1, "Dana"))).unwrap();
    wait(store.choose_profile(user(1))).unwrap();
    practise(&store, 1..SESSIONS + 1);
    store
}

/// Pages of a table or an index, by name.
pub(crate) fn pages(file: &Path, name: &str) -> Vec<u64> {
    let db = Connection::open(file).unwrap();
    let mut statement = db.prepare("SELECT pageno FROM dbstat WHERE name = ?1 ORDER BY pageno").unwrap();
    statement.query_map([name], |row| row.get::<_, i64>(0)).unwrap().map(|page| u64::try_from(page.unwrap()).unwrap()).collect()
}

/// Makes a page of a file unreadable.
pub(crate) fn spoil(file: &Path, page: u64) {
    let mut file = fs::File::options().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start((page - 1) * 4096)).unwrap();
    file.write_all(&[0xA5; 4096]).unwrap();
}

/// As after a stop in the middle of something.
pub(crate) fn leave_marker(place: &Place) {
    fs::write(place.folder.path().join("sellme.open"), "").unwrap();
}

/// Opens what has to be repaired; how many sessions were kept, and how many are missing.
pub(crate) fn reopen(place: &Place) -> (SqliteStore, u32, u32) {
    let opened = SqliteStore::open(&place.folder, Millis(NOON.0 + DAY)).unwrap();
    let [Notice::Repaired { kept, missing, set_aside }] = opened.notices.as_slice() else { panic!("{:?}", opened.notices) };
    assert!(Path::new(set_aside).join("sellme.db").exists(), "the damaged file is kept");
    (opened.store, *kept, *missing)
}

/// True where nothing of a session is missing.
pub(crate) fn whole(store: &SqliteStore, number: u128) -> bool {
    wait(store.session(id(number))).is_ok_and(|stored| {
        stored.session.status == Status::Completed
            && stored.report.is_some()
            && stored.turns.iter().map(|turn| turn.text.clone()).collect::<Vec<_>>() == lines(number)
    })
}
