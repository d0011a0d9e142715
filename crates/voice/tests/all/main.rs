//! The protocol: recorded and harmed events, providers over HTTP, the peer.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may end with a panic, as it should")]

mod common;
mod golden;
#[cfg(feature = "peer")]
mod peer;
#[cfg(feature = "http")]
mod provider;
#[cfg(feature = "native")]
mod recording;
#[cfg(feature = "peer")]
mod sdp;
mod streams;
