//! A damaged file: what can be read is saved, the rest comes from the backup, and the user is told what is missing.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::Path,
};

use crate::support::{
    DAY, NOON, Place, backup,
    damage::{SESSIONS, filled, leave_marker, pages, practise, reopen, spoil, whole},
    id, session, talk, user, wait,
};
use rusqlite::Connection;
use sellme_core::{Code, Millis};
use sellme_store::{SqliteStore, StoreError};

#[test]
fn without_a_backup_only_what_was_on_the_damaged_page_is_missing() {
    let place = Place::new();
    filled(&place).close();
    let turns = pages(&place.folder.file(), "turn");
    spoil(&place.folder.file(), turns[turns.len() / 2]);
    leave_marker(&place);
    let (store, kept, missing) = reopen(&place);
    let there = (1..=SESSIONS).filter(|number| whole(&store, *number)).count();
    assert_eq!(kept as usize, there);
    assert_eq!(u128::from(kept + missing), SESSIONS, "every session is either kept or known to be missing");
    assert!((1..=3).contains(&missing), "a page holds the turns of one session or two: {missing}");
    assert_eq!(wait(store.chosen_profile()).unwrap().unwrap().name, "Dana");
    assert_eq!(
        wait(store.history(user(1), Default::default(), NOON)).unwrap().total as u128,
        SESSIONS,
        "what is left of the others is there too"
    );
}

#[test]
fn what_the_damaged_file_lost_comes_back_from_the_backup_and_what_the_backup_never_had_from_the_file() {
    let place = Place::new();
    let store = filled(&place);
    assert!(backup(&store, NOON).unwrap().is_some());
    practise(&store, SESSIONS + 1..SESSIONS + 11);
    talk(&store, &session(99, user(1), NOON), &["Still going on", "Yes"]);
    store.close();
    let spoilt = ["turn", "report", "session"].map(|table| pages(&place.folder.file(), table)).map(|pages| pages[pages.len() / 4]);
    for page in spoilt {
        spoil(&place.folder.file(), page);
    }
    leave_marker(&place);
    let (store, kept, missing) = reopen(&place);
    assert_eq!((u128::from(kept), missing), (SESSIONS + 11, 0));
    assert!((1..SESSIONS + 11).all(|number| whole(&store, number)));
    assert_eq!(wait(store.unfinished(user(1))).unwrap().len(), 1);
    let tallies = wait(store.tallies(user(1), 0, crate::support::TODAY)).unwrap();
    assert_eq!(u128::from(tallies.completed), SESSIONS + 10, "counted anew");
    let query = sellme_core::wire::HistoryQuery { text: Some("leather".into()), ..Default::default() };
    assert_eq!(u128::from(wait(store.history(user(1), query, NOON)).unwrap().matching), SESSIONS + 10, "indexed anew");
    drop(store);
    assert!(SqliteStore::open(&place.folder, NOON).unwrap().notices.is_empty(), "the user is told once");
}

#[test]
fn a_file_whose_first_page_is_gone_comes_back_from_the_backup() {
    let place = Place::new();
    let store = filled(&place);
    backup(&store, NOON).unwrap().unwrap();
    store.close();
    spoil(&place.folder.file(), 1);
    let (store, kept, missing) = reopen(&place);
    assert_eq!((u128::from(kept), missing), (SESSIONS, 0));
    assert!(whole(&store, 7));
}

#[test]
fn a_damaged_backup_is_passed_over_for_an_older_one() {
    let place = Place::new();
    let store = filled(&place);
    backup(&store, NOON).unwrap().unwrap();
    let newer = backup(&store, Millis(NOON.0 + DAY)).unwrap().unwrap();
    store.close();
    let turns = pages(&newer, "turn");
    spoil(&newer, turns[turns.len() / 2]);
    spoil(&place.folder.file(), 1);
    let (_store, kept, missing) = reopen(&place);
    assert_eq!((u128::from(kept), missing), (SESSIONS, 0));
}

