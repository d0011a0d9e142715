//! A data file that is gone or empty beside its backups is a loss, and no fresh start.

use std::{fs, path::Path};

use crate::support::{
    NOON, Place, backup,
    damage::{SESSIONS, filled, reopen, spoil, whole},
};
use sellme_store::{SqliteStore, StoreError};

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
