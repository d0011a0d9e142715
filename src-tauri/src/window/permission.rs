//! What the pages may use of the machine: the microphone, for our own pages, and nothing else.

use tauri::webview::{PermissionKind, PermissionResponse};

use super::is_home;

/// The answer to a page at this address that asks for something.
pub(super) fn answer(url: Option<&tauri::Url>, kind: PermissionKind) -> PermissionResponse {
    if kind == PermissionKind::Microphone && url.is_some_and(is_home) { PermissionResponse::Allow } else { PermissionResponse::Deny }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = if cfg!(windows) { "http://tauri.localhost/" } else { "tauri://localhost/" };

    #[test]
    fn our_own_pages_get_the_microphone_and_nothing_else() {
        let home = HOME.parse().unwrap();
        assert_eq!(answer(Some(&home), PermissionKind::Microphone), PermissionResponse::Allow);
        for kind in [
            PermissionKind::Camera,
            PermissionKind::Geolocation,
            PermissionKind::Notifications,
            PermissionKind::ClipboardRead,
            PermissionKind::DisplayCapture,
        ] {
            assert_eq!(answer(Some(&home), kind), PermissionResponse::Deny, "{kind:?}");
        }
    }

    #[test]
    fn nobody_elses_page_gets_the_microphone() {
        for elsewhere in ["https://example.com/", "tauri://evil.example/", "about:blank"] {
            assert_eq!(answer(Some(&elsewhere.parse().unwrap()), PermissionKind::Microphone), PermissionResponse::Deny, "{elsewhere}");
        }
        assert_eq!(answer(None, PermissionKind::Microphone), PermissionResponse::Deny);
    }
}
