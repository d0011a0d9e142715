//! Records of other versions and of other programs, and two that open the same records at once.

use std::{fs, path::Path, thread, time::Duration};

use rusqlite::Connection;
use sellme_app::Device;
use sellme_core::{Code, Error};
use sellme_store::{
    Folder, SqliteStore, StoreError,
    company::{CompanyStore, Place, versions},
};
use sellme_tests::{
    company::Records,
    device::{MORNING, TestDevice},
    postgres::Postgres,
};

fn open(place: &Place) -> Result<CompanyStore, StoreError> {
    CompanyStore::open(place, TestDevice::at(MORNING).now())
}

fn code(error: StoreError) -> Code {
    Error::from(error).code
}

fn newest(records: &Records) -> String {
    match records {
        Records::Folder(_) => records.sql("PRAGMA user_version"),
        Records::Postgres(_) => records.sql("SELECT version FROM sellme_version"),
    }
}

/// The newest version that the program knows, by records that are open already or were.
fn known(records: &Records) -> i64 {
    versions(&records.place()).unwrap().unwrap().newest
}

/// Four at once open what is not there yet: each finds all of it.
fn opened_at_once(records: &Records) {
    let stores: Vec<_> = thread::scope(|scope| {
        let opening = [(); 4].map(|()| scope.spawn(|| CompanyStore::open_beside(&records.place(), TestDevice::at(MORNING).now())));
        opening.into_iter().map(|opening| opening.join().unwrap().expect("an open store")).collect()
    });
    assert_eq!(newest(records), known(records).to_string());
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
    let (file, newest) = (file(&records), known(&records));
    Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 999").unwrap();
    let before = bytes(&file);
    for _ in 0..2 {
        let refused = open(&records.place()).unwrap_err();
        assert!(matches!(refused, StoreError::Newer { found: 999, known } if known == newest), "{refused}");
        assert_eq!(code(refused), Code::DatabaseNewer);
    }
    assert_eq!(bytes(&file), before);
    Connection::open(&file).unwrap().execute_batch(&format!("PRAGMA user_version = {newest}")).unwrap();
    open(&records.place()).unwrap().close();
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    let records = Records::postgres();
    open(&records.place()).unwrap().close();
    let newest = known(&records);
    records.sql("UPDATE sellme_version SET version = 999");
    let refused = open(&records.place()).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 999, known } if known == newest), "{refused}");
    assert_eq!(code(refused), Code::DatabaseNewer);
    assert_eq!(records.sql("SELECT count(*) FROM sellme_version WHERE version = 999"), "1");
    records.sql(&format!("UPDATE sellme_version SET version = {newest}"));
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

/// What a process holds that leads a database to the newest version.
const MIGRATING: i64 = 0x534D_5048;

#[test]
fn steps_of_a_database_take_as_long_as_they_take_and_those_of_another_process_are_waited_for() {
    let records = Records::postgres();
    let Place::Postgres(url) = records.place() else { panic!("a database") };
    // No answer may take that long; ten times as long in earnest.
    let soon = Duration::from_millis(500);
    let impatient = Place::Postgres(format!("{url}&options=-c%20statement_timeout%3D{}", soon.as_millis()));
    for held in [&format!("SELECT pg_advisory_xact_lock({MIGRATING})"), "LOCK TABLE sellme_version"] {
        let holding = Postgres::shared().hold(&url, held);
        thread::scope(|scope| {
            let opening = scope.spawn(|| open(&impatient).expect("an open store").close());
            let _ = Postgres::shared().waiting(&url);
            thread::sleep(soon * 2);
            drop(holding);
            opening.join().unwrap();
        });
        assert_eq!(newest(&records), known(&records).to_string());
    }
}

/// That records are of an older version is said, and nothing is done to them.
fn looked_at_beside_an_older_program(records: &Records, older: &str) {
    assert!(matches!(CompanyStore::open_to_look(&records.place()), Err(StoreError::NotFound { .. })), "and none are made");
    assert_eq!(versions(&records.place()).unwrap(), None);
    open(&records.place()).unwrap().close();
    let newest = known(records);
    CompanyStore::open_to_look(&records.place()).unwrap().close();
    records.sql(&format!("{older} = {}", newest - 1));
    let refused = CompanyStore::open_to_look(&records.place()).unwrap_err();
    assert!(matches!(refused, StoreError::Older { found, known } if (found, known) == (newest - 1, newest)), "{refused}");
    assert_eq!(self::newest(records), (newest - 1).to_string());
    records.sql(&format!("{older} = {}", newest + 1));
    assert_eq!(code(CompanyStore::open_to_look(&records.place()).unwrap_err()), Code::DatabaseNewer);
}

#[test]
fn whoever_looks_at_a_folder_beside_an_older_program_changes_nothing() {
    looked_at_beside_an_older_program(&Records::folder(), "PRAGMA user_version");
}

#[test]
fn whoever_looks_at_a_database_beside_an_older_program_changes_nothing() {
    looked_at_beside_an_older_program(&Records::postgres(), "UPDATE sellme_version SET version");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_can_write_nothing() {
    for records in [Records::folder(), Records::postgres()] {
        let place = records.place();
        let looking = tokio::task::spawn_blocking(move || {
            open(&place).unwrap().close();
            CompanyStore::open_to_look(&place).unwrap()
        });
        let store = looking.await.unwrap();
        assert!(store.organisations().await.unwrap().is_empty());
        let organisation = sellme_core::id::OrganisationId(uuid::Uuid::from_u128(7));
        let account = sellme_core::id::UserId(uuid::Uuid::from_u128(7));
        let refused = store.set_on_board(organisation, account, true).await.unwrap_err();
        assert!(matches!(refused, StoreError::ReadOnly(_) | StoreError::Unreachable(_)), "{refused:?}");
        tokio::task::spawn_blocking(move || store.close()).await.unwrap();
    }
}
