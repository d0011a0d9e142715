//! The company's server. HTTP in front of the use cases in `sellme-app`; no rule of the domain is here.

mod calls;
pub mod config;
mod connections;
mod device;
pub mod doctor;
mod http;
#[cfg(feature = "bench")]
pub mod import;
mod limits;
mod metrics;
pub mod oidc;
mod parts;
mod records;
mod serve;
mod shelf;
mod worker;

pub use device::ThisMachine;
pub use http::{Hub, openapi, openapi_admin};
pub use serve::{Running, company, company_to_look, start};
