//! A window with nothing in it: the floor under the start and the memory of the real one (`cargo xtask bench start`). As Tauri makes it; with the variable
//! `EMPTY_WITHOUT_CARD` it is painted as the real one is.

#[path = "../src/window/page_script.rs"]
mod page_script;
#[path = "../src/window/painting.rs"]
mod painting;

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    let without_card = std::env::var_os("EMPTY_WITHOUT_CARD").is_some();
    if without_card {
        painting::without_card();
    }
    tauri::Builder::default()
        .setup(move |app| {
            let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default()).title("Empty").inner_size(1280.0, 800.0);
            let window = page_script::put_in(window);
            if without_card {
                painting::open(window)?
            } else {
                window.build().map(|_| ())?
            }
            Ok(())
        })
        .run(tauri::generate_context!("examples/empty/tauri.conf.json"))
}
