//! A connection of the pool: made when it is first asked, and anew where it was lost.

use std::{fmt, time::Duration};

use postgres::Client;

use super::{
    super::sql::Sql,
    address::Address,
    refused,
    sql::{Postgres, Prepared},
};
use crate::{Result, StoreError, threads::Owned};

/// How long is waited before the first time that a transaction is tried again. Each further wait is twice as long.
const PAUSE: Duration = Duration::from_millis(2);

/// Begins a transaction that writes.
pub(super) const TO_WRITE: &str = "BEGIN";

/// Begins one that writes for several, of whom none waits for long on what is in another's way.
pub(super) const TO_WRITE_TOGETHER: &str = "BEGIN; SET LOCAL lock_timeout = 1000";

/// Begins one in which all statements see the records as they are at the first of them.
pub(super) const AT_ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A connection.
pub(super) struct Link {
    address: Address,
    /// Its place among those that may get in each other's way: from 0 to 1.
    place: f64,
    client: Option<(Client, Prepared)>,
}

impl Link {
    /// One of so many.
    pub(super) fn new(address: &Address, number: u32, of: u32) -> Self {
        // Those of another process are in places between these, but for one process in a hundred.
        let process = f64::from(std::process::id() % 101) / 101.0;
        let place = (f64::from(number) + process) / f64::from(of);
        Self { address: address.clone(), place, client: None }
    }

    pub(super) fn client(&mut self) -> Result<&mut Client> {
        self.connected().map(|(client, _)| client)
    }

    fn connected(&mut self) -> Result<&mut (Client, Prepared)> {
        if self.client.as_ref().is_some_and(|(client, _)| client.is_closed()) {
            self.client = None;
        }
        match &mut self.client {
            Some(client) => Ok(client),
            none => Ok(none.insert((self.address.connect()?, Prepared::default()))),
        }
    }

    /// One statement, in no transaction but its own.
    pub(super) fn with<T>(&mut self, question: impl FnOnce(&mut dyn Sql) -> Result<T>) -> Result<T> {
        let (client, prepared) = self.connected()?;
        let answer = question(&mut Postgres { client, prepared });
        self.forget_where_lost(answer)
    }

    pub(super) fn in_transaction<T>(&mut self, begin: &str, question: impl FnOnce(&mut dyn Sql) -> Result<T>) -> Result<T> {
        match self.begin(begin) {
            // Where the connection was lost meanwhile, nothing was begun on it yet.
            Err(StoreError::Unreachable(_)) => {
                self.client = None;
                self.begin(begin)?;
            }
            begun => begun?,
        }
        let (client, prepared) = self.connected()?;
        let done = question(&mut Postgres { client, prepared });
        let done = match done {
            Ok(answer) => client.batch_execute("COMMIT").map(|()| answer).map_err(refused),
            Err(error) => {
                // What cannot be taken back on a connection goes with it.
                if matches!(error, StoreError::Unreachable(_)) || client.batch_execute("ROLLBACK").is_err() {
                    self.client = None;
                }
                return Err(error);
            }
        };
        self.forget_where_lost(done)
    }

    /// How long is waited after so many tries: each time longer, and on each connection differently, so that those who met do not meet again.
    pub(super) fn pause(&self, tries: u32) -> Duration {
        PAUSE.saturating_mul(2_u32.saturating_pow(tries.saturating_sub(1))).mul_f64(1.0 + self.place)
    }

    fn begin(&mut self, begin: &str) -> Result<()> {
        self.client()?.batch_execute(begin).map_err(refused)
    }

    fn forget_where_lost<T>(&mut self, answer: Result<T>) -> Result<T> {
        if matches!(answer, Err(StoreError::Unreachable(_))) {
            self.client = None;
        }
        answer
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address may have a password in it.
        f.debug_struct("Link").finish_non_exhaustive()
    }
}

impl Owned for Link {
    fn take_back(&mut self) {
        self.client = None;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn who_tries_again_waits_longer_each_time_and_nobody_as_long_as_another() {
        let address = Address::read("postgres://127.0.0.1/none?sslmode=disable").unwrap();
        let links: Vec<_> = (0..4).map(|number| Link::new(&address, number, 4)).collect();
        for tries in 1..8 {
            let mut pauses: Vec<_> = links.iter().map(|link| link.pause(tries)).collect();
            assert!(links.iter().all(|link| link.pause(tries) < link.pause(tries + 1)));
            pauses.sort();
            pauses.dedup();
            assert_eq!(pauses.len(), links.len(), "{pauses:?}");
        }
        let longest: Duration = links.iter().map(|link| (1..8).map(|tries| link.pause(tries)).sum()).max().unwrap();
        assert!(longest < Duration::from_secs(1), "{longest:?}");
    }
}
