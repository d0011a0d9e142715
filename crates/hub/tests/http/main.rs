//! The server over HTTP, as its clients meet it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod administration;
mod bad_bodies;
mod bad_questions;
mod calls;
mod command_line;
mod copies;
mod curation;
mod document;
mod failures;
mod gone;
mod invitation;
mod limits;
mod lockout;
mod oidc;
mod original;
mod page;
mod permits;
mod secrets;
mod support;
mod verification;
