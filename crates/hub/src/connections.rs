//! Connections: taken, so many at a time, served one request after the other, and let go where nobody asks on them for too long.

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};
use tower::ServiceExt as _;

/// How long is waited where the system gives no connection, such as for want of files.
const AFTER_FAILURE: Duration = Duration::from_millis(200);

/// What those who connect may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// How long the head of a request may take to come, and how long a connection may be idle.
    pub(crate) patience: Duration,
    /// How many connections there are at most. Further ones wait in the system's queue.
    pub(crate) most: usize,
}

/// Serves until it is told to stop, then lets those who are being answered have their answers.
pub(crate) async fn serve(listener: TcpListener, router: Router, bounds: Bounds, mut stopping: watch::Receiver<bool>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.patience);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(bounds.most));
    loop {
        let taken = tokio::select! {
            taken = take(&listener, &places) => taken,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        match taken {
            Ok((place, stream, peer)) => {
                let connection = http.serve_connection(io(stream), service(&router, peer));
                let connection = graceful.watch(connection);
                // How one ends, whether by its client or by its time, is nobody's business.
                tokio::spawn(async move {
                    drop(connection.await);
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was not taken");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
    drop(listener);
    graceful.shutdown().await;
}

/// The next connection, once there is a place for it.
async fn take(listener: &TcpListener, places: &Arc<Semaphore>) -> io::Result<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((place, stream, peer))
}

fn io(stream: TcpStream) -> TokioIo<TcpStream> {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    TokioIo::new(stream)
}

fn service(
    router: &Router,
    peer: SocketAddr,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = axum::response::Response,
    Error = Infallible,
    Future: Future<Output = Result<axum::response::Response, Infallible>> + Send,
> + Send
+ use<> {
    let router = router.clone();
    service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    })
}
