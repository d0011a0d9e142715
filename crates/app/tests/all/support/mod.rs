//! The use cases on a real data folder, with a clock under the test's hand and a store that fails when it is told to.

pub(crate) mod call;
pub(crate) mod faulty;
pub(crate) mod line;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use sellme_app::{App, Device};
use sellme_core::{Millis, catalog::Catalog, embedded};
use sellme_store::{Folder, SqliteStore};

use faulty::{Faults, Faulty};

/// 2026-03-02, a Monday, 09:00 UTC.
pub(crate) const MORNING: i64 = 1_772_442_000_000;
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const SCENARIO: &str = "pilbara-skeptical-medium";

/// A clock that is set by hand and a chance that is counted.
#[derive(Debug)]
pub(crate) struct Clock {
    now: AtomicI64,
    drawn: AtomicI64,
}

impl Clock {
    /// Lets time pass.
    pub(crate) fn pass(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Device for Clock {
    fn now(&self) -> Millis {
        Millis(self.now.load(Ordering::SeqCst))
    }

    fn utc_offset_minutes(&self) -> i32 {
        0
    }

    fn chance(&self) -> [u8; 10] {
        let mut chance = [7; 10];
        chance[..8].copy_from_slice(&self.drawn.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        chance
    }
}

/// A data folder of its own, gone with the test.
pub(crate) struct Desk {
    temp: tempfile::TempDir,
    pub(crate) clock: Arc<Clock>,
    pub(crate) faults: Arc<Faults>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let clock = Arc::new(Clock { now: AtomicI64::new(MORNING), drawn: AtomicI64::new(0) });
        Self { temp: tempfile::tempdir().unwrap(), clock, faults: Arc::default() }
    }

    /// The program, started. The one before must be dropped.
    pub(crate) fn open(&self) -> App<Faulty> {
        self.open_with(catalog())
    }

    /// The program, started for the first time: Dana is who practices.
    pub(crate) async fn danas(&self) -> App<Faulty> {
        let app = self.open();
        app.create_profile("Dana").await.unwrap();
        app
    }

    /// The program, started with this catalogue.
    pub(crate) fn open_with(&self, catalog: Catalog) -> App<Faulty> {
        let store = SqliteStore::open(&Folder::at(self.data()), self.clock.now()).unwrap().store;
        App::new(Faulty::new(store, Arc::clone(&self.faults)), Arc::new(catalog), self.clock.clone(), self.exports())
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.temp.path().join("data")
    }

    pub(crate) fn exports(&self) -> PathBuf {
        self.temp.path().join("exports")
    }
}

/// The catalogue that is built in.
pub(crate) fn catalog() -> Catalog {
    embedded::catalog().unwrap().clone()
}

/// Names of the files in a folder, sorted.
pub(crate) fn names(folder: PathBuf) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
