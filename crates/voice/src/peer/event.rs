//! What happens on a connection.

use std::sync::Arc;

use super::Ended;

/// A packet of sound as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpusPacket {
    /// The coded sound; never empty.
    pub payload: Arc<[u8]>,
    /// Where in the stream it begins, in samples at 48 kHz. It does not wrap; the start is arbitrary.
    pub time: u64,
    /// Number of the packet in its stream. It does not wrap.
    pub sequence: u64,
    /// False where packets are missing before it, to be concealed.
    pub contiguous: bool,
}

/// What happens on a connection, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerEvent {
    /// Packets pass; again after [`PeerEvent::Disconnected`].
    Connected,
    /// Messages pass.
    ChannelOpen,
    /// A message came.
    Text(String),
    /// Sound came. Sound that nobody takes is dropped, which the next packet shows.
    Opus(OpusPacket),
    /// Nothing comes; it may come back.
    Disconnected,
    /// It is over; nothing follows.
    Closed(Ended),
}
