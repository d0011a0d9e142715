//! Signing in at the company's own sign-in service: whoever it says that somebody is, where that is somebody the company has an account of. What is said between the
//! service and the browser is not known here.

use sellme_core::{Code, Error, Millis, error::Result, id::OrganisationId};
use sellme_store::company::NewSignIn;
use serde_json::json;

use super::{
    Company, Secret, SignedIn,
    secret::{self, Kind},
};

/// How long somebody may take over there, in milliseconds.
const PATIENCE_MS: i64 = 10 * 60_000;

/// A sign-in that has begun.
#[derive(Debug)]
pub struct SignInBegun {
    /// What the service sends back with the person.
    pub state: Secret,
    /// What the person's browser keeps meanwhile: only there the sign-in can end.
    pub browser: Secret,
    /// How long it may take, in seconds.
    pub seconds: i64,
}

/// Whom the service named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// Their address, where it said one.
    pub email: Option<String>,
    /// True where it knows that the address is theirs.
    pub is_verified: bool,
}

impl Company {
    /// Begins a sign-in elsewhere, of somebody of this company; it need not be named where there is one alone.
    ///
    /// # Errors
    /// `InvalidInput` that names the field where the company has to be named, `SignInRefused` where there is none of that name.
    pub async fn begin_elsewhere(&self, organisation: Option<&str>) -> Result<SignInBegun> {
        let mut known = self.store().organisations().await?;
        if let Some(name) = organisation {
            known.retain(|known| known.name == name);
        }
        let organisation = match known.as_slice() {
            [only] => only.id,
            [] => return Err(refused()),
            _ => return Err(Error::invalid("organisation: this hub serves more than one company; say which")),
        };
        let (state, browser) =
            (Secret::of_kind(Kind::State, organisation, self.device()), Secret::of_kind(Kind::Browser, organisation, self.device()));
        let now = self.device().now();
        let begun = NewSignIn { hash: state.hash(), browser: browser.hash(), expires_at: Millis(now.0 + PATIENCE_MS) };
        self.store().begin_sign_in(organisation, &begun, now).await?;
        Ok(SignInBegun { state, browser, seconds: PATIENCE_MS / 1_000 })
    }

    /// Ends a sign-in elsewhere with what came back from there and what the browser kept. Gives the company. It can be done once.
    ///
    /// # Errors
    /// `SignInRefused` where it was not under way in this browser, or took too long.
    pub async fn end_elsewhere(&self, state: &str, browser: &str) -> Result<OrganisationId> {
        let (state, browser) = (secret::read(Kind::State, state), secret::read(Kind::Browser, browser));
        let (Some((organisation, state)), Some((_, browser))) = (state, browser) else { return Err(refused()) };
        let was_under_way = self.store().end_sign_in(organisation, state, browser, self.device().now()).await?;
        if was_under_way { Ok(organisation) } else { Err(refused()) }
    }

    /// Lets somebody in whom the service vouches for, where they have an account. None is made for them.
    ///
    /// # Errors
    /// `SignInRefused`, the same for everybody; why is in the log of what was done.
    pub async fn sign_in_vouched(&self, organisation: OrganisationId, vouched: &Vouched, name: &str) -> Result<SignedIn> {
        let Some(email) = vouched.email.as_deref().map(|email| email.trim().to_lowercase()).filter(|email| !email.contains('\0')) else {
            return self.refused_elsewhere(organisation, "no address").await;
        };
        if !vouched.is_verified {
            return self.refused_elsewhere(organisation, "address not verified").await;
        }
        match self.store().account_at(organisation, &email).await? {
            None => self.refused_elsewhere(organisation, "nobody with that address").await,
            Some(account) if account.disabled_at.is_some() => self.refused_elsewhere(organisation, "account disabled").await,
            Some(account) => self.give_token(organisation, account, name).await,
        }
    }

    /// Writes down that a sign-in elsewhere was refused, and refuses it.
    ///
    /// # Errors
    /// `SignInRefused`, always.
    pub async fn refused_elsewhere<T>(&self, organisation: OrganisationId, why: &str) -> Result<T> {
        let deed = self.deed(None, "sign_in.refused", &organisation, &json!({ "why": why }));
        self.store().note(organisation, deed).await?;
        Err(refused())
    }
}

/// Something that follows from what the browser keeps, for one purpose: the number that the service's word has to hold, the proof that comes with its code.
#[must_use]
pub fn follows_from(browser: &str, what_for: &str) -> String {
    secret::derived(browser, what_for)
}

fn refused() -> Error {
    Error::new(
        Code::SignInRefused,
        "You could not be signed in like that. Begin again; if it happens again, ask whoever sees to the accounts.",
    )
}
