//! What holds for every stream of events, valid or not.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::common::harm::{harmed_logs, json};
use crate::common::talk::{Talk, Told, WAYS, Way};
use crate::common::{BEGIN, apply, log, names};
use proptest::{collection::vec, prelude::*, sample::select};
use sellme_core::{
    Millis,
    session::Speaker,
    wire::{CallControl, CallStage, Link},
};
use sellme_voice::{
    call::{Call, Input, Output, Plan},
    conversation::{Change, Conversation, Spoken},
    data::{Choice, voice_data},
    events::{ClientEvent, ServerEvent},
};

/// Puts events into another order that keeps each thing's own. `picks` says whose turn it is.
fn woven(told: &[Told], picks: &[u16]) -> Vec<Told> {
    let mut queues: BTreeMap<usize, VecDeque<Told>> = BTreeMap::new();
    for one in told {
        queues.entry(one.about).or_default().push_back(one.clone());
    }
    // The session's own beginning is before everything.
    let mut woven: Vec<Told> = queues.remove(&0).unwrap_or_default().into();
    let mut picks = picks.iter().cycle();
    while !queues.is_empty() {
        let pick = usize::from(*picks.next().unwrap_or(&0)) % queues.len();
        let key = *queues.keys().nth(pick).expect("one of them");
        let queue = queues.get_mut(&key).expect("it is there");
        woven.extend(queue.pop_front());
        if queue.is_empty() {
            queues.remove(&key);
        }
    }
    woven
}

/// What all of these come to, a millisecond apart.
fn heard(told: &[Told]) -> (Vec<Spoken>, usize) {
    let mut conversation = Conversation::new();
    let mut changes = Vec::new();
    for (after, one) in (0..).zip(told) {
        let event = ServerEvent::parse(&one.event.to_string()).expect("an event");
        changes.extend(conversation.apply(Millis(BEGIN + after), &event));
    }
    changes.extend(conversation.tick(Millis(BEGIN + 3_600_000)));
    assert!(conversation.is_settled());
    let calls = changes.iter().filter(|change| matches!(change, Change::Call { .. })).count();
    (turns(changes), calls)
}

fn turns(changes: Vec<Change>) -> Vec<Spoken> {
    changes.into_iter().filter_map(|change| if let Change::Turn(turn) = change { Some(turn) } else { None }).collect()
}

fn words(turns: &[Spoken]) -> Vec<(bool, String, bool)> {
    turns.iter().map(|turn| (turn.speaker == Speaker::Rep, turn.text.clone(), turn.interrupted)).collect()
}

fn talks() -> impl Strategy<Value = Talk> {
    vec(select(WAYS.to_vec()), 1..8).prop_map(|ways| Talk::of(&ways))
}

/// A number of an item's exchange and whether it is the customer's: where it belongs.
fn place(item_id: &str) -> (u32, bool) {
    let number = item_id.trim_start_matches(|letter: char| !letter.is_ascii_digit()).parse().expect("a number");
    (number, item_id.starts_with("item_a"))
}

