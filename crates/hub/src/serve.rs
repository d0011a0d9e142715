//! Starting and stopping.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result, anyhow};
use sellme_app::{Device, company::Company};
use sellme_core::Error;
use sellme_store::company::CompanyStore;
use sellme_voice::provider::{Address, Http, Target};
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
    task::JoinSet,
};

use crate::{
    calls,
    config::{Config, Records},
    connections::{self, Bounds},
    device::ThisMachine,
    http::{self, Hub},
    metrics::Metrics,
    worker::{self, Load},
};

/// How long requests that are under way are waited for at the end.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

/// How often those are forgotten who have not asked for a while.
const TIDY: Duration = Duration::from_secs(60);

/// A hub that serves.
#[derive(Debug)]
pub struct Running {
    /// Where the application is.
    pub listen: SocketAddr,
    /// Where the administration is.
    pub admin_listen: SocketAddr,
    company: Company,
    stop: watch::Sender<bool>,
    rest: Arc<Notify>,
    tasks: JoinSet<()>,
}

/// Opens the records: to serve them, or beside a process that does.
///
/// # Errors
/// Why they cannot be opened.
pub async fn company(records: &Records, to_serve: bool) -> Result<Company> {
    let (place, now) = (records.place()?, ThisMachine.now());
    // Connecting to PostgreSQL waits on a runtime of its own, which no thread of this one may.
    let open = move || if to_serve { CompanyStore::open(&place, now) } else { CompanyStore::open_beside(&place, now) };
    let store =
        tokio::task::spawn_blocking(open).await?.map_err(|error| anyhow!("{error}")).context("the company's records cannot be opened")?;
    Ok(Company::new(store, Arc::new(ThisMachine)))
}

/// Starts to serve.
///
/// # Errors
/// A configuration that is not safe, records that cannot be opened, an address that is taken.
pub async fn start(config: &Config) -> Result<Running> {
    config.check()?;
    let company = company(&config.records, true).await?;
    let (metrics, load) = (Arc::new(Metrics::default()), Arc::new(Load::default()));
    let (stop, stopping) = watch::channel(false);
    let hub = Hub::new(company.clone(), config, Arc::clone(&metrics), Arc::clone(&load), stopping.clone())?;
    let application = bind(config.listen).await?;
    let administration = bind(config.admin_listen).await?;
    let rest = Arc::new(Notify::new());
    let mut tasks = JoinSet::new();
    let (listen, admin_listen) = (application.local_addr()?, administration.local_addr()?);
    let bounds = Bounds { patience: Duration::from_secs(config.head_seconds.into()), most: config.connections as usize };
    tasks.spawn(connections::serve(application, http::application(&hub), bounds, stopping.clone()));
    tasks.spawn(connections::serve(administration, http::administration(&hub), bounds, stopping.clone()));
    tasks.spawn(calls::end(hub.clone(), stopping));
    tasks.spawn(worker::work(company.clone(), metrics, load, Arc::clone(&rest)));
    tasks.spawn(tidy(hub, Arc::clone(&rest)));
    tracing::info!(%listen, %admin_listen, version = env!("CARGO_PKG_VERSION"), "serving");
    Ok(Running { listen, admin_listen, company, stop, rest, tasks })
}

impl Running {
    /// Lets go: nobody new is let in, who is under way is answered, what was confirmed is on the disk.
    pub async fn stop(mut self) {
        tracing::info!("stopping");
        let _ = self.stop.send(true);
        self.rest.notify_waiters();
        self.rest.notify_one();
        self.rest.notify_one();
        let all_done = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST_ANSWERS, all_done).await.is_err() {
            tracing::warn!("requests that were still under way were given up");
            self.tasks.abort_all();
        }
        let company = self.company;
        // Waits for the threads of the records.
        let _ = tokio::task::spawn_blocking(move || company.close()).await;
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("{address} cannot be listened on"))
}

async fn tidy(hub: Hub, rest: Arc<Notify>) {
    let tidying = async {
        loop {
            tokio::time::sleep(TIDY).await;
            hub.limits().forget_idle();
        }
    };
    tokio::select! {
        () = tidying => {}
        () = rest.notified() => {}
    }
}

/// The voice service, where there is a key for it.
pub(crate) fn voice(config: &Config) -> Result<Option<(Http, Option<sellme_voice::provider::Key>)>> {
    let Some(key) = config.key()? else { return Ok(None) };
    let said = |error: Error| anyhow!("{error}");
    let address = Address::parse(&config.realtime_url).map_err(said)?;
    Ok(Some((Http::new(Target::open_ai(address)).map_err(said)?, Some(key))))
}
