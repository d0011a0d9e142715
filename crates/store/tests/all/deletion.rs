//! “Delete everything about me”: afterwards no byte of that person's name or words is anywhere in the folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::support::{DAY, NOON, Place, backup, claim, completed, end_with, id, profile, report, session, talk, user, wait};
use rusqlite::{Connection, OpenFlags};
use sellme_core::{
    Millis,
    id::UserId,
    session::{Outcome, Session, Signal, Speaker, Turn},
    wire::{HistoryQuery, Settings},
};
use sellme_store::{SqliteStore, StoreError};

/// Words that nobody else says, with letters that nothing else has in this order.
const NAME: &str = "Quixzara Vyrnwy";
const SAID: &str = "my grandmother wove jyqtplk blankets in Xochimilco";

/// Sessions that each of the two completed.
const PRACTISED: u128 = 12;

/// Four letters in a row are enough to be found by: the index stores words without the beginning that they share with the word before.
fn pieces() -> Vec<Vec<u8>> {
    let words = ["Quixzara", "Vyrnwy", "jyqtplk", "Xochimilco", "quixzara", "vyrnwy", "xochimilco", "grandmother", "blankets"];
    words.iter().flat_map(|word| word.as_bytes().windows(4).map(<[u8]>::to_vec).collect::<Vec<_>>()).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}

/// Where any of these bytes are.
fn places(folder: &Path, sought: &[Vec<u8>]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files(folder) {
        let bytes = fs::read(&file).unwrap();
        let name = file.file_name().unwrap().as_encoded_bytes();
        for piece in sought {
            if [&bytes, name].iter().any(|bytes| bytes.windows(piece.len()).any(|window| window == piece)) {
                found.push(format!("{} has {}", file.display(), String::from_utf8_lossy(piece)));
            }
        }
    }
    found
}

