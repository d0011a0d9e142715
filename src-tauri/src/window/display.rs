//! Whether a window can open at all.

/// True where a display answers. Asked before Tauri, which would end the program with a panic.
#[cfg(target_os = "linux")]
pub(super) fn answers() -> bool {
    gtk::init().is_ok()
}

/// Windows and macOS always have one.
#[cfg(not(target_os = "linux"))]
pub(super) fn answers() -> bool {
    true
}
