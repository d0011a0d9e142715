//! Records of other versions and of other programs, and two that open the same records at once.

use std::{fs, path::Path, thread};

use rusqlite::Connection;
use sellme_app::Device;
use sellme_core::{Code, Error};
use sellme_store::{
    Folder, SqliteStore, StoreError,
    company::{CompanyStore, Place},
};
use sellme_tests::{
    company::Records,
    device::{MORNING, TestDevice},
};

fn open(place: &Place) -> Result<CompanyStore, StoreError> {
    CompanyStore::open(place, TestDevice::at(MORNING).now())
}

fn code(error: StoreError) -> Code {
    Error::from(error).code
}

/// How many steps lead to the newest version: each is a file.
fn steps() -> i64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/company/sqlite");
    i64::try_from(fs::read_dir(folder).unwrap().count()).unwrap()
}

fn newest(records: &Records) -> String {
    match records {
        Records::Folder(_) => records.sql("PRAGMA user_version"),
        Records::Postgres(_) => records.sql("SELECT version FROM sellme_version"),
    }
}

/// Four at once open what is not there yet: each finds all of it.
fn opened_at_once(records: &Records) {
    let stores: Vec<_> = thread::scope(|scope| {
        let opening = [(); 4].map(|()| scope.spawn(|| CompanyStore::open_beside(&records.place(), TestDevice::at(MORNING).now())));
        opening.into_iter().map(|opening| opening.join().unwrap().expect("an open store")).collect()
    });
    assert_eq!(newest(records), steps().to_string());
    for store in stores {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(store.organisations()).expect("its tables");
        store.close();
    }
}

#[test]
fn those_who_open_a_new_folder_at_once_make_its_tables_once() {
    for _ in 0..5 {
        opened_at_once(&Records::folder());
    }
}

#[test]
fn those_who_open_a_new_database_at_once_make_its_tables_once() {
    for _ in 0..3 {
        opened_at_once(&Records::postgres());
    }
}

#[test]
fn a_folder_is_served_by_one_process_and_written_to_beside_it() {
    let records = Records::folder();
    let serving = open(&records.place()).unwrap();
    assert_eq!(code(open(&records.place()).unwrap_err()), Code::FolderInUse);
    CompanyStore::open_beside(&records.place(), TestDevice::at(MORNING).now()).unwrap().close();
    serving.close();
    drop(serving);
    open(&records.place()).unwrap().close();
}

fn file(records: &Records) -> std::path::PathBuf {
    let Place::Folder(folder) = records.place() else { panic!("a folder") };
    folder.company_file()
}

/// Everything of the file, with nothing left in a log beside it.
fn bytes(file: &Path) -> Vec<u8> {
    let db = Connection::open(file).unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(db);
    fs::read(file).unwrap()
}

#[test]
fn a_folder_of_a_newer_version_is_refused_and_left_as_it_is() {
    let records = Records::folder();
    open(&records.place()).unwrap().close();
    let file = file(&records);
    Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 999").unwrap();
    let before = bytes(&file);
    for _ in 0..2 {
        let refused = open(&records.place()).unwrap_err();
        assert!(matches!(refused, StoreError::Newer { found: 999, known } if known == steps()), "{refused}");
        assert_eq!(code(refused), Code::DatabaseNewer);
    }
    assert_eq!(bytes(&file), before);
    Connection::open(&file).unwrap().execute_batch(&format!("PRAGMA user_version = {}", steps())).unwrap();
    open(&records.place()).unwrap().close();
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    let records = Records::postgres();
    open(&records.place()).unwrap().close();
    records.sql("UPDATE sellme_version SET version = 999");
    let refused = open(&records.place()).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 999, known } if known == steps()), "{refused}");
    assert_eq!(code(refused), Code::DatabaseNewer);
    assert_eq!(records.sql("SELECT count(*) FROM sellme_version WHERE version = 999"), "1");
    records.sql(&format!("UPDATE sellme_version SET version = {} WHERE version = 999", steps()));
    open(&records.place()).unwrap().close();
}

#[test]
fn a_desktops_file_is_refused_as_foreign_and_left_as_it_is() {
    let desk = tempfile::tempdir().unwrap();
    let folder = Folder::at(desk.path());
    SqliteStore::open(&folder, TestDevice::at(MORNING).now()).unwrap().store.close();
    let records = Records::folder();
    let file = file(&records);
    fs::copy(folder.file(), &file).unwrap();
    let before = fs::read(&file).unwrap();
    assert_eq!(code(open(&records.place()).unwrap_err()), Code::DatabaseForeign);
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn what_is_no_database_at_all_is_refused_as_foreign_and_left_as_it_is() {
    let records = Records::folder();
    let file = file(&records);
    let list = "My shopping list: boots, hat, rope and a new saddle blanket. Do not delete this file, it is the only one that I have.";
    fs::write(&file, list).unwrap();
    assert_eq!(code(open(&records.place()).unwrap_err()), Code::DatabaseForeign);
    assert_eq!(fs::read_to_string(&file).unwrap(), list);
}