fn stored_reports(file: &Path, user: UserId) -> Vec<Vec<u8>> {
    let db = Connection::open(file).unwrap();
    let mut statement = db.prepare("SELECT body FROM report JOIN profile ON profile.no = report.person WHERE profile.id = ?1").unwrap();
    statement.query_map([user.0.as_bytes()], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Quixzara practised a lot, Ray a little, and there are copies of it everywhere.
fn lived_in(place: &Place) -> SqliteStore {
    let store = place.open();
    wait(store.create_profile(&profile(1, NAME))).unwrap();
    wait(store.create_profile(&profile(2, "Ray"))).unwrap();
    wait(store.choose_profile(user(1))).unwrap();
    wait(store.save_settings(user(1), &Settings::default())).unwrap();
    for number in 0..PRACTISED {
        let begun = session(number, user(1), NOON);
        talk(&store, &begun, &[SAID, &format!("Quixzara here, {SAID}"), &SAID.repeat(60)]);
        let mut made = report(Some(70), Outcome::Sale);
        made.claims = vec![claim(sellme_core::scoring::cue::Verdict::Supported, SAID)];
        end_with(&store, &begun, made);
        completed(&store, &Session { id: id(1000 + number), ..session(0, user(2), NOON) }, &["How do you do", "Look at this buckle"], 60);
    }
    let begun = session(500, user(1), NOON);
    wait(store.create_session(&begun)).unwrap();
    let trap = [Signal::Trap { id: "jyqtplk".into() }];
    wait(store.append_turn(begun.id, &Turn::typed(0, Speaker::Customer, SAID), &trap, Millis(0))).unwrap();
    let backup = backup(&store, NOON).unwrap().unwrap();
    let folder = &place.folder;
    for sub in [folder.exports(), folder.logs(), folder.damaged().join("1")] {
        fs::create_dir_all(sub).unwrap();
    }
    fs::write(folder.exports().join("everything.json"), format!("{{\"user\":\"{}\",\"name\":\"{NAME}\",\"said\":\"{SAID}\"}}", user(1)))
        .unwrap();
    fs::write(folder.exports().join("Quixzara.json.part"), "").unwrap();
    fs::write(folder.exports().join("ray.json"), format!("{{\"user\":\"{}\",\"name\":\"Ray\"}}", user(2))).unwrap();
    fs::write(folder.logs().join("today.log"), format!("hello {NAME}")).unwrap();
    fs::copy(backup, folder.damaged().join("1").join("sellme.db")).unwrap();
    store
}

#[test]
fn no_byte_of_a_deleted_person_is_left_and_everybody_else_is() {
    let place = Place::new();
    let store = lived_in(&place);
    let mut sought = pieces();
    sought.extend(stored_reports(&place.folder.file(), user(1)));
    assert_eq!(sought.len(), pieces().len() + 12);
    let before = places(place.folder.path(), &sought);
    for part in ["sellme.db", "backups", "damaged", "exports", "logs"] {
        assert!(before.iter().any(|found| found.contains(part)), "nothing to delete in {part}: the test would prove nothing");
    }

    let deletion = wait(store.delete_person(user(1), NOON)).unwrap();
    assert_eq!(deletion.sessions, 13);
    assert!(deletion.held_up.is_none(), "{deletion:?}");
    assert_eq!(places(place.folder.path(), &sought), [] as [String; 0], "while it is open");
    assert_eq!(wait(store.profiles()).unwrap().len(), 1);
    assert_eq!(wait(store.chosen_profile()).unwrap(), None);
    assert!(matches!(wait(store.session(id(3))), Err(StoreError::NotFound { .. })));
    let buckle = HistoryQuery { text: Some("buckle".into()), ..HistoryQuery::default() };
    assert_eq!(wait(store.history(user(2), buckle, NOON)).unwrap().matching, 12);
    assert_eq!(wait(store.tallies(user(2), 0, crate::support::TODAY)).unwrap().completed, 12);
    assert!(wait(store.session(id(1000))).unwrap().report.is_some());
    assert!(place.folder.exports().join("ray.json").exists());
    let backups = files(&place.folder.backups());
    assert_eq!(backups.len(), 1, "a new backup of what is left");
    assert!(!stored_reports(&backups[0], user(2)).is_empty());
    wait(store.create_session(&session(600, user(2), NOON))).unwrap();
    store.close();
    assert_eq!(places(place.folder.path(), &sought), [] as [String; 0], "after it was closed");
}

#[test]
fn after_a_deletion_completed_sessions_are_as_immutable_as_before() {
    let place = Place::new();
    let store = lived_in(&place);
    wait(store.delete_person(user(1), NOON)).unwrap();
    store.close();
    let db = Connection::open(place.folder.file()).unwrap();
    assert!(db.execute("DELETE FROM turn", []).is_err());
    assert!(db.execute("DELETE FROM session", []).is_err());
}

/// Another program that reads the old state, and so keeps the log. One that only reads does not tidy up when it goes.
fn reader(place: &Place) -> Connection {
    let reader = Connection::open_with_flags(place.folder.file(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM turn;").unwrap();
    reader
}

fn open_a_day_later(place: &Place) -> SqliteStore {
    SqliteStore::open(&place.folder, Millis(NOON.0 + DAY)).unwrap().store
}

#[test]
fn a_deletion_that_another_program_held_up_is_done_and_its_last_traces_go_at_the_next_start() {
    let place = Place::new();
    let store = lived_in(&place);
    let reader = reader(&place);
    let deletion = wait(store.delete_person(user(1), NOON)).unwrap();
    assert_eq!(deletion.sessions, 13);
    assert!(matches!(deletion.held_up, Some(StoreError::Busy(_))), "{deletion:?}");
    assert_eq!(wait(store.profiles()).unwrap().len(), 1, "the deletion itself went through");
    assert_eq!(files(&place.folder.backups()).len(), 1, "there is a backup of what is left");
    drop(store);
    assert!(!places(place.folder.path(), &pieces()).is_empty(), "the reader held nothing up: the test would prove nothing");
    drop(reader);
    let store = open_a_day_later(&place);
    assert_eq!(places(place.folder.path(), &pieces()), [] as [String; 0]);
    assert!(wait(store.session(id(1000))).is_ok());
}

#[test]
fn last_traces_that_are_held_up_again_keep_nobody_out_and_go_later() {
    let place = Place::new();
    let store = lived_in(&place);
    let reader = reader(&place);
    assert!(wait(store.delete_person(user(1), NOON)).unwrap().held_up.is_some());
    drop(store);
    let store = open_a_day_later(&place);
    assert!(!places(place.folder.path(), &pieces()).is_empty(), "the reader held nothing up: the test would prove nothing");
    completed(&store, &session(700, user(2), NOON), &["Hello again", "Hi"], 80);
    drop(store);
    drop(reader);
    let store = open_a_day_later(&place);
    assert_eq!(places(place.folder.path(), &pieces()), [] as [String; 0]);
    assert!(wait(store.session(id(700))).unwrap().report.is_some());
}

#[test]
fn everybody_who_was_deleted_before_the_last_traces_could_go_is_remembered() {
    let place = Place::new();
    let store = lived_in(&place);
    wait(store.create_profile(&profile(3, "Dana"))).unwrap();
    // A file where the folder of exports should be: exports cannot be looked through.
    let (exports, elsewhere) = (place.folder.exports(), place.temp.path().join("exports"));
    fs::write(exports.join("dana.json"), format!("{{\"user\":\"{}\"}}", user(3))).unwrap();
    fs::rename(&exports, &elsewhere).unwrap();
    fs::write(&exports, "").unwrap();
    for (person, sessions) in [(1, 13), (2, 12)] {
        let deletion = wait(store.delete_person(user(person), NOON)).unwrap();
        assert_eq!(deletion.sessions, sessions);
        assert!(deletion.held_up.is_some(), "nothing was held up: the test would prove nothing");
        assert_eq!(places(&place.folder.backups(), &pieces()), [] as [String; 0], "what can be removed is");
    }
    drop(store);
    fs::remove_file(&exports).unwrap();
    fs::rename(&elsewhere, &exports).unwrap();
    let store = open_a_day_later(&place);
    let left: Vec<PathBuf> = files(&exports);
    assert_eq!(left, [exports.join("dana.json")]);
    assert_eq!(places(place.folder.path(), &pieces()), [] as [String; 0]);
    assert_eq!(wait(store.profiles()).unwrap().len(), 1);
}

#[test]
fn nobody_else_is_deleted_with_an_unknown_person() {
    let place = Place::new();
    let store = lived_in(&place);
    assert!(matches!(wait(store.delete_person(user(9), NOON)), Err(StoreError::NotFound { .. })));
    assert_eq!(wait(store.profiles()).unwrap().len(), 2);
    assert_eq!(files(&place.folder.backups()).len(), 1);
}

#[test]
fn a_backup_that_began_before_a_deletion_does_not_outlive_it() {
    let place = Place::new();
    let store = lived_in(&place);
    std::thread::scope(|scope| {
        let backups =
            scope.spawn(|| (1..12).map(|days| backup(&store, Millis(NOON.0 + days * DAY)).unwrap()).filter(Option::is_some).count());
        let held_up = wait(store.delete_person(user(1), Millis(NOON.0 + 5 * DAY))).unwrap().held_up;
        assert!(held_up.is_none(), "{held_up:?}");
        assert!(backups.join().unwrap() > 0);
    });
    assert_eq!(places(place.folder.path(), &pieces()), [] as [String; 0]);
}
