//! A build for tests can be measured from inside: it puts a script into its page, which reports by the page's title. Used by `cargo xtask bench`, for the real
//! window and for the empty one that it is compared with (`examples/empty_window.rs`); never shipped.

use std::io::Write;

use tauri::{Manager, Runtime, WebviewWindowBuilder};

/// Names the file with the script.
const VARIABLE: &str = "SELLME_PAGE_SCRIPT";
/// A title that begins so is a report.
const REPORT: &str = "report:";

/// Puts the script in, where there is one, and passes its reports on to standard output, a line each.
pub(crate) fn put_in<'a, R: Runtime, M: Manager<R>>(window: WebviewWindowBuilder<'a, R, M>) -> WebviewWindowBuilder<'a, R, M> {
    let Some(script) = std::env::var_os(VARIABLE).and_then(|file| std::fs::read_to_string(file).ok()) else { return window };
    window.initialization_script(script).on_document_title_changed(|_, title| {
        if let Some(report) = title.strip_prefix(REPORT) {
            let mut out = std::io::stdout().lock();
            if let Err(error) = writeln!(out, "{report}").and_then(|()| out.flush()) {
                tracing::warn!(%error, "a report of the page went nowhere");
            }
        }
    })
}
