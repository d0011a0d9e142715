//! Talking with a customer by voice, in the shape of the Realtime protocol. What is pure (events, conversation, call life, usage) is always there; what
//! touches the world is behind a feature.

pub mod call;
pub mod conversation;
pub mod data;
#[cfg(feature = "endpoint")]
pub mod endpoint;
pub mod events;
#[cfg(feature = "native")]
pub mod native;
#[cfg(feature = "peer")]
pub mod peer;
pub mod provider;
#[cfg(feature = "recording")]
pub mod recording;
pub mod usage;
