//! The connections that write. What was asked for while they were busy is done in one transaction and synced once: each job in a savepoint of its own, so that one that is
//! refused takes none of the others with it. Where somebody is in one's way, the others do not wait for it; where the connection is lost, all of them hear so. What takes long or
//! holds much is done apart.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, Builder, JoinHandle},
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::{
    super::sql::Sql,
    link::{Link, TO_WRITE, TO_WRITE_TOGETHER},
};
use crate::{
    Result, StoreError,
    threads::{LONGEST_WAIT, MOST_WAITING, Owned, send},
};

/// Most jobs of one transaction.
const MOST: usize = 16;

/// How often a transaction that got in another's way is tried, and until when: a wait for a lock takes seconds itself.
const TRIES: u32 = 8;
const PATIENCE: Duration = Duration::from_secs(10);

/// Something to be written.
trait Job: Send {
    /// Whether its asker is still there.
    fn is_waited_for(&self) -> bool;

    /// Whether it has waited for too long to be begun.
    fn is_late(&self) -> bool;

    /// Whether it is done in a transaction of its own.
    fn is_apart(&self) -> bool;

    /// Does it in a transaction that is under way. It may be done more than once.
    fn attempt(&mut self, db: &mut dyn Sql) -> Result<()>;

    /// Tells its asker that what was done last is on the disk, or why it is not.
    fn tell(self: Box<Self>, kept: Result<()>);
}

/// The threads that write, each with a connection.
#[derive(Debug)]
pub(super) struct Writers {
    jobs: SyncSender<Box<dyn Job>>,
    handles: Vec<JoinHandle<()>>,
}

impl Writers {
    /// One thread for each connection.
    pub(super) fn start(links: Vec<Link>) -> Result<Self> {
        let (jobs, queue) = sync_channel(MOST_WAITING);
        let queue = Arc::new(Mutex::new(queue));
        let start = |mut link: Link| {
            let queue = Arc::clone(&queue);
            let work = move || {
                while let Some(jobs) = next(&queue) {
                    write(&mut link, jobs);
                }
            };
            Builder::new().name("company-writer".to_owned()).spawn(work)
        };
        let handles = links.into_iter().map(start).collect::<std::io::Result<_>>()?;
        Ok(Self { jobs, handles })
    }

    /// Asks for something to be written, `apart` from everything else where it takes long or holds much. What nobody waits for any more when its turn comes, or what has
    /// waited for too long, is not begun.
    ///
    /// # Errors
    /// [`StoreError::Crowded`] where too many wait already.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        apart: bool,
        question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T>>> {
        let (answer, waiting) = oneshot::channel();
        send::<Box<dyn Job>>(&self.jobs, Box::new(Asked { question, apart, at: Instant::now(), done: None, answer }))?;
        Ok(waiting)
    }

    /// Lets everything that was asked for be done, then ends the threads.
    pub(super) fn finish(self) {
        drop(self.jobs);
        for handle in self.handles {
            // A thread that panicked has nothing left to give.
            drop(handle.join());
        }
    }
}

/// Something to be written, and who waits for it.
struct Asked<T, F> {
    question: F,
    apart: bool,
    at: Instant,
    done: Option<T>,
    answer: oneshot::Sender<Result<T>>,
}

impl<T: Send, F: Fn(&mut dyn Sql) -> Result<T> + Send> Job for Asked<T, F> {
    fn is_waited_for(&self) -> bool {
        !self.answer.is_closed()
    }

    fn is_late(&self) -> bool {
        self.at.elapsed() > LONGEST_WAIT
    }

    fn is_apart(&self) -> bool {
        self.apart
    }

    fn attempt(&mut self, db: &mut dyn Sql) -> Result<()> {
        self.done = Some((self.question)(db)?);
        Ok(())
    }

    fn tell(self: Box<Self>, kept: Result<()>) {
        let Self { done, answer, .. } = *self;
        // The asker may have gone.
        drop(answer.send(kept.and_then(|()| done.ok_or(StoreError::Closed))));
    }
}

