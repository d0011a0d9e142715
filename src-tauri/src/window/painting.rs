//! How the window is painted.

#[cfg(target_os = "linux")]
use std::time::Duration;

use tauri::{Manager, Runtime, WebviewWindowBuilder};
#[cfg(target_os = "linux")]
use tauri::{WebviewWindow, webview::PageLoadEvent};

/// Paints without the graphics card. The pages are text and lines; where there is no card, or no driver for it, the Linux webview would imitate one in software,
/// which takes the time to load a compiler before the first screen (`cargo xtask bench start`). Said before the webview's first line runs, it does not look
/// for a card at all. Whoever has set the variable knows better.
#[cfg(target_os = "linux")]
pub(crate) fn without_card() {
    // Only a name with `=` in it could be refused.
    drop(gtk::glib::setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", false));
}

/// Other systems' webviews decide for themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn without_card() {}

/// Opens the window, and shows it once its page is there. A window that is painted without the card asks its page for the first picture when it is shown, and
/// stands still for half a second where the page's process has not started yet.
///
/// # Errors
/// Where it cannot be opened.
#[cfg(target_os = "linux")]
pub(crate) fn open<R: Runtime, M: Manager<R>>(window: WebviewWindowBuilder<'_, R, M>) -> tauri::Result<()> {
    /// Whatever becomes of the page: a program that runs can be seen.
    const LONGEST: Duration = Duration::from_secs(5);
    let hidden = window.visible(false).on_page_load(|window, load| {
        if load.event() == PageLoadEvent::Finished {
            show(&window);
        }
    });
    let window = hidden.build()?;
    std::thread::spawn(move || {
        std::thread::sleep(LONGEST);
        if !window.is_visible().unwrap_or(true) {
            show(&window);
        }
    });
    Ok(())
}

#[cfg(target_os = "linux")]
fn show<R: Runtime>(window: &WebviewWindow<R>) {
    if let Err(error) = window.show() {
        tracing::warn!(%error, "the window could not be shown");
    }
}

/// Elsewhere it is shown at once.
///
/// # Errors
/// Where it cannot be opened.
#[cfg(not(target_os = "linux"))]
pub(crate) fn open<R: Runtime, M: Manager<R>>(window: WebviewWindowBuilder<'_, R, M>) -> tauri::Result<()> {
    window.build().map(|_| ())
}
