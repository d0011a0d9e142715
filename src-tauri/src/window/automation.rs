//! A webview that can be driven from outside is for tests only: the variable that would allow it is dropped before Tauri starts, while no other thread runs
//! that could read it. A build with the feature `automation` keeps it.

/// The variable that the Linux webview obeys, in release builds too.
#[cfg(all(target_os = "linux", not(feature = "automation")))]
const VARIABLE: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Drops it, where it is set.
#[cfg(all(target_os = "linux", not(feature = "automation")))]
pub(super) fn drop_automation() {
    gtk::glib::unsetenv(VARIABLE);
}

/// Other systems' webviews have variables of their own; those stand.
#[cfg(not(all(target_os = "linux", not(feature = "automation"))))]
pub(super) fn drop_automation() {}
