//! What goes into a company's records and comes out of them where its people, stores and devices are seen to.

use sellme_core::{
    Millis,
    company::{Account, Role},
    id::{DeviceId, ShopId, UserId},
};

use super::AuditEntry;

/// A store of a company, with how many belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Identity.
    pub id: ShopId,
    /// What it is called.
    pub name: String,
    /// When it was added.
    pub created_at: Millis,
    /// How many people work there.
    pub people: u32,
    /// How many devices are there.
    pub devices: u32,
}

/// A person with what only the administration sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub account: Account,
    /// What the store is called where they work.
    pub shop_name: Option<String>,
    /// When they signed in last; none where they never did.
    pub last_sign_in_at: Option<Millis>,
}

/// By what people are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PeopleOrder {
    /// What they are called.
    #[default]
    Name,
    /// Their address.
    Email,
    /// When they were added.
    CreatedAt,
    /// When they signed in last; whoever never did is before everybody who did.
    LastSignIn,
}

/// Which people are listed, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Only those who may do this.
    pub role: Option<Role>,
    /// Only those of this store.
    pub shop: Option<ShopId>,
    /// Only those who may not sign in, or only those who may.
    pub disabled: Option<bool>,
    /// Only those with this in their name or address.
    pub text: Option<String>,
    /// How they are sorted.
    pub order: PeopleOrder,
    /// From the end.
    pub descending: bool,
}

/// What becomes different about a person; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonChange {
    /// What they are called.
    pub name: Option<String>,
    /// What they may do.
    pub role: Option<Role>,
    /// Where they work; none within, where they belong to no store.
    pub shop: Option<Option<ShopId>>,
    /// Whether they may not sign in.
    pub disabled: Option<bool>,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// It is done.
    Done(Person),
    /// Nobody would be left who could undo it, so nothing was changed.
    LastAdmin,
}

/// An invitation to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// SHA-256 of its secret.
    pub hash: [u8; 32],
    /// When.
    pub created_at: Millis,
    /// When it ends.
    pub expires_at: Millis,
}

/// A code by which a device enrols, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEnrolment {
    /// SHA-256 of the code.
    pub hash: [u8; 32],
    /// Where the device will be.
    pub shop: ShopId,
    /// When the code ends.
    pub expires_at: Millis,
}

/// A device that enrols.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// Identity.
    pub id: DeviceId,
    /// SHA-256 of its token.
    pub hash: [u8; 32],
    /// What it is called.
    pub name: String,
    /// When.
    pub created_at: Millis,
    /// When its token ends.
    pub expires_at: Millis,
}

/// Which entries of the log are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Only what this person did.
    pub actor: Option<UserId>,
    /// Only this, such as `account.created`.
    pub action: Option<String>,
    /// Only from this moment on.
    pub from: Option<Millis>,
    /// Only before this moment.
    pub before: Option<Millis>,
}

/// An entry of the log, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedDeed {
    /// The entry.
    pub entry: AuditEntry,
    /// What whoever did it is called today.
    pub actor_name: Option<String>,
}
