//! A service over HTTP.

use reqwest::{
    Method, RequestBuilder, Response,
    header::{ACCEPT, CONTENT_TYPE, HeaderName, LOCATION},
    multipart::{Form, Part},
};
use sellme_core::{
    error::Result,
    wire::{HangUpForm, KeyForm, OfferForm},
};
use serde_json::{Value, json};

use super::{
    CallId, Key, Minted, ModelListed, Opened, Patience, Provider, Target, Waiting, answer,
    refusal::{Asked, refused},
    server::{LONGEST_ANSWER, LONGEST_JSON, SDP, Server, cannot_ask, secret, signed},
};

/// How some servers are told who asks.
const API_KEY: HeaderName = HeaderName::from_static("api-key");

/// A service over HTTP.
#[derive(Debug, Clone)]
pub struct Http {
    target: Target,
    server: Server,
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
        Ok(Self { server: Server::new(target.address.clone(), patience)?, target })
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
        let asked = Asked { host: self.server.host(), model, keys: &keys };
        let calls = self.server.ask(Method::POST, &["realtime", "calls"]).header(ACCEPT, SDP);
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
                let request = self.signed(self.server.ask(Method::POST, &["realtime", "calls"]), key)?.json(&body);
                let answer = self.answered(request, asked).await?;
                let at = located(&answer);
                let (answer, named) = answer::description_in_json(asked.host, &self.server.body(answer, LONGEST_ANSWER).await?)?;
                Ok(Opened { answer, call: at.or(named) })
            }
            OfferForm::Minted => {
                let minted = self.mint(key, session).await?.secret;
                let keys: Vec<&Key> = key.into_iter().chain([&minted]).collect();
                let request = signed(calls, &minted)?.header(CONTENT_TYPE, SDP).body(offer.to_owned());
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
        let asked = Asked { host: self.server.host(), model: session["model"].as_str().unwrap_or_default(), keys: &keys };
        let request =
            self.signed(self.server.ask(Method::POST, &["realtime", "client_secrets"]), key)?.json(&json!({ "session": session }));
        let answer = self.answered(request, asked).await?;
        answer::minted(asked.host, &self.server.body(answer, LONGEST_ANSWER).await?)
    }

    async fn end_call(&self, key: Option<&Key>, call: &CallId) -> Result<()> {
        let request = match self.target.hang_up {
            HangUpForm::Post => self.server.ask(Method::POST, &["realtime", "calls", call.as_str(), "hangup"]),
            HangUpForm::Delete => self.server.ask(Method::DELETE, &["realtime", "calls", call.as_str()]),
            HangUpForm::None => return Ok(()),
        };
        let key = self.target.needed(key)?;
        let keys: Vec<&Key> = key.into_iter().collect();
        let asked = Asked { host: self.server.host(), model: "", keys: &keys };
        self.server.ended(self.signed(request, key)?, |status, body| refused(asked, status, body)).await
    }

    async fn list_models(&self, key: Option<&Key>) -> Result<Vec<ModelListed>> {
        let key = self.target.needed(key)?;
        let keys: Vec<&Key> = key.into_iter().collect();
        let asked = Asked { host: self.server.host(), model: "", keys: &keys };
        let answer = self.answered(self.signed(self.server.ask(Method::GET, &["models"]), key)?, asked).await?;
        answer::models(asked.host, &self.server.body(answer, LONGEST_JSON).await?)
    }

    /// The request with the key, where one is sent.
    fn signed(&self, request: RequestBuilder, key: Option<&Key>) -> Result<RequestBuilder> {
        match (key, self.target.key) {
            (Some(key), KeyForm::Bearer) => signed(request, key),
            (Some(key), KeyForm::ApiKey) => Ok(request.header(API_KEY, secret(key.reveal())?)),
            (_, KeyForm::None) | (None, _) => Ok(request),
        }
    }

    async fn answered(&self, request: RequestBuilder, asked: Asked<'_>) -> Result<Response> {
        self.server.answered(request, |status, body| refused(asked, status, body)).await
    }

    async fn opened(&self, request: RequestBuilder, asked: Asked<'_>) -> Result<Opened> {
        let answer = self.answered(request, asked).await?;
        let call = located(&answer);
        Ok(Opened { answer: answer::description(asked.host, &self.server.body(answer, LONGEST_ANSWER).await?)?, call })
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