#[test]
fn a_file_of_which_nothing_can_be_read_is_left_where_it_is() {
    let place = Place::new();
    filled(&place).close();
    // The header stays, the rest of the first page, which lists the tables, goes.
    let mut file = fs::File::options().write(true).open(place.folder.file()).unwrap();
    file.seek(SeekFrom::Start(100)).unwrap();
    file.write_all(&[0xA5; 3996]).unwrap();
    drop(file);
    let before = fs::read(place.folder.file()).unwrap();
    let refused = SqliteStore::open(&place.folder, NOON).unwrap_err();
    assert!(matches!(refused, StoreError::Lost(_)), "{refused:?}");
    assert_eq!(sellme_core::Error::from(refused).code, Code::DatabaseDamaged);
    assert!(fs::read(place.folder.file()).unwrap() == before, "not a byte was changed");
}

#[test]
fn a_repair_that_was_cut_short_is_carried_through() {
    let place = Place::new();
    filled(&place).close();
    // As it is between setting the damaged file aside and the new one taking its place, with leftovers of a first try.
    fs::rename(place.folder.file(), place.folder.path().join("sellme.repaired")).unwrap();
    let leftovers = ["sellme.repairing", "sellme.borrowed"].map(|name| place.folder.path().join(name));
    leftovers.iter().for_each(|path| fs::write(path, "half").unwrap());
    let store = place.open();
    assert!(leftovers.iter().all(|path| !path.exists()));
    assert!((1..=SESSIONS).all(|number| whole(&store, number)));
}

#[test]
fn an_unclean_stop_of_a_sound_file_costs_nothing_and_says_nothing() {
    let place = Place::new();
    filled(&place).close();
    leave_marker(&place);
    let opened = SqliteStore::open(&place.folder, NOON).unwrap();
    assert!(opened.notices.is_empty());
    assert!((1..=SESSIONS).all(|number| whole(&opened.store, number)));
}

#[test]
fn damage_that_is_met_while_working_is_repaired_at_the_next_start() {
    let place = Place::new();
    filled(&place).close();
    let reports = pages(&place.folder.file(), "report");
    for page in reports.iter().skip(1) {
        spoil(&place.folder.file(), *page);
    }
    let opened = SqliteStore::open(&place.folder, NOON).unwrap();
    assert!(opened.notices.is_empty(), "a clean stop is not looked at closely");
    let met = (1..=SESSIONS).filter_map(|number| wait(opened.store.session(id(number))).err()).next().unwrap();
    assert!(matches!(met, StoreError::Damaged(_)), "{met:?}");
    drop(opened);
    let (store, _, missing) = reopen(&place);
    assert!(missing > 0);
    let stored = wait(store.session(id(30))).unwrap();
    assert_eq!((stored.turns.len(), stored.session.overall_score), (40, Some(70)), "what was said outlives its report");
}

/// As `repair` leaves the folder when it is stopped after so many steps: the new file is whole, the log is set aside, the damaged file is.
fn stopped_after(steps: usize, damaged: &Place, repaired: &[u8]) -> Place {
    let place = Place::new();
    let folder = place.folder.path();
    let aside = place.folder.damaged().join("1795435200000");
    fs::create_dir_all(&aside).unwrap();
    fs::write(folder.join("sellme.repaired"), repaired).unwrap();
    for (step, name) in (1..).zip(["sellme.db-wal", "sellme.db"]) {
        let to = if step <= steps { aside.as_path() } else { folder };
        fs::copy(damaged.folder.path().join(name), to.join(name)).unwrap();
    }
    leave_marker(&place);
    place
}

