//! Lists the commands, so that one that is not listed here is denied to the window.

fn main() {
    const COMMANDS: &[&str] = &["boot"];
    let attributes = tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
