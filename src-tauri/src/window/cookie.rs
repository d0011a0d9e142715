//! The cookie by which the sound server lets a program in. Its client looks for it in the home folder alone; where the configuration lies elsewhere, it is told,
//! while no other thread runs that could read the variable. Without it the server is reached through ALSA, whose devices come and go unseen.

#[cfg(target_os = "linux")]
mod linux {
    use std::{ffi::OsString, path::PathBuf};

    /// Names the file to the sound server's clients.
    const VARIABLE: &str = "PULSE_COOKIE";

    /// Names it, where it is elsewhere and nobody has named it.
    pub(crate) fn name() {
        if std::env::var_os(VARIABLE).is_none()
            && let Some(cookie) = elsewhere(std::env::var_os("XDG_CONFIG_HOME"))
            && gtk::glib::setenv(VARIABLE, cookie, false).is_err()
        {
            tracing::warn!("the sound server's cookie could not be named");
        }
    }

    /// The cookie in this configuration folder, where it has one.
    fn elsewhere(configuration: Option<OsString>) -> Option<PathBuf> {
        Some(PathBuf::from(configuration?).join("pulse/cookie")).filter(|cookie| cookie.is_file())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_cookie_is_found_where_the_configuration_is() {
            let folder = tempfile::tempdir().unwrap();
            let configuration = || Some(folder.path().as_os_str().to_owned());
            assert_eq!((elsewhere(None), elsewhere(configuration())), (None, None));
            std::fs::create_dir(folder.path().join("pulse")).unwrap();
            let cookie = folder.path().join("pulse/cookie");
            std::fs::write(&cookie, [7; 256]).unwrap();
            assert_eq!(elsewhere(configuration()), Some(cookie));
        }
    }
}

#[cfg(target_os = "linux")]
pub(super) use linux::name;

/// Other systems have no such server.
#[cfg(not(target_os = "linux"))]
pub(super) fn name() {}
