//! Why an endpoint does not start.

use std::{io, net::SocketAddr};

/// Why an endpoint does not start.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// The catalogue has no such scenario.
    #[error("there is no scenario {0}")]
    NoScenario(String),
    /// The catalogue cannot be read.
    #[error("the catalogue cannot be read: {0}")]
    Catalog(#[from] sellme_core::Error),
    /// The address cannot be listened on.
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, io::Error),
    /// What the machine refuses.
    #[error(transparent)]
    Io(#[from] io::Error),
}
