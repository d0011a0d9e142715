//! Every screen in every look: pictures to be looked at, and nothing that hangs over the edge.

use sellme_tests::{script, window::Window};

use crate::window::{danas, practise};

const SCREENS: [&str; 5] = ["practice", "history", "progress", "catalogue", "settings"];

async fn choose(window: &Window, theme: &str) {
    window.ask("location.hash = '#/settings'").await;
    window.arrives("settings").await;
    window.ask(&format!("document.querySelector('input[name=theme][value={theme}]').click()")).await;
    window.until(theme, &format!("return document.documentElement.dataset.theme === '{theme}'")).await;
}

/// The screen that is open.
async fn here(window: &Window) -> String {
    window.ask("return location.hash.slice(2).split('?')[0]").await.as_str().unwrap().to_owned()
}

/// A conversation that goes on.
async fn begun(window: &Window) -> String {
    window.ask(&format!("location.hash = '#/briefing/{}'", script::SCENARIO)).await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
    for line in &script::LINES[..3] {
        assert!(window.says(line).await);
    }
    here(window).await
}

/// Nothing of the page is wider than the window.
async fn fits(window: &Window, what: &str) {
    let wide = window.ask("return document.documentElement.scrollWidth > innerWidth").await;
    assert_eq!(wide, false, "{what} must be scrolled sideways");
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn every_screen_fits_in_every_theme_and_size() {
    let (_place, window) = danas().await;
    practise(&window).await;
    let debrief = here(&window).await;
    let talk = begun(&window).await;
    // The usual size in light is in the pictures of the whole way through it.
    for (theme, width, height) in [
        ("dark", 1_280, 800),
        ("contrast", 1_280, 800),
        ("light", 1_024, 768),
        ("dark", 1_024, 768),
        ("contrast", 1_024, 768),
        ("light", 900, 600),
        ("dark", 900, 600),
        ("contrast", 900, 600),
    ] {
        window.resize(width, height).await;
        choose(&window, theme).await;
        for screen in SCREENS.into_iter().chain([&debrief, &talk, "briefing/pilbara-skeptical-medium", "catalogue/pilbara-jacket"]) {
            window.ask(&format!("location.hash = '#/{screen}'; scrollTo(0, 0)")).await;
            window.arrives(screen).await;
            window.until("what it shows", "return document.querySelector('[aria-busy=true]') === null").await;
            if screen == talk {
                // Its clock was stopped when it was left.
                window.press("Carry on").await;
                window.press("Hint").await;
                window.sees("A hint, since you asked").await;
            }
            let name = screen.split('/').next().unwrap();
            let name = if screen.starts_with("catalogue/") { "product" } else { name };
            fits(&window, &format!("{name} {theme} {width}")).await;
            window.shoot(&format!("{theme}-{width}-{name}")).await;
        }
    }
    window.is_clean().await;
}
