//! The company's server. HTTP in front of the use cases in `sellme-app`; no rule of the domain is here.

pub mod config;
mod device;
mod http;
#[cfg(feature = "bench")]
pub mod import;
mod limits;
mod metrics;
mod serve;
mod shelf;
mod worker;

pub use device::ThisMachine;
pub use http::{Hub, openapi, openapi_admin};
pub use serve::{Running, company, start};