fn config(cases: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    // `PROPTEST_CASES` asks for more.
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn any_weaving_of_a_talk_is_the_same_transcript(talk in talks(), picks in vec(any::<u16>(), 1..64)) {
        let (turns, calls) = heard(&woven(&talk.told, &picks));
        prop_assert_eq!(words(&turns), talk.turns);
        prop_assert_eq!(calls, talk.reports);
    }

    #[test]
    fn what_comes_twice_is_there_once(talk in talks(), picks in vec(any::<u16>(), 1..64), twice in vec(any::<bool>(), 1..32)) {
        let mut told = Vec::new();
        for (one, again) in woven(&talk.told, &picks).into_iter().zip(twice.iter().cycle()) {
            told.extend(std::iter::repeat_n(one, if *again { 2 } else { 1 }));
        }
        let (turns, calls) = heard(&told);
        prop_assert_eq!(words(&turns), talk.turns);
        prop_assert_eq!(calls, talk.reports);
    }

    #[test]
    fn any_order_of_valid_events_makes_no_turn_twice_and_none_out_of_order(
        (talk, order) in talks().prop_flat_map(|talk| { let order = Just((0..talk.told.len()).collect::<Vec<_>>()).prop_shuffle(); (Just(talk), order) })
    ) {
        let mut conversation = Conversation::new();
        let mut said = Vec::new();
        for (after, index) in (0..).zip(order) {
            let event = ServerEvent::parse(&talk.told[index].event.to_string()).expect("an event");
            said.extend(turns(conversation.apply(Millis(BEGIN + after), &event)));
        }
        // Nothing was given up yet, so whatever was said is in its place.
        let places: Vec<_> = said.iter().map(|turn| place(&turn.item_id)).collect();
        prop_assert!(places.is_sorted_by(|one, other| one < other), "{places:?}");
        for after in 0..80 {
            said.extend(turns(conversation.tick(Millis(BEGIN + 1000 * (after + 1)))));
        }
        let items: BTreeSet<_> = said.iter().map(|turn| turn.item_id.clone()).collect();
        prop_assert_eq!(items.len(), said.len());
        prop_assert!(conversation.kept() == 0, "{:?}", conversation);
    }

    #[test]
    fn a_talk_that_breaks_off_anywhere_settles_in_three_seconds(talk in talks(), share in 0.0..1.0_f64) {
        let mut conversation = Conversation::new();
        let mut said = Vec::new();
        let until = (talk.told.len() as f64 * share) as usize;
        let mut now = BEGIN;
        for one in &talk.told[..until] {
            now = BEGIN + one.at;
            let event = ServerEvent::parse(&one.event.to_string()).expect("an event");
            said.extend(turns(conversation.apply(Millis(now), &event)));
        }
        said.extend(turns(conversation.settle(Millis(now))));
        for _ in 0..12 {
            now += 250;
            said.extend(turns(conversation.tick(Millis(now))));
        }
        prop_assert!(conversation.is_settled());
        // Everything that was said whole is there, word for word.
        for (turn, expected) in words(&said).iter().zip(&talk.turns).take(said.len().saturating_sub(2)) {
            prop_assert_eq!(turn, expected);
        }
    }
}

fn plan(push_to_talk: bool) -> Plan {
    Plan::new(voice_data().expect("data").session(&Choice { push_to_talk, ..Choice::default() }))
}

fn inputs() -> impl Strategy<Value = (i64, Input<'static>)> {
    let control = prop_oneof![
        any::<bool>().prop_map(|on| CallControl::Mute { on }),
        select(vec![
            CallControl::Press,
            CallControl::Release,
            CallControl::Quiet,
            CallControl::Repeat,
            CallControl::Pause,
            CallControl::Resume
        ]),
    ];
    let input = prop_oneof![
        3 => Just(Input::Tick),
        2 => Just(Input::Open),
        2 => Just(Input::Answered),
        2 => Just(Input::LinkOpen),
        2 => select(vec![Link::Open, Link::Connected, Link::Disconnected, Link::Failed]).prop_map(Input::Link),
        3 => control.prop_map(Input::Control),
        1 => select(vec![sellme_core::Code::ServiceUnavailable, sellme_core::Code::Internal]).prop_map(|code| Input::Refused(sellme_core::Error::new(code, "No."))),
        1 => select(vec![ClientEvent::answer(), ClientEvent::direction("Go on."), ClientEvent::InputClear]).prop_map(Input::Send),
    ];
    (prop_oneof![4 => 0..300_i64, 1 => 0..40_000_i64, 1 => -5000..0_i64], input)
}

