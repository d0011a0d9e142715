//! A service over HTTP.

use std::{error::Error as _, io, time::Duration};

use reqwest::{
    Client, Method, RequestBuilder, Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION},
    multipart::{Form, Part},
    redirect::Policy,
};
use sellme_core::{
    Code, Error,
    error::Result,
    wire::{HangUpForm, KeyForm, OfferForm},
};
use serde_json::{Value, json};

use super::{
    CallId, Key, Minted, ModelListed, Opened, Provider, Target, Waiting, answer,
    refusal::{self, Asked},
};
use crate::call::CONNECT_MS;

/// How long a whole answer is waited for.
const WHOLE: Duration = Duration::from_secs(12);
/// Most bytes of a session description; a usual one has 2 to 6 thousand.
const LONGEST_ANSWER: usize = 64 * 1024;
/// Most bytes of a list of models.
const LONGEST_LIST: usize = 1024 * 1024;
/// What is read of a refusal; the rest says nothing new.
const ENOUGH_OF_REFUSAL: usize = 16 * 1024;
/// How some servers are told who asks.
const API_KEY: HeaderName = HeaderName::from_static("api-key");
/// The form of a session description.
const SDP: &str = "application/sdp";

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

/// A service over HTTP. It follows no redirect, since a key goes to the host it was saved for and to no other, and uses the system's proxy except for this machine.
#[derive(Debug, Clone)]
pub struct Http {
    target: Target,
    host: String,
    patience: Patience,
    client: Client,
}

impl Http {
    /// The service, with the usual patience. Reads the system's certificates: make one and keep it.
    ///
    /// # Errors
    /// `ServiceUnavailable` where this machine has no certificates to know a server by.
    pub fn new(target: Target) -> Result<Self> {
        Self::with_patience(target, Patience::default())
    }

    /// The service, with this patience.
    ///
    /// # Errors
    /// As [`Http::new`].
    pub fn with_patience(target: Target, patience: Patience) -> Result<Self> {
        // Said once; whoever comes second finds it done.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut builder = Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(patience.connect)
            .timeout(patience.whole)
            .user_agent(concat!("SellMe-PRT/", env!("CARGO_PKG_VERSION")));
        if target.address.is_local() {
            builder = builder.no_proxy();
        }
        builder = if target.address.is_secure() { builder.https_only(true) } else { builder.tls_certs_only([]) };
        let client = builder.build().map_err(|_| {
            Error::new(
                Code::ServiceUnavailable,
                "This machine has no certificates by which a server can be trusted, so that no call can be made. Install them (on Linux the package \
                 ca-certificates) and try again; you can go on by typing.",
            )
        })?;
        Ok(Self { host: target.address.host(), target, patience, client })
    }

