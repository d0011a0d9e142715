//! The company's records in PostgreSQL, or in what speaks its protocol: any number of processes, each with a few connections, each connection with a thread.

mod sql;

use std::{
    error::Error as _,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use postgres::{
    Client, Config,
    error::SqlState,
    types::{WasNull, WrongType},
};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    migrations::{NEWEST, POSTGRES},
    sql::Sql,
};
use crate::{
    Result, StoreError,
    threads::{Owned, Threads},
};
use sql::{Postgres, Prepared};

/// How many connections a process has.
const CONNECTIONS: usize = 12;

/// How often a transaction that got in another's way is tried again.
const TRIES: u32 = 8;

/// Held while a process leads the records to the newest version: of two that start at once, one waits.
const MIGRATING: i64 = 0x534D_5048;

/// An open pool of connections.
#[derive(Debug, Clone)]
pub(super) struct Engine(Arc<Mutex<Option<Threads<Link>>>>);

impl Engine {
    /// Connects, and leads what is there to the newest version.
    ///
    /// # Errors
    /// The address cannot be read, the server does not answer or refuses, the records are newer.
    pub(super) fn open(address: &str) -> Result<Self> {
        let config = config(address)?;
        let tls = tls(&config);
        let mut links: Vec<_> = (0..CONNECTIONS).map(|_| Link::new(&config, &tls)).collect();
        if let Some(link) = links.first_mut() {
            migrate(link.client()?)?;
        }
        let threads = Threads::start("company-postgres", links, drop)?;
        Ok(Self(Arc::new(Mutex::new(Some(threads)))))
    }

