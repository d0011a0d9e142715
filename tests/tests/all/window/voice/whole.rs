//! A whole talk, from the microphone to the debrief and its recording.

use std::fs;

use fantoccini::Locator;
use sellme_tests::{
    sound::Pulse,
    window::{Window, logged},
};

use super::talk::{
    LINES, LONG, NEVER_SAID, SAID, brief, by_rep, customer_speaks, danas, end, exchange, says_unheard, service, switch, turns, until_turns,
};

/// Keeps the sounds that the page makes, to be asked where they are.
const KEEP_SOUNDS: &str = "
window.sounds = [];
const Made = window.Audio;
window.Audio = function (url) { const one = new Made(url); window.sounds.push(one); return one; };";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_rep_talks_with_the_customer_and_reads_what_it_was_worth() {
    let (pulse, service) = (Pulse::start(), service(&LINES, LONG).await);
    let (place, window) = danas(&pulse, &service, &[]).await;
    switch(&window, "record").await;
    brief(&window).await;
    window.shoot("50-voice-briefing").await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
    until_turns(&window, 1).await;
    window.shoot("51-voice-opening").await;
    customer_speaks(&window, false).await;

    // A microphone that is off: nothing that is said is heard.
    window.press("Mute").await;
    window.sees("Your microphone is off").await;
    says_unheard(&pulse, "I am talking to my colleague, this is not for you at all.").await;
    assert_eq!(turns(&window).await, 1, "somebody was heard through a microphone that is off");
    window.press("Unmute").await;

    for line in LINES {
        exchange(&pulse, &window, line).await;
    }
    window.shoot("52-voice-talk").await;
    let said = window.ask(&format!("return {SAID}.join(' ')")).await;
    assert!(!said.as_str().unwrap().contains(NEVER_SAID), "{said}");
    assert_eq!(by_rep(&window).await, LINES, "what the rep said and nothing else");
    end(&window).await;
    window.shoot("53-voice-debrief").await;
    let shown = window.transcript().await;
    let rep: Vec<&str> = shown.iter().skip(1).step_by(2).map(String::as_str).collect();
    assert_eq!(rep, LINES, "{shown:?}");

    // Both voices are played from memory, and are as long as the talk.
    let recorded = || walk(&place.data()).into_iter().filter(|path| path.ends_with(".opus")).collect::<Vec<_>>();
    assert_eq!(recorded().len(), 2, "{:?}", walk(&place.data()));
    window.ask(KEEP_SOUNDS).await;
    press(&window, ".player .play").await;
    window
        .until(
            "sound from memory that goes on",
            "return sounds.length === 2 && sounds.every((one) => one.src.startsWith('blob:') && one.currentTime > 0.5 && !one.paused)",
        )
        .await;
    let long = window.ask("return Math.max(...sounds.map((one) => one.duration))").await.as_f64().unwrap();
    assert!((20.0..240.0).contains(&long), "{long} s");
    let heard = window.ask("return sounds[0].currentTime").await.as_f64().unwrap();
    assert!(heard < long, "{heard} of {long}");
    window.shoot("54-voice-recording").await;
    press(&window, ".player .play").await;
    press(&window, ".player .remove").await;
    window.press("Delete the recording").await;
    window.until("the end of the recording", "return document.querySelector('.player') === null").await;
    assert_eq!(recorded(), Vec::<String>::new(), "what was deleted is gone from the disk");
    window.is_clean().await;
    let logged = logged(&place.data());
    assert!(!logged.contains("a sound device is gone"), "{logged}");
}

/// Presses what a selector finds: the player has neighbours of the same name.
async fn press(window: &Window, selector: &str) {
    window.find(Locator::Css(selector), selector).await.click().await.unwrap();
}

/// Every file under a folder.
fn walk(folder: &std::path::Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { all.extend(walk(&path)) } else { all.push(path.display().to_string()) }
    }
    all
}
