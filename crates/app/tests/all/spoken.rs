//! Practising by voice: what is stored of it, what it is worth, and what the voice is told.

use sellme_app::{Device, Heard, Spoken};
use sellme_core::{
    Code, Millis,
    customer::Mood,
    scoring::report::MeasureKind,
    session::{Decision, Mode, Outcome, Reason, Signal, Speaker},
};

use crate::support::{
    Desk, MINUTE,
    call::{BUYS, Call, TALK, WORD, measured, raises, reveals},
};

#[tokio::test]
async fn a_whole_talk_by_voice_is_scored_with_its_real_times() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    assert!(call.view().await.turns.is_empty(), "the voice speaks the first line");
    let brief = app.voice_brief(call.id).await.unwrap();
    assert!(brief.instructions.contains(&brief.opening) && brief.tools.len() >= 3 && !brief.keywords.is_empty());
    call.whole(&brief.opening).await;
    let end = app.complete(call.id).await.unwrap();
    assert_eq!((end.session.mode, end.session.turns, end.turns.len()), (Mode::Voice, 19, 19));
    assert_eq!(end.session.outcome, Some(Outcome::Sale));
    assert_eq!(end.signals, [(4, reveals(0)), (8, raises(0)), (18, BUYS)]);
    let report = end.report.unwrap();
    assert_eq!(measured(&report, MeasureKind::Pace), Ok(i32::try_from(600_000 / WORD).unwrap()));
    let words = |speaker| -> usize {
        end.turns.iter().filter(|turn| turn.speaker == speaker).map(|turn| turn.text.split_whitespace().count()).sum()
    };
    let (rep, customer) = (words(Speaker::Rep), words(Speaker::Customer));
    assert_eq!(measured(&report, MeasureKind::TalkShare), Ok(i32::try_from(1_000 * rep / (rep + customer)).unwrap()));
    // Written down after 300 ms, and answered 900 ms later.
    assert_eq!(measured(&report, MeasureKind::PauseAfterObjection), Ok(12));
    assert_eq!(measured(&report, MeasureKind::Interruptions), Ok(10));
    let longest = TALK.iter().map(|(rep, _)| rep.split_whitespace().count()).max().unwrap();
    assert_eq!(measured(&report, MeasureKind::LongestTurn), Ok(i32::try_from(longest).unwrap() * i32::try_from(WORD / 100).unwrap()));
}

#[tokio::test]
async fn a_turn_has_the_place_on_the_practices_clock_at_which_it_was_spoken() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    let begun = desk.clock.now().0;
    desk.clock.pass(10_000);
    let at = |from: i64, to: i64, speaker, interrupted| Spoken {
        speaker,
        text: "Well, I do not know about that.".to_owned(),
        started: Millis(begun + from),
        ended: Millis(begun + to),
        interrupted,
        signals: Vec::new(),
    };
    let times = |heard: Heard| (heard.turn.started_ms.unwrap().0, heard.turn.ended_ms.unwrap().0);
    let first = app.spoken(call.id, at(1_000, 3_000, Speaker::Customer, true)).await.unwrap();
    assert!(first.turn.interrupted);
    assert_eq!(times(first), (1_000, 3_000));
    // The rep cut in.
    assert_eq!(times(app.spoken(call.id, at(2_500, 4_000, Speaker::Rep, false)).await.unwrap()), (2_500, 4_000));
    // Never before the turn that it answers, never in the future, never backwards.
    assert_eq!(times(app.spoken(call.id, at(-5_000, 1_000, Speaker::Customer, false)).await.unwrap()), (2_500, 2_500));
    assert_eq!(times(app.spoken(call.id, at(9_000, 900_000, Speaker::Rep, false)).await.unwrap()), (9_000, 10_000));
    app.pause(call.id).await.unwrap();
    desk.clock.pass(MINUTE);
    // Written down while the clock stood: it was said before.
    assert_eq!(times(app.spoken(call.id, at(9_500, 10_000, Speaker::Rep, false)).await.unwrap()), (9_500, 10_000));
    assert!(call.view().await.session.paused, "a late word does not set the clock going");
    app.resume(call.id).await.unwrap();
    desk.clock.pass(5_000);
    assert_eq!(times(app.spoken(call.id, at(71_000, 73_000, Speaker::Customer, false)).await.unwrap()), (11_000, 13_000));
    let turns = call.view().await.turns;
    assert!(turns.windows(2).all(|pair| pair[0].at_ms <= pair[1].at_ms && pair[0].started_ms <= pair[1].started_ms));
    assert_eq!(turns.iter().map(|turn| turn.index).collect::<Vec<_>>(), (0..6).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_spoken_is_cleaned_and_cut_and_never_refused_for_its_length() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    assert_eq!(call.rep("  So\u{7},\nwhat brings you in? ").await.turn.text, "So ,  what brings you in?".replace("  what", " what"));
    let long = "rain ".repeat(2_000);
    assert_eq!(call.rep(&long).await.turn.text.chars().count(), 4_000);
    let nothing = Spoken {
        text: " \n ".to_owned(),
        speaker: Speaker::Rep,
        started: Millis(0),
        ended: Millis(0),
        interrupted: false,
        signals: Vec::new(),
    };
    assert_eq!(app.spoken(call.id, nothing.clone()).await.unwrap_err().code, Code::InvalidInput);
    // Without a word, a decision is a decision.
    let leaves = Signal::Decide { decision: Decision::WalkAway, reason: Reason::OutOfTime };
    let heard = app.spoken(call.id, Spoken { speaker: Speaker::Customer, signals: vec![leaves.clone()], ..nothing }).await.unwrap();
    assert_eq!((heard.turn.text.as_str(), heard.signals), ("…", vec![leaves]));
    assert!(call.view().await.customer.ended);
}