#[test]
fn a_repair_that_was_cut_short_after_the_new_file_was_whole_is_carried_through() {
    let place = Place::new();
    filled(&place).close();
    let turns = pages(&place.folder.file(), "turn");
    let store = place.open();
    talk(&store, &session(99, user(1), NOON), &["Only the log has this", "It was acknowledged all the same"]);
    // As after a kill.
    let damaged = Place::new();
    fs::create_dir_all(damaged.folder.path()).unwrap();
    for name in ["sellme.db", "sellme.db-wal"] {
        fs::copy(place.folder.path().join(name), damaged.folder.path().join(name)).unwrap();
    }
    drop(store);
    spoil(&damaged.folder.file(), turns[turns.len() / 2]);
    let through = stopped_after(0, &damaged, &[]);
    fs::remove_file(through.folder.path().join("sellme.repaired")).unwrap();
    let (store, kept, missing) = reopen(&through);
    assert_eq!(wait(store.session(id(99))).unwrap().turns.len(), 2);
    drop(store);
    let repaired = fs::read(through.folder.file()).unwrap();
    for steps in 0..=2 {
        let place = stopped_after(steps, &damaged, &repaired);
        let (store, kept_then, missing_then) = reopen(&place);
        assert_eq!((kept_then, missing_then), (kept, missing), "stopped after {steps}");
        assert_eq!(wait(store.session(id(99))).unwrap().turns.len(), 2, "stopped after {steps}");
        let aside: Vec<_> = fs::read_dir(place.folder.damaged()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(aside.len(), 1);
        assert!(aside[0].join("sellme.db-wal").exists(), "the log is beside the file that it belongs to");
        assert!(!place.folder.path().join("sellme.repaired").exists());
        drop(store);
        assert!(SqliteStore::open(&place.folder, NOON).unwrap().notices.is_empty(), "the user is told once");
    }
}

/// Pages at the ends of a table or an index, in the order of its rows: the first and the last that hold any.
fn ends(file: &Path, name: &str) -> Vec<u64> {
    let db = Connection::open(file).unwrap();
    let mut statement = db.prepare("SELECT pageno FROM dbstat WHERE name = ?1 AND pagetype = 'leaf' ORDER BY path").unwrap();
    let leaves: Vec<i64> = statement.query_map([name], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    [leaves[0], leaves[leaves.len() - 1]].map(|page| u64::try_from(page).unwrap()).to_vec()
}

#[test]
fn a_number_that_no_session_can_have_does_not_hold_the_repair_up() {
    let place = Place::new();
    filled(&place).close();
    let db = Connection::open(place.folder.file()).unwrap();
    // As a damaged page can be read: a row with a number of its own, and a report of a session that is nowhere.
    db.execute_batch(
        "PRAGMA foreign_keys = OFF;
         INSERT INTO session (no, id, person, product_id, scenario_id, seed, mode, visibility, status, started_at, catalog_revision, win_path)
         SELECT 1 << 62, randomblob(16), person, product_id, scenario_id, seed, mode, visibility, 'IN_PROGRESS', started_at, catalog_revision, win_path
         FROM session WHERE no = 1;
         INSERT INTO report (session, person, rubric, body) VALUES (9223372036854775807, 1, '1', x'00');",
    )
    .unwrap();
    drop(db);
    let turns = pages(&place.folder.file(), "turn");
    spoil(&place.folder.file(), turns[turns.len() / 2]);
    leave_marker(&place);
    let (store, kept, missing) = reopen(&place);
    let there = (1..=SESSIONS).filter(|number| whole(&store, *number)).count();
    assert!((there as u128) >= SESSIONS - 3);
    assert_eq!(kept as usize, there + 1, "the one with a number of its own can be read");
    assert_eq!(u128::from(kept + missing), SESSIONS + 2, "the one that is nowhere is known to be missing");
}

#[test]
fn sessions_between_damaged_pages_of_every_table_are_reached() {
    let place = Place::new();
    filled(&place).close();
    let spoilt: Vec<u64> =
        ["session", "sqlite_autoindex_session_1", "turn", "report"].iter().flat_map(|name| ends(&place.folder.file(), name)).collect();
    for page in spoilt {
        spoil(&place.folder.file(), page);
    }
    leave_marker(&place);
    let (store, kept, _) = reopen(&place);
    let there = (1..=SESSIONS).filter(|number| whole(&store, *number)).count();
    assert_eq!(kept as usize, there);
    assert!(there > 10, "no walk from either end comes to them: {there}");
}

#[test]
fn a_repair_that_no_start_came_to_tell_of_is_told_by_the_next() {
    let place = Place::new();
    filled(&place).close();
    let turns = pages(&place.folder.file(), "turn");
    spoil(&place.folder.file(), turns[turns.len() / 2]);
    // Instead of the marker a folder: it is there, and a start cannot make its own.
    let marker = place.folder.path().join("sellme.open");
    fs::create_dir_all(&marker).unwrap();
    SqliteStore::open(&place.folder, NOON).unwrap_err();
    fs::remove_dir(&marker).unwrap();
    let (store, kept, missing) = reopen(&place);
    assert_eq!(u128::from(kept + missing), SESSIONS);
    drop(store);
    assert!(SqliteStore::open(&place.folder, NOON).unwrap().notices.is_empty(), "the user is told once");
}
