//! The server over HTTP, as its clients meet it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod document;
mod original;
mod permits;
mod bad_bodies;
mod bad_questions;
mod support;
