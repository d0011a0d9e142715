//! The line, held by a button: what is said without it, a short break, the end of it; and where the key is meanwhile.

use std::{fs, time::Duration};

use fantoccini::{
    Locator,
    actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
};
use sellme_tests::{secrets::Secret, sound::Pulse, speech, window::Window};
use serde_json::json;

use super::talk::{KEY, LINES, LONG, SAID, begin, by_rep, customer_speaks, danas, end, says_unheard, service, switch, turns, until_turns};

/// Every word that can be reached from the window.
const REACHED: &str = "
const seen = new Set(), words = [document.documentElement.outerHTML, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, location.href];
for (const field of document.querySelectorAll('input, textarea')) words.push(field.value);
const look = (thing, deep) => {
  if (typeof thing === 'string') { words.push(thing); return; }
  if (!thing || (typeof thing !== 'object' && typeof thing !== 'function') || seen.has(thing) || deep > 8) return;
  seen.add(thing);
  if (thing instanceof Map || thing instanceof Set) for (const one of thing) look(one, deep + 1);
  for (const name of Reflect.ownKeys(thing)) {
    words.push(String(name));
    const known = Object.getOwnPropertyDescriptor(thing, name);
    if (known && 'value' in known) look(known.value, deep + 1);
  }
};
look(window, 0);
return [words.join('\\n'), seen.size];";

/// The typed lines that follow what was spoken.
const TYPED: [&str; 2] =
    ["This is the Gunner, and the rain beads and runs off it.", "It is one hundred thirty nine dollars. Shall I ring it up?"];

/// Holds the button to talk with the mouse while a line is said, and lets it go.
async fn says_held(pulse: &Pulse, window: &Window, line: &str) {
    let button = window.find(Locator::Css("#talk"), "the button to talk").await;
    let over = PointerAction::MoveToElement { element: button, duration: None, x: 0.0, y: 0.0 };
    let press = MouseActions::new("mouse".to_owned()).then(over).then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
    window.client.perform_actions(press).await.unwrap();
    window.sees("Listening…").await;
    let sound = speech::speak(line);
    let long = Duration::from_secs_f64(sound.len() as f64 / speech::RATE as f64);
    let saying = pulse.say(&sound);
    tokio::time::sleep(long).await;
    let release = MouseActions::new("mouse".to_owned()).then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    window.client.perform_actions(release).await.unwrap();
    window.until(line, &format!("return {SAID}.includes({})", json!(line))).await;
    drop(saying);
}

/// That the key is nowhere: not in the window, not in a file, not in anything that was printed.
async fn is_nowhere(key: &str, window: &Window, folder: &std::path::Path) {
    let reached = window.ask(REACHED).await;
    assert!(reached[1].as_u64().unwrap() > 1_000, "{} things of the window were looked at", reached[1]);
    let secret = Secret::new(key);
    let mut traces = secret.traces_in(&[("the window", reached[0].as_str().unwrap())]);
    traces.extend(secret.traces_under(folder));
    assert_eq!(traces, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_line_that_breaks_for_good_is_carried_on_by_typing_and_the_talk_is_one() {
    let spoken = [LINES[0], LINES[1]];
    let (pulse, service) = (Pulse::start(), service(&spoken, LONG).await);
    let (place, window) = danas(&pulse, &service, &[("SELLME_FAULT", "test_key")]).await;
    switch(&window, "push").await;
    switch(&window, "record").await;
    begin(&window).await;
    until_turns(&window, 1).await;
    customer_speaks(&window, false).await;

    // Only what is said while the button is held is heard.
    says_unheard(&pulse, "I am talking to my colleague, this is not for you at all.").await;
    assert_eq!(turns(&window).await, 1, "somebody was heard without the button");
    says_held(&pulse, &window, spoken[0]).await;
    until_turns(&window, 3).await;
    customer_speaks(&window, false).await;

    // A call goes on, and something panics with the key at hand.
    let failed = window.invoke("test_key", &json!({})).await;
    assert_eq!(failed["error"]["code"], "internal", "{failed}");
    let printed = fs::read_to_string(place.path().join("printed")).unwrap();
    assert!(printed.contains("asked to fail in test_key"), "{printed}");
    is_nowhere(KEY, &window, place.path()).await;

    // For five seconds nothing passes; then the talk goes on by itself.
    service.knobs.network().cut(true);
    tokio::time::sleep(Duration::from_secs(5)).await;
    service.knobs.network().cut(false);
    window.until("the line", "return document.querySelector('#talk')?.getAttribute('aria-disabled') === 'false'").await;
    says_held(&pulse, &window, spoken[1]).await;
    until_turns(&window, 5).await;
    customer_speaks(&window, false).await;

    // And then the service is gone for good.
    service.close().await;
    window.sees("The voice line dropped. Type to carry on.").await;
    window.sees("Try the voice line again").await;
    window.shoot("56-voice-line-gone").await;
    for line in TYPED {
        assert!(window.says(line).await, "the customer stays");
    }
    assert_eq!(by_rep(&window).await, [spoken[0], spoken[1], TYPED[0], TYPED[1]]);
    end(&window).await;
    let shown = window.transcript().await;
    let rep: Vec<&str> = shown.iter().skip(1).step_by(2).map(String::as_str).collect();
    assert_eq!(rep, [spoken[0], spoken[1], TYPED[0], TYPED[1]], "one transcript, in order: {shown:?}");
    window.shoot("57-voice-and-typed-debrief").await;
    is_nowhere(KEY, &window, place.path()).await;
    assert_eq!(window.collected().await, Vec::<String>::new());
}
