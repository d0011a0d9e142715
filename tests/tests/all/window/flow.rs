//! A rep's way through it, and the next day.

use fantoccini::{Locator, key::Key};
use sellme_tests::{place::Place, program, screen::Screen, script, window::Window};
use serde_json::Value;

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_rep_practises_a_sale_and_finds_it_again_after_a_restart() {
    let place = Place::new();
    let (screen, binary) = (Screen::new(), program::built("debug"));
    let window = Window::open(&place, &binary).await;
    window.sees("What are you called?").await;
    window.shoot("01-first-start").await;
    window.types("#name", "Dana Reed").await;
    window.press("Begin").await;
    window.sees("Recommended for you").await;
    window.shoot("02-practice").await;
    window.press("Start").await;
    window.arrives("briefing/").await;
    window.sees("How you will be scored").await;
    window.shoot("03-briefing").await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
    window.shoot("04-conversation-opening").await;
    let mut said = Vec::new();
    for (number, line) in script::LINES.into_iter().enumerate() {
        said.push(line);
        let goes_on = window.says(line).await;
        if number == 3 {
            window.press("Hint").await;
            window.sees("A hint, since you asked").await;
            window.shoot("05-conversation-hint").await;
        }
        if !goes_on {
            break;
        }
    }
    assert!(said.len() >= 8, "the customer left after {} lines", said.len());
    window.shoot("06-conversation-long").await;
    if window.ask("return document.querySelector('textarea') !== null").await == true {
        window.press("End").await;
        window.sees("End this conversation?").await;
        window.shoot("07-conversation-end").await;
        window.press("End and see the debrief").await;
    } else {
        window.press("See the debrief").await;
    }
    window.arrives("debrief/").await;
    window.sees("Transcript").await;
    window.shoot("08-debrief").await;
    let shown = window.transcript().await;
    assert_eq!(said, shown.iter().skip(1).step_by(2).map(String::as_str).collect::<Vec<_>>());
    // From a point to its quote in one click, and back.
    let quote = window.find(Locator::Css("a.q"), "a quote").await;
    let words = quote.text().await.unwrap();
    quote.click().await.unwrap();
    window.until("the marked words", "return document.querySelector('[data-pane] .mark.on') !== null").await;
    let marked =
        window.ask("return [...document.querySelectorAll('[data-pane] .mark.on')].map((e) => e.firstChild.textContent).join('')").await;
    let marked = marked.as_str().unwrap();
    assert!(marked.contains(&words) || words.contains(marked), "“{words}” was clicked, “{marked}” is marked");
    let in_view =
        "const b = document.querySelector('[data-pane] .mark.on').getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight";
    window.until("the marked words in view", in_view).await;
    window.shoot("09-debrief-quote").await;
    window.keys(&char::from(Key::Escape).to_string()).await;
    window.until("the way back", "return document.querySelector('[data-pane] .mark.on') === null").await;
    let debrief = window.ask("return location.hash").await;
    let score = window.ask("return document.querySelector('.score .num')?.textContent ?? null").await;
    assert!(score.is_string(), "eight turns are scored");
    window.is_clean().await;
    window.close(&screen).await;

    let window = Window::open(&place, &binary).await;
    window.sees("Recommended for you").await;
    window.sees("Dana Reed").await;
    window.press("History").await;
    window.arrives("history").await;
    window.find(Locator::Css(".rows li"), "the attempt").await;
    window.shoot("10-history").await;
    assert_eq!(window.ask("return document.querySelectorAll('.rows li').length").await, 1);
    window.types("input[type=search]", "tobacco").await;
    window.find(Locator::Css("mark.hit"), "the words that were searched").await;
    window.shoot("11-history-search").await;
    window.find(Locator::Css(".rows h2 a"), "the attempt").await.click().await.unwrap();
    window.arrives("debrief/").await;
    assert_eq!(
        window.ask("return location.hash.split('?')[0]").await.as_str(),
        debrief.as_str().map(|hash| hash.split('?').next().unwrap())
    );
    window.until("the same score", &format!("return document.querySelector('.score .num')?.textContent === {score}")).await;
    let shown = window.transcript().await;
    assert_eq!(said, shown.iter().skip(1).step_by(2).map(String::as_str).collect::<Vec<_>>());
    window.press("Progress").await;
    window.arrives("progress").await;
    window.sees("Average").await;
    window.shoot("12-progress").await;
    window.press("Catalogue").await;
    window.arrives("catalogue").await;
    window.shoot("13-catalogue").await;
    window.ask("location.hash = '#/catalogue/pilbara-jacket'").await;
    window.sees("3J02").await;
    window.shoot("14-catalogue-product").await;
    window.ask("location.hash = '#/settings'").await;
    window.arrives("settings").await;
    window.shoot("15-settings").await;
    window.is_clean().await;
    window.close(&screen).await;
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_conversation_that_was_cut_off_goes_on_where_it_was() {
    let place = Place::new();
    let binary = program::built("debug");
    let window = Window::open(&place, &binary).await;
    window.types("#name", "Dana").await;
    window.press("Begin").await;
    window.press("Start").await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
    for line in &script::LINES[..3] {
        assert!(window.says(line).await);
    }
    let turns = "return [...document.querySelectorAll('li.turn p')].map((e) => e.textContent)";
    let before = window.ask(turns).await;
    assert_eq!(before.as_array().map(Vec::len), Some(7));
    // The power goes.
    drop(window);
    let window = Window::open(&place, &binary).await;
    window.sees("You left a conversation open").await;
    window.shoot("16-practice-unfinished").await;
    window.press("Carry on").await;
    window
        .until(
            "the same turns",
            &format!("{} === {}", turns.replace("return ", "return JSON.stringify(") + ")", Value::from(before.to_string())),
        )
        .await;
    assert!(window.says(script::LINES[3]).await);
    window.is_clean().await;
}
