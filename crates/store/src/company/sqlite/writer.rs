//! The thread that writes. What was asked for while it was busy is done in one transaction and synced once: each job in a savepoint of its own, so that one that is
//! refused takes none of the others with it. Nobody is answered before the commit.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, Sender, channel},
    thread::{Builder, JoinHandle},
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{super::sql::Sql, sql::Sqlite};
use crate::{Result, StoreError};

/// Most jobs of one transaction.
const MOST: usize = 128;

/// Does a job where there is a transaction to do it in, and gives back what tells its asker how it went, once it is known whether that is on the disk.
type Job = Box<dyn FnOnce(std::result::Result<&Connection, &StoreError>) -> Told + Send>;
type Told = Box<dyn FnOnce(Option<&StoreError>) + Send>;

/// The one writer of a file.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Sender<Job>,
    handle: JoinHandle<()>,
}

impl Writer {
    pub(super) fn start(connection: Connection, after: fn(Connection)) -> Result<Self> {
        let (jobs, queue) = channel::<Job>();
        let handle = Builder::new().name("company-writer".to_owned()).spawn(move || {
            work(&connection, &queue);
            after(connection);
        })?;
        Ok(Self { jobs, handle })
    }

    /// Asks for something to be done. It is done even where nobody waits any more.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut dyn Sql) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T>>> {
        let (answer, waiting) = oneshot::channel();
        let job: Job = Box::new(move |db| {
            let done = db.map_err(StoreError::alike).and_then(|db| in_savepoint(db, question));
            Box::new(move |failed| {
                let answered = failed.map_or(done, |error| Err(error.alike()));
                // The asker may have gone.
                drop(answer.send(answered));
            })
        });
        self.jobs.send(job).map_err(|_| StoreError::Closed)?;
        Ok(waiting)
    }

    /// Lets every job that was asked for be done, then ends the thread.
    pub(super) fn finish(self) {
        drop(self.jobs);
        drop(self.handle.join());
    }
}

fn work(db: &Connection, queue: &Receiver<Job>) {
    let mut told = Vec::with_capacity(MOST);
    while let Ok(first) = queue.recv() {
        let failed = batch(db, first, queue, &mut told).err();
        if failed.is_some() && !db.is_autocommit() {
            drop(db.execute_batch("ROLLBACK"));
        }
        told.drain(..).for_each(|told| told(failed.as_ref()));
    }
}

/// Does the first job and what waits behind it, and commits.
fn batch(db: &Connection, first: Job, queue: &Receiver<Job>, told: &mut Vec<Told>) -> Result<()> {
    if let Err(error) = run(db, "BEGIN IMMEDIATE") {
        told.push(first(Err(&error)));
        return Err(error);
    }
    let mut next = Some(first);
    while let Some(job) = next {
        match catch_unwind(AssertUnwindSafe(|| job(Ok(db)))) {
            Ok(tell) => told.push(tell),
            // Its asker hears that no answer comes, since its channel is gone. What it had begun is taken back.
            Err(_) => run(db, "ROLLBACK TO job").or_else(|_| if db.is_autocommit() { Ok(()) } else { run(db, "ROLLBACK") })?,
        }
        if db.is_autocommit() {
            // A full disk, for one, ends the whole transaction.
            return Err(StoreError::Full("the transaction was ended by the database".to_owned()));
        }
        next = if told.len() < MOST { queue.try_recv().ok() } else { None };
    }
    run(db, "COMMIT")
}

fn in_savepoint<T>(db: &Connection, question: impl FnOnce(&mut dyn Sql) -> Result<T>) -> Result<T> {
    run(db, "SAVEPOINT job")?;
    let done = question(&mut Sqlite(db));
    // Where the database has ended the whole transaction, there is no savepoint to go back to.
    if done.is_err() && !db.is_autocommit() {
        run(db, "ROLLBACK TO job")?;
    }
    if !db.is_autocommit() {
        run(db, "RELEASE job")?;
    }
    done
}

fn run(db: &Connection, statement: &str) -> Result<()> {
    db.prepare_cached(statement)?.raw_execute()?;
    Ok(())
}
