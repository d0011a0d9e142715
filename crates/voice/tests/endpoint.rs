//! The local endpoint over real HTTP and real WebRTC, with a client of our own peer. Every event that comes is checked against its schema.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what the tests share may end with a panic, as they do")]

#[path = "endpoint/client.rs"]
mod client;
#[path = "endpoint/door.rs"]
mod door;
#[path = "endpoint/http.rs"]
mod http;
#[path = "endpoint/interruption.rs"]
mod interruption;
#[path = "endpoint/orders.rs"]
mod orders;
#[path = "endpoint/schema.rs"]
mod schema;
#[path = "endpoint/talk.rs"]
mod talk;
#[path = "endpoint/tone.rs"]
mod tone;
