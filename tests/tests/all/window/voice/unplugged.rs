//! A microphone that is pulled out in mid-talk, and put in again.

use sellme_tests::sound::Pulse;
use serde_json::json;

use super::talk::{CUT, LINES, LONG, begin, by_rep, customer_speaks, danas, says, service, turns, until_turns};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: cargo xtask test window"]
async fn without_its_microphone_the_talk_says_so_and_takes_nothing_else_for_the_rep() {
    let (pulse, service) = (Pulse::start(), service(&LINES[..2], LONG).await);
    let (_place, window) = danas(&pulse, &service, &[]).await;
    begin(&window).await;
    until_turns(&window, 1).await;
    customer_speaks(&window, false).await;
    says(&pulse, &window, LINES[0]).await;
    // The sound server now listens to what the speaker plays, where it is not told otherwise.
    customer_speaks(&window, true).await;
    pulse.unplug();
    window.sees("The microphone is gone.").await;
    customer_speaks(&window, false).await;
    assert_eq!(by_rep(&window).await, [LINES[0]], "the customer's voice is no turn of the rep");
    assert_eq!(window.ask(&format!("return {CUT}")).await, json!([]), "nor does it cut off the customer");
    window.shoot("60-voice-unplugged").await;
    pulse.plug();
    window.until("the microphone", "return !document.body.innerText.includes('The microphone is gone.')").await;
    let before = turns(&window).await;
    says(&pulse, &window, LINES[1]).await;
    until_turns(&window, before + 2).await;
    assert_eq!(by_rep(&window).await, LINES[..2]);
}
