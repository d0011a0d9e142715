//! The company's records in PostgreSQL, or in what speaks its protocol: any number of processes, each with a few connections, each connection with a thread.

mod address;
mod link;
mod refused;
mod sql;
mod steps;
mod writing;

use std::sync::{Arc, Mutex, PoisonError};

use super::sql::Sql;
use crate::{Result, StoreError, threads::Threads};
use address::Address;
use link::{AT_ONE_MOMENT, Link};
use refused::refused;
pub(super) use steps::version;
use writing::Writers;

/// How many connections a process reads with, and how many it writes with: few, so that what comes meanwhile is written together.
const READING: u32 = 8;
const WRITING: u32 = 4;

/// An open pool of connections.
#[derive(Debug, Clone)]
pub(super) struct Engine(Arc<Mutex<Option<Open>>>);

#[derive(Debug)]
struct Open {
    reading: Threads<Link>,
    /// None where they are looked at only.
    writing: Option<Writers>,
}

impl Engine {
    /// Connects, and leads what is there to the newest version.
    ///
    /// # Errors
    /// The address cannot be read, the server does not answer or refuses, the records are newer.
    pub(super) fn open(address: &str) -> Result<Self> {
        let address = Address::read(address)?;
        let mut reading = links(&address, READING);
        if let Some(link) = reading.first_mut() {
            steps::take(link.client()?)?;
        }
        let writing = Writers::start(links(&address, WRITING))?;
        Self::over(reading, Some(writing))
    }

    /// Connects where nothing can be written, to records of the newest version.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub(super) fn open_to_look(address: &str) -> Result<Self> {
        Self::over(links(&Address::read(address)?.looking(), 1), None)
    }

    fn over(reading: Vec<Link>, writing: Option<Writers>) -> Result<Self> {
        let reading = Threads::start("company-reader", reading, drop)?;
        Ok(Self(Arc::new(Mutex::new(Some(Open { reading, writing })))))
    }

    pub(super) async fn read<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        self.ask(move |link| again_where_lost(|| link.with(&question))).await
    }

    pub(super) async fn read_at_once<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        self.ask(move |link| again_where_lost(|| link.in_transaction(AT_ONE_MOMENT, &question))).await
    }

    pub(super) async fn write<T: Send + 'static>(
        &self,
        apart: bool,
        question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let answer = self.with(|open| match &open.writing {
            Some(writing) => writing.ask(apart, question),
            None => Err(StoreError::ReadOnly("opened to look".to_owned())),
        })?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    async fn ask<T: Send + 'static>(&self, question: impl FnOnce(&mut Link) -> Result<T> + Send + 'static) -> Result<T> {
        let answer = self.with(|open| open.reading.ask_while_waited_for(question))?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    fn with<T>(&self, act: impl FnOnce(&Open) -> Result<T>) -> Result<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map_or(Err(StoreError::Closed), act)
    }

    /// Finishes what was asked for and closes the connections.
    pub(super) fn close(&self) {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Open { reading, writing }) = open {
            writing.into_iter().for_each(Writers::finish);
            reading.finish();
        }
    }
}

/// So many connections, each made when it is first asked.
fn links(address: &Address, many: u32) -> Vec<Link> {
    (0..many).map(|number| Link::new(address, number, many)).collect()
}

/// Asks once more on a new connection, where the old one was lost while nobody used it.
fn again_where_lost<T>(mut ask: impl FnMut() -> Result<T>) -> Result<T> {
    match ask() {
        Err(StoreError::Unreachable(_)) => ask(),
        answer => answer,
    }
}
