//! What is a person's own: the keyboard, the data, the name.

use std::fs;

use fantoccini::key::Key;
use sellme_tests::{fault, place::Place, program, screen::Screen, script, window::Window};
use serde_json::Value;

use crate::window::{danas, practise};

fn key(key: Key) -> String {
    char::from(key).to_string()
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn the_keyboard_alone_is_enough() {
    let place = Place::new();
    let window = Window::open(&place, &program::built("debug")).await;
    // The one field there is has the focus.
    window.until("the focus", "return document.activeElement.id === 'name'").await;
    window.keys(&format!("Dana{}", key(Key::Enter))).await;
    window.sees("Recommended for you").await;
    window.tab_to("Start").await;
    window.keys(&key(Key::Enter)).await;
    window.arrives("briefing/").await;
    window.tab_to("Start talking").await;
    window.keys(&key(Key::Enter)).await;
    window.arrives("talk/").await;
    for line in &script::LINES[..5] {
        window.until("the field has the focus", "return document.activeElement.tagName === 'TEXTAREA'").await;
        if !window.says(line).await {
            break;
        }
    }
    window.keys(&key(Key::Escape)).await;
    window.sees("End this conversation?").await;
    window.until("the focus is in the dialog", "return document.activeElement.closest('[role=dialog]') !== null").await;
    window.tab_to("End and see the debrief").await;
    window.keys(&key(Key::Enter)).await;
    window.arrives("debrief/").await;
    window.sees("Transcript").await;
    for _ in 0..60 {
        window.keys(&key(Key::Tab)).await;
        if window.ask("return document.activeElement.matches('a.q')").await == true {
            break;
        }
    }
    let from = window.ask("return document.activeElement.id").await;
    window.keys(&key(Key::Enter)).await;
    window.until("the marked words have the focus", "return document.activeElement.matches('.mark.on')").await;
    window.keys(&key(Key::Escape)).await;
    window.until("back where it began", &format!("return document.activeElement.id === {from}")).await;
    window.keys("?").await;
    window.until("the cheat sheet", "return document.querySelector('[role=dialog]') !== null").await;
    window.shoot("20-cheat-sheet").await;
    window.keys(&key(Key::Escape)).await;
    window.until("the sheet is closed", "return document.querySelector('[role=dialog]') === null").await;
    window.is_clean().await;
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn everything_about_a_person_is_exported_and_deleted_after_the_name_is_typed() {
    let place = Place::new();
    let screen = Screen::new();
    let window = Window::open(&place, &program::built("debug")).await;
    window.types("#name", "Zebulon Quagmire").await;
    window.press("Begin").await;
    window.sees("Recommended for you").await;
    practise(&window).await;
    window.ask("location.hash = '#/settings'").await;
    window.arrives("settings").await;
    // The screen is there; what the host says of voice comes a moment later and moves nothing.
    window.sees("Most a call may cost").await;
    window.press("Export").await;
    window.sees("Written to").await;
    let exports = fault::files(&place.data().join("exports"));
    assert_eq!(exports.len(), 1);
    let export: Value = serde_json::from_slice(&fs::read(&exports[0]).unwrap()).unwrap();
    assert_eq!((&export["profile"]["name"], export["sessions"].as_array().map(Vec::len)), (&"Zebulon Quagmire".into(), Some(1)));
    window.press("Delete everything about me…").await;
    window.until("the dialog", "return document.querySelector('#confirm') !== null").await;
    let can = "return !document.querySelector('[role=dialog] form button:not([type=button])').disabled";
    assert_eq!(window.ask(can).await, false, "nothing is deleted without the name");
    window.types("#confirm", "Zebulon").await;
    assert_eq!(window.ask(can).await, false);
    window.types("#confirm", " Quagmire").await;
    window.until("the name is right", can).await;
    window.shoot("21-delete").await;
    window.ask("document.querySelector('[role=dialog] form button:not([type=button])').click()").await;
    window.until("it is done", "return document.querySelector('#confirm') === null").await;
    window.shoot("22-deleted").await;
    window.press("Close").await;
    window.sees("What are you called?").await;
    window.is_clean().await;
    window.close(&screen).await;
    for file in fault::files(place.path()) {
        for word in ["Zebulon", "Quagmire", "quagmire", "oil-finished cotton, it turns"] {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(!fault::has(&file, word.as_bytes()) && !fault::has(&file, &wide), "{word} is in {}", file.display());
            assert!(!file.to_string_lossy().contains(word), "{}", file.display());
        }
    }
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn the_size_is_remembered() {
    let (place, window) = danas().await;
    let screen = Screen::new();
    window.resize(1_011, 702).await;
    window.close(&screen).await;
    let window = Window::open(&place, &program::built("debug")).await;
    window.until("the size from before", "return innerWidth === 1011 && innerHeight === 702").await;
    window.close(&screen).await;
}
