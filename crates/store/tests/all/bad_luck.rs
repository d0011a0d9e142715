//! What can go wrong with a folder or a file: each has its own code, and nothing is lost or touched.

#[cfg(unix)]
use std::fs;

use crate::support::{DAY, NOON, Place, backup, completed, id, profile, session, talk, user, wait};
use rusqlite::Connection;
use sellme_core::{
    Code, Error, Millis,
    session::{Speaker, Turn},
};
use sellme_store::{Folder, FolderLock, SqliteStore, StoreError};

fn filled(place: &Place) -> SqliteStore {
    let store = place.open();
    wait(store.create_profile(&profile(1, "Dana"))).unwrap();
    completed(&store, &session(1, user(1), NOON), &["Hello", "Hi"], 70);
    store
}

/// Refused with this code and a sentence, and not a byte of the folder is another.
fn left_alone(folder: &Folder, code: Code) {
    let before = contents(folder);
    let error = Error::from(SqliteStore::open(folder, NOON).unwrap_err());
    assert_eq!(error.code, code);
    assert!(error.message.ends_with('.') && error.message.len() > 60, "{}", error.message);
    let error = Error::from(SqliteStore::open_to_read(folder).unwrap_err());
    assert_eq!(error.code, code);
    assert!(contents(folder) == before, "something in the folder changed");
}

fn contents(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file() && !entry.file_name().to_string_lossy().ends_with("-shm"))
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .filter(|(name, bytes)| !(name.ends_with("-wal") && bytes.is_empty()))
        .collect();
    all.sort();
    all
}

#[test]
fn a_file_from_a_newer_program_is_refused_and_never_touched() {
    let place = Place::new();
    filled(&place).close();
    Connection::open(place.folder.file()).unwrap().pragma_update(None, "user_version", 1_000).unwrap();
    left_alone(&place.folder, Code::DatabaseNewer);
}

#[test]
fn a_newer_version_that_stands_only_in_the_log_is_seen_too() {
    let place = Place::new();
    filled(&place).close();
    let copy = Place::new();
    fs::create_dir_all(copy.folder.path()).unwrap();
    let db = Connection::open(place.folder.file()).unwrap();
    db.pragma_update(None, "user_version", 1_000).unwrap();
    // As after a kill: the log is there, the file still has the old number.
    for name in ["sellme.db", "sellme.db-wal"] {
        fs::copy(place.folder.path().join(name), copy.folder.path().join(name)).unwrap();
    }
    left_alone(&copy.folder, Code::DatabaseNewer);
}

#[test]
fn a_file_of_another_program_is_refused_and_never_touched() {
    let place = Place::new();
    fs::create_dir_all(place.folder.path()).unwrap();
    let db = Connection::open(place.folder.file()).unwrap();
    db.execute_batch("CREATE TABLE session (id); INSERT INTO session VALUES (1);").unwrap();
    drop(db);
    left_alone(&place.folder, Code::DatabaseForeign);
    fs::write(place.folder.file(), "a shopping list").unwrap();
    left_alone(&place.folder, Code::DatabaseForeign);
}

#[test]
fn an_empty_file_is_a_fresh_start() {
    let place = Place::new();
    fs::create_dir_all(place.folder.path()).unwrap();
    fs::write(place.folder.file(), "").unwrap();
    assert!(wait(place.open().profiles()).unwrap().is_empty());
}

#[test]
fn a_second_window_is_told_that_the_folder_is_in_use_until_the_first_is_closed() {
    let place = Place::new();
    let first = FolderLock::take(&place.folder).unwrap();
    let refused = FolderLock::take(&place.folder).unwrap_err();
    assert_eq!(Error::from(refused).code, Code::FolderInUse);
    drop(first);
    assert!(FolderLock::take(&place.folder).is_ok());
}

#[test]
fn the_command_line_reads_beside_an_open_window_and_writes_nothing() {
    let place = Place::new();
    let window = filled(&place);
    let beside = SqliteStore::open_to_read(&place.folder).unwrap();
    assert_eq!(wait(beside.session(id(1))).unwrap().turns.len(), 2);
    talk(&window, &session(2, user(1), NOON), &["Hello again"]);
    assert_eq!(wait(beside.session(id(2))).unwrap().turns.len(), 1, "it sees what was said meanwhile");
    assert!(matches!(wait(beside.create_profile(&profile(2, "Ray"))), Err(StoreError::InUse(_))));
    beside.close();
    assert!(place.folder.path().join("sellme.open").exists(), "the window is still open");
    let fresh = Place::new();
    assert_eq!(Error::from(SqliteStore::open_to_read(&fresh.folder).unwrap_err()).code, Code::NotFound);
    assert!(!fresh.folder.path().exists(), "reading makes nothing");
}

