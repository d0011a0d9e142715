//! The use cases of a company: what its people may do with one set of records, whoever serves it. The hub speaks HTTP for it.

mod administration;
mod audit;
mod board;
mod calls;
mod catalogs;
mod curation;
mod elsewhere;
mod guesses;
mod network;
mod password;
mod people;
mod practice;
mod recent;
mod secret;
mod tokens;
mod verify;

use std::{fmt, sync::Arc};

use sellme_core::{
    Code, Error,
    company::Holder,
    error::Result,
    id::{SessionId, UserId},
    scoring,
};
use sellme_store::company::{CompanyStore, Deed};
use serde_json::{Value, json};

use crate::Device;
pub use administration::{
    Admin, AuditQuery, BadField, Caller, EnrolmentCode, Imported, ImportedPerson, Invitation, Invited, LoggedDeed, Manager, Page, Paging,
    PeopleOrder, PeopleQuery, Person, PersonChange, Shop,
};
pub use audit::{AuditMark, NoMark};
pub use board::{BoardRow, ImprovedRow, Period};
pub use calls::{CallCaps, CallGrant};
pub use catalogs::Edition;
pub use curation::*;
pub use elsewhere::{SignInBegun, Vouched, follows_from};
pub use guesses::{LetIn, NotLetIn};
pub use network::Network;
pub use people::{NewPerson, SignedIn};
pub use practice::{Begin, Listed, WholeAttempt};
pub use recent::Recent;
pub use secret::Secret;
pub use tokens::PersonalToken;
pub use verify::{Engine, Queue};

use catalogs::Catalogs;
use guesses::Guesses;
use password::Passwords;
use tokens::Holders;

/// A company's people, practice and records, without a host. Clones share them.
#[derive(Clone)]
pub struct Company(Arc<Inner>);

struct Inner {
    store: CompanyStore,
    device: Arc<dyn Device>,
    catalogs: Catalogs,
    holders: Holders,
    passwords: Passwords,
    guesses: Guesses,
    engine: Engine,
}

impl fmt::Debug for Company {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Company").finish_non_exhaustive()
    }
}

impl Company {
    /// The use cases over these records.
    #[must_use]
    pub fn new(store: CompanyStore, device: Arc<dyn Device>) -> Self {
        Self::with_engine(store, device, scoring::score)
    }

    /// The use cases over these records, with reports by this engine.
    #[must_use]
    pub fn with_engine(store: CompanyStore, device: Arc<dyn Device>, engine: Engine) -> Self {
        let holders = Holders::new(!store.is_shared());
        Self(Arc::new(Inner {
            store,
            device,
            catalogs: Catalogs::default(),
            holders,
            passwords: Passwords::default(),
            guesses: Guesses::default(),
            engine,
        }))
    }

    /// Asks whether the records answer.
    ///
    /// # Errors
    /// Why they do not.
    pub async fn ready(&self) -> Result<()> {
        Ok(self.0.store.ping().await?)
    }

    /// Finishes what was asked for and closes the records.
    pub fn close(&self) {
        self.0.store.close();
    }

    fn store(&self) -> &CompanyStore {
        &self.0.store
    }

    fn device(&self) -> &dyn Device {
        &*self.0.device
    }

    /// What somebody does, to be written down with it.
    fn deed(&self, actor: Option<UserId>, action: &'static str, subject: &impl ToString, detail: &Value) -> Deed {
        Deed { at: self.device().now(), actor, action, subject: subject.to_string(), detail: detail.to_string() }
    }

    /// What an admin does for somebody, to be written down with it; nothing where it is for themselves.
    fn on_behalf(&self, holder: &Holder, of: UserId, action: &'static str, session: &SessionId) -> Option<Deed> {
        (holder.account != of).then(|| self.deed(Some(holder.account), action, session, &json!({ "user": of })))
    }
}

/// The refusal of what is somebody else's.
fn not_yours() -> Error {
    Error::new(Code::Forbidden, "This belongs to somebody else. Sign in as that person, or ask an admin.")
}
