//! Lists the commands, so that one that is not listed here is denied to the window.

const COMMANDS: &[&str] = &[
    "boot",
    "create_profile",
    "rename_profile",
    "choose_profile",
    "save_settings",
    "practice",
    "recommend",
    "products",
    "product",
    "briefing",
    "start",
    "session",
    "say",
    "pause",
    "resume",
    "hint",
    "complete",
    "abandon",
    "voice",
    "ask_service",
    "save_key",
    "remove_key",
    "test_key",
    "sound_devices",
    "listen",
    "stop_listening",
    "open_call",
    "call_message",
    "call_link",
    "control",
    "go_on_typing",
    "keep_recording",
    "recording",
    "delete_recording",
    "debrief",
    "history",
    "progress",
    "export_session",
    "export_all",
    "delete_everything",
    "log",
];

fn main() {
    let attributes = tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