    /// The service that is asked, and how.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    async fn open_call(&self, key: Option<&Key>, session: &Value, offer: &str) -> Result<Opened> {
        let key = self.target.needed(key)?;
        let model = session["model"].as_str().unwrap_or_default();
        let keys: Vec<&Key> = key.into_iter().collect();
        let asked = Asked { host: &self.host, model, keys: &keys };
        let calls = self.ask(Method::POST, &["realtime", "calls"]).header(ACCEPT, SDP);
        match self.target.offer {
            OfferForm::Multipart => {
                let parts = [("sdp", offer.to_owned(), SDP), ("session", session.to_string(), "application/json")];
                let mut form = Form::new();
                for (name, text, kind) in parts {
                    form = form.part(name, Part::text(text).mime_str(kind).map_err(|_| cannot_ask())?);
                }
                self.opened(self.signed(calls, key)?.multipart(form), asked).await
            }
            OfferForm::Sdp => self.opened(self.signed(calls, key)?.header(CONTENT_TYPE, SDP).body(offer.to_owned()), asked).await,
            OfferForm::Json => {
                let mut body = json!({ "sdp": offer });
                if !model.is_empty() {
                    body["model"] = model.into();
                }
                let request = self.signed(self.ask(Method::POST, &["realtime", "calls"]), key)?.json(&body);
                let answer = self.answered(request, asked).await?;
                let at = located(&answer);
                let (answer, named) = answer::description_in_json(&self.host, &self.body(answer, LONGEST_ANSWER).await?)?;
                Ok(Opened { answer, call: at.or(named) })
            }
            OfferForm::Minted => {
                let secret = self.mint(key, session).await?.secret;
                let keys: Vec<&Key> = key.into_iter().chain([&secret]).collect();
                let request = calls.header(AUTHORIZATION, bearer(&secret)?).header(CONTENT_TYPE, SDP).body(offer.to_owned());
                self.opened(request, Asked { keys: &keys, ..asked }).await
            }
        }
    }

    /// Has a key made with which a client opens one call with this session itself.
    ///
    /// # Errors
    /// As [`Provider::open`].
    pub async fn mint(&self, key: Option<&Key>, session: &Value) -> Result<Minted> {
        let key = self.target.needed(key)?;
        let keys: Vec<&Key> = key.into_iter().collect();
        let asked = Asked { host: &self.host, model: session["model"].as_str().unwrap_or_default(), keys: &keys };
        let request = self.signed(self.ask(Method::POST, &["realtime", "client_secrets"]), key)?.json(&json!({ "session": session }));
        let answer = self.answered(request, asked).await?;
        answer::minted(&self.host, &self.body(answer, LONGEST_ANSWER).await?)
    }

    async fn end_call(&self, key: Option<&Key>, call: &CallId) -> Result<()> {
        let request = match self.target.hang_up {
            HangUpForm::Post => self.ask(Method::POST, &["realtime", "calls", call.as_str(), "hangup"]),
            HangUpForm::Delete => self.ask(Method::DELETE, &["realtime", "calls", call.as_str()]),
            HangUpForm::None => return Ok(()),
        };
        let key = self.target.needed(key)?;
        let response = self.signed(request, key)?.send().await.map_err(|error| self.failed(&error))?;
        if response.status().is_success() || [StatusCode::NOT_FOUND, StatusCode::GONE].contains(&response.status()) {
            return Ok(());
        }
        let keys: Vec<&Key> = key.into_iter().collect();
        Err(self.refused(response, Asked { host: &self.host, model: "", keys: &keys }).await)
    }

    async fn list_models(&self, key: Option<&Key>) -> Result<Vec<ModelListed>> {
        let key = self.target.needed(key)?;
        let keys: Vec<&Key> = key.into_iter().collect();
        let request = self.signed(self.ask(Method::GET, &["models"]), key)?;
        let answer = self.answered(request, Asked { host: &self.host, model: "", keys: &keys }).await?;
        answer::models(&self.host, &self.body(answer, LONGEST_LIST).await?)
    }

    fn ask(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.client.request(method, self.target.address.at(path))
    }

    /// The request with the key, where one is sent.
    fn signed(&self, request: RequestBuilder, key: Option<&Key>) -> Result<RequestBuilder> {
        Ok(match (key, self.target.key) {
            (Some(key), KeyForm::Bearer) => request.header(AUTHORIZATION, bearer(key)?),
            (Some(key), KeyForm::ApiKey) => request.header(API_KEY, secret(key.reveal())?),
            (_, KeyForm::None) | (None, _) => request,
        })
    }

    /// Sends the request; the answer, where it is one and no refusal.
    async fn answered(&self, request: RequestBuilder, asked: Asked<'_>) -> Result<Response> {
        let response = request.send().await.map_err(|error| self.failed(&error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(self.refused(response, asked).await)
    }

    async fn opened(&self, request: RequestBuilder, asked: Asked<'_>) -> Result<Opened> {
        let answer = self.answered(request, asked).await?;
        let call = located(&answer);
        Ok(Opened { answer: answer::description(&self.host, &self.body(answer, LONGEST_ANSWER).await?)?, call })
    }

    async fn refused(&self, mut response: Response, asked: Asked<'_>) -> Error {
        let (status, mut body) = (response.status().as_u16(), Vec::new());
        // What of it does not come is done without.
        while let Ok(Some(piece)) = response.chunk().await {
            body.extend_from_slice(&piece);
            if body.len() > ENOUGH_OF_REFUSAL {
                break;
            }
        }
        refusal::refused(asked, status, &body)
    }

    /// The whole body, if it is no longer than this.
    async fn body(&self, mut response: Response, most: usize) -> Result<Vec<u8>> {
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

    /// Why no answer came.
    fn failed(&self, error: &reqwest::Error) -> Error {
        let host = &self.host;
        let message = if error.is_timeout() {
            format!(
                "{host} did not answer within {} seconds. Check the network and try again; you can go on by typing meanwhile.",
                self.patience.whole.as_secs().max(1)
            )
        } else if is_about_trust(error) {
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

impl Provider for Http {
    fn open<'a>(&'a self, key: Option<&'a Key>, session: &'a Value, offer: &'a str) -> Waiting<'a, Opened> {
        Box::pin(self.open_call(key, session, offer))
    }

    fn hang_up<'a>(&'a self, key: Option<&'a Key>, call: &'a CallId) -> Waiting<'a, ()> {
        Box::pin(self.end_call(key, call))
    }

    fn models<'a>(&'a self, key: Option<&'a Key>) -> Waiting<'a, Vec<ModelListed>> {
        Box::pin(self.list_models(key))
    }
}

/// The id of the call, from where the service says it is.
fn located(response: &Response) -> Option<CallId> {
    response.headers().get(LOCATION)?.to_str().ok().and_then(answer::call_at)
}

fn bearer(key: &Key) -> Result<HeaderValue> {
    secret(&zeroize::Zeroizing::new(format!("Bearer {}", key.reveal())))
}

/// The value of a header that nobody prints.
fn secret(text: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(text).map_err(|_| cannot_ask())?;
    value.set_sensitive(true);
    Ok(value)
}

fn cannot_ask() -> Error {
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