#[test]
fn a_file_that_another_process_holds_is_busy_and_goes_on_afterwards() {
    let place = Place::new();
    let store = filled(&place);
    let other = Connection::open(place.folder.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = session(2, user(1), NOON);
    let refused = wait(store.create_session(&begun)).unwrap_err();
    assert_eq!(Error::from(refused).code, Code::DatabaseBusy);
    assert_eq!(wait(store.session(id(1))).unwrap().turns.len(), 2, "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    talk(&store, &begun, &["Hello"]);
}

#[test]
fn two_writers_never_put_two_turns_in_the_same_place() {
    let place = Place::new();
    let first = filled(&place);
    let second = SqliteStore::open(&place.folder, NOON).unwrap().store;
    wait(first.create_session(&session(2, user(1), NOON))).unwrap();
    let said: Vec<usize> = std::thread::scope(|scope| {
        let speak = |store: &SqliteStore| {
            let say = |index| wait(store.append_turn(id(2), &Turn::typed(index, Speaker::Rep, "Hi"), &[], Millis(0)));
            (0..50)
                .filter(|index| match say(*index) {
                    Ok(()) => true,
                    Err(StoreError::Gap { .. }) => false,
                    Err(other) => panic!("{other}"),
                })
                .count()
        };
        let threads = [
            scope.spawn({
                let first = &first;
                move || speak(first)
            }),
            scope.spawn({
                let second = &second;
                move || speak(second)
            }),
        ];
        threads.map(|thread| thread.join().unwrap()).to_vec()
    });
    let stored = wait(first.session(id(2))).unwrap();
    assert_eq!(stored.turns.len(), said.iter().sum::<usize>(), "every acknowledged turn is there once");
    assert!(stored.turns.iter().zip(0..).all(|(turn, index)| turn.index == index));
    assert_eq!(stored.session.turns as usize, stored.turns.len());
}

#[test]
fn a_backup_is_made_at_most_daily_and_three_are_kept_even_when_the_clock_goes_back() {
    let place = Place::new();
    let store = filled(&place);
    let at = |days: i64| backup(&store, Millis(NOON.0 + days * DAY)).unwrap();
    let first = at(0).unwrap();
    assert_eq!(backup(&store, Millis(NOON.0 + DAY - 1)).unwrap(), None);
    let backwards = at(-400).expect("a clock set back must not stop backups for a year");
    assert_eq!(at(-400), None);
    let (third, fourth) = (at(-399).unwrap(), at(3).unwrap());
    assert!(!first.exists(), "only three are kept");
    for backup in [&backwards, &third, &fourth] {
        let db = Connection::open(backup).unwrap();
        assert_eq!(db.query_row("SELECT count(*) FROM turn", [], |row| row.get::<_, i64>(0)).unwrap(), 2);
    }
    assert_eq!(fs::read_dir(place.folder.backups()).unwrap().count(), 3, "nothing else is left in the folder");
}

#[cfg(unix)]
mod as_another_process {
    use std::{
        os::unix::{fs::PermissionsExt, process::CommandExt},
        process::{Command, Output},
    };

    use super::*;
    use crate::support::program::{acknowledged, refused, turns, turns_for_everybody};

    /// Nobody in particular, who has no rights of their own.
    const NOBODY: u32 = 65_534;

    fn as_nobody(place: &Place, count: u32) -> Output {
        let program = turns_for_everybody(place.temp.path());
        let mut command = Command::new(program);
        command.arg(place.folder.path()).arg(count.to_string());
        // Rights do not bind the superuser, so the program runs as somebody else; anybody else is bound already.
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().unwrap()
    }

    fn is_root() -> bool {
        use std::os::unix::fs::MetadataExt;
        fs::metadata("/proc/self").unwrap().uid() == 0
    }

    /// Rights of the folder, the data file and the lock file.
    fn refused_with_rights(folder: u32, file: u32, lock: u32) {
        let place = Place::new();
        filled(&place).close();
        drop(FolderLock::take(&place.folder).unwrap());
        let set = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        set(&place.folder.file(), file);
        set(&place.folder.path().join("sellme.lock"), lock);
        set(place.folder.path(), folder);
        let before = fs::read(place.folder.file()).unwrap();
        let run = as_nobody(&place, 1);
        set(place.folder.path(), 0o755);
        set(&place.folder.file(), 0o644);
        assert_eq!(refused(&run).code, Code::ReadOnly);
        assert!(fs::read(place.folder.file()).unwrap() == before);
        assert_eq!(wait(place.open().session(id(1))).unwrap().turns.len(), 2);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_refused_and_left_as_it_was() {
        refused_with_rights(0o555, 0o444, 0o444);
    }

    #[test]
    fn a_folder_that_cannot_be_written_but_for_its_lock_is_refused() {
        refused_with_rights(0o555, 0o666, 0o666);
    }

    #[test]
    fn a_data_file_that_cannot_be_written_is_refused_in_a_folder_that_can() {
        refused_with_rights(0o777, 0o444, 0o666);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_refused() {
        let place = Place::new();
        let run = as_nobody(&place, 1);
        assert_eq!(refused(&run).code, Code::ReadOnly);
    }

    #[test]
    fn a_full_disk_refuses_the_turn_and_keeps_every_one_before_it() {
        let place = Place::new();
        // The limit on a file's size acts as a disk that is full: 1200 blocks of 512 bytes, more than the empty file and less than the turns.
        let script = r#"trap '' XFSZ; ulimit -f "$1"; shift; exec "$@""#;
        let run = Command::new("sh").args(["-c", script, "sh", "1200"]).arg(turns()).arg(place.folder.path()).arg("5000").output().unwrap();
        assert_eq!(refused(&run).code, Code::DiskFull);
        let said = acknowledged(&run.stdout);
        assert!(!said.is_empty(), "the limit fell before the first turn");
        let store = place.open();
        let stored = wait(store.session(id(1))).unwrap();
        assert!(stored.turns.len() >= said.len(), "{} of {} acknowledged turns are there", stored.turns.len(), said.len());
        let next = stored.session.turns;
        wait(store.append_turn(id(1), &Turn::typed(next, Speaker::Rep, "There is room again"), &[], Millis(0))).unwrap();
    }
}
