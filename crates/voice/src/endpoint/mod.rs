//! A local Realtime endpoint for tests and demos: real HTTP, real WebRTC, the practice partner as its brain. Its recogniser is scripted: it hears the next line
//! of a script whenever somebody has spoken, whatever was said. Its voice is a program that is run where it is installed, else one tone a word.
//!
//! It is strict where the real service is: what it does not know in a session or an event, it refuses.

mod brain;
mod call;
mod config;
mod conversation;
mod cors;
mod ear;
mod error;
mod fault;
mod http;
mod ids;
mod knobs;
mod models;
mod mouth;
mod secrets;
mod serve;
mod session;
mod shape;
mod shapes;
mod usage;
mod voice;

pub use config::{Config, Pace};
pub use error::EndpointError;
pub use knobs::{Knobs, Refusal};
pub use serve::{Endpoint, serve};
pub use voice::Voice;
