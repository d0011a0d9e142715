//! Starts and stops an endpoint.

use std::net::SocketAddr;

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use super::{
    brain::Brain,
    config::Config,
    error::EndpointError,
    http::{self, Office},
    knobs::Knobs,
};

/// An endpoint that runs. It stops when this is dropped.
#[derive(Debug)]
pub struct Endpoint {
    /// Its address, up to and with `/v1`.
    pub url: String,
    /// What it speaks with.
    pub voice: &'static str,
    /// What goes wrong on purpose, while it runs.
    pub knobs: Knobs,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Endpoint {
    /// Ends every call and stops.
    pub async fn close(self) {
        self.stop.send_replace(true);
        let _ended = self.task.await;
    }
}

/// Starts an endpoint.
///
/// # Errors
/// Where there is no such scenario, and where the address cannot be listened on.
pub async fn serve(config: Config) -> Result<Endpoint, EndpointError> {
    // What cannot answer does not start.
    Brain::new(&config.scenario, config.seed)?;
    let listener = TcpListener::bind(config.listen).await.map_err(|error| EndpointError::Listen(config.listen, error))?;
    let address = listener.local_addr()?;
    let (voice, knobs) = (config.voice.name(), config.knobs.clone());
    let (stop, mut stopped) = watch::channel(false);
    let office = Office::new(config);
    let router = http::router(office.clone());
    let task = tokio::spawn(async move {
        let until = async move {
            let _told_or_dropped = stopped.wait_for(|stop| *stop).await;
        };
        // Calls end first, and connections that a browser keeps open are not waited for.
        tokio::select! {
            served = async { axum::serve(listener, router).await } => {
                if let Err(error) = served {
                    tracing::error!(kind = ?error.kind(), "the endpoint stopped");
                }
            }
            () = until => {}
        }
        office.end_calls();
    });
    Ok(Endpoint { url: format!("http://{}/v1", reachable(address)), voice, knobs, stop, task })
}

/// Where this machine reaches it.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], address.port())) } else { address }
}
