//! The open records, whichever database holds them.

use sellme_core::Millis;

use super::{
    copies::{self, Versions},
    postgres,
    sql::Sql,
    sqlite,
};
use crate::{Folder, FolderLock, Result, StoreError};

/// Where a company's records are.
#[derive(Debug, Clone)]
pub enum Place {
    /// In a file of this folder. One process has it at a time.
    Folder(Folder),
    /// At a PostgreSQL server: `postgres://…`, where `sslrootcert=FILE` names certificates to trust instead of the machine's. Any number of processes.
    Postgres(String),
}

/// A company's open records. Clones share them.
#[derive(Debug, Clone)]
pub struct CompanyStore {
    engine: Engine,
}

#[derive(Debug, Clone)]
enum Engine {
    Sqlite(sqlite::Engine, #[allow(dead_code, reason = "held for as long as the file is open")] Option<std::sync::Arc<FolderLock>>),
    Postgres(postgres::Engine),
}

impl CompanyStore {
    /// Opens the records, makes them where there are none, and leads older ones to the newest version.
    ///
    /// # Errors
    /// The place cannot be read or written, another process has the folder, the records are newer or not a company's.
    pub fn open(place: &Place, now: Millis) -> Result<Self> {
        let engine = match place {
            Place::Folder(folder) => {
                let lock = FolderLock::take(folder)?;
                Engine::Sqlite(sqlite::Engine::open(folder, now, true)?, Some(std::sync::Arc::new(lock)))
            }
            Place::Postgres(address) => Engine::Postgres(postgres::Engine::open(address)?),
        };
        Ok(Self { engine })
    }

    /// Opens the records beside a process that serves them: for what the command line adds. What it adds is seen there at once.
    ///
    /// # Errors
    /// As [`CompanyStore::open`].
    pub fn open_beside(place: &Place, now: Millis) -> Result<Self> {
        match place {
            Place::Folder(folder) => Ok(Self { engine: Engine::Sqlite(sqlite::Engine::open(folder, now, false)?, None) }),
            Place::Postgres(_) => Self::open(place, now),
        }
    }

    /// Opens the records to read them, beside a process that serves them, perhaps an older one. Nothing is changed or made, and nothing can be written.
    ///
    /// # Errors
    /// As [`CompanyStore::open`], [`StoreError::Older`] where they are of an older version, [`StoreError::NotFound`] where there are none.
    pub fn open_to_look(place: &Place) -> Result<Self> {
        match copies::versions(place)? {
            None => return Err(nothing(place)),
            Some(Versions { found, newest: known }) if found > known => return Err(StoreError::Newer { found, known }),
            Some(Versions { found, newest: known }) if found < known => return Err(StoreError::Older { found, known }),
            Some(_) => {}
        }
        let engine = match place {
            Place::Folder(folder) => Engine::Sqlite(sqlite::Engine::open_to_look(folder)?, None),
            Place::Postgres(address) => Engine::Postgres(postgres::Engine::open_to_look(address)?),
        };
        Ok(Self { engine })
    }

    /// True where other processes may write the same records, so that nothing of them may be remembered here.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// Finishes what was asked for and closes the records. Questions after that get [`crate::StoreError::Closed`].
    pub fn close(&self) {
        match &self.engine {
            Engine::Sqlite(engine, _) => engine.close(),
            Engine::Postgres(engine) => engine.close(),
        }
    }

    /// Asks for something by one statement; nothing is written by it.
    pub(super) async fn read<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        match &self.engine {
            Engine::Sqlite(engine, _) => engine.read(question).await,
            Engine::Postgres(engine) => engine.read(question).await,
        }
    }

    /// Asks for something that takes several statements: all of them see the records as they are at one moment.
    pub(super) async fn read_at_once<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        match &self.engine {
            // There, every question is a transaction.
            Engine::Sqlite(engine, _) => engine.read(question).await,
            Engine::Postgres(engine) => engine.read_at_once(question).await,
        }
    }

    /// Does something in a transaction that is on the disk when this returns, or never was; where the server went away meanwhile, nobody knows which. It may be tried more
    /// than once.
    pub(super) async fn write<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        match &self.engine {
            Engine::Sqlite(engine, _) => engine.write(question).await,
            Engine::Postgres(engine) => engine.write(false, question).await,
        }
    }

    /// As [`write`](Self::write), for what takes long or holds much: where several can write, nobody else's is in the same transaction.
    pub(super) async fn write_apart<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        match &self.engine {
            // There, one writes after the other.
            Engine::Sqlite(engine, _) => engine.write(question).await,
            Engine::Postgres(engine) => engine.write(true, question).await,
        }
    }

    /// Asks whether the records answer.
    ///
    /// # Errors
    /// Why they do not.
    pub async fn ping(&self) -> Result<()> {
        self.read(|db| db.rows("SELECT CAST(1 AS BIGINT)", &[]).map(|_| ())).await
    }
}

fn nothing(place: &Place) -> StoreError {
    match place {
        Place::Folder(folder) => copies::nothing(&folder.company_file()),
        // Not with the address, which may have a password in it.
        Place::Postgres(_) => StoreError::NotFound { kind: "table of records", id: "in the database".to_owned() },
    }
}
