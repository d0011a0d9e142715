//! The thread that writes. What was asked for while it was busy is done in one transaction and synced once: each job in a savepoint of its own, so that one that is
//! refused takes none of the others with it. Nobody is answered before the commit; what nobody waits for any more when its turn comes, or what has waited for too long, is not
//! begun.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{Builder, JoinHandle},
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{super::sql::Sql, sql::Sqlite};
use crate::{
    Result, StoreError,
    threads::{MOST_WAITING, send},
};

/// Most jobs of one transaction.
const MOST: usize = 128;

/// Does a job where there is a transaction to do it in.
type Job = Box<dyn FnOnce(std::result::Result<&Connection, &StoreError>) -> Done + Send>;

/// A job that was done, or refused.
struct Done {
    /// Tells its asker how it went, once it is known whether that is on the disk.
    told: Told,
    /// Why the database ended the whole transaction over it, where it did: a full disk, for one.
    ended: Option<StoreError>,
}

type Told = Box<dyn FnOnce(Option<&StoreError>) + Send>;

/// The one writer of a file.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: SyncSender<Job>,
    handle: JoinHandle<()>,
    longest_wait: Duration,
}

impl Writer {
    pub(super) fn start(connection: Connection, longest_wait: Duration, after: fn(Connection)) -> Result<Self> {
        let (jobs, queue) = sync_channel::<Job>(MOST_WAITING);
        let handle = Builder::new().name("company-writer".to_owned()).spawn(move || {
            work(&connection, &queue);
            after(connection);
        })?;
        Ok(Self { jobs, handle, longest_wait })
    }

    /// Asks for something to be done. What was begun is done even where nobody waits any more.
    ///
    /// # Errors
    /// [`StoreError::Crowded`] where too many wait already.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut dyn Sql) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T>>> {
        let (answer, waiting) = oneshot::channel();
        let (asked, longest_wait) = (Instant::now(), self.longest_wait);
        let job: Job = Box::new(move |db| {
            if answer.is_closed() || asked.elapsed() > longest_wait {
                return Done { told: Box::new(|_| drop(answer.send(Err(StoreError::Crowded)))), ended: None };
            }
            let done = db.map_err(StoreError::alike).and_then(|db| in_savepoint(db, question));
            let ended = match (&done, db) {
                (Err(error), Ok(db)) if db.is_autocommit() => Some(error.alike()),
                _ => None,
            };
            let at_fault = ended.is_some();
            let told: Told = Box::new(move |failed| {
                // Whoever ended the transaction knows best why.
                let answered = failed.filter(|_| !at_fault).map_or(done, |error| Err(error.alike()));
                // The asker may have gone.
                drop(answer.send(answered));
            });
            Done { told, ended }
        });
        send(&self.jobs, job)?;
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
        told.push(first(Err(&error)).told);
        return Err(error);
    }
    let mut next = Some(first);
    while let Some(job) = next {
        match catch_unwind(AssertUnwindSafe(|| job(Ok(db)))) {
            Ok(done) => {
                told.push(done.told);
                if let Some(error) = done.ended {
                    return Err(error);
                }
            }
            // Its asker hears that no answer comes, since its channel is gone. What it had begun is taken back.
            Err(_) => run(db, "ROLLBACK TO job").or_else(|_| if db.is_autocommit() { Ok(()) } else { run(db, "ROLLBACK") })?,
        }
        if db.is_autocommit() {
            return Err(StoreError::Value("a transaction"));
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::threads::LONGEST_WAIT;

    /// A writer that comes to nothing until the other connection commits.
    fn held(file: &Path, longest_wait: Duration) -> (Writer, Connection) {
        let db = Connection::open(file).unwrap();
        db.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)").unwrap();
        let beside = Connection::open(file).unwrap();
        beside.execute_batch("BEGIN IMMEDIATE").unwrap();
        db.busy_timeout(std::time::Duration::from_secs(30)).unwrap();
        (Writer::start(db, longest_wait, drop).unwrap(), beside)
    }

    #[test]
    fn what_nobody_waits_for_any_more_is_not_begun() {
        let folder = tempfile::tempdir().unwrap();
        let (jobs, beside) = held(&folder.path().join("records.db"), LONGEST_WAIT);
        let insert = |sql: &'static str| jobs.ask(move |db| db.run(sql, &[]).map(|_| ())).unwrap();
        let first = insert("INSERT INTO t VALUES (2)");
        drop(insert("INSERT INTO t VALUES (3)"));
        let last = insert("INSERT INTO t VALUES (4)");
        beside.execute_batch("COMMIT").unwrap();
        for answer in [first, last] {
            answer.blocking_recv().unwrap().unwrap();
        }
        let kept: String = beside.query_row("SELECT group_concat(a) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, "1,2,4");
        jobs.finish();
    }

    #[test]
    fn what_has_waited_for_too_long_is_not_begun_and_its_asker_hears_so() {
        let folder = tempfile::tempdir().unwrap();
        let (jobs, beside) = held(&folder.path().join("records.db"), Duration::from_millis(20));
        let insert = |sql: &'static str| jobs.ask(move |db| db.run(sql, &[]).map(|_| ())).unwrap();
        drop(insert("INSERT INTO t VALUES (2)"));
        let late = insert("INSERT INTO t VALUES (3)");
        std::thread::sleep(Duration::from_millis(60));
        beside.execute_batch("COMMIT").unwrap();
        assert!(matches!(late.blocking_recv().unwrap(), Err(StoreError::Crowded)));
        insert("INSERT INTO t VALUES (4)").blocking_recv().unwrap().unwrap();
        let kept: String = beside.query_row("SELECT group_concat(a) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, "1,4");
        jobs.finish();
    }

    #[test]
    fn what_ends_the_whole_transaction_is_told_as_what_it_was_and_undoes_what_came_with_it() {
        let folder = tempfile::tempdir().unwrap();
        // Nobody is at work yet, so that all of it waits and is done at once.
        let (jobs, beside) = held(&folder.path().join("records.db"), LONGEST_WAIT);
        let first = jobs.ask(|db| db.run("SELECT 1", &[]).map(|_| ())).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(50));
        let asked: Vec<_> = ["INSERT INTO t VALUES (2)", "INSERT OR ROLLBACK INTO t VALUES (1)"]
            .map(|sql| jobs.ask(move |db| db.run(sql, &[]).map(|_| ())).unwrap())
            .into_iter()
            .collect();
        beside.execute_batch("COMMIT").unwrap();
        drop(first.blocking_recv());
        let told: Vec<_> = asked.into_iter().map(|answer| answer.blocking_recv().unwrap().unwrap_err()).collect();
        assert!(matches!(told[1], StoreError::Exists { .. }), "its own cause: {:?}", told[1]);
        assert!(!matches!(told[0], StoreError::Full(_) | StoreError::Exists { .. }), "no full disk, and nothing of its own: {:?}", told[0]);
        let kept: i64 = beside.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, 1);
        let next = jobs.ask(|db| db.run("INSERT INTO t VALUES (3)", &[]).map(|_| ())).unwrap();
        next.blocking_recv().unwrap().unwrap();
        jobs.finish();
    }
}
