//! The company's hub: who asks is known by a personal access token, and the key of whoever answers stays there. A call belongs to an attempt, which the hub is told of
//! first; model, voice and the session that a call begins with are the hub's own choice.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use reqwest::{
    Method, RequestBuilder,
    header::{ACCEPT, CONTENT_TYPE},
};
use sellme_core::{Code, Error, error::Result, id::SessionId, session::Visibility};
use serde_json::{Value, json};
use tokio::{sync::Mutex, time::timeout};

use super::{
    CallId, Key, ModelListed, Opened, Patience, Provider, Target, Waiting, answer,
    refusal::{self, Asked, said},
    server::{LONGEST_ANSWER, LONGEST_JSON, SDP, Server, signed},
};

/// How long a call that is over holds up the next one.
const PARTING: Duration = Duration::from_secs(3);

/// The attempt that calls are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The attempt, by its id on this device: the hub knows it by the same.
    pub session: SessionId,
    /// The scenario, by which the hub's own catalogue has the customer.
    pub scenario: String,
    /// Who may see it.
    pub visibility: Visibility,
}

/// A hub.
#[derive(Debug, Clone)]
pub struct Hub {
    target: Target,
    server: Server,
}

impl Hub {
    /// The hub, with the usual patience. Reads the system's certificates: make one and keep it.
    ///
    /// # Errors
    /// `ServiceUnavailable` where this machine has no certificates to know a server by.
    pub fn new(target: Target) -> Result<Self> {
        Self::with_patience(target, Patience::default())
    }

    /// The hub, with this patience.
    ///
    /// # Errors
    /// As [`Hub::new`].
    pub fn with_patience(target: Target, patience: Patience) -> Result<Self> {
        Ok(Self { server: Server::new(target.address.clone(), patience)?, target })
    }

    /// The hub that is asked.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The calls of this attempt.
    #[must_use]
    pub fn calls_of(&self, attempt: Attempt) -> HubCalls {
        HubCalls { hub: self.clone(), attempt, newest: AtomicU64::new(0), parting: Mutex::default() }
    }

    /// Asks whether the hub takes this access token: it says whose it is.
    ///
    /// # Errors
    /// As [`Provider::models`].
    pub async fn takes(&self, token: Option<&Key>) -> Result<()> {
        let (token, asked) = (self.target.needed(token)?, self.asked(&token));
        let request = self.signed(Method::GET, &["me"], token)?;
        let answer = self.server.answered(request, |status, body| refused(asked, status, body)).await?;
        answer::identified(asked.host, &self.server.body(answer, LONGEST_JSON).await?).map(drop)
    }

    fn asked<'a>(&'a self, token: &'a Option<&Key>) -> Asked<'a> {
        Asked { host: self.server.host(), model: "", keys: token.as_slice() }
    }

    fn signed(&self, method: Method, path: &[&str], token: Option<&Key>) -> Result<RequestBuilder> {
        let request = self.server.ask(method, &[&["api"], path].concat());
        match token {
            Some(token) => signed(request, token),
            None => Ok(request),
        }
    }
}

/// The calls of one attempt at a hub, which knows one at a time: a newer one takes the place of an earlier one.
#[derive(Debug)]
pub struct HubCalls {
    hub: Hub,
    attempt: Attempt,
    /// Counts calls.
    newest: AtomicU64,
    /// Held while the hub is told that one is over.
    parting: Mutex<()>,
}

impl HubCalls {
    /// The attempt.
    #[must_use]
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// The hub.
    #[must_use]
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    async fn open_call(&self, token: Option<&Key>, offer: &str) -> Result<Opened> {
        let number = self.newest.fetch_add(1, Ordering::SeqCst) + 1;
        // What is still on its way to end an earlier call would end this one.
        drop(timeout(PARTING, self.parting.lock()).await);
        let token = self.hub.target.needed(token)?;
        self.tell_attempt(token).await?;
        let (server, asked) = (&self.hub.server, self.hub.asked(&token));
        let request = self.signed(Method::POST, token)?.header(ACCEPT, SDP).header(CONTENT_TYPE, SDP).body(offer.to_owned());
        let answer = server.answered(request, |status, body| refused(asked, status, body)).await?;
        let answer = answer::description(asked.host, &server.body(answer, LONGEST_ANSWER).await?)?;
        Ok(Opened { answer, call: CallId::new(&number.to_string()) })
    }

