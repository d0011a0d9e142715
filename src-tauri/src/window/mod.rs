//! The window: one per data folder, with nothing allowed that it does not need.

mod automation;
#[cfg(feature = "browser")]
mod browser;
mod commands;
mod cookie;
mod display;
mod guard;
mod instance;
#[cfg(test)]
mod ipc;
#[cfg(feature = "automation")]
mod page_script;
mod painting;
mod permission;
mod retention;

#[cfg(feature = "browser")]
pub(crate) use browser::serve;

use std::{process::ExitCode, sync::Arc, time::Duration};

use sellme_core::{Code, Error};
use tauri::{Manager, WebviewUrl, WebviewWindowBuilder, webview::NewWindowResponse};
use tauri_plugin_window_state::StateFlags;

use crate::{
    config::Place,
    device::ThisDevice,
    exit,
    host::{Host, Purpose},
    logs,
};

/// Where `devUrl` of `tauri.conf.json` is.
const DEV_PORT: u16 = 1420;

/// How long calls may take to end once the window is closed: the service is told, recordings are finished.
const FAREWELL: Duration = Duration::from_secs(3);

/// Opens the window on this place's data folder and stays until it is closed.
pub(crate) fn open(place: &Place) -> ExitCode {
    automation::drop_automation();
    painting::without_card();
    cookie::name();
    if !display::answers() {
        exit::say("No display answers, so the window cannot open. `sellme practice` works in the terminal.");
        return ExitCode::from(exit::NO_DISPLAY);
    }
    match run(place) {
        Ok(code) => code,
        Err(error) => {
            exit::say(&error.message);
            exit::of(error.code)
        }
    }
}

fn run(place: &Place) -> Result<ExitCode, Error> {
    let _log = logs::to_files(&place.data);
    guard::log_panics();
    let host = Host::new(place, Arc::new(ThisDevice), Purpose::Practise);
    let mut builder = tauri::Builder::default();
    if let Some(plugin) = instance::plugin(&place.data) {
        // Another window on this folder is raised by it, and this program ends here.
        builder = builder.plugin(plugin);
    }
    let remember = StateFlags::SIZE | StateFlags::MAXIMIZED;
    builder = builder.plugin(tauri_plugin_window_state::Builder::new().with_state_flags(remember).build());
    let theirs = host.clone();
    let app = commands::register(builder)
        .setup(move |app| {
            theirs.warm_up();
            tauri::async_runtime::spawn(retention::keep(theirs.clone()));
            app.manage(theirs);
            build(app)?;
            Ok(())
        })
        .build(context())
        .map_err(|error| Error::new(Code::Internal, format!("The window could not open: {error}")))?;
    let code = app.run_return(|_, _| {});
    let ended = tauri::async_runtime::block_on(async { tokio::time::timeout(FAREWELL, host.end_calls()).await });
    if ended.is_err() {
        tracing::warn!("calls were still being ended when the program was");
    }
    // What Tauri keeps of the host it never lets go.
    host.close();
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

/// The pages, the permissions and the settings that the program is built with.
fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

fn build(app: &mut tauri::App) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("SellMe PRT")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .devtools(cfg!(debug_assertions))
        // The pages are in the program: nowhere else to go, no second window, nothing of the machine but its microphone.
        .on_navigation(is_home)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_permission_request(|webview, kind| permission::answer(webview.url().ok().as_ref(), kind));
    #[cfg(feature = "automation")]
    let window = page_script::put_in(window);
    painting::open(window)
}

/// True for the pages that are in the program, under the one address that this platform has for them.
fn is_home(url: &tauri::Url) -> bool {
    let home = if cfg!(windows) { ("http", "tauri.localhost", None) } else { ("tauri", "localhost", None) };
    let at = (url.scheme(), url.host_str().unwrap_or_default(), url.port());
    // While it is built the pages come from a server beside it.
    at == home || cfg!(dev) && at == ("http", "localhost", Some(DEV_PORT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_pages() {
        let goes = |url: &str| is_home(&url.parse().unwrap());
        assert_eq!(goes("http://tauri.localhost/progress"), cfg!(windows));
        assert_eq!(goes("tauri://localhost/progress"), !cfg!(windows));
        for elsewhere in [
            "http://tauri.localhost:8080/",
            "https://tauri.localhost/",
            "tauri://evil.example/",
            "http://localhost:8080/",
            "https://example.com/",
        ] {
            assert!(!goes(elsewhere), "{elsewhere}");
        }
        assert!(include_str!("../../tauri.conf.json").contains(&format!("http://localhost:{DEV_PORT}\"")));
    }
}
