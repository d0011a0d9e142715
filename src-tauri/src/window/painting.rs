//! How the window is painted.

#[cfg(target_os = "linux")]
use tauri::webview::PageLoadEvent;
use tauri::{Manager, Runtime, WebviewWindowBuilder};

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

/// Shows the window once its page is there. A window that is painted without the card asks its page for the first picture when it is shown, and stands still for
/// half a second where the page's process has not started yet.
#[cfg(target_os = "linux")]
pub(crate) fn shown_with_page<R: Runtime, M: Manager<R>>(window: WebviewWindowBuilder<'_, R, M>) -> WebviewWindowBuilder<'_, R, M> {
    window.visible(false).on_page_load(|window, load| {
        // One that cannot be shown is gone.
        if load.event() == PageLoadEvent::Finished {
            drop(window.show());
        }
    })
}

/// Elsewhere it is shown at once.
#[cfg(not(target_os = "linux"))]
pub(crate) fn shown_with_page<R: Runtime, M: Manager<R>>(window: WebviewWindowBuilder<'_, R, M>) -> WebviewWindowBuilder<'_, R, M> {
    window
}
