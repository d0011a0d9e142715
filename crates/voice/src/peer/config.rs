//! How a connection is made.

use std::{net::IpAddr, time::Duration};

use super::Faults;

/// How a connection is made. The default suits a client: interfaces are chosen by where the other side is.
#[derive(Debug, Clone)]
pub struct PeerConfig {
    /// Own addresses that are named in the session description, one socket each. Where the other side's are known, an address on the way to each of them is
    /// added, so this may be empty.
    pub addresses: Vec<IpAddr>,
    /// Packets of sound that are held back for one that is late, 20 ms each. Fewer is sooner, more is smoother under loss.
    pub reorder: usize,
    /// How long connecting may take.
    pub connect_within: Duration,
    /// Silence of the network after which it counts as disconnected; it may come back.
    pub silence: Duration,
    /// Silence of the network after which it counts as lost.
    pub patience: Duration,
    /// What goes wrong on purpose, in tests.
    pub faults: Faults,
}

impl Default for PeerConfig {
    fn default() -> Self {
        Self {
            addresses: Vec::new(),
            reorder: 3,
            connect_within: Duration::from_secs(15),
            silence: Duration::from_secs(5),
            patience: Duration::from_secs(30),
            faults: Faults::default(),
        }
    }
}
