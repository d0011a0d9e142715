//! The programs as they are built.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use crate::root;

/// The built program of a profile's folder (`debug`, `shipping`).
///
/// # Panics
/// Where it was not built: a test of a program that is not there fails, and says how to build it.
#[must_use]
pub fn built(profile: &str) -> PathBuf {
    named(profile, "sellme")
}

/// What ships, but with the feature `automation`, so that it can be driven and told to fail.
///
/// # Panics
/// As [`built`].
#[must_use]
pub fn shipping_but_driven() -> PathBuf {
    named("shipping", "sellme-driven")
}

/// The company's server.
///
/// # Panics
/// As [`built`].
#[must_use]
pub fn hub() -> PathBuf {
    named("debug", "sellme-hub")
}

fn named(profile: &str, name: &str) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder));
    let path = target.join(profile).join(name);
    assert!(
        path.is_file(),
        "{} is not there; `cargo xtask test rust`, `test window` and `test shipping` build what they test",
        path.display()
    );
    path
}

/// A copy of the debug build in a place where every user may run it, so that a test can give up its rights.
///
/// # Panics
/// As [`built`], and where the copy cannot be made.
#[must_use]
pub fn sellme() -> &'static Path {
    static COPY: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = COPY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("a folder that everybody may enter");
        let path = folder.path().join("sellme");
        fs::copy(built("debug"), &path).expect("a copy of the program");
        (folder, path)
    });
    path
}