    pub(super) async fn read<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        self.ask(move |link| match link.with(&question) {
            // A connection that was lost while nobody used it; a new one may do.
            Err(StoreError::Unreachable(_)) => link.with(&question),
            answer => answer,
        })
        .await
    }

    pub(super) async fn write<T: Send + 'static>(&self, question: impl Fn(&mut dyn Sql) -> Result<T> + Send + 'static) -> Result<T> {
        self.ask(move |link| {
            let mut tries = 1;
            loop {
                match link.in_transaction(&question) {
                    // Nothing of it is there: it can be done anew.
                    Err(StoreError::Busy(_)) if tries < TRIES => tries += 1,
                    answer => return answer,
                }
            }
        })
        .await
    }

    async fn ask<T: Send + 'static>(&self, question: impl FnOnce(&mut Link) -> Result<T> + Send + 'static) -> Result<T> {
        let answer = match self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            Some(threads) => threads.ask(question)?,
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

fn config(address: &str) -> Result<Config> {
    let mut config: Config = address.parse().map_err(|_| StoreError::Value("DATABASE_URL"))?;
    config
        .application_name("sellme-hub")
        .connect_timeout(Duration::from_secs(3))
        .tcp_user_timeout(Duration::from_secs(10))
        .keepalives_idle(Duration::from_secs(30))
        .options("-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=20000");
    Ok(config)
}

/// Of which version the records are, without a change to them; `None` where there are none yet.
///
/// # Errors
/// As [`Engine::open`].
pub(super) fn version(address: &str) -> Result<Option<i64>> {
    let config = config(address)?;
    let mut client = config.connect(tls(&config)).map_err(refused)?;
    let there: bool =
        client.query_one("SELECT to_regclass('sellme_version') IS NOT NULL", &[]).and_then(|row| row.try_get(0)).map_err(refused)?;
    if !there {
        return Ok(None);
    }
    let found: Option<i64> =
        client.query_one("SELECT max(version) FROM sellme_version", &[]).and_then(|row| row.try_get(0)).map_err(refused)?;
    Ok(found.filter(|found| *found > 0))
}

/// A connection that is made anew where it was lost.
struct Link {
    config: Config,
    tls: MakeRustlsConnect,
    client: Option<(Client, Prepared)>,
}

impl Link {
    fn new(config: &Config, tls: &MakeRustlsConnect) -> Self {
        Self { config: config.clone(), tls: tls.clone(), client: None }
    }

    fn client(&mut self) -> Result<&mut (Client, Prepared)> {
        if self.client.as_ref().is_some_and(|(client, _)| client.is_closed()) {
            self.client = None;
        }
        match &mut self.client {
            Some(client) => Ok(client),
            none => {
                let client = self.config.connect(self.tls.clone()).map_err(refused)?;
                Ok(none.insert((client, Prepared::default())))
            }
        }
    }

    fn with<T>(&mut self, question: &dyn Fn(&mut dyn Sql) -> Result<T>) -> Result<T> {
        let (client, prepared) = self.client()?;
        let answer = question(&mut Postgres { client, prepared });
        self.forget_where_lost(answer)
    }

    fn in_transaction<T>(&mut self, question: &dyn Fn(&mut dyn Sql) -> Result<T>) -> Result<T> {
        // Where the connection was lost meanwhile, nothing was begun on it yet.
        if let Err(StoreError::Unreachable(_)) = self.begin() {
            self.client = None;
            self.begin()?;
        }
        let (client, prepared) = self.client()?;
        let done = question(&mut Postgres { client, prepared });
        let done = match done {
            Ok(answer) => client.batch_execute("COMMIT").map(|()| answer).map_err(refused),
            Err(error) => {
                // What cannot be taken back on a connection goes with it.
                if client.batch_execute("ROLLBACK").is_err() {
                    self.client = None;
                }
                return Err(error);
            }
        };
        self.forget_where_lost(done)
    }

    fn begin(&mut self) -> Result<()> {
        self.client()?.0.batch_execute("BEGIN").map_err(refused)
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

/// How connections are encrypted. The machine's certificates are read for it, which takes a while: once for all connections.
fn tls(config: &Config) -> MakeRustlsConnect {
    // Said once; whoever comes second finds it done.
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut roots = RootCertStore::empty();
    if config.get_ssl_mode() != postgres::config::SslMode::Disable {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    MakeRustlsConnect::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}

/// Leads the tables to the newest version, one step a transaction.
fn migrate((client, _): &mut (Client, Prepared)) -> Result<()> {
    let mut transaction = client.transaction().map_err(refused)?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATING]).map_err(refused)?;
    transaction.batch_execute("CREATE TABLE IF NOT EXISTS sellme_version (version BIGINT NOT NULL)").map_err(refused)?;
    let found: i64 = transaction
        .query_one("SELECT coalesce(max(version), 0) FROM sellme_version", &[])
        .and_then(|row| row.try_get(0))
        .map_err(refused)?;
    if found > NEWEST {
        return Err(StoreError::Newer { found, known: NEWEST });
    }
    let done = usize::try_from(found).map_err(|_| StoreError::Value("the version"))?;
    for step in POSTGRES.iter().skip(done) {
        transaction.batch_execute(step).map_err(refused)?;
    }
    transaction.execute("DELETE FROM sellme_version", &[]).map_err(refused)?;
    transaction.execute("INSERT INTO sellme_version VALUES ($1)", &[&NEWEST]).map_err(refused)?;
    transaction.commit().map_err(refused)
}

/// Why the server refused, or that it does not answer.
fn refused(error: postgres::Error) -> StoreError {
    let Some(code) = error.code() else {
        // A value that is not of its column's kind is a fault of ours, which no waiting mends.
        let misfit = error.source().is_some_and(|cause| cause.is::<WrongType>() || cause.is::<WasNull>());
        return if misfit { StoreError::Postgres(error) } else { StoreError::Unreachable(error.to_string()) };
    };
    match code.code() {
        // Two transactions got in each other's way; or somebody else was quicker to write the same key.
        "40001" | "40P01" | "55P03" => StoreError::Busy(error.to_string()),
        _ if *code == SqlState::UNIQUE_VIOLATION => StoreError::Exists { kind: "row", id: constraint(&error) },
        _ if *code == SqlState::FOREIGN_KEY_VIOLATION => StoreError::NotFound { kind: "row", id: constraint(&error) },
        _ if *code == SqlState::DISK_FULL => StoreError::Full(error.to_string()),
        _ if *code == SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::Unreachable(error.to_string()),
        // Connections that are cut, a server that starts or shuts down, one that has too many connections.
        code if code.starts_with("08") || code.starts_with("57P") || code.starts_with("53") || code == "57014" => {
            StoreError::Unreachable(error.to_string())
        }
        _ => StoreError::Postgres(error),
    }
}

fn constraint(error: &postgres::Error) -> String {
    error.as_db_error().and_then(|error| error.constraint()).unwrap_or_default().to_owned()
}