#[tokio::test]
async fn only_what_this_customer_can_have_done_is_stored() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    let unknown = Signal::RaiseObjection { id: "the-moon".to_owned() };
    let foreign = Signal::RevealNeed { id: "honest-provenance".to_owned() };
    let heard = call.customer("I am not sold on that.", &[unknown, raises(0), foreign, raises(0)]).await;
    assert_eq!(heard.signals, [raises(0)]);
    let leaves = Signal::Decide { decision: Decision::WalkAway, reason: Reason::PutOff };
    assert_eq!(call.customer("I will take it.", &[BUYS, leaves.clone()]).await.signals, [BUYS]);
    assert_eq!(call.customer("Goodbye.", &[leaves]).await.signals, []);
    assert_eq!(app.complete(call.id).await.unwrap().signals, [(0, raises(0)), (1, BUYS)]);
}

#[tokio::test]
async fn a_goodbye_after_the_decision_is_kept_with_its_times_and_typing_is_over() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    call.rep("Good morning, what brings you in?").await;
    let heard = call.customer("I will take it.", &[BUYS]).await;
    assert!(heard.state.ended && heard.state.mood == Mood::Done);
    let thanks = call.rep("Thank you, enjoy the coat.").await;
    let goodbye = call.customer("I will. Goodbye now.", &[]).await;
    for turn in [&thanks.turn, &goodbye.turn] {
        assert!(turn.spoken_ms().is_some(), "{turn:?}");
    }
    assert_eq!(thanks.steer, None);
    assert_eq!(app.say(call.id, "Wait!").await.unwrap_err().code, Code::WrongState);
    assert_eq!(app.go_on_typing(call.id).await.unwrap().turns.len(), 4);
    assert_eq!(app.complete(call.id).await.unwrap().turns.len(), 4);
    let late = Spoken {
        speaker: Speaker::Rep,
        text: "Bye.".to_owned(),
        started: Millis(0),
        ended: Millis(0),
        interrupted: false,
        signals: Vec::new(),
    };
    assert_eq!(app.spoken(call.id, late).await.unwrap_err().code, Code::WrongState);
}

#[tokio::test]
async fn a_voice_that_falls_out_of_its_role_is_put_back_without_a_word_about_it() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    let heard = call.customer("Welcome to Pecos River Traders! How can I help you today?", &[]).await;
    assert!(heard.slipped && heard.steer.unwrap().contains("You are the CUSTOMER"));
    assert_eq!(heard.turn.text, "Welcome to Pecos River Traders! How can I help you today?", "what was said stays said");
    let heard = call.rep("How can I help you today?").await;
    assert!(!heard.slipped, "that is the rep's line");
    assert!(!call.customer("I could use some help with a coat.", &[]).await.slipped);
}

#[tokio::test]
async fn a_voice_is_told_where_the_policy_has_moved() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    assert_eq!(call.rep("Good morning, what brings you in?").await.steer, None);
    call.customer("A coat.", &[]).await;
    let note = call.rep("This coat is completely waterproof, xylograph.").await.steer.unwrap();
    assert!(note.contains("waterproof") && !note.contains("xylograph"), "{note}");
    let mut told = String::new();
    for _ in 0..30 {
        call.customer("Hm.", &[]).await;
        told = call.rep("You are a fool if you do not buy it.").await.steer.unwrap_or_default();
        if told.contains("decide") {
            break;
        }
    }
    assert!(told.contains("Call decide with walk_away"), "{told}");
}

#[tokio::test]
async fn a_turn_that_the_disk_refused_is_handed_in_again() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    desk.clock.pass(5_000);
    let now = desk.clock.now();
    let spoken = Spoken {
        speaker: Speaker::Rep,
        text: "Good morning.".to_owned(),
        started: Millis(now.0 - 2_000),
        ended: now,
        interrupted: false,
        signals: Vec::new(),
    };
    desk.faults.refuse("append_turn", 0);
    assert_eq!(app.spoken(call.id, spoken.clone()).await.unwrap_err().code, Code::DiskFull);
    desk.clock.pass(1_000);
    let turn = app.spoken(call.id, spoken).await.unwrap().turn;
    assert_eq!((turn.index, turn.spoken_ms()), (0, Some((3_000, 5_000))), "the clock has gone on");
    assert_eq!(call.view().await.turns.len(), 1);
}
