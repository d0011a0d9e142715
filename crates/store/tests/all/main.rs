//! The data file: what is kept, found and counted, and what bad luck leaves of it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may end with a panic, as it should")]

mod backups;
mod bad_luck;
mod deletion;
#[cfg(target_os = "linux")]
mod durable;
mod lost;
mod progress;
mod recordings;
mod repair;
mod repair_people;
mod search;
mod sessions;
mod support;
