//! The company's records in PostgreSQL, or in what speaks its protocol: any number of processes, each with a few connections, each connection with a thread.

mod address;
mod link;
mod refused;
mod sql;
mod steps;

use std::{
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::sql::Sql;
use crate::{Result, StoreError, threads::Threads};
use address::Address;
use link::{AT_ONE_MOMENT, Link, TO_WRITE};
use refused::refused;
pub(super) use steps::version;

/// How many connections a process has.
const CONNECTIONS: u32 = 12;

/// How often a transaction that got in another's way is tried, and until when: a wait for a lock takes seconds itself.
const TRIES: u32 = 8;
const PATIENCE: Duration = Duration::from_secs(10);

/// An open pool of connections.
#[derive(Debug, Clone)]
pub(super) struct Engine(Arc<Mutex<Option<Threads<Link>>>>);

impl Engine {
    /// Connects, and leads what is there to the newest version.
    ///
    /// # Errors
    /// The address cannot be read, the server does not answer or refuses, the records are newer.
    pub(super) fn open(address: &str) -> Result<Self> {
        let address = Address::read(address)?;
        let mut links: Vec<_> = (0..CONNECTIONS).map(|number| Link::new(&address, number, CONNECTIONS)).collect();
        if let Some(link) = links.first_mut() {
            steps::take(link.client()?)?;
        }
        Self::over(links)
    }

    /// Connects where nothing can be written, to records of the newest version.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub(super) fn open_to_look(address: &str) -> Result<Self> {
        Self::over(vec![Link::new(&Address::read(address)?.looking(), 0, 1)])
    }

    fn over(links: Vec<Link>) -> Result<Self> {
        let threads = Threads::start("company-postgres", links, drop)?;
        Ok(Self(Arc::new(Mutex::new(Some(threads)))))
    }

    pub(super) async fn read<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        self.ask(move |link| again_where_lost(|| link.with(&question))).await
    }

    pub(super) async fn read_at_once<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        self.ask(move |link| again_where_lost(|| link.in_transaction(AT_ONE_MOMENT, &question))).await
    }

    pub(super) async fn write<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        self.ask(move |link| {
            let (begun, mut tries) = (Instant::now(), 1);
            loop {
                match link.in_transaction(TO_WRITE, &question) {
                    // Nothing of it is there: it can be done anew, once those are through who were in its way.
                    Err(StoreError::Busy(_)) if tries < TRIES && begun.elapsed() < PATIENCE => {
                        thread::sleep(link.pause(tries));
                        tries += 1;
                    }
                    answer => return answer,
                }
            }
        })
        .await
    }

    async fn ask<T: Send + 'static>(&self, question: impl FnOnce(&mut Link) -> Result<T> + Send + 'static) -> Result<T> {
        let answer = match self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            Some(threads) => threads.ask_while_waited_for(question)?,
            None => return Err(StoreError::Closed),
        };
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Finishes what was asked for and closes the connections.
    pub(super) fn close(&self) {
        let threads = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        threads.into_iter().for_each(Threads::finish);
    }
}

/// Asks once more on a new connection, where the old one was lost while nobody used it.
fn again_where_lost<T>(mut ask: impl FnMut() -> Result<T>) -> Result<T> {
    match ask() {
        Err(StoreError::Unreachable(_)) => ask(),
        answer => answer,
    }
}
