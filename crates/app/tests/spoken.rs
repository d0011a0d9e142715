//! Practising by voice: what is stored of it, what the voice is told, and how the same talk goes on by typing.
#![allow(clippy::unwrap_used)]

mod support;

use sellme_app::{App, Device, Heard, Spoken};
use sellme_core::{
    Code, Millis,
    customer::Mood,
    id::SessionId,
    scoring::report::{MeasureKind, Report},
    session::{Decision, Mode, Outcome, Reason, Signal, Speaker},
    wire::SessionView,
};

use support::{Desk, MINUTE, SCENARIO, catalog, faulty::Faulty};

/// What a spoken rep says, and what a voice answers with what it reports.
const TALK: [(&str, &str); 9] = [
    ("Good morning! What brings you in today?", "I am after a coat that keeps the rain off, and I have been sold a bad one before."),
    ("What kind of work do you do out there?", "I check water gaps and fence lines, mostly by myself."),
    ("What happened with the last coat you had?", "It soaked through at the shoulders the first winter."),
    (
        "The outer cloth is cotton with an oil finish, so the rain runs off it instead of soaking your shoulders.",
        "Everybody says that about their coats.",
    ),
    (
        "That is fair, you have been let down before. It is water-resistant, not waterproof, and you can re-wax it once a year.",
        "Well, at least you say so.",
    ),
    ("Would that keep you dry checking water gaps?", "I suppose that it would, mostly."),
    ("It is one nineteen ninety-nine.", "That is a good bit of money for a coat."),
    ("I understand. You can wear it for years, since the finish can be renewed. Does that make sense?", "It does, put like that."),
    ("Shall I ring it up for you today?", "All right, I will take it. Ring it up."),
];

/// Milliseconds that a word takes.
const WORD: i64 = 700;

struct Call<'a> {
    app: &'a App<Faulty>,
    desk: &'a Desk,
    id: SessionId,
}

impl<'a> Call<'a> {
    async fn begin(app: &'a App<Faulty>, desk: &'a Desk) -> Call<'a> {
        let id = app.start_seeded(SCENARIO, Some(7), Mode::Voice).await.unwrap().session.id;
        Call { app, desk, id }
    }

    /// Somebody speaks, after a moment, and slowly.
    async fn speaks(&self, speaker: Speaker, text: &str, signals: &[Signal]) -> Heard {
        self.desk.clock.pass(900);
        let started = self.desk.clock.now();
        self.desk.clock.pass(WORD * i64::try_from(text.split_whitespace().count()).unwrap());
        let ended = self.desk.clock.now();
        // What was said is written down a little later.
        self.desk.clock.pass(300);
        let spoken = Spoken { speaker, text: text.to_owned(), started, ended, interrupted: false, signals: signals.to_vec() };
        self.app.spoken(self.id, spoken).await.unwrap()
    }

    async fn rep(&self, text: &str) -> Heard {
        self.speaks(Speaker::Rep, text, &[]).await
    }

    async fn customer(&self, text: &str, signals: &[Signal]) -> Heard {
        self.speaks(Speaker::Customer, text, signals).await
    }

    async fn view(&self) -> SessionView {
        self.app.session(self.id).await.unwrap()
    }
}

fn raises(at: usize) -> Signal {
    let catalog = catalog();
    let id = catalog.scenario(SCENARIO).unwrap().1.objections[at].id.clone();
    Signal::RaiseObjection { id }
}

fn reveals(at: usize) -> Signal {
    let catalog = catalog();
    let id = catalog.scenario(SCENARIO).unwrap().1.needs[at].id.clone();
    Signal::RevealNeed { id }
}

const BUYS: Signal = Signal::Decide { decision: Decision::Buy, reason: Reason::Convinced };

/// A measure in tenths, where it could be taken.
fn measured(report: &Report, kind: MeasureKind) -> Result<i32, String> {
    let row = report.measures.iter().find(|row| row.kind == kind).unwrap();
    row.tenths.ok_or_else(|| row.not_measurable.as_ref().unwrap().id.clone())
}

#[tokio::test]
async fn a_whole_talk_by_voice_is_scored_with_its_real_times() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let call = Call::begin(&app, &desk).await;
    assert!(call.view().await.turns.is_empty(), "the voice speaks the first line");
    let brief = app.voice_brief(call.id).await.unwrap();
    assert!(brief.instructions.contains(&brief.opening) && brief.tools.len() >= 3 && !brief.keywords.is_empty());
    call.customer(&brief.opening, &[]).await;
    for (at, (rep, customer)) in TALK.iter().enumerate() {
        call.rep(rep).await;
        let signals = match at {
            1 => vec![reveals(0)],
            3 => vec![raises(0)],
            8 => vec![BUYS],
            _ => Vec::new(),
        };
        let heard = call.customer(customer, &signals).await;
        assert_eq!((heard.signals, heard.slipped), (signals, false));
        assert_eq!(heard.state.ended, at == 8);
    }
    let end = app.complete(call.id).await.unwrap();
    assert_eq!((end.session.mode, end.session.turns, end.turns.len()), (Mode::Voice, 19, 19));
    assert_eq!(end.session.outcome, Some(Outcome::Sale));
    assert_eq!(end.signals, [(4, reveals(0)), (8, raises(0)), (18, BUYS)]);
    let report = end.report.unwrap();
    assert_eq!(measured(&report, MeasureKind::Pace), Ok(600_000 / 700));
    let words = |speaker| -> usize {
        end.turns.iter().filter(|turn| turn.speaker == speaker).map(|turn| turn.text.split_whitespace().count()).sum()
    };
    let (rep, customer) = (words(Speaker::Rep), words(Speaker::Customer));
    assert_eq!(measured(&report, MeasureKind::TalkShare), Ok(i32::try_from(1_000 * rep / (rep + customer)).unwrap()));
    // It was answered 300 ms after it was written down, which is 900 ms later.
    assert_eq!(measured(&report, MeasureKind::PauseAfterObjection), Ok(12));
    assert_eq!(measured(&report, MeasureKind::Interruptions), Ok(0));
    let longest = TALK.iter().map(|(rep, _)| rep.split_whitespace().count()).max().unwrap();
    assert_eq!(measured(&report, MeasureKind::LongestTurn), Ok(i32::try_from(longest * 7).unwrap()));
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
    let report = end.report.unwrap();
    assert!(measured(&report, MeasureKind::TalkShare).is_err(), "the typed part has no length");
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
        let mut chance = Chance(seed);
        for step in 0..14 {
            drop(other);
            other = anew.open();
            // It is opened, and then something is said.
            other.session(other_id).await.unwrap();
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
