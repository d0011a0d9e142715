//! Calls with real devices of a real sound server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, unreachable_pub)]

mod call;
mod devices;
mod echo;
mod pulse;
mod service;
mod sounds;
#[path = "../../../../tests/src/speech.rs"]
mod speech;
