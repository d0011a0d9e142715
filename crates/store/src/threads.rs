//! One thread that writes, a few that read; each owns its connection and answers through a channel of one answer. The queue before them has an end: whoever comes where it
//! is full is told so at once, instead of waiting for what is never done in time.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{Builder, JoinHandle},
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{Result, StoreError};

/// How many jobs wait at most.
pub(crate) const MOST_WAITING: usize = 1_024;

/// How long something waits at most that changes a company's records: with the usual patience of the server, whoever asked for it has been told by then that it may not be done.
#[cfg(feature = "company")]
pub(crate) const LONGEST_WAIT: std::time::Duration = std::time::Duration::from_secs(30);

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
    jobs: SyncSender<Job<C>>,
    handles: Vec<JoinHandle<()>>,
}

impl<C: Owned> Threads<C> {
    /// One thread for each connection. `after` runs with the connection once no more jobs can come.
    pub(crate) fn start(name: &str, connections: Vec<C>, after: fn(C)) -> Result<Self> {
        let (jobs, queue) = sync_channel::<Job<C>>(MOST_WAITING);
        let queue = Arc::new(Mutex::new(queue));
        let mut handles = Vec::new();
        for connection in connections {
            let queue = Arc::clone(&queue);
            handles.push(Builder::new().name(name.to_owned()).spawn(move || work(connection, &queue, after))?);
        }
        Ok(Self { jobs, handles })
    }

    /// Asks one of the threads; the answer comes when it is done. The question is worked on even where nobody waits any more.
    ///
    /// # Errors
    /// [`StoreError::Crowded`] where too many wait already.
    pub(crate) fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut C) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T>>> {
        let (answer, waiting) = oneshot::channel();
        send(
            &self.jobs,
            Box::new(move |connection: &mut C| {
                // The asker may have gone; what was asked for is done all the same.
                drop(answer.send(question(connection)));
            }),
        )?;
        Ok(waiting)
    }

    /// The same for somebody who may go away meanwhile: what was not begun by then is left.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    #[cfg(feature = "company")]
    pub(crate) fn ask_while_waited_for<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut C) -> Result<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T>>> {
        let (answer, waiting) = oneshot::channel();
        send(
            &self.jobs,
            Box::new(move |connection: &mut C| {
                if !answer.is_closed() {
                    drop(answer.send(question(connection)));
                }
            }),
        )?;
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

/// Puts a job at the end of a queue.
pub(crate) fn send<J>(jobs: &SyncSender<J>, job: J) -> Result<()> {
    jobs.try_send(job).map_err(|refused| match refused {
        TrySendError::Full(_) => StoreError::Crowded,
        TrySendError::Disconnected(_) => StoreError::Closed,
    })
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use super::*;

    /// How many jobs were begun.
    #[derive(Default)]
    struct Begun(usize);

    impl Owned for Begun {
        fn take_back(&mut self) {}
    }

    /// One thread that is busy until the sender is dropped.
    fn busy() -> (Threads<Begun>, Sender<()>) {
        let threads = Threads::start("test", vec![Begun::default()], drop).unwrap();
        let ((begins, begun), (go_on, held)) = (channel(), channel::<()>());
        drop(threads.ask(move |_| {
            begins.send(()).unwrap();
            held.recv().unwrap_err();
            Ok(())
        }));
        begun.recv().unwrap();
        (threads, go_on)
    }

    fn count(begun: &mut Begun) -> Result<usize> {
        begun.0 += 1;
        Ok(begun.0)
    }

    #[test]
    fn where_too_many_wait_the_next_is_refused_at_once() {
        let (threads, go_on) = busy();
        let waiting: Vec<_> = (0..MOST_WAITING).map(|_| threads.ask(count).unwrap()).collect();
        assert!(matches!(threads.ask(count), Err(StoreError::Crowded)));
        drop(go_on);
        let answers: Vec<_> = waiting.into_iter().map(|answer| answer.blocking_recv().unwrap().unwrap()).collect();
        assert_eq!(answers.last(), Some(&MOST_WAITING));
        assert_eq!(threads.ask(count).unwrap().blocking_recv().unwrap().unwrap(), MOST_WAITING + 1, "there is room again");
        threads.finish();
    }

    #[cfg(feature = "company")]
    #[test]
    fn what_nobody_waits_for_any_more_is_not_begun_where_it_is_for_somebody_who_may_go() {
        let (threads, go_on) = busy();
        drop(threads.ask_while_waited_for(count).unwrap());
        let waited_for = threads.ask_while_waited_for(count).unwrap();
        drop(threads.ask(count).unwrap());
        let last = threads.ask(count).unwrap();
        drop(go_on);
        assert_eq!(waited_for.blocking_recv().unwrap().unwrap(), 1);
        assert_eq!(last.blocking_recv().unwrap().unwrap(), 3, "what is to be done in any case was done");
        threads.finish();
    }
}
