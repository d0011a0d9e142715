//! Starting and stopping.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result, anyhow};
use sellme_app::{Device, company::Company};
use sellme_core::Error;
use sellme_store::company::CompanyStore;
use sellme_voice::provider::{Address, Http, Target};
use tokio::{net::TcpListener, sync::watch};
use tokio_util::task::TaskTracker;

use crate::{
    calls,
    config::{Config, Records},
    connections::{self, Bounds},
    device::ThisMachine,
    http::{self, Hub},
    metrics::Metrics,
    parts::Parts,
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
    parts: Parts,
    /// Requests that are seen to their end, also where their connection is gone.
    under_way: TaskTracker,
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

/// Opens the records to look at them, also beside a process that serves them and may be an older one: nothing is changed.
///
/// # Errors
/// Why they cannot be opened, such as that they are of another version.
pub async fn company_to_look(records: &Records) -> Result<Company> {
    let place = records.place()?;
    let opened = tokio::task::spawn_blocking(move || CompanyStore::open_to_look(&place)).await?;
    let store = opened.map_err(|error| anyhow!("{}", Error::from(error))).context("the company's records cannot be looked at")?;
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
    let (mut parts, under_way) = (Parts::default(), hub.under_way().clone());
    let (listen, admin_listen) = (application.local_addr()?, administration.local_addr()?);
    let bounds = Bounds { patience: Duration::from_secs(config.head_seconds.into()), most: config.connections as usize };
    parts.begin("the application", connections::serve(application, http::application(&hub), bounds, stopping.clone()));
    parts.begin("the administration", connections::serve(administration, http::administration(&hub), bounds, stopping.clone()));
    parts.begin("the ending of calls", calls::end(hub.clone(), stopping.clone()));
    parts.begin("the computing of reports", worker::work(company.clone(), metrics, load, stopping.clone()));
    parts.begin("the tidying", tidy(hub, stopping));
    tracing::info!(%listen, %admin_listen, version = env!("CARGO_PKG_VERSION"), "serving");
    Ok(Running { listen, admin_listen, company, stop, parts, under_way })
}

impl Running {
    /// Serves until `stop` says so, then lets go.
    ///
    /// # Errors
    /// What `stop` failed with; or a part of the server ended that nobody told to, of which none does by itself. The others are let go then, so that whoever watches the
    /// process starts it anew.
    pub async fn until(mut self, stop: impl Future<Output = Result<()>>) -> Result<()> {
        let ended = tokio::select! {
            asked = stop => asked,
            part = self.parts.one_ends() => {
                let part = part.unwrap_or("everything");
                tracing::error!(part, "ended without being told to; the server stops");
                Err(anyhow!("{part} ended without being told to"))
            }
        };
        self.stop().await;
        ended
    }

    /// Lets go: nobody new is let in, who is under way is answered, what was confirmed is on the disk. Says whether nothing had to be given up.
    pub async fn stop(mut self) -> bool {
        tracing::info!("stopping");
        let _ = self.stop.send(true);
        let all_end = async {
            self.parts.all_end().await;
            // Nobody is let in any more, so that nothing is added to them.
            self.under_way.close();
            self.under_way.wait().await;
        };
        let all_ended = tokio::time::timeout(LAST_ANSWERS, all_end).await.is_ok();
        if !all_ended {
            tracing::warn!("requests that were still under way were given up");
            self.parts.give_up();
        }
        let company = self.company;
        // Waits for the threads of the records.
        let _ = tokio::task::spawn_blocking(move || company.close()).await;
        all_ended
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("{address} cannot be listened on"))
}

async fn tidy(hub: Hub, mut stopping: watch::Receiver<bool>) {
    let tidying = async {
        loop {
            tokio::time::sleep(TIDY).await;
            hub.limits().forget_idle();
        }
    };
    tokio::select! {
        () = tidying => {}
        _ = stopping.wait_for(|stop| *stop) => {}
    }
}

/// The voice service, where there is a key for it.
pub(crate) fn voice(config: &Config) -> Result<Option<(Http, Option<sellme_voice::provider::Key>)>> {
    let Some(key) = config.key()? else { return Ok(None) };
    let said = |error: Error| anyhow!("{error}");
    let address = Address::parse(&config.realtime_url).map_err(said)?;
    Ok(Some((Http::new(Target::open_ai(address)).map_err(said)?, Some(key))))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::future::pending;

    use super::*;
    use crate::config::tests::config;

    /// A server of a test's own, in a folder that goes away.
    async fn serving() -> (tempfile::TempDir, Running) {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().to_string_lossy().into_owned();
        let config = config(&["--data-dir", &data_dir, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"]);
        (folder, start(&config).await.unwrap())
    }

    #[tokio::test]
    async fn a_server_of_which_a_part_ended_stops_with_a_failure() {
        for panics in [true, false] {
            let (_folder, mut running) = serving().await;
            let address = running.listen;
            running.parts.begin("a part", async move { assert!(!panics, "with words that are nobody's business") });
            let failed = running.until(pending()).await.unwrap_err().to_string();
            assert_eq!(failed, "a part ended without being told to");
            assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody is let in any more");
        }
    }

    #[tokio::test]
    async fn a_server_that_is_told_to_stop_in_its_first_moment_gives_nothing_up() {
        let (_folder, running) = serving().await;
        assert!(running.stop().await);
    }

    #[tokio::test]
    async fn a_server_that_is_told_to_stop_stops_well() {
        let (_folder, running) = serving().await;
        running.until(async { Ok(()) }).await.unwrap();
    }
}