    /// Tells the hub of the attempt. One that it knows stays as it is.
    async fn tell_attempt(&self, token: Option<&Key>) -> Result<()> {
        let Attempt { session, scenario, visibility } = &self.attempt;
        let (server, asked) = (&self.hub.server, self.hub.asked(&token));
        let request = self.hub.signed(Method::POST, &["sessions"], token)?.json(&json!({
            "scenarioId": scenario,
            "id": session,
            "visibility": visibility,
        }));
        let refused = |status, body: &[u8]| match (status, said(body, asked.keys).code.as_str()) {
            (404, "not_found") => unknown_customer(asked.host),
            _ => refused(asked, status, body),
        };
        let answer = server.answered(request, refused).await?;
        let known_as = answer::identified(asked.host, &server.body(answer, LONGEST_JSON).await?)?;
        if known_as != session.to_string() {
            return Err(answer::not_of_a_hub(asked.host));
        }
        Ok(())
    }

    async fn end_call(&self, token: Option<&Key>, call: &CallId) -> Result<()> {
        let _parting = self.parting.lock().await;
        if call.as_str() != self.newest.load(Ordering::SeqCst).to_string() {
            return Ok(());
        }
        let token = self.hub.target.needed(token)?;
        let asked = self.hub.asked(&token);
        self.hub.server.ended(self.signed(Method::DELETE, token)?, |status, body| refused(asked, status, body)).await
    }

    /// A request about the attempt's call.
    fn signed(&self, method: Method, token: Option<&Key>) -> Result<RequestBuilder> {
        self.hub.signed(method, &["sessions", &self.attempt.session.to_string(), "realtime"], token)
    }
}

impl Provider for HubCalls {
    /// The session is not sent: the hub makes its own, and what of this one holds is told on the data channel.
    fn open<'a>(&'a self, key: Option<&'a Key>, _: &'a Value, offer: &'a str) -> Waiting<'a, Opened> {
        Box::pin(self.hub.server.within(self.open_call(key, offer)))
    }

    fn hang_up<'a>(&'a self, key: Option<&'a Key>, call: &'a CallId) -> Waiting<'a, ()> {
        Box::pin(self.end_call(key, call))
    }

    /// None: a hub lists no models, and says whether it takes the access token.
    fn models<'a>(&'a self, key: Option<&'a Key>) -> Waiting<'a, Vec<ModelListed>> {
        Box::pin(async move { self.hub.takes(key).await.map(|()| Vec::new()) })
    }
}

fn unknown_customer(host: &str) -> Error {
    Error::new(
        Code::NotFound,
        format!(
            "{host} does not have this customer in its catalogue. Ask whoever manages the hub to add it; until then you can go on by typing."
        ),
    )
}

/// The error for an answer of a hub with this status and body.
fn refused(asked: Asked<'_>, status: u16, body: &[u8]) -> Error {
    let (host, said) = (asked.host, said(body, asked.keys));
    let quote = said.quote();
    match (status, said.code.as_str()) {
        (401, _) => Error::new(
            Code::KeyRefused,
            format!(
                "The hub at {host} does not take this access token. Check it in Settings → Voice and save it again; you can go on by typing."
            ),
        ),
        (403, _) => Error::new(
            Code::KeyRefused,
            format!(
                "The hub at {host} knows this access token and does not let it do this. Ask whoever manages the hub, or save another one in Settings → Voice.{quote}"
            ),
        ),
        (429, "limit_reached") => {
            Error::new(Code::QuotaUsedUp, format!("{host} opens no more calls by voice for now; you can go on by typing.{quote}"))
        }
        (404 | 405, _) => Error::invalid(format!(
            "{host} has nothing at this address that a hub has. Check the hub's address in Settings → Voice; you can go on by typing.{quote}"
        )),
        (400..=499, _) if ![408, 425, 429].contains(&status) => Error::invalid(format!(
            "{host} did not take the call as it was asked for (status {status}). Try again, or go on by typing.{quote}"
        )),
        _ => refusal::refused(asked, status, body),
    }
}
