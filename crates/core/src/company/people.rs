//! Who belongs to a company, and what they may do.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    id::{OrganisationId, ShopId, TokenId, UserId},
    time::Millis,
};

/// What somebody may do. Who is further down may do all that those above may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Practises, and sees what is their own.
    Trainee,
    /// Sees the team's submitted sessions.
    Manager,
    /// Sees to accounts, devices and the catalogue.
    Admin,
}

/// A company with its own people, catalogue and records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Identity.
    pub id: OrganisationId,
    /// What it is called; no two have the same name.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// The catalogue in force.
    pub catalog_revision: u32,
}

/// A person of a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Identity.
    pub id: UserId,
    /// Address they sign in with, in small letters.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they work; `null` where they belong to no store.
    pub shop: Option<ShopId>,
    /// When the account was made.
    pub created_at: Millis,
    /// Since when they may not sign in; `null` while they may.
    pub disabled_at: Option<Millis>,
}

/// What a token was given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// Somebody signed in; it may do all that they may.
    SignIn,
    /// Somebody made it for a program or a laptop; it may do all that they may but see to tokens and passwords.
    Personal,
}

/// A token without its secret, for the list of where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenInfo {
    /// Identity.
    pub id: TokenId,
    /// What it was given for.
    pub kind: TokenKind,
    /// What it is for, such as the name of a device.
    pub name: String,
    /// When it was given.
    pub created_at: Millis,
    /// When it ends.
    pub expires_at: Millis,
}

/// Whom a token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Their company.
    pub organisation: OrganisationId,
    /// Who.
    pub account: UserId,
    /// What they may do.
    pub role: Role,
    /// Where they work.
    pub shop: Option<ShopId>,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Which token.
    pub token: TokenId,
    /// What it was given for.
    pub kind: TokenKind,
    /// When it ends.
    pub expires_at: Millis,
}
