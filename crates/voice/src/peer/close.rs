//! Why a connection is over.

/// Why a connection is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ended {
    /// Closed from here, or nobody holds the handle any more.
    Here,
    /// The other side closed it.
    There,
    /// It was never made within the time for it.
    NotConnected,
    /// Nothing came for longer than was waited for.
    Lost,
    /// What happened was not taken from the queue for too long.
    NotRead,
    /// The protocol broke; the log has more.
    Broken,
}
