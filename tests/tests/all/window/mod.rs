//! The real window, from the first start to progress, and what it must never do. Run by `cargo xtask test window`.

mod alone;
mod flow;
mod looks;
mod person;
mod voice;
mod walls;

use sellme_tests::{place::Place, program, script, window::Window};

/// A window in which Dana practises, on her Practice screen.
async fn danas() -> (Place, Window) {
    let place = Place::new();
    let window = Window::open(&place, &program::built("debug")).await;
    window.types("#name", "Dana").await;
    window.press("Begin").await;
    window.sees("Recommended for you").await;
    (place, window)
}

/// Practises one conversation from its briefing to its debrief.
async fn practise(window: &Window) {
    window.ask(&format!("location.hash = '#/briefing/{}'", script::SCENARIO)).await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
    for line in script::LINES {
        if !window.says(line).await {
            break;
        }
    }
    let over = window.ask("return document.querySelector('textarea') === null").await;
    if over == true {
        window.press("See the debrief").await;
    } else {
        window.press("End").await;
        window.press("End and see the debrief").await;
    }
    window.arrives("debrief/").await;
}
