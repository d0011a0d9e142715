//! Bad luck with the data folder: no rights, no room, another process, a broken or foreign file. Each ends with its exit code and a sentence, and nothing is lost.

use std::{fs, path::Path};

use rusqlite::Connection;
use sellme_app::Device;
use sellme_store::{Folder, FolderLock, SqliteStore};
use sellme_tests::{
    device::{MORNING, TestDevice},
    fault,
    place::{Place, end},
    root, script,
};
use serde_json::Value;

/// A place with one completed session.
fn practised() -> (Place, Value) {
    let place = Place::new();
    let lines = place.write("lines.txt", script::text());
    let played =
        place.run(&["practice", "--scenario", script::SCENARIO, "--seed", "7", "--script", lines.to_str().unwrap(), "--json"]).json();
    (place, played)
}

const AGAIN: [&str; 8] = ["practice", "--scenario", script::SCENARIO, "--seed", "8", "--script", "lines.txt", "--json"];

/// That the session is there as it was.
fn kept(place: &Place, played: &Value) {
    let id = played["session"]["id"].as_str().unwrap();
    let debrief = place.run(&["sessions", "show", id, "--json"]).json();
    assert_eq!((&debrief["turns"], &debrief["report"]), (&played["turns"], &played["report"]));
}

fn bytes(place: &Place) -> Vec<u8> {
    fs::read(place.file()).unwrap()
}

