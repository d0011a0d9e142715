//! The same talk by voice and by typing, and read from the store.

use sellme_app::{Device, Spoken};
use sellme_core::{
    Millis,
    scoring::report::{MeasureKind, Message},
    session::{Decision, Mode, Reason, Signal, Speaker},
    wire::SessionView,
};

use crate::support::{
    Desk, SCENARIO,
    call::{Call, WORD, measured, raises, reveals},
    catalog,
};

#[tokio::test]
async fn the_talk_goes_on_by_typing_with_a_customer_who_knows_what_was_spoken() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    let opening = app.voice_brief(call.id).await.unwrap().opening;
    call.customer(&opening, &[]).await;
    call.rep("What kind of work do you do?").await;
    call.customer("I check water gaps, alone, mostly.", &[reveals(0)]).await;
    call.rep("I see.").await;
    call.customer("Not that I believe a word about those oil finishes.", &[raises(0)]).await;
    let scenario = catalog().scenario(SCENARIO).unwrap().1.clone();
    let mut replies = Vec::new();
    for line in ["What else matters to you?", "Is there anything else holding you back?", "It is a good coat."] {
        let answered = app.say(call.id, line).await.unwrap();
        assert_eq!(answered.rep.spoken_ms(), None);
        assert!(!answered.signals.contains(&reveals(0)));
        replies.push(answered.customer.text);
    }
    for said in scenario.opening.iter().chain([&scenario.objections[0].line]).chain(&scenario.needs[0].told) {
        assert!(replies.iter().all(|reply| !reply.contains(said.as_str())), "“{said}” again in {replies:?}");
    }
    // And by voice again.
    assert_eq!(call.rep("I understand.").await.turn.index, 11);
    let end = app.complete(call.id).await.unwrap();
    assert_eq!(end.turns.len(), 12);
}

#[tokio::test]
async fn what_was_typed_in_between_has_no_length_and_the_report_says_so() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    let opening = app.voice_brief(call.id).await.unwrap().opening;
    app.go_on_typing(call.id).await.unwrap();
    app.say(call.id, "Good morning.").await.unwrap();
    call.whole(&opening).await;
    let report = app.complete(call.id).await.unwrap().report.unwrap();
    assert_eq!(measured(&report, MeasureKind::TalkShare), Err(Message::new("unmeasured-partly-typed")));
    assert_eq!(measured(&report, MeasureKind::Pace), Ok(i32::try_from(600_000 / WORD).unwrap()), "what was spoken is measured");
}

#[tokio::test]
async fn an_answer_in_writing_to_what_was_spoken_is_given_only_when_it_is_wanted() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    call.rep("Good morning, what brings you in?").await;
    let id = call.id;
    drop(app);
    // The program ended in the middle of the call.
    let app = desk.open();
    assert_eq!(app.resume(id).await.unwrap().turns.len(), 1, "the voice may come back");
    app.line(id, desk.clock.now(), true).await.unwrap();
    let call = Call { app: &app, desk: &desk, id };
    call.customer("A coat for the rain.", &[]).await;
    call.rep("What kind of work do you do?").await;
    let view = app.go_on_typing(id).await.unwrap();
    assert_eq!(view.turns.len(), 4);
    assert_eq!((view.turns[3].speaker, view.turns[3].started_ms), (Speaker::Customer, None));
    assert_eq!(app.go_on_typing(id).await.unwrap().turns, view.turns, "once is enough");
    assert_eq!(app.say(id, "What happened to the last one?").await.unwrap().customer.index, 5);
    // Before anything was said, the first line is written.
    let fresh = app.start(SCENARIO, Mode::Voice).await.unwrap().session.id;
    assert!(app.session(fresh).await.unwrap().turns.is_empty());
    let begun = app.go_on_typing(fresh).await.unwrap();
    assert_eq!(begun.turns.len(), 1);
    assert!(catalog().scenario(SCENARIO).unwrap().1.opening.contains(&begun.turns[0].text));
}