proptest! {
    #![proptest_config(config(192))]

    #[test]
    fn any_bytes_are_an_event_or_said_to_be_none(bytes in vec(any::<u8>(), 0..200)) {
        let _ = ServerEvent::parse(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_json_is_an_event_or_said_to_be_none(value in json(), kind in "[a-z_.]{0,40}") {
        let mut value = value;
        let _ = ServerEvent::parse(&value.to_string());
        if let Some(map) = value.as_object_mut() {
            map.insert("type".into(), kind.into());
            prop_assert!(ServerEvent::parse(&value.to_string()).is_ok());
        }
    }

    #[test]
    fn a_harmed_log_makes_no_turn_twice_and_leaves_nothing_behind(log in harmed_logs()) {
        let mut conversation = Conversation::new();
        let mut session = BTreeSet::new();
        let mut check = |changes: Vec<Change>| turns(changes).into_iter().all(|turn| !turn.text.trim().is_empty() && session.insert(turn.item_id));
        let (mut last, mut sessions) = (BEGIN, 0);
        for (at, message) in &log {
            last = last.max(BEGIN + at);
            let Ok(event) = ServerEvent::parse(message) else { continue };
            sessions += usize::from(matches!(event, ServerEvent::SessionCreated(_)));
            let fine = check(conversation.apply(Millis(last), &event));
            // Another session has items of its own.
            prop_assert!(fine || sessions > 1);
        }
        for after in 1..=200 {
            prop_assert!(check(conversation.tick(Millis(last + after * 1000))) || sessions > 1);
        }
        prop_assert_eq!(conversation.kept(), 0, "{:?}", conversation);
    }

    #[test]
    fn a_call_that_is_hung_up_is_over_in_three_seconds_whatever_happened_to_it(
        push_to_talk in any::<bool>(),
        log in harmed_logs(),
        inputs in vec(inputs(), 0..60),
        open in any::<bool>(),
    ) {
        let mut call = Call::new(plan(push_to_talk));
        let mut now = BEGIN;
        if open {
            for input in [Input::Open, Input::Answered, Input::LinkOpen] {
                call.handle(Millis(now), input);
            }
        }
        let mut said = Vec::new();
        let mut messages = log.iter().cycle();
        for (wait, input) in inputs {
            now += wait;
            said.extend(call.handle(Millis(now), input));
            for (_, message) in messages.by_ref().take(4) {
                said.extend(call.handle(Millis(now), Input::Message(message)));
            }
        }
        said.extend(call.handle(Millis(now), Input::Control(CallControl::HangUp)));
        for _ in 0..12 {
            now += 250;
            said.extend(call.handle(Millis(now), Input::Tick));
        }
        prop_assert_eq!(call.stage(), CallStage::Done);
        // Whatever was connected is closed, once for each.
        let count = |wanted: fn(&Output) -> bool| said.iter().filter(|out| wanted(out)).count();
        let connects = count(|out| matches!(out, Output::Connect { .. })) + usize::from(open);
        prop_assert_eq!(connects, count(|out| *out == Output::Close));
        prop_assert_eq!(count(|out| matches!(out, Output::Stage { stage: CallStage::Done, .. })), 1);
        let turns = count(|out| matches!(out, Output::Turn(_)));
        prop_assert_eq!(turns, call.said().len());
        prop_assert!(call.handle(Millis(now + 1), Input::Open).is_empty());
    }
}

#[test]
fn ten_thousand_events_at_once_are_a_talk_like_any_other() {
    let ways: Vec<Way> = WAYS.iter().copied().cycle().take(300).collect();
    let talk = Talk::of(&ways);
    assert!(talk.told.len() > 10_000);
    let mut conversation = Conversation::new();
    let mut said = Vec::new();
    for one in &talk.told {
        let event = ServerEvent::parse(&one.event.to_string()).expect("an event");
        said.extend(turns(conversation.apply(Millis(BEGIN), &event)));
    }
    assert_eq!(words(&said), talk.turns);
    assert_eq!(conversation.kept(), 0);
}

#[test]
fn an_hour_keeps_no_more_than_a_minute() {
    let ways: Vec<Way> = WAYS.iter().copied().cycle().take(800).collect();
    let talk = Talk::of(&ways);
    let mut conversation = Conversation::new();
    let mut most = [0; 2];
    for (number, one) in talk.told.iter().enumerate() {
        let event = ServerEvent::parse(&one.event.to_string()).expect("an event");
        conversation.apply(Millis(BEGIN + one.at), &event);
        let half = usize::from(number > talk.told.len() / 2);
        most[half] = most[half].max(conversation.kept());
    }
    assert!(talk.told.last().is_some_and(|last| last.at > 3_600_000), "an hour");
    assert!(most[1] <= most[0].max(12), "{most:?}");
}

#[test]
fn every_log_of_ours_ends_with_nothing_kept() {
    for name in names() {
        let mut conversation = Conversation::new();
        let mut last = BEGIN;
        for step in log(&name) {
            last = step.at.0;
            apply(&mut conversation, &step);
        }
        for after in 1..=200 {
            conversation.tick(Millis(last + 1000 * after));
        }
        assert_eq!(conversation.kept(), 0, "{name}");
    }
}