#[test]
fn a_folder_that_cannot_be_written_is_said_and_stays_as_it_is() {
    let (place, played) = practised();
    let before = bytes(&place);
    fault::open_to_all(place.path());
    let mut command = place.sellme(&AGAIN);
    fault::forbid_writing(&mut command, &place.data());
    let said = end(&mut command).refused(73).to_owned();
    assert!(said.contains("data folder"), "{said}");
    let mut listing = place.sellme(&["sessions", "list", "--json"]);
    fault::forbid_writing(&mut listing, &place.data());
    let listed = end(&mut listing);
    assert_eq!(listed.code, Some(0), "what is there can be read: {listed:?}");
    fault::allow_writing(&place.data());
    assert_eq!(before, bytes(&place));
    kept(&place, &played);
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let place = Place::new();
    place.write("lines.txt", script::text());
    fault::open_to_all(place.path());
    let mut command = place.sellme(&AGAIN);
    command.env("SELLME_DATA_DIR", place.data().join("new"));
    fault::forbid_writing(&mut command, &place.data());
    end(&mut command).refused(73);
    fault::allow_writing(&place.data());
    // A file where the folder should be.
    let file = place.write("file", "mine");
    end(place.sellme(&AGAIN).env("SELLME_DATA_DIR", &file)).refused(73);
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[test]
fn a_full_disk_is_said_and_what_was_stored_is_kept() {
    let (place, played) = practised();
    let size = fs::metadata(place.file()).unwrap().len();
    // Hardly any room, a little, and a little more: it fails at different steps.
    let mut refused = 0;
    for room in [1_024, 4_096, 20_000, size / 2, size, size + 8_192] {
        let ran = end(&mut fault::with_room_for(&place.sellme(&AGAIN), room));
        if ran.code != Some(0) {
            let said = ran.refused(74).to_owned();
            assert!(said.contains("room") || said.contains("written"), "{room}: {said}");
            refused += 1;
        }
        kept(&place, &played);
    }
    assert!(refused >= 3, "the disk was never full");
    assert_eq!(place.run(&AGAIN).code, Some(0), "with room it goes on");
    kept(&place, &played);
}

#[test]
fn a_file_that_another_process_holds_is_said() {
    let (place, played) = practised();
    // Another program that holds the file for longer than anybody waits.
    let other = Connection::open(place.file()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let said = place.run(&AGAIN).refused(75).to_owned();
    assert!(said.contains("Another program"), "{said}");
    other.execute_batch("ROLLBACK").unwrap();
    drop(other);
    kept(&place, &played);
    assert_eq!(place.run(&AGAIN).code, Some(0));
}

#[test]
fn a_foreign_file_is_left_as_it_is() {
    for foreign in [
        &b"My shopping list: boots, hat, rope and a new saddle blanket. Do not delete this file, it is the only one that I have."[..],
        &sqlite(),
    ] {
        let place = Place::new();
        place.write("lines.txt", script::text());
        fs::write(place.file(), foreign).unwrap();
        let said = place.run(&AGAIN).refused(76).to_owned();
        assert!(said.contains("sellme.db"), "{said}");
        place.run(&["sessions", "list"]).refused(76);
        assert_eq!(bytes(&place), foreign);
    }
}

/// Somebody else's SQLite file.
fn sqlite() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    sqlite_do(&path, "CREATE TABLE hens (name TEXT); INSERT INTO hens VALUES ('Henrietta');");
    fs::read(path).unwrap()
}

fn sqlite_do(path: &Path, statements: &str) {
    Connection::open(path).unwrap().execute_batch(statements).unwrap();
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_left_as_it_is() {
    let (place, played) = practised();
    let version = i64::from(u32::from_be_bytes(bytes(&place)[60..64].try_into().unwrap()));
    sqlite_do(&place.file(), "PRAGMA user_version = 999;");
    let before = bytes(&place);
    let said = place.run(&AGAIN).refused(76).to_owned();
    assert!(said.contains("newer version"), "{said}");
    place.run(&["progress"]).refused(76);
    assert_eq!(before, bytes(&place));
    sqlite_do(&place.file(), &format!("PRAGMA user_version = {version};"));
    kept(&place, &played);
}

#[test]
fn a_damaged_file_is_repaired_from_what_is_left_and_the_backup() {
    let (place, played) = practised();
    assert!(!fault::files(&place.data().join("backups")).is_empty(), "a completed session makes a backup");
    let mut broken = bytes(&place);
    for byte in &mut broken[..4_096] {
        *byte ^= 0x5a;
    }
    fs::write(place.file(), &broken).unwrap();
    let ran = place.run(&["sessions", "list", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("has been repaired") && ran.err.contains("none is missing"), "who typed it is told: {ran:?}");
    kept(&place, &played);
    let aside = fault::files(&place.data().join("damaged"));
    assert!(aside.iter().any(|path| fs::read(path).unwrap() == broken), "the damaged file is set aside: {aside:?}");
}

#[test]
fn a_file_that_is_cut_short_loses_no_session() {
    let (place, played) = practised();
    let half = bytes(&place);
    fs::write(place.file(), &half[..half.len() / 2]).unwrap();
    let ran = place.run(&["sessions", "list", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    kept(&place, &played);
}

#[test]
fn two_processes_on_a_folder_one_practises_and_others_read() {
    let (place, played) = practised();
    let folder = Folder::at(place.data());
    let lock = FolderLock::take(&folder).unwrap();
    let device = TestDevice::at(MORNING);
    let opened = SqliteStore::open(&folder, device.now()).unwrap();
    let said = place.run(&AGAIN).refused(75).to_owned();
    assert!(said.contains("window"), "{said}");
    kept(&place, &played);
    assert_eq!(place.run(&["progress", "--json"]).json()["totalSessions"], 1);
    assert_eq!(place.run(&["sessions", "export", "--json"]).json()["sessions"], 1);
    let found = place.run(&["catalog", "search", "pilbara", "--json"]).json();
    assert_eq!((&found[0]["id"], &found[0]["attempts"]), (&"pilbara-jacket".into(), &1.into()), "{found}");
    // What nobody indexed here is found in an index of one's own.
    let (built_in, own) = (root().join("crates/core/data/catalog"), place.path().join("own"));
    fs::create_dir_all(own.join("products")).unwrap();
    for file in ["catalog.toml", "policies.toml"] {
        fs::copy(built_in.join(file), own.join(file)).unwrap();
    }
    let kite = fs::read_to_string(built_in.join("products/story-the-kite.toml")).unwrap();
    fs::write(own.join("products/story-the-kite.toml"), kite.replace("name = \"The Kite\"", "name = \"The Zeppelin\"")).unwrap();
    let found = place.run(&["catalog", "search", "zeppelin", "--json", "--catalog-dir", own.to_str().unwrap()]).json();
    assert_eq!(found[0]["id"], "story-the-kite", "{found}");
    drop(opened);
    drop(lock);
    assert_eq!(place.run(&AGAIN).code, Some(0));
    kept(&place, &played);
}
