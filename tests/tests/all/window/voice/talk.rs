//! A talk by voice, as a person has one.

use std::time::Duration;

use sellme_tests::{
    place::Place,
    program,
    sound::Pulse,
    speech::{self, RATE},
    window::Window,
};
use sellme_voice::endpoint::{self, Config, Endpoint};
use serde_json::json;

const SCENARIO: &str = "the-gunner-friendly-easy";

/// A key of nobody.
pub(super) const KEY: &str = "sk-proj-Pecos7Taos4Rio9Llano2468";

/// What the rep says, and what the endpoint's recogniser hears.
pub(super) const LINES: [&str; 4] = [
    "Good morning! That tin smells wonderful. Who is the coat for?",
    "What does he do all day, and what has he got to wear when it rains?",
    "This is the Gunner. It is cotton with oil worked into it, so the rain beads and runs off.",
    "It is one hundred thirty nine dollars. Shall I ring it up for you?",
];

/// What the recogniser would hear next: nobody says it, so that nobody may have heard it.
pub(super) const NEVER_SAID: &str = "Nobody has said this.";

/// Turns that are written down, as they stand in the window, without the mark of what was cut off.
pub(super) const SAID: &str =
    "[...document.querySelectorAll('li.turn:not(.pending):not(.caption) p')].map((one) => one.firstChild.textContent.trim())";

/// The lines of the customer that were cut off.
pub(super) const CUT: &str =
    "[...document.querySelectorAll('li.turn.c:not(.caption)')].map((one, n) => one.querySelector('.cut') ? n : -1).filter((n) => n >= 0)";

/// A service whose recogniser hears these lines, and then what nobody says.
pub(super) async fn service(lines: &[&str], longest: Duration) -> Endpoint {
    let script = lines.iter().chain(&[NEVER_SAID]).map(|line| (*line).to_owned()).collect();
    endpoint::serve(Config { scenario: SCENARIO.to_owned(), seed: 7, script, longest, ..Config::default() }).await.unwrap()
}

/// An hour: no call here takes so long.
pub(super) const LONG: Duration = Duration::from_hours(1);

/// A window in which Dana practises, whose voice service is this one.
pub(super) async fn danas(pulse: &Pulse, service: &Endpoint, more: &[(&str, &str)]) -> (Place, Window) {
    let place = Place::new();
    let mut variables = pulse.variables();
    variables.retain(|(name, _)| *name != "HOME");
    variables.push(("SELLME_REALTIME_URL", service.url.clone()));
    let variables = variables.iter().map(|(name, value)| (*name, value.as_str())).chain(more.iter().copied());
    let window = Window::open_with(&place, &program::built("debug"), &variables.collect::<Vec<_>>()).await;
    window.types("#name", "Dana").await;
    window.press("Begin").await;
    window.sees("Recommended for you").await;
    // As a person does: what the field and its screen keep of it is searched, too.
    window.ask("location.hash = '#/settings?at=voice'").await;
    window.types("#key", KEY).await;
    window.press("Save the key").await;
    window.sees(&format!("A key ending {}", &KEY[KEY.len() - 4..])).await;
    (place, window)
}

/// Turns a switch in Settings.
pub(super) async fn switch(window: &Window, id: &str) {
    window.ask("location.hash = '#/settings?at=voice'").await;
    window.until(id, &format!("const one = document.getElementById('{id}'); one?.click(); return one !== null")).await;
    window.until("the switch", &format!("return document.getElementById('{id}').getAttribute('aria-checked') === 'true'")).await;
}

/// Goes to the briefing and begins to talk.
pub(super) async fn begin(window: &Window) {
    brief(window).await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
}

/// The briefing, with everything ready for a talk by voice.
pub(super) async fn brief(window: &Window) {
    window.ask(&format!("location.hash = '#/briefing/{SCENARIO}'")).await;
    window.sees("By voice").await;
    window.ask("document.querySelector('input[value=voice]').click()").await;
    window.sees("Microphone").await;
}

/// How many turns are written down.
pub(super) async fn turns(window: &Window) -> usize {
    window.ask(&format!("return {SAID}.length")).await.as_u64().unwrap() as usize
}

/// Waits until so many turns are written down.
pub(super) async fn until_turns(window: &Window, count: usize) {
    window.until(&format!("turn {count}"), &format!("return {SAID}.length >= {count}")).await;
}

/// Waits until the customer speaks, or no more.
pub(super) async fn customer_speaks(window: &Window, speaks: bool) {
    let script = format!("return document.body.innerText.includes('The customer is speaking') === {speaks}");
    window.until(if speaks { "the customer's voice" } else { "the end of it" }, &script).await;
}

/// The rep says a line, and it is heard.
pub(super) async fn says(pulse: &Pulse, window: &Window, line: &str) {
    let saying = pulse.say(&speech::speak(line));
    window.until(line, &format!("return {SAID}.includes({})", json!(line))).await;
    drop(saying);
}

/// The rep says a line, is heard, and listens to the whole answer.
pub(super) async fn exchange(pulse: &Pulse, window: &Window, line: &str) {
    let before = turns(window).await;
    says(pulse, window, line).await;
    until_turns(window, before + 2).await;
    customer_speaks(window, false).await;
}

/// The rep says a line into a microphone that nobody listens to.
pub(super) async fn says_unheard(pulse: &Pulse, line: &str) {
    let sound = speech::speak(line);
    let long = Duration::from_secs_f64(sound.len() as f64 / RATE as f64);
    let saying = pulse.say(&sound);
    // And a moment, in which it would be written down.
    tokio::time::sleep(long + Duration::from_secs(1)).await;
    drop(saying);
}

/// What the rep said, in order.
pub(super) async fn by_rep(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelectorAll('li.turn:not(.c):not(.pending):not(.caption) p')].map((one) => one.firstChild.textContent.trim())";
    window.ask(script).await.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

/// Ends the talk, and comes to the debrief.
pub(super) async fn end(window: &Window) {
    window.press("End").await;
    window.press("End and see the debrief").await;
    window.arrives("debrief/").await;
    window.sees("Transcript").await;
}
