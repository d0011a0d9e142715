//! What the tests share: a session bus, the built programs, fresh folders, a database server, a company and its server, scripts, a search for secrets, what was synced, schemas, a device whose clock is set by hand,
//! the driven window.

pub mod bus;
pub mod company;
pub mod device;
pub mod fault;
pub mod hub;
pub mod place;
pub mod postgres;
pub mod program;
pub mod schema;
pub mod screen;
pub mod script;
pub mod secrets;
#[path = "../../crates/voice/tests/native/pulse.rs"]
pub mod sound;
pub mod speech;
#[path = "../../crates/store/tests/all/support/synced.rs"]
pub mod synced;
pub mod window;

use std::path::{Path, PathBuf};

/// The repository's folder.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests live in the repository").to_owned()
}
