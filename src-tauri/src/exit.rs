//! What the program ends with. Stable: scripts rely on it. 64 and above follow `sysexits.h`.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use sellme_core::Code;

/// No display answers, so no window can open.
pub(crate) const NO_DISPLAY: u8 = 69;

/// Says why, on standard error. Where that cannot be written either, the exit code says it alone.
pub(crate) fn say(sentence: &str) {
    drop(writeln!(io::stderr().lock(), "{sentence}"));
}

/// The exit code of a refusal.
pub(crate) fn of(code: Code) -> ExitCode {
    ExitCode::from(match code {
        Code::InvalidInput => 65,
        Code::NotFound => 66,
        Code::WrongState => 68,
        Code::ReadOnly => 73,
        Code::DiskFull => 74,
        Code::DatabaseBusy | Code::FolderInUse => 75,
        Code::DatabaseNewer | Code::DatabaseForeign | Code::DatabaseDamaged => 76,
        Code::CatalogInvalid => 78,
        _ => 70,
    })
}
