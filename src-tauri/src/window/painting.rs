//! How the window is painted.

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