/// Waits for something to do, and takes what waits with it, as much as fits into one transaction; nothing once no more can come.
fn next(queue: &Mutex<Receiver<Box<dyn Job>>>) -> Option<Vec<Box<dyn Job>>> {
    let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let first = queue.recv().ok()?;
    Some(std::iter::once(first).chain(queue.try_iter().take(MOST - 1)).collect())
}

fn write(link: &mut Link, jobs: Vec<Box<dyn Job>>) {
    let (mut apart, mut jobs): (Vec<_>, Vec<_>) = jobs.into_iter().partition(|job| job.is_apart());
    loop {
        jobs = due(jobs);
        if jobs.len() < 2 {
            break;
        }
        let left = together(link, jobs);
        apart.extend(left.alone);
        jobs = left.rest;
    }
    for job in jobs.into_iter().chain(apart) {
        due(vec![job]).into_iter().for_each(|job| alone(link, job));
    }
}

/// Those that are still to be done. Who waited too long hears so.
fn due(jobs: Vec<Box<dyn Job>>) -> Vec<Box<dyn Job>> {
    let (late, jobs): (Vec<_>, Vec<_>) = jobs.into_iter().filter(|job| job.is_waited_for()).partition(|job| job.is_late());
    late.into_iter().for_each(|job| job.tell(Err(StoreError::Crowded)));
    jobs
}

/// What one transaction did not do: nothing of it is there.
#[derive(Default)]
struct Left {
    /// To be done each for itself.
    alone: Vec<Box<dyn Job>>,
    /// Not begun yet.
    rest: Vec<Box<dyn Job>>,
}

/// Does them in one transaction, up to the first that somebody is in the way of: what was done before it waits for nobody.
fn together(link: &mut Link, mut jobs: Vec<Box<dyn Job>>) -> Left {
    let mut done = Vec::new();
    let all = |db: &mut dyn Sql| {
        for job in &mut jobs {
            db.run("SAVEPOINT job", &[])?;
            let attempt = job.attempt(db);
            let is_blocked = matches!(attempt, Err(StoreError::Busy(_)));
            match attempt {
                Err(StoreError::Unreachable(_)) => return attempt,
                Err(_) => drop(db.run("ROLLBACK TO SAVEPOINT job", &[])?),
                Ok(()) => {}
            }
            done.push(attempt);
            if is_blocked {
                break;
            }
        }
        Ok(())
    };
    let Ok(kept) = catch_unwind(AssertUnwindSafe(|| link.in_transaction(TO_WRITE_TOGETHER, all))) else {
        link.take_back();
        return Left { alone: jobs, ..Left::default() };
    };
    match kept {
        Ok(()) => {}
        // It may be on the disk all the same: whoever asked has to look.
        Err(error @ StoreError::Unreachable(_)) => {
            jobs.into_iter().for_each(|job| job.tell(Err(error.alike())));
            return Left::default();
        }
        Err(_) => return Left { alone: jobs, ..Left::default() },
    }
    let mut left = Left { rest: jobs.split_off(done.len()), ..Left::default() };
    for (job, done) in jobs.into_iter().zip(done) {
        match done {
            Err(StoreError::Busy(_)) => left.alone.push(job),
            done => job.tell(done),
        }
    }
    left
}

fn alone(link: &mut Link, mut job: Box<dyn Job>) {
    let (begun, mut tries) = (Instant::now(), 1);
    loop {
        let Ok(kept) = catch_unwind(AssertUnwindSafe(|| link.in_transaction(TO_WRITE, |db| job.attempt(db)))) else {
            // Its asker hears that no answer comes, since its channel is gone.
            return link.take_back();
        };
        match kept {
            // Nothing of it is there: it can be done anew, once those are through who were in its way.
            Err(StoreError::Busy(_)) if tries < TRIES && begun.elapsed() < PATIENCE => {
                thread::sleep(link.pause(tries));
                tries += 1;
            }
            kept => return job.tell(kept),
        }
    }
}
