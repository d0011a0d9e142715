//! A damaged file: what can be read is saved, the rest comes from the backup, and the user is told what is missing.
#![allow(clippy::unwrap_used)]

mod support;

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::Path,
};

use rusqlite::Connection;
use sellme_core::{
    Code, Millis,
    session::{Outcome, Session, Speaker, Status, Turn},
    wire::Notice,
};
use sellme_store::{SqliteStore, StoreError, StoredSession};
use support::{DAY, NOON, Place, backup, completed, id, profile, report, session, talk, user, wait};

const SESSIONS: u128 = 60;

/// Forty lines that fill pages of their own.
fn lines(number: u128) -> Vec<String> {
    (0..40).map(|turn| format!("session {number} turn {turn} {}", "about leather and weather ".repeat(4))).collect()
}

fn practise(store: &SqliteStore, numbers: std::ops::Range<u128>) {
    let whole = numbers.map(|number| {
        let begun = session(number, user(1), Millis(NOON.0 + i64::try_from(number).unwrap()));
        let session = Session { status: Status::Completed, ended_at: Some(begun.started_at), overall_score: Some(70), ..begun };
        let turns = (0..).zip(lines(number)).map(|(index, line)| Turn::typed(index, Speaker::Rep, line)).collect();
        StoredSession { session, turns, signals: Vec::new(), report: Some(report(Some(70), Outcome::Sale)) }
    });
    wait(store.import(whole.collect())).unwrap();
}

fn filled(place: &Place) -> SqliteStore {
    let store = place.open();
    wait(store.create_profile(&profile(1, "Dana"))).unwrap();
    wait(store.choose_profile(user(1))).unwrap();
    practise(&store, 1..SESSIONS + 1);
    store
}

/// Pages of a table or an index, by name.
fn pages(file: &Path, name: &str) -> Vec<u64> {
    let db = Connection::open(file).unwrap();
    let mut statement = db.prepare("SELECT pageno FROM dbstat WHERE name = ?1 ORDER BY pageno").unwrap();
    statement.query_map([name], |row| row.get::<_, i64>(0)).unwrap().map(|page| u64::try_from(page.unwrap()).unwrap()).collect()
}

fn spoil(file: &Path, page: u64) {
    let mut file = fs::File::options().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start((page - 1) * 4096)).unwrap();
    file.write_all(&[0xA5; 4096]).unwrap();
}

fn leave_marker(place: &Place) {
    fs::write(place.folder.path().join("sellme.open"), "").unwrap();
}

fn reopen(place: &Place) -> (SqliteStore, u32, u32) {
    let opened = SqliteStore::open(&place.folder, Millis(NOON.0 + DAY)).unwrap();
    let [Notice::Repaired { kept, missing, set_aside }] = opened.notices.as_slice() else { panic!("{:?}", opened.notices) };
    assert!(Path::new(set_aside).join("sellme.db").exists(), "the damaged file is kept");
    (opened.store, *kept, *missing)
}

fn whole(store: &SqliteStore, number: u128) -> bool {
    wait(store.session(id(number))).is_ok_and(|stored| {
        stored.session.status == Status::Completed
            && stored.report.is_some()
            && stored.turns.iter().map(|turn| turn.text.clone()).collect::<Vec<_>>() == lines(number)
    })
}

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
    let tallies = wait(store.tallies(user(1), 0, support::TODAY)).unwrap();
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
fn nobody_who_was_deleted_comes_back_from_a_backup_that_still_has_them() {
    let place = Place::new();
    let store = filled(&place);
    wait(store.create_profile(&profile(2, "Quixzara"))).unwrap();
    wait(store.choose_profile(user(2))).unwrap();
    for number in [201, 202] {
        completed(&store, &session(number, user(2), NOON), &["Hello", "I am Quixzara"], 70);
    }
    let backup = backup(&store, NOON).unwrap().unwrap();
    let before = fs::read(&backup).unwrap();
    // A file where the folder of exports should be holds the removal of the last traces up, and the backup stays as after a stop right then.
    fs::write(place.folder.exports(), "").unwrap();
    assert!(wait(store.delete_person(user(2), NOON)).unwrap().held_up.is_some());
    store.close();
    fs::remove_dir_all(place.folder.backups()).unwrap();
    fs::create_dir_all(place.folder.backups()).unwrap();
    fs::write(&backup, before).unwrap();
    let turns = pages(&place.folder.file(), "turn");
    spoil(&place.folder.file(), turns[turns.len() / 2]);
    leave_marker(&place);

    // The damaged file is not kept: it has the last traces.
    let opened = SqliteStore::open(&place.folder, Millis(NOON.0 + DAY)).unwrap();
    let [Notice::Repaired { kept, missing, .. }] = opened.notices[..] else { panic!("{:?}", opened.notices) };
    assert_eq!((u128::from(kept), missing), (SESSIONS, 0), "what was deleted is not missing");
    let store = opened.store;
    assert!((1..=SESSIONS).all(|number| whole(&store, number)));
    let names: Vec<String> = wait(store.profiles()).unwrap().into_iter().map(|profile| profile.name).collect();
    assert_eq!(names, ["Dana"]);
    assert!(matches!(wait(store.session(id(201))), Err(StoreError::NotFound { .. })));
    assert_eq!(wait(store.chosen_profile()).unwrap(), None);
    drop(store);
    fs::remove_file(place.folder.exports()).unwrap();
    drop(place.open());
    let file = fs::read(place.folder.file()).unwrap();
    assert!(!file.windows(8).any(|window| window.eq_ignore_ascii_case(b"Quixzara")));
    assert!(!place.folder.damaged().exists(), "the last traces are still due after the repair, and go");
}

