//! Whose is what after a repair: nobody who was deleted comes back, and everybody gets what is theirs.

use std::fs;

use crate::support::{
    DAY, NOON, Place, backup, completed,
    damage::{SESSIONS, filled, leave_marker, pages, reopen, spoil, whole},
    id, profile, session, talk, user, wait,
};
use rusqlite::Connection;
use sellme_core::{Millis, wire::Notice};
use sellme_store::{SqliteStore, StoreError};

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
