//! What a connection refuses.

use std::io;

/// What a connection refuses.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// The other side's session description cannot be read, or leaves out what is needed.
    #[error("the session description cannot be used: {0}")]
    BadDescription(String),
    /// The session description has no line for sound.
    #[error("the session description has no sound in it")]
    NoSound,
    /// The session description has no line for a data channel.
    #[error("the session description has no data channel in it")]
    NoChannel,
    /// No socket could be opened on an address of this machine.
    #[error("no socket: {0}")]
    Socket(#[from] io::Error),
    /// A message is longer than the other side takes.
    #[error("a message of {length} bytes where at most {limit} are taken")]
    TooLong {
        /// Its bytes.
        length: usize,
        /// The most that is taken.
        limit: usize,
    },
    /// More is waiting to be sent than is held.
    #[error("too much is waiting to be sent")]
    Busy,
    /// The connection is over.
    #[error("the connection is over")]
    Over,
}
