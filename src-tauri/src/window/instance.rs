//! A second start raises the first window instead of opening another.

use std::path::Path;

use sha2::{Digest, Sha256};
use tauri::{Manager, Wry, plugin::TauriPlugin};

/// Raises the window that is open on this folder. On Linux the name on the session bus carries the folder, so that another folder gets a window of its own;
/// elsewhere the name is the program's, so only the usual folder takes part.
pub(super) fn plugin(folder: &Path) -> Option<TauriPlugin<Wry>> {
    let usual = crate::config::usual_folder().is_some_and(|usual| usual == folder);
    if !cfg!(target_os = "linux") && !usual {
        return None;
    }
    let builder = tauri_plugin_single_instance::Builder::new().callback(|app, _arguments, _folder| {
        if let Some(window) = app.get_webview_window("main") {
            for raised in [window.unminimize(), window.show(), window.set_focus()] {
                if let Err(error) = raised {
                    tracing::warn!(%error, "the window could not be raised");
                }
            }
        }
    });
    Some(builder.dbus_id(bus_name(folder)).build())
}

fn bus_name(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let hash = Sha256::digest(folder.to_string_lossy().as_bytes());
    let short: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("com.pecosrivertraders.sellme.f{short}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_has_a_name_of_its_own_on_the_bus() {
        assert_eq!(bus_name(Path::new("/a")), bus_name(Path::new("/a")));
        assert_ne!(bus_name(Path::new("/a")), bus_name(Path::new("/b")));
    }
}
