//! “Delete everything about me” as a person hears of it: it is done, or nothing was deleted; in between there is nothing.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
};

use rusqlite::Connection;
use sellme_app::{App, Device};
use sellme_core::{Code, Millis, embedded, session::Mode, wire::Deleted};
use sellme_store::{Folder, SqliteStore};

/// A morning that stands still, and chance that never comes twice.
struct Still(AtomicU8);

impl Device for Still {
    fn now(&self) -> Millis {
        Millis(1_772_442_000_000)
    }

    fn utc_offset_minutes(&self) -> i32 {
        0
    }

    fn chance(&self) -> [u8; 10] {
        [self.0.fetch_add(1, Ordering::SeqCst); 10]
    }
}

/// Dana, who began one attempt.
async fn lived_in(folder: &Path) -> App<SqliteStore> {
    let app = open(folder);
    app.create_profile("Dana").await.unwrap();
    app.start(&app.catalog().products[0].scenarios[0].id, Mode::Typing).await.unwrap();
    app
}

fn open(folder: &Path) -> App<SqliteStore> {
    let device = Arc::new(Still(AtomicU8::new(0)));
    let store = SqliteStore::open(&Folder::at(folder), device.now()).unwrap().store;
    App::new(store, Arc::new(embedded::catalog().unwrap().clone()), device, folder.join("exports"))
}

#[tokio::test]
async fn a_deletion_whose_last_traces_have_to_wait_is_no_failure_and_says_so() {
    let temp = tempfile::tempdir().unwrap();
    let app = lived_in(temp.path()).await;
    // A file where the folder of exports should be: it cannot be looked through.
    fs::write(temp.path().join("exports"), "").unwrap();
    assert_eq!(app.delete_everything("Dana").await.unwrap(), Deleted { sessions: 1, traces_left: true });
    assert!(app.profiles().await.unwrap().is_empty());
    drop(app);
    fs::remove_file(temp.path().join("exports")).unwrap();
    let app = open(temp.path());
    app.create_profile("Dana").await.unwrap();
    assert_eq!(app.delete_everything("Dana").await.unwrap(), Deleted { sessions: 0, traces_left: false });
}

#[tokio::test]
async fn a_deletion_that_is_refused_has_deleted_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let app = lived_in(temp.path()).await;
    let other = Connection::open(temp.path().join("sellme.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(app.delete_everything("Dana").await.unwrap_err().code, Code::DatabaseBusy);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(app.practice().await.unwrap().unfinished.len(), 1);
    assert_eq!(app.delete_everything("Dana").await.unwrap(), Deleted { sessions: 1, traces_left: false });
}
