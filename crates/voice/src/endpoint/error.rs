//! Why an endpoint does not start.

use std::io;

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
    #[error("the address cannot be listened on: {0}")]
    Listen(#[from] io::Error),
}
