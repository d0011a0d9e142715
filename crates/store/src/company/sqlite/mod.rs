//! The company's records in one file of SQLite: one process, one thread that writes, a few that read.

mod sql;
mod writer;

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use sellme_core::Millis;

use super::{
    migrations::{self, APPLICATION_ID},
    queries,
    sql::Sql,
};
use crate::{
    Folder, Result, StoreError, backup, connection,
    folder::make_private,
    probe,
    threads::{LONGEST_WAIT, Threads},
};
use sql::Sqlite;
use writer::Writer;

/// How many connections read at the same time.
const READERS: usize = 2;

/// An open file.
#[derive(Debug, Clone)]
pub(super) struct Engine(Arc<Mutex<Option<Open>>>);

#[derive(Debug)]
struct Open {
    /// None where the file is only looked at.
    writing: Option<Writer>,
    reading: Threads,
}

impl Engine {
    /// Opens the file, and makes it where it is not there. `to_serve` says that no other process serves it.
    ///
    /// # Errors
    /// The folder cannot be written, the disk is full, the file is newer, or not a company's.
    pub(super) fn open(folder: &Folder, now: Millis, to_serve: bool) -> Result<Self> {
        folder.create()?;
        let file = &folder.company_file();
        if probe::stamp(file)?.is_some_and(|stamp| stamp != APPLICATION_ID) {
            return Err(StoreError::Foreign(file.clone()));
        }
        make_private(file)?;
        let mut writer = connection::writing(file, APPLICATION_ID)?;
        migrations::sqlite(&mut writer, |db| backup::make(db, folder, now).map(|_| ()))?;
        if to_serve {
            queries::verification::let_go(&mut Sqlite(&writer))?;
        }
        folder.keep_private();
        let reading = readers(file, READERS)?;
        let writing = Some(Writer::start(writer, LONGEST_WAIT, crate::open::close_writer)?);
        Ok(Self::over(Open { writing, reading }))
    }

    /// Opens the file where nothing can be written.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn open_to_look(folder: &Folder) -> Result<Self> {
        Ok(Self::over(Open { writing: None, reading: readers(&folder.company_file(), 1)? }))
    }

    fn over(open: Open) -> Self {
        Self(Arc::new(Mutex::new(Some(open))))
    }

    pub(super) async fn read<T: Send + 'static>(&self, question: impl FnOnce(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        let answer = self.with(|open| {
            open.reading.ask_while_waited_for(|db| {
                let transaction = db.transaction()?;
                question(&mut Sqlite(&transaction))
            })
        })?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    pub(super) async fn write<T: Send + 'static>(&self, question: impl FnOnce(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        let answer = self.with(|open| match &open.writing {
            Some(writing) => writing.ask(question),
            None => Err(StoreError::ReadOnly("opened to look".to_owned())),
        })?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    fn with<T>(&self, act: impl FnOnce(&Open) -> Result<T>) -> Result<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map_or(Err(StoreError::Closed), act)
    }

    /// Finishes what was asked for and closes the file.
    pub(super) fn close(&self) {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Open { writing, reading }) = open {
            writing.into_iter().for_each(Writer::finish);
            reading.finish();
        }
    }
}

fn readers(file: &Path, many: usize) -> Result<Threads> {
    let readers = (0..many).map(|_| connection::reading(file)).collect::<Result<_>>()?;
    Threads::start("company-reader", readers, drop)
}
