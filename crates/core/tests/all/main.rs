//! The rules of the domain: goldens, properties, and what must never count.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may end with a panic, as it should")]

mod briefing;
mod catalog;
mod common;
mod fair;
mod golden;
mod guard;
mod properties;
mod scoring;
mod shadow;
