//! What a service refuses: each by its own name, and each with a way on.

use std::time::Duration;

use sellme_tests::sound::Pulse;
use sellme_voice::endpoint::Refusal;

use super::talk::{begin, danas, service, until_turns};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: cargo xtask test window"]
async fn what_the_service_refuses_is_said_by_its_name_with_a_way_on() {
    // A session of this service ends soon: the last of the table.
    let (pulse, service) = (Pulse::start(), service(&[], Duration::from_secs(12)).await);
    let (_place, window) = danas(&pulse, &service, &[]).await;
    let mut first = true;
    for (refusal, says, does) in [
        (Refusal::Key, "The service does not take this key or access token.", "Check it in Settings under Voice"),
        (Refusal::Quota, "What may be spent at the service is used up.", "Whoever manages it can allow more"),
        (Refusal::Model, "The service does not have the chosen model.", "Choose another one in Settings under Voice"),
        (Refusal::Down, "The service does not answer.", "Try again in a moment"),
    ] {
        service.knobs.refuse(Some(refusal));
        if std::mem::take(&mut first) {
            begin(&window).await;
        } else {
            window.press("Try the voice line again").await;
        }
        window.sees(says).await;
        window.sees(does).await;
        window.sees("Try the voice line again").await;
        assert_eq!(window.ask("return document.querySelector('textarea') !== null").await, true, "{refusal:?}: nothing can be typed");
        let settable = matches!(refusal, Refusal::Key | Refusal::Model);
        assert_eq!(window.text().await.contains("Voice settings"), settable, "{refusal:?}: the way to Settings");
        window.shoot(&format!("58-voice-refused-{}", format!("{refusal:?}").to_lowercase())).await;
        // What the next one says is not this one's.
        service.knobs.refuse(None);
    }
    // Once nothing is refused the same attempt goes on, until the service ends the session.
    window.press("Try the voice line again").await;
    until_turns(&window, 1).await;
    window.sees("The service ended this voice session").await;
    window.sees("Try the voice line again").await;
    window.shoot("59-voice-session-ended").await;
    assert!(window.says("Good morning! Who is the coat for?").await, "the talk goes on by typing");
    assert_eq!(window.collected().await, Vec::<String>::new());
}
