//! What those do who see to everything else: people, stores, devices, the log.

mod audit;
mod code;
mod devices;
mod import;
mod invitations;
mod paging;
mod people;
mod stores;

use sellme_core::{
    Code, Error,
    company::{Holder, Role},
    error::Result,
};

use super::tokens;

pub use audit::{AuditQuery, LoggedDeed};
pub use code::EnrolmentCode;
pub use devices::Caller;
pub use import::{BadField, Imported, ImportedPerson};
pub use invitations::Invitation;
pub use paging::{Page, Paging};
pub use people::{Invited, PeopleOrder, PeopleQuery, Person, PersonChange};
pub use stores::Shop;

/// Somebody who is an admin: whatever takes one is done by nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admin(Holder);

impl Admin {
    /// This person, as an admin.
    ///
    /// # Errors
    /// `Forbidden` where they are none.
    pub fn of(holder: Holder) -> Result<Self> {
        if holder.role >= Role::Admin { Ok(Self(holder)) } else { Err(not_for("an admin")) }
    }

    /// Who it is.
    #[must_use]
    pub fn holder(&self) -> &Holder {
        &self.0
    }

    /// Who it is, to see to people: what gives somebody a way in takes more than a personal token.
    ///
    /// # Errors
    /// `Forbidden` with a personal token.
    fn signed_in(&self) -> Result<&Holder> {
        tokens::signed_in(&self.0).map(|()| &self.0)
    }
}

/// Somebody who is a manager, or an admin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manager(Holder);

impl Manager {
    /// This person, as a manager.
    ///
    /// # Errors
    /// `Forbidden` where they are none.
    pub fn of(holder: Holder) -> Result<Self> {
        if holder.role >= Role::Manager { Ok(Self(holder)) } else { Err(not_for("a manager")) }
    }

    /// Who it is.
    #[must_use]
    pub fn holder(&self) -> &Holder {
        &self.0
    }
}

fn not_for(whom: &str) -> Error {
    Error::new(Code::Forbidden, format!("This is for {whom} of the company alone. Sign in as one, or ask one."))
}
