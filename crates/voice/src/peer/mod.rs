//! WebRTC in Rust: one driver for both roles, the side that offers a call and the side that answers it. A connection is a task of its own with a queue of what
//! to send and a queue of what happened; it ends by itself, and says why, whenever the other side, the network or whoever holds the handle is gone.
//!
//! ```ignore
//! let (offer, offered) = Peer::offer(PeerConfig::default()).await?;
//! let answer = post(offer).await?;
//! let (handle, mut events) = offered.accept(&answer).await?;
//! ```

mod close;
mod config;
mod driver;
mod error;
mod event;
mod faults;
mod handle;
mod interface;
mod network;
mod open;
mod speech;

pub use close::Ended;
pub use config::PeerConfig;
pub use error::PeerError;
pub use event::{OpusPacket, PeerEvent};
pub use faults::Faults;
pub use handle::PeerHandle;
pub use interface::toward;
pub use open::{Offered, Peer};

/// The data channel that carries the events of a call.
pub const CHANNEL: &str = "oai-events";

/// Samples a second of every RTP clock here, whatever an encoder was fed with.
pub const CLOCK: u64 = 48_000;
