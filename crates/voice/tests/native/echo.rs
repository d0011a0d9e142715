//! The customer's own voice, come back into the microphone, is not sent; the rep's is, at the same time.

use std::time::Duration;

use sellme_voice::native::CallOptions;
use tokio::time::sleep;

use crate::{pulse::within, service::call, sounds::rms, speech::speak};

const CUSTOMER: &str = "Well, good morning to you. I was told that you have coats here that keep a man dry all day long. \
    My husband works the fence line, whatever the weather is, and what he wears now is soaked through by noon.";
const REP: &str = "Excuse me, may I ask what he wears today?";
/// A moment, in samples: 100 ms.
const MOMENT: usize = 4_800;

fn decibels(ratio: f32) -> f32 {
    20.0 * ratio.max(1e-9).log10()
}

fn loudest(sound: &[f32]) -> f32 {
    sound.chunks(MOMENT).map(rms).fold(0.0, f32::max)
}

#[test]
fn the_echo_of_the_customer_is_not_sent_and_the_rep_is() {
    within("echo::the_echo_of_the_customer_is_not_sent_and_the_rep_is", |pulse| {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(async {
            pulse.echo();
            let (_call, mut service) = call(CallOptions::default()).await;
            // From the first word on: nobody waits until the room is known.
            let words = speak(CUSTOMER);
            let seconds = words.len() / 48_000;
            let (overheard, heard) = (pulse.overhear(), pulse.hear());
            service.say(words.clone());
            let sent = service.listen(seconds).await;
            let (overheard, heard) = (overheard.stop(), heard.stop());
            let softer = decibels(rms(&overheard) / rms(&heard));
            assert!(rms(&heard) > 0.03 && (-14.0..-10.0).contains(&softer), "the echo is there: {softer} dB of {}", rms(&heard));
            let less = decibels(rms(&overheard) / rms(&sent));
            eprintln!("the echo is {less:.1} dB softer, its loudest moment at {:.1} dB", decibels(loudest(&sent)));
            assert!(less > 40.0 && loudest(&sent) < 0.003, "only {less} dB less of the echo, at most {}", loudest(&sent));

            // The rep cuts in.
            service.say(words);
            sleep(Duration::from_secs(2)).await;
            let said = pulse.say(&speak(REP));
            let sent = service.listen(2).await;
            drop(said);
            assert!(loudest(&sent) > 0.05, "the rep is heard although the customer speaks: {}", loudest(&sent));
        });
    });
}
