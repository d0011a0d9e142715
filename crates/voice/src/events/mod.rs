//! The events of the Realtime protocol, as types.
//!
//! What the service says is read leniently: names of the beta are taken for what they are called now, what is not known is kept aside and what is missing is
//! missing. What is sent to it is exact: unknown keys are refused there.

pub mod client;
pub mod fault;
pub mod item;
mod read;
pub mod response;
pub mod server;
pub mod session;
pub mod usage;

pub use client::{ClientEvent, ClientMessage, ResponseConfig};
pub use fault::Fault;
pub use item::{Content, Item, ItemKind, ItemStatus, Previous, Role};
pub use response::{Response, ResponseStatus, WhyNot};
pub use server::{Malformed, Place, ServerEvent};
pub use session::{SessionConfig, SessionFacts, TurnDetection};
pub use usage::{ResponseUsage, TranscriptionUsage};
