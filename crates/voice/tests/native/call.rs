//! Calls from one end to the other.

use std::{fs, future::Future, time::Duration};

use sellme_voice::native::{CallOptions, DeviceEvent, NativeEvent, Through, devices};
use tokio::time::sleep;

use crate::{
    pulse::{MICROPHONE, Pulse, within},
    service::{call, until},
    sounds::{loud, rms, voice},
};

fn run(name: &str, test: impl AsyncFnOnce(&Pulse)) {
    within(name, |pulse| block(test(pulse)));
}

fn block(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test);
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Names of this process's threads that are not the runtime's or the test's.
fn threads() -> Vec<String> {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    let names = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("comm")).ok());
    let mut names: Vec<String> = names.map(|name| name.trim().to_owned()).filter(|name| !name.starts_with("tokio")).collect();
    names.sort();
    names
}

async fn whole(pulse: &Pulse, through: Through) {
    // The connection to the sound server stays.
    let _ = devices(through);
    let before = threads();
    let (mut call, mut service) = call(CallOptions { through, ..CallOptions::default() }).await;

    // Both hear each other.
    let heard = pulse.hear();
    service.speak(true);
    sleep(seconds(3)).await;
    service.speak(false);
    let customer = heard.stop();
    let middle = &customer[customer.len() / 2..customer.len() / 2 + 24_000];
    assert!(loud(middle, 1_000.0) > 0.2, "the customer is heard: {}", loud(middle, 1_000.0));
    let said = pulse.say(&voice(30));
    sleep(seconds(1)).await;
    let rep = service.listen(2).await;
    assert!(rms(&rep) > 0.02, "the rep is heard: {}", rms(&rep));
    until(&mut call.events, |event| matches!(event, NativeEvent::Levels { rep, .. } if *rep > 0.3)).await;

    // A shut microphone.
    call.handle.mute(true);
    sleep(seconds(1)).await;
    let rep = service.listen(2).await;
    assert!(rms(&rep[24_000..]) < 0.001, "silence is sent: {}", rms(&rep[24_000..]));
    call.handle.mute(false);
    sleep(seconds(1)).await;
    assert!(rms(&service.listen(2).await) > 0.02);
    drop(said);

    // Words both ways.
    call.handle.send_text("to the service").unwrap();
    assert_eq!(service.text().await, "to the service");
    service.handle.send_text("to the rep").unwrap();
    until(&mut call.events, |event| *event == NativeEvent::Text("to the rep".to_owned())).await;

    call.handle.close();
    until_closed(&mut call.events).await;
    drop(service);
    drop(call);
    gone(&before).await;
}

async fn until_closed(events: &mut tokio::sync::mpsc::Receiver<NativeEvent>) {
    while let Some(event) = events.recv().await {
        if let NativeEvent::Closed(_) = event {
            assert!(events.recv().await.is_none());
            return;
        }
    }
    panic!("the last event is `Closed`");
}

/// Waits until the threads are those of before; the sound system's own take a moment to see that they are not needed.
async fn gone(before: &[String]) {
    for _ in 0..100 {
        if threads() == before {
            return;
        }
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(threads(), before, "closing leaves no thread");
}

#[test]
fn a_call_goes_both_ways_and_leaves_nothing_behind() {
    run("call::a_call_goes_both_ways_and_leaves_nothing_behind", async |pulse| whole(pulse, Through::Best).await);
}

#[test]
fn a_call_goes_both_ways_through_alsa_too() {
    run("call::a_call_goes_both_ways_through_alsa_too", async |pulse| whole(pulse, Through::Alsa).await);
}

#[test]
fn in_a_pause_nobody_is_heard_and_afterwards_both_are() {
    run("call::in_a_pause_nobody_is_heard_and_afterwards_both_are", async |pulse| {
        let (call, mut service) = call(CallOptions::default()).await;
        let said = pulse.say(&voice(60));
        service.speak(true);
        sleep(seconds(1)).await;
        call.handle.hold(true);
        sleep(seconds(1)).await;
        let heard = pulse.hear();
        let rep = service.listen(2).await;
        sleep(seconds(1)).await;
        assert!(rms(&rep[24_000..]) < 0.001, "the rep: {}", rms(&rep[24_000..]));
        let customer = heard.stop();
        assert!(customer.len() > 48_000 && rms(&customer) < 0.001, "the customer: {}", rms(&customer));
        call.handle.hold(false);
        sleep(seconds(1)).await;
        let heard = pulse.hear();
        assert!(rms(&service.listen(2).await) > 0.02);
        sleep(seconds(1)).await;
        // A busy machine lets the speaker run dry now and then.
        let customer = heard.stop();
        assert!(customer.chunks(4_800).any(|moment| loud(moment, 1_000.0) > 0.15));
        drop(said);
    });
}

#[test]
fn an_unplugged_microphone_is_told_and_the_call_goes_on_until_it_is_back() {
    run("call::an_unplugged_microphone_is_told_and_the_call_goes_on_until_it_is_back", async |pulse| {
        let (mut call, mut service) = call(CallOptions::default()).await;
        let said = pulse.say(&voice(60));
        sleep(seconds(1)).await;
        assert!(rms(&service.listen(2).await) > 0.02);
        pulse.unplug();
        until(&mut call.events, |event| matches!(event, NativeEvent::Device(DeviceEvent::MicrophoneLost(_)))).await;
        let silence = service.listen(1).await;
        assert!(rms(&silence[24_000..]) < 0.001, "silence is sent meanwhile: {}", rms(&silence));
        pulse.plug();
        until(&mut call.events, |event| matches!(event, NativeEvent::Device(DeviceEvent::MicrophoneBack(name)) if name == MICROPHONE))
            .await;
        // The sound server takes a moment to lead the sound to the device that is there again.
        let mut heard = false;
        for _ in 0..20 {
            if rms(&service.listen(1).await) > 0.02 {
                heard = true;
                break;
            }
        }
        assert!(heard, "nothing came of the microphone that is back");
        drop(said);
    });
}

#[test]
fn devices_chosen_by_name_are_those_of_the_call_and_the_usual_one_stands_in_for_one_that_is_not_there() {
    run("call::devices_chosen_by_name_are_those_of_the_call_and_the_usual_one_stands_in_for_one_that_is_not_there", async |pulse| {
        let options = CallOptions { input: Some(MICROPHONE.to_owned()), output: Some("Mouth".to_owned()), ..CallOptions::default() };
        let (_call, service) = call(options).await;
        service.speak(true);
        assert_eq!(played(pulse).await, (false, true), "the other speaker, as it was chosen");
        drop((_call, service));
        let options = CallOptions { output: Some("Speaker of yesterday".to_owned()), ..CallOptions::default() };
        let (_call, service) = call(options).await;
        service.speak(true);
        assert_eq!(played(pulse).await, (true, false), "the usual one for one that is not there");
    });
}

/// Whether the customer is heard at the usual speaker, and at the other one, which is the mouth.
async fn played(pulse: &Pulse) -> (bool, bool) {
    sleep(seconds(1)).await;
    let heard = (pulse.hear(), pulse.overhear());
    sleep(seconds(1)).await;
    let loud = |sound: Vec<f32>| sound.chunks(4_800).any(|moment| loud(moment, 1_000.0) > 0.1);
    (loud(heard.0.stop()), loud(heard.1.stop()))
}
