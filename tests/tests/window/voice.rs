//! A talk by voice in the real window: the program's own sound, on a sound server without hardware, with the local endpoint as the service.

use sellme_tests::{place::Place, program, sound::Pulse, speech, window::Window};
use sellme_voice::endpoint::{self, Config, Endpoint};
use serde_json::json;

const SCENARIO: &str = "the-gunner-friendly-easy";

/// What the rep says, and what the endpoint's recogniser hears.
const LINES: [&str; 4] = [
    "Good morning! That tin smells wonderful. Who is the coat for?",
    "What does he do all day, and what has he got to wear when it rains?",
    "This is the Gunner. It is cotton with oil worked into it, so the rain beads and runs off.",
    "It is one hundred thirty nine dollars. Shall I ring it up for you?",
];

/// A service whose recogniser hears these lines.
async fn service() -> Endpoint {
    let script = LINES.map(str::to_owned).to_vec();
    endpoint::serve(Config { scenario: SCENARIO.to_owned(), seed: 7, script, ..Config::default() }).await.unwrap()
}

/// A window in which Dana practises, whose voice service is this one.
async fn danas(pulse: &Pulse, service: &Endpoint) -> (Place, Window) {
    let place = Place::new();
    let mut variables = pulse.variables();
    variables.retain(|(name, _)| *name != "HOME");
    variables.push(("SELLME_REALTIME_URL", service.url.clone()));
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let window = Window::open_with(&place, &program::built("debug"), &variables).await;
    window.types("#name", "Dana").await;
    window.press("Begin").await;
    window.sees("Recommended for you").await;
    let kept = window.invoke("save_key", &json!({ "key": "sk-for-the-endpoint" })).await;
    assert_eq!(kept["ok"]["key"]["kind"], "there", "{kept}");
    (place, window)
}

/// Turns that are written down, as they stand in the window.
const SAID: &str = "[...document.querySelectorAll('li.turn:not(.pending) p')].map((one) => one.textContent.trim())";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_rep_talks_with_the_customer_and_reads_what_it_was_worth() {
    let (pulse, service) = (Pulse::start(), service().await);
    let (place, window) = danas(&pulse, &service).await;
    window.ask(&format!("location.hash = '#/briefing/{SCENARIO}'")).await;
    window.sees("By voice").await;
    window.ask("document.querySelector('input[value=voice]').click()").await;
    window.sees("Microphone").await;
    window.shoot("50-voice-briefing").await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
    window.until("the customer's first words", &format!("return {SAID}.length >= 1")).await;
    window.shoot("51-voice-opening").await;
    for line in LINES {
        let before = window.ask(&format!("return {SAID}.length")).await.as_u64().unwrap();
        let saying = pulse.say(&speech::speak(line));
        window.until(line, &format!("return {SAID}.includes({})", json!(line))).await;
        window.until("an answer", &format!("return {SAID}.length >= {}", before + 2)).await;
        drop(saying);
        window.until("the end of it", "return !document.body.innerText.includes('The customer is speaking')").await;
    }
    window.shoot("52-voice-talk").await;
    window.press("End").await;
    window.press("End and see the debrief").await;
    window.arrives("debrief/").await;
    window.sees("Transcript").await;
    window.shoot("53-voice-debrief").await;
    let shown = window.transcript().await;
    let rep: Vec<&str> = shown.iter().skip(1).step_by(2).map(String::as_str).collect();
    assert_eq!(rep, LINES, "{shown:?}");
    window.is_clean().await;
    let logged = sellme_tests::window::logged(&place.data());
    assert!(!logged.contains("a sound device is gone"), "{logged}");
}
