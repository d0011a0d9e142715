//! A webview that can be driven from outside is for tests only: the variable that would allow it is dropped before Tauri starts, by starting the program again
//! without it. A build with the feature `automation` keeps it.

/// The variable that the Linux webview obeys, in release builds too.
#[cfg(all(target_os = "linux", not(feature = "automation")))]
const VARIABLE: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Starts the program again without the variable, where it is set; does not come back then.
///
/// # Errors
/// Where the program could not be started again: it must end rather than go on.
#[cfg(all(target_os = "linux", not(feature = "automation")))]
pub(crate) fn drop_automation() -> std::io::Result<()> {
    use std::{env, os::unix::process::CommandExt, process::Command};

    if env::var_os(VARIABLE).is_none() {
        return Ok(());
    }
    Err(Command::new(env::current_exe()?).args(env::args_os().skip(1)).env_remove(VARIABLE).exec())
}

/// Nothing to drop here.
#[cfg(not(all(target_os = "linux", not(feature = "automation"))))]
#[allow(clippy::unnecessary_wraps, reason = "the same signature everywhere")]
pub(crate) fn drop_automation() -> std::io::Result<()> {
    Ok(())
}