#[tokio::test]
async fn a_voice_attempt_that_was_cut_short_is_scored_without_an_answer_made_up() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    call.rep("Good morning, what brings you in?").await;
    let id = call.id;
    drop(app);
    assert_eq!(desk.open().complete(id).await.unwrap().turns.len(), 1);
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// The same talk on a program that runs through and on one that is started anew before every turn: the same turns, the same customer, the same score.
#[tokio::test]
async fn a_talk_that_is_read_from_the_store_is_the_one_that_was_going_on() {
    const TALKS: u64 = 12;
    const REP: [&str; 9] = [
        "Good morning, what brings you in?",
        "What kind of work do you do?",
        "The outer cloth sheds rain.",
        "It is waterproof.",
        "I understand. Does that help?",
        "It is $119.99.",
        "So, do you want it?",
        "Is there anything else holding you back?",
        "Whatever.",
    ];
    const CUSTOMER: [&str; 6] = [
        "Hm.",
        "Does it come in my size?",
        "How much is it?",
        "I was sold a waterproof coat before that leaked.",
        "That is too much money for a coat.",
        "I am out by myself all day in the rain.",
    ];
    let mut goodbyes = 0;
    for seed in 0..TALKS {
        let (through, anew) = (Desk::new(), Desk::new());
        let app = through.danas().await;
        let id = app.start_seeded(SCENARIO, Some(7), Mode::Voice).await.unwrap().session.id;
        let mut other = anew.danas().await;
        let other_id = other.start_seeded(SCENARIO, Some(7), Mode::Voice).await.unwrap().session.id;
        app.line(id, through.clock.now(), true).await.unwrap();
        let mut chance = Chance(seed);
        for step in 0..14 {
            drop(other);
            other = anew.open();
            // It is opened, and then something is said.
            other.line(other_id, anew.clock.now(), true).await.unwrap();
            let done = match chance.below(12) {
                0 | 1 => vec![raises(chance.below(2))],
                2 | 3 => vec![reveals(0)],
                4 if step > 8 => vec![Signal::Decide { decision: Decision::WalkAway, reason: Reason::DoubtLeft }],
                _ => Vec::new(),
            };
            let what = chance.below(10);
            let (rep, customer) = (REP[chance.below(REP.len())], CUSTOMER[chance.below(CUSTOMER.len())]);
            // Time in which nothing is said or written down is lost with the program.
            let passed = if what < 9 { 3_000 } else { 0 };
            through.clock.pass(passed);
            anew.clock.pass(passed);
            match what {
                0..8 => {
                    let now = through.clock.now();
                    assert_eq!(now, anew.clock.now());
                    let (speaker, text) = if what < 4 { (Speaker::Rep, rep) } else { (Speaker::Customer, customer) };
                    let signals = if speaker == Speaker::Rep { Vec::new() } else { done };
                    let spoken = Spoken {
                        speaker,
                        text: text.to_owned(),
                        started: Millis(now.0 - 1_500),
                        ended: Millis(now.0 - 200),
                        interrupted: false,
                        signals,
                    };
                    let heard = app.spoken(id, spoken.clone()).await.unwrap();
                    let again = other.spoken(other_id, spoken).await.unwrap();
                    assert_eq!(
                        (&heard.turn.text, &heard.signals, heard.state, &heard.steer),
                        (&again.turn.text, &again.signals, again.state, &again.steer),
                        "{seed} {step}"
                    );
                }
                8 => {
                    let (one, two) = (app.say(id, rep).await, other.say(other_id, rep).await);
                    let known = |answered: sellme_core::wire::Answered| (answered.customer.text, answered.signals, answered.state);
                    assert_eq!(one.map(known), two.map(known), "{seed} {step}");
                }
                _ => {
                    let (one, two) = (app.go_on_typing(id).await.unwrap(), other.go_on_typing(other_id).await.unwrap());
                    let texts = |view: &SessionView| view.turns.iter().map(|turn| turn.text.clone()).collect::<Vec<_>>();
                    assert_eq!((texts(&one), one.customer), (texts(&two), two.customer), "{seed} {step}");
                }
            }
        }
        let (one, two) = (app.complete(id).await.unwrap(), other.complete(other_id).await.unwrap());
        assert_eq!(one.signals, two.signals);
        // Whoever comes back to a customer who has gone finds the clock stopped.
        let gone = one.signals.iter().any(|(_, signal)| matches!(signal, Signal::Decide { .. }));
        goodbyes += usize::from(gone);
        assert!(
            gone || one.report == two.report && one.turns == two.turns,
            "{seed}: {:?}",
            one.turns.iter().zip(&two.turns).find(|(one, two)| one != two)
        );
    }
    assert!(0 < goodbyes && goodbyes < 9, "{goodbyes}");
}
