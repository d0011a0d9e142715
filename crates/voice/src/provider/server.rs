//! A server over HTTP: asked with a key that goes to no other, waited for as long as somebody waits, and its answer taken no longer than an answer is.

use std::{error::Error as _, io, time::Duration};

use reqwest::{
    Client, Method, RequestBuilder, Response, StatusCode,
    header::{AUTHORIZATION, HeaderValue},
    redirect::Policy,
};
use sellme_core::{Code, Error, error::Result};

use super::{Address, Key};
use crate::call::CONNECT_MS;

/// How long a whole answer is waited for.
const WHOLE: Duration = Duration::from_secs(12);
/// Most bytes of a session description; a usual one has 2 to 6 thousand.
pub(super) const LONGEST_ANSWER: usize = 64 * 1024;
/// Most bytes of an answer in JSON, such as a list of models.
pub(super) const LONGEST_JSON: usize = 1024 * 1024;
/// What is read of a refusal; the rest says nothing new.
const ENOUGH_OF_REFUSAL: usize = 16 * 1024;
/// The form of a session description.
pub(super) const SDP: &str = "application/sdp";

/// How long a service is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until the connection is there.
    pub connect: Duration,
    /// Until the whole answer is there.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        // Less than a call waits for a connection: whoever has given up a try is not still waiting for its answer.
        const { assert!(WHOLE.as_millis() < CONNECT_MS.unsigned_abs() as u128) };
        Self { connect: Duration::from_secs(8), whole: WHOLE }
    }
}

/// A server. It follows no redirect, since a key goes to the host it was saved for and to no other, and uses the system's proxy except for this machine.
#[derive(Debug, Clone)]
pub(super) struct Server {
    address: Address,
    host: String,
    patience: Patience,
    client: Client,
}

impl Server {
    /// The server at this address. Reads the system's certificates.
    ///
    /// # Errors
    /// `ServiceUnavailable` where this machine has no certificates to know a server by.
    pub(super) fn new(address: Address, patience: Patience) -> Result<Self> {
        // Said once; whoever comes second finds it done.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut builder = Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(patience.connect)
            .timeout(patience.whole)
            .user_agent(concat!("SellMe-PRT/", env!("CARGO_PKG_VERSION")));
        if address.is_local() {
            builder = builder.no_proxy();
        }
        builder = if address.is_secure() { builder.https_only(true) } else { builder.tls_certs_only([]) };
        let client = builder.build().map_err(|_| {
            Error::new(
                Code::ServiceUnavailable,
                "This machine has no certificates by which a server can be trusted, so that no call can be made. Install them (on Linux the package \
                 ca-certificates) and try again; you can go on by typing.",
            )
        })?;
        Ok(Self { host: address.host(), address, patience, client })
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// A request of these parts of a path.
    pub(super) fn ask(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.client.request(method, self.address.at(path))
    }

    /// Sends the request; the answer, where it is one and no refusal, of which this makes an error from its status and body.
    pub(super) async fn answered(&self, request: RequestBuilder, refused: impl FnOnce(u16, &[u8]) -> Error) -> Result<Response> {
        let response = request.send().await.map_err(|error| self.failed(&error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(refused(response.status().as_u16(), &refusal(response).await))
    }

    /// Sends the request to end something. What the server no longer knows is ended.
    pub(super) async fn ended(&self, request: RequestBuilder, refused: impl FnOnce(u16, &[u8]) -> Error) -> Result<()> {
        let response = request.send().await.map_err(|error| self.failed(&error))?;
        if response.status().is_success() || [StatusCode::NOT_FOUND, StatusCode::GONE].contains(&response.status()) {
            return Ok(());
        }
        Err(refused(response.status().as_u16(), &refusal(response).await))
    }

    /// The whole body, if it is no longer than this.
    pub(super) async fn body(&self, mut response: Response, most: usize) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| self.failed(&error))? {
            if body.len() + piece.len() > most {
                return Err(Error::new(
                    Code::ServiceUnavailable,
                    format!(
                        "{} answered with far more than an answer has. Check the server's address in Settings → Voice, or try again.",
                        self.host
                    ),
                ));
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }

    /// Several questions in a row are waited for no longer than one.
    pub(super) async fn within<T>(&self, questions: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::time::timeout(self.patience.whole, questions).await.unwrap_or_else(|_| Err(self.silent()))
    }

    fn silent(&self) -> Error {
        let (host, seconds) = (&self.host, self.patience.whole.as_secs().max(1));
        Error::new(
            Code::ServiceUnavailable,
            format!("{host} did not answer within {seconds} seconds. Check the network and try again; you can go on by typing meanwhile."),
        )
    }

    /// Why no answer came.
    fn failed(&self, error: &reqwest::Error) -> Error {
        if error.is_timeout() {
            return self.silent();
        }
        let host = &self.host;
        let message = if is_about_trust(error) {
            format!(
                "No secure connection to {host} could be made. This machine's clock may be wrong, or something on the network reads along; ask whoever manages it. \
                 You can go on by typing meanwhile."
            )
        } else if error.is_connect() {
            format!(
                "{host} could not be reached. Check the network and the server's address in Settings → Voice, then try again; you can go on by typing meanwhile."
            )
        } else {
            format!("The connection to {host} broke off. Try again; you can go on by typing meanwhile.")
        };
        Error::new(Code::ServiceUnavailable, message)
    }
}

/// As much of a refusal as there is to know. What of it does not come is done without.
async fn refusal(mut response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(piece)) = response.chunk().await {
        body.extend_from_slice(&piece);
        if body.len() > ENOUGH_OF_REFUSAL {
            break;
        }
    }
    body
}

/// The request with this key as its bearer.
pub(super) fn signed(request: RequestBuilder, key: &Key) -> Result<RequestBuilder> {
    let bearer = zeroize::Zeroizing::new(format!("Bearer {}", key.reveal()));
    Ok(request.header(AUTHORIZATION, secret(&bearer)?))
}

/// The value of a header that nobody prints.
pub(super) fn secret(text: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(text).map_err(|_| cannot_ask())?;
    value.set_sensitive(true);
    Ok(value)
}

pub(super) fn cannot_ask() -> Error {
    Error::new(Code::Internal, "The call could not be put into words for the service.")
}

/// True where the connection failed over certificates or the protocol that keeps it secret.
fn is_about_trust(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        let within = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if error.is::<rustls::Error>() || within.is_some_and(|inner| inner.is::<rustls::Error>()) {
            return true;
        }
        cause = within.map_or_else(|| error.source(), |inner| Some(inner));
    }
    false
}