/// Sessions that still go on, by their ids, with the person that each belongs to.
fn owners(store: &SqliteStore, numbers: &[u128]) -> Vec<sellme_core::id::UserId> {
    numbers.iter().map(|number| wait(store.session(id(*number))).unwrap().session.user_id).collect()
}

#[test]
fn after_a_deletion_and_a_repair_numbers_are_others_than_in_the_backup_and_the_next_repair_gives_everybody_what_is_theirs() {
    let place = Place::new();
    let store = filled(&place);
    for (number, name) in [(2, "Ray"), (3, "Quixzara")] {
        wait(store.create_profile(&profile(number, name))).unwrap();
        talk(&store, &session(200 + number, user(number), NOON), &["Hello", "Hi"]);
    }
    // Makes a backup in which Ray is the second and Quixzara the third.
    assert!(wait(store.delete_person(user(1), NOON)).unwrap().held_up.is_none());
    let spoil_one = |table: &str| {
        let pages = pages(&place.folder.file(), table);
        spoil(&place.folder.file(), pages[pages.len() - 1]);
        leave_marker(&place);
    };
    store.close();
    spoil_one("tally");
    // Here Ray is the first and Quixzara the second.
    let (store, kept, missing) = reopen(&place);
    assert_eq!((kept, missing), (2, 0));
    for number in [2, 3] {
        talk(&store, &session(300 + number, user(number), NOON), &["Hello again", "Hi"]);
    }
    store.close();
    let before = fs::read(place.folder.file()).unwrap();
    spoil_one("tally");
    let (store, kept, missing) = reopen(&place);
    assert_eq!((kept, missing), (4, 0), "a number that is another elsewhere is no missing session");
    assert_eq!(owners(&store, &[202, 203, 302, 303]), [user(2), user(3), user(2), user(3)]);
    assert_eq!(wait(store.profiles()).unwrap().len(), 2);
    store.close();

    // The rows of the people are gone too: their sessions say who they are, not their numbers.
    fs::write(place.folder.file(), before).unwrap();
    spoil_one("profile");
    let (store, kept, missing) = reopen(&place);
    assert_eq!((kept, missing), (4, 0));
    assert_eq!(owners(&store, &[202, 203, 302, 303]), [user(2), user(3), user(2), user(3)]);
    let names: Vec<String> = wait(store.profiles()).unwrap().into_iter().map(|profile| profile.name).collect();
    assert_eq!(names, ["Ray", "Quixzara"]);
}

#[test]
fn somebody_whom_no_source_knows_gets_nobody_elses_sessions_and_gives_theirs_to_nobody() {
    let place = Place::new();
    let store = place.open();
    wait(store.create_profile(&profile(1, "Dana"))).unwrap();
    backup(&store, NOON).unwrap().unwrap();
    wait(store.create_profile(&profile(2, "Ray"))).unwrap();
    talk(&store, &session(2, user(2), NOON), &["Hello", "Hi"]);
    store.close();
    // In the file Ray has the number that Dana has in the backup.
    let db = Connection::open(place.folder.file()).unwrap();
    db.execute_batch(
        "PRAGMA foreign_keys = OFF; UPDATE profile SET no = 9 WHERE no = 1; UPDATE profile SET no = 1 WHERE no = 2;
         UPDATE session SET person = 1; UPDATE turn SET person = 1;",
    )
    .unwrap();
    drop(db);
    let page = pages(&place.folder.file(), "profile")[0];
    spoil(&place.folder.file(), page);
    leave_marker(&place);
    let (store, kept, missing) = reopen(&place);
    assert_eq!((kept, missing), (1, 0));
    assert_eq!(wait(store.history(user(1), Default::default(), NOON)).unwrap().total, 0, "Dana has not said that");
    let names: Vec<String> = wait(store.profiles()).unwrap().into_iter().map(|profile| profile.name).collect();
    assert_eq!(names, ["Dana", "Recovered profile"]);
}

/// Lost in this way, the file comes back from the backup, the user is told, and the backup stays.
fn comes_back_after(lose: impl Fn(&Path)) {
    let place = Place::new();
    let store = filled(&place);
    let backup = backup(&store, NOON).unwrap().unwrap();
    store.close();
    lose(&place.folder.file());
    let (store, kept, missing) = reopen(&place);
    assert_eq!((u128::from(kept), missing), (SESSIONS, 0));
    assert!((1..=SESSIONS).all(|number| whole(&store, number)));
    assert!(backup.exists());
    drop(store);
    assert!(SqliteStore::open(&place.folder, NOON).unwrap().notices.is_empty(), "the user is told once");
}

#[test]
fn a_file_that_was_cut_to_nothing_beside_a_backup_is_damaged_and_no_fresh_start() {
    comes_back_after(|file| fs::write(file, "").unwrap());
}

#[test]
fn a_file_that_is_gone_beside_a_backup_is_damaged_and_no_fresh_start() {
    comes_back_after(|file| fs::remove_file(file).unwrap());
}

#[test]
fn an_empty_file_beside_backups_that_are_damaged_too_is_no_fresh_start_either() {
    let place = Place::new();
    let store = filled(&place);
    let backup = backup(&store, NOON).unwrap().unwrap();
    store.close();
    spoil(&backup, 1);
    fs::write(place.folder.file(), "").unwrap();
    assert!(matches!(SqliteStore::open(&place.folder, NOON), Err(StoreError::Lost(_))));
    assert!(backup.exists());
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
