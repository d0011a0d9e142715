//! The catalogue that was checked and embedded when the program was built.

use std::sync::OnceLock;

use crate::{Code, Error, catalog::Catalog, error::Result};

/// The embedded catalogue, read once.
///
/// # Errors
/// [`Code::CatalogInvalid`] where the embedded bytes cannot be read back, which the build script rules out.
pub fn catalog() -> Result<&'static Catalog> {
    static CATALOG: OnceLock<Result<Catalog>> = OnceLock::new();
    CATALOG
        .get_or_init(|| {
            serde_json::from_slice(include_bytes!(concat!(env!("OUT_DIR"), "/catalog.json")))
                .map_err(|problem| Error::new(Code::CatalogInvalid, format!("The built-in catalogue cannot be read: {problem}")))
        })
        .as_ref()
        .map_err(Clone::clone)
}
