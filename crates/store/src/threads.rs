//! One thread that writes, a few that read; each owns its connection and answers through a channel of one answer.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread::{Builder, JoinHandle},
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{Result, StoreError};

/// What a thread owns.
pub(crate) trait Owned: Send + 'static {
    /// Takes back what a job that panicked had begun.
    fn take_back(&mut self);
}

impl Owned for Connection {
    fn take_back(&mut self) {
        if !self.is_autocommit() {
            drop(self.execute_batch("ROLLBACK"));
        }
    }
}

/// Something to do with a connection.
type Job<C> = Box<dyn FnOnce(&mut C) + Send>;

/// Threads that answer from the same queue.
#[derive(Debug)]
pub(crate) struct Threads<C = Connection> {
    jobs: Sender<Job<C>>,
    handles: Vec<JoinHandle<()>>,
}

impl<C: Owned> Threads<C> {
    /// One thread for each connection. `after` runs with the connection once no more jobs can come.
    pub(crate) fn start(name: &str, connections: Vec<C>, after: fn(C)) -> Result<Self> {
        let (jobs, queue) = channel::<Job<C>>();
        let queue = Arc::new(Mutex::new(queue));
        let mut handles = Vec::new();
        for connection in connections {
            let queue = Arc::clone(&queue);
            handles.push(Builder::new().name(name.to_owned()).spawn(move || work(connection, &queue, after))?);
        }
        Ok(Self { jobs, handles })
    }

    /// Asks one of the threads; the answer comes when it is done. The question is worked on even where nobody waits any more.
    pub(crate) fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut C) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T>>> {
        let (answer, waiting) = oneshot::channel();
        let job: Job<C> = Box::new(move |connection| {
            // The asker may have gone; what was asked for is done all the same.
            drop(answer.send(question(connection)));
        });
        self.jobs.send(job).map_err(|_| StoreError::Closed)?;
        Ok(waiting)
    }

    /// Lets every job that was asked for be done, then ends the threads.
    pub(crate) fn finish(self) {
        drop(self.jobs);
        for handle in self.handles {
            // A thread that panicked has nothing left to give.
            drop(handle.join());
        }
    }
}

fn work<C: Owned>(mut connection: C, queue: &Mutex<Receiver<Job<C>>>, after: fn(C)) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { break };
        // A panic in one job must not take the thread, and every later turn, with it. Its asker is told that no answer comes.
        if catch_unwind(AssertUnwindSafe(|| job(&mut connection))).is_err() {
            connection.take_back();
        }
    }
    after(connection);
}
