//! How the window is painted.

/// Paints without the graphics card. The pages are text and lines; where there is no card, or no driver for it, the Linux webview would imitate one in software,
/// which takes a hundred megabytes and the time to load a compiler before the first screen (`cargo xtask bench start`).
///
/// # Errors
/// Where the window is gone already.
#[cfg(target_os = "linux")]
pub(crate) fn without_card(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    // A driver's pictures wait for the card's frames for ever. Only a build for tests comes here with this variable: any other has dropped it (`automation`).
    if std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some() {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Other systems' webviews decide for themselves.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps, reason = "the same signature everywhere")]
pub(crate) fn without_card(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
