//! The list of devices, and the microphone before a call.

use std::{sync::mpsc, time::Duration};

use sellme_core::{Code, Error, wire::MicrophoneEvent};
use sellme_voice::native::{CallError, CallOptions, NativeCall, SoundError, Through, devices, listen};

use crate::{
    pulse::{MICROPHONE, SPEAKER, within, without},
    sounds::voice,
};

const HANG: Duration = Duration::from_secs(60);

#[test]
fn devices_have_the_names_that_a_person_knows_and_the_usual_one_is_first() {
    within("devices::devices_have_the_names_that_a_person_knows_and_the_usual_one_is_first", |pulse| {
        let found = devices(Through::Best);
        assert_eq!(found.inputs, [MICROPHONE], "what a speaker plays is no microphone");
        assert_eq!(found.outputs, [SPEAKER, "Mouth"]);
        pulse.unplug();
        assert!(devices(Through::Best).inputs.is_empty());
        let through_alsa = devices(Through::Alsa);
        assert_eq!((through_alsa.inputs.len(), through_alsa.outputs.len()), (1, 1), "{through_alsa:?}");
    });
}

#[test]
fn a_microphone_that_is_tried_shows_how_loud_it_is_and_when_it_is_gone() {
    within("devices::a_microphone_that_is_tried_shows_how_loud_it_is_and_when_it_is_gone", |pulse| {
        let (told, events) = mpsc::channel();
        let listening = listen(Through::Best, Some(MICROPHONE.to_owned()), move |event| told.send(event).unwrap()).unwrap();
        let until = |wanted: &dyn Fn(&MicrophoneEvent) -> bool| loop {
            let event = events.recv_timeout(HANG).expect("nothing was told");
            if wanted(&event) {
                return event;
            }
        };
        until(&|event| matches!(event, MicrophoneEvent::Level { level, speech: false } if *level < 0.05));
        let said = pulse.say(&voice(20));
        until(&|event| matches!(event, MicrophoneEvent::Level { level, speech: true } if *level > 0.4));
        drop(said);
        pulse.unplug();
        let lost = until(&|event| matches!(event, MicrophoneEvent::Lost { .. }));
        assert!(matches!(lost, MicrophoneEvent::Lost { error } if error.code == Code::NoMicrophone));
        drop(listening);
    });
}

#[test]
fn where_no_sound_is_there_it_is_said_and_nothing_hangs() {
    without("devices::where_no_sound_is_there_it_is_said_and_nothing_hangs", || {
        for through in [Through::Best, Through::Alsa] {
            assert_eq!(devices(through), sellme_core::wire::SoundDevices::default());
            let refused = listen(through, None, |_| {}).unwrap_err();
            assert_eq!(refused, SoundError::NoMicrophone);
            assert_eq!(Error::from(refused).code, Code::NoMicrophone);
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let offered = runtime.block_on(NativeCall::offer(CallOptions { through, ..CallOptions::default() }));
            assert!(matches!(offered, Err(CallError::Sound(SoundError::NoMicrophone))), "{offered:?}");
        }
    });
}
