//! Backups that nobody waits for.

use std::sync::mpsc::channel;

use crate::support::{DAY, NOON, Place, backup, profile, session, talk, user, wait};
use sellme_core::Millis;
use sellme_store::{SqliteStore, StoreError};

fn backups(place: &Place) -> Vec<String> {
    let entries = std::fs::read_dir(place.folder.backups()).map(|entries| entries.collect::<Vec<_>>()).unwrap_or_default();
    entries.into_iter().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn one_that_was_begun_is_whole_when_the_store_has_closed() {
    let place = Place::new();
    let store = place.open();
    wait(store.create_profile(&profile(1, "Dana"))).unwrap();
    let (tell, told) = channel();
    store.begin_backup_if_due(NOON, move |made| tell.send(made).unwrap()).unwrap();
    store.close();
    let path = told.recv().unwrap().unwrap().unwrap();
    assert_eq!(backups(&place), [path.file_name().unwrap().to_str().unwrap()]);
    let again = store.begin_backup_if_due(Millis(NOON.0 + 2 * DAY), |_| ()).unwrap_err();
    assert!(matches!(again, StoreError::Closed), "{again:?}");
}

#[test]
fn one_that_is_not_due_is_not_made() {
    let place = Place::new();
    let store = place.open();
    backup(&store, NOON).unwrap();
    assert_eq!(backup(&store, Millis(NOON.0 + DAY / 2)).unwrap(), None);
    store.close();
    assert_eq!(backups(&place).len(), 1);
}

#[test]
fn while_one_is_made_the_others_stand_aside_and_questions_are_answered() {
    let place = Place::new();
    let store = place.open();
    let ((begun, begins), (go_on, held)) = (channel(), channel::<()>());
    // It goes on for as long as the test likes.
    let first = move |_| {
        begun.send(()).unwrap();
        held.recv().unwrap();
    };
    store.begin_backup_if_due(NOON, first).unwrap();
    // Only now do the others come second.
    begins.recv().unwrap();
    let (makes, made) = channel();
    for day in 1..10 {
        let makes = makes.clone();
        store.begin_backup_if_due(Millis(NOON.0 + day * 2 * DAY), move |made| makes.send(made).unwrap()).unwrap();
    }
    drop(makes);
    // Three readers, one of them busy: were the others in a queue behind it, nobody would answer this.
    assert_eq!(wait(store.profiles()).unwrap(), []);
    // The last of them may only just have been taken from the queue: until all have stood aside, the first one is not done.
    assert!(made.recv().is_err(), "none of the others makes one");
    go_on.send(()).unwrap();
    store.close();
    assert_eq!(backups(&place).len(), 1);
}

#[test]
fn a_folder_that_is_only_read_gets_none() {
    let place = Place::new();
    place.open().close();
    let reading = SqliteStore::open_to_read(&place.folder).unwrap();
    let refused = reading.begin_backup_if_due(NOON, |_| ()).unwrap_err();
    assert!(matches!(refused, StoreError::InUse(_)), "{refused:?}");
}

#[test]
fn nothing_is_left_of_one_that_could_not_be_finished() {
    use std::io::{Seek, SeekFrom, Write};
    let place = Place::new();
    let store = place.open();
    wait(store.create_profile(&profile(1, "Dana"))).unwrap();
    let lines = vec!["leather and weather ".repeat(20); 200];
    talk(&store, &session(1, user(1), NOON), &lines.iter().map(String::as_str).collect::<Vec<_>>());
    store.close();
    let pages: u64 = rusqlite::Connection::open(place.folder.file())
        .unwrap()
        .query_row("SELECT max(pageno) FROM dbstat WHERE name = 'turn' AND pagetype = 'leaf'", [], |row| row.get::<_, i64>(0))
        .unwrap()
        .try_into()
        .unwrap();
    let mut file = std::fs::File::options().write(true).open(place.folder.file()).unwrap();
    file.seek(SeekFrom::Start((pages - 1) * 4096)).unwrap();
    file.write_all(&[0xA5; 4096]).unwrap();
    drop(file);
    let store = place.open();
    assert!(backup(&store, NOON).is_err());
    assert_eq!(std::fs::read_dir(place.folder.backups()).unwrap().count(), 0);
}
