//! The data file: opened, migrated, backed up, repaired, and asked by one file of queries per noun.
//!
//! [`SqliteStore::open`] is the way in. One thread owns the connection that writes, a few threads own connections that only read; every method hands
//! its question to one of them and waits for the answer on any runtime. What a method acknowledged is on the disk.

mod backup;
mod columns;
#[cfg(feature = "company")]
pub mod company;
mod connection;
mod error;
mod folder;
mod lock;
mod marker;
mod migrations;
mod open;
mod probe;
mod queries;
mod recordings;
mod repair;
mod rows;
mod scrub;
mod sound;
mod store;
mod threads;
mod words;

pub use error::{Result, StoreError};
pub use folder::Folder;
pub use lock::FolderLock;
pub use rows::{Attempts, Completion, Deletion, Found, Opened, StoredSession};
pub use store::SqliteStore;

#[cfg(test)]
mod tests {
    #[test]
    fn the_compiled_in_sqlite_has_the_fix_for_the_write_ahead_log() {
        // Before 3.51.3 the log could be reset under a reader, and the file damaged.
        let version = rusqlite::version_number();
        assert!(version >= 3_051_003, "SQLite {version} resets the log under readers");
    }
}
