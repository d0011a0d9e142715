//! Connections: taken, served one request after the other, and let go where nobody asks on them for too long.

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tower::ServiceExt as _;

/// How long is waited where the system gives no connection, such as for want of files.
const AFTER_FAILURE: Duration = Duration::from_millis(200);

/// Serves until it is told to stop, then lets those who are being answered have their answers. `patience` is how long the head of a request may take to come, and how long
/// a connection may be idle.
pub(crate) async fn serve(listener: TcpListener, router: Router, patience: Duration, mut stopping: watch::Receiver<bool>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience);
    let graceful = GracefulShutdown::new();
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            _ = stopping.wait_for(|stop| *stop) => break,
        };
        match taken {
            Ok((stream, peer)) => {
                let connection = http.serve_connection(io(stream), service(&router, peer));
                let connection = graceful.watch(connection);
                // How one ends, whether by its client or by its time, is nobody's business.
                tokio::spawn(async move { drop(connection.await) });
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
