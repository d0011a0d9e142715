//! A laptop without a headset: the customer's own voice comes back into the microphone.

use std::time::Duration;

use sellme_tests::{
    sound::Pulse,
    speech::{self, RATE},
};
use serde_json::json;

use super::talk::{CUT, LINES, LONG, SAID, begin, by_rep, customer_speaks, danas, exchange, says, service, turns, until_turns};

/// A moment, in samples: 20 ms.
const MOMENT: usize = RATE / 50;

fn rms(sound: &[f32]) -> f32 {
    (sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len().max(1) as f32).sqrt()
}

fn loudness(sound: &[f32]) -> Vec<f32> {
    sound.chunks(MOMENT).map(rms).collect()
}

/// The first moment in which more is heard than an echo of what is played around it.
fn begins(heard: &[f32], played: &[f32]) -> Option<usize> {
    (0..heard.len().min(played.len())).find(|at| {
        let around = &played[at.saturating_sub(15)..(at + 3).min(played.len())];
        heard[*at] > 0.5 * around.iter().copied().fold(0.0, f32::max) && heard[*at] > 0.02
    })
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: cargo xtask test window"]
async fn the_echo_of_the_customer_is_no_turn_and_a_rep_who_cuts_in_is_heard() {
    let lines = [LINES[0], LINES[2], LINES[3]];
    let (pulse, service) = (Pulse::start(), service(&lines, LONG).await);
    pulse.echo();
    let (_place, window) = danas(&pulse, &service, &[]).await;
    let (echo, played) = (pulse.overhear(), pulse.hear());
    begin(&window).await;
    until_turns(&window, 1).await;
    customer_speaks(&window, false).await;
    let (echo, played) = (rms(&echo.stop()), rms(&played.stop()));
    let softer = 20.0 * (echo / played).log10();
    assert!(played > 0.01 && (-14.0..-10.0).contains(&softer), "the echo is there: {softer} dB of {played}");
    // The opening, the longest answer: nothing of it came back as a turn, and none was cut off by itself.
    exchange(&pulse, &window, lines[0]).await;
    assert_eq!(by_rep(&window).await, [lines[0]], "the customer's echo is no turn of the rep");
    assert_eq!(window.ask(&format!("return {CUT}")).await, json!([]), "no line of the customer is cut off by its own echo");
    assert!(!window.text().await.contains("could not be made out"), "the customer's echo was taken for words");

    // The rep cuts in.
    let before = turns(&window).await;
    says(&pulse, &window, lines[1]).await;
    customer_speaks(&window, true).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (heard, played) = (pulse.overhear(), pulse.hear());
    tokio::time::sleep(Duration::from_millis(300)).await;
    let saying = pulse.say(&speech::speak(lines[2]));
    window.until("a line that is cut off", &format!("return {CUT}.length === 1")).await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    let (heard, played) = (loudness(&heard.stop()), loudness(&played.stop()));
    let cut_in = begins(&heard, &played).expect("the rep's voice at the microphone");
    let silent = played.iter().rposition(|loud| *loud > 0.005).map_or(0, |last| last + 1);
    eprintln!("the customer is silent {} ms after the rep's first sound", (silent as i64 - cut_in as i64) * 20);
    assert!(played[..cut_in].iter().any(|loud| *loud > 0.02), "the customer spoke until the rep cut in");
    assert!(silent < cut_in + 100, "the customer is silent soon: {silent} after {cut_in}, in pieces of 20 ms");
    assert!(played.len() > silent + 10, "the customer is silent while the rep speaks on");
    window.until(lines[2], &format!("return {SAID}.includes({})", json!(lines[2]))).await;
    drop(saying);
    window.shoot("55-voice-cut-in").await;
    // What was cut off, what the rep cut in with, and an answer to that which is whole.
    until_turns(&window, before + 4).await;
    customer_speaks(&window, false).await;
    assert_eq!(by_rep(&window).await, lines, "what the rep said and nothing else");
    assert_eq!(window.ask(&format!("return {CUT}")).await, json!([2]), "only the line that the rep cut into is cut off");
    window.is_clean().await;
}
