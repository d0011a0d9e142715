//! The use cases on a real store: wrong states, bad lines, a clock that is set back. Every refusal is `{code, message}`, and nothing is lost.

use std::sync::Arc;

use sellme_app::App;
use sellme_core::{
    Code, Error, embedded,
    error::Result,
    id::SessionId,
    session::{Mode, Speaker, Status, Turn},
    wire::HistoryQuery,
};
use sellme_store::{Folder, SqliteStore};
use sellme_tests::{
    device::{DAY, MORNING, TestDevice},
    place::{Place, is_sentence},
    script,
};

struct Desk {
    place: Place,
    device: Arc<TestDevice>,
}

impl Desk {
    fn new() -> Self {
        Self { place: Place::new(), device: TestDevice::at(MORNING) }
    }

    /// The program, started.
    fn open(&self) -> App<SqliteStore> {
        use sellme_app::Device;
        let store = SqliteStore::open(&Folder::at(self.place.data()), self.device.now()).unwrap().store;
        App::new(store, Arc::new(embedded::catalog().unwrap().clone()), self.device.clone(), self.place.data().join("exports"))
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T>, code: Code) -> Error {
    let error = result.unwrap_err();
    assert_eq!(error.code, code, "{error:?}");
    assert!(is_sentence(&error.message), "{error:?}");
    let json = serde_json::to_value(&error).unwrap();
    assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), ["code", "message"]);
    error
}

fn texts(turns: &[Turn]) -> Vec<String> {
    turns.iter().map(|turn| turn.text.clone()).collect()
}

#[tokio::test]
async fn nothing_can_be_said_after_the_end() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana").await.unwrap();
    let id = app.start(script::SCENARIO, Mode::Typing).await.unwrap().session.id;
    app.say(id, "Good morning, what brings you in?").await.unwrap();
    let before = app.complete(id).await.unwrap();
    refused(app.say(id, "One more thing.").await, Code::WrongState);
    refused(app.complete(id).await, Code::WrongState);
    refused(app.abandon(id).await, Code::WrongState);
    refused(app.pause(id).await, Code::WrongState);
    refused(app.resume(id).await, Code::WrongState);
    refused(app.hint(id).await, Code::WrongState);
    assert_eq!(app.debrief(id).await.unwrap().turns, before.turns);
    assert_eq!(app.session(id).await.unwrap().session.status, Status::Completed);
    let left = app.start(script::SCENARIO, Mode::Typing).await.unwrap().session.id;
    app.abandon(left).await.unwrap();
    refused(app.say(left, "Hello?").await, Code::WrongState);
    refused(app.complete(left).await, Code::WrongState);
}

#[tokio::test]
async fn a_stopped_clock_takes_no_lines() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana").await.unwrap();
    let id = app.start(script::SCENARIO, Mode::Typing).await.unwrap().session.id;
    app.pause(id).await.unwrap();
    desk.device.pass(DAY);
    refused(app.say(id, "Good morning.").await, Code::WrongState);
    let view = app.resume(id).await.unwrap();
    assert!(view.session.active_ms.0 < DAY, "the time of the pause does not count");
    app.say(id, "Good morning.").await.unwrap();
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let desk = Desk::new();
    let app = desk.open();
    refused(app.start(script::SCENARIO, Mode::Typing).await, Code::WrongState);
    app.create_profile("Dana").await.unwrap();
    let nobody = SessionId(uuid::Uuid::from_u128(7));
    refused(app.start("nobody-here", Mode::Typing).await, Code::NotFound);
    refused(app.briefing("nobody-here").await, Code::NotFound);
    refused(app.product("a-moon-boot").await, Code::NotFound);
    refused(app.session(nobody).await, Code::NotFound);
    refused(app.say(nobody, "Hello").await, Code::NotFound);
    refused(app.pause(nobody).await, Code::NotFound);
    refused(app.hint(nobody).await, Code::NotFound);
    refused(app.complete(nobody).await, Code::NotFound);
    refused(app.abandon(nobody).await, Code::NotFound);
    refused(app.debrief(nobody).await, Code::NotFound);
    refused(app.export_session(nobody).await, Code::NotFound);
}

#[tokio::test]
async fn a_line_must_have_words_and_an_end() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana").await.unwrap();
    let id = app.start(script::SCENARIO, Mode::Typing).await.unwrap().session.id;
    for nothing in ["", "   ", "\n\t\r", "\u{0}\u{7}\u{1b}"] {
        refused(app.say(id, nothing).await, Code::InvalidInput);
    }
    refused(app.say(id, &"long ".repeat(20_480)).await, Code::InvalidInput);
    assert_eq!(app.session(id).await.unwrap().turns.len(), 1, "nothing of it was stored");
    let said = app.say(id, "Good\u{0}morning\u{1b}[2J\nwhat brings you in? 🤠 “Sí”").await.unwrap();
    assert!(!said.rep.text.chars().any(char::is_control) && said.rep.text.contains("🤠 “Sí”"), "{said:?}");
}

#[tokio::test]
async fn a_name_must_be_one_and_free() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("  Dana   Reed ").await.unwrap();
    assert_eq!(app.profile().await.unwrap().unwrap().name, "Dana Reed");
    for bad in ["", "  ", "\u{7}", "dana reed", &"x".repeat(61)] {
        refused(app.create_profile(bad).await, Code::InvalidInput);
    }
    assert_eq!(app.profiles().await.unwrap().len(), 1);
    refused(app.delete_everything("Dana").await, Code::InvalidInput);
    assert!(app.profile().await.unwrap().is_some(), "nothing is deleted without the name");
}

#[tokio::test]
async fn an_attempt_goes_on_after_a_restart_as_if_nothing_had_happened() {
    let (straight, cut) = (Desk::new(), Desk::new());
    let mut ends = Vec::new();
    for (desk, restarts) in [(&straight, false), (&cut, true)] {
        let mut app = desk.open();
        app.create_profile("Dana").await.unwrap();
        let id = app.start_seeded(script::SCENARIO, Some(7), Mode::Typing).await.unwrap().session.id;
        for line in script::LINES {
            if restarts {
                drop(app);
                desk.device.pass(DAY);
                app = desk.open();
                assert_eq!(app.practice().await.unwrap().unfinished[0].session.id, id);
                desk.device.pass(DAY);
            }
            if app.session(id).await.unwrap().customer.ended {
                break;
            }
            app.say(id, line).await.unwrap();
        }
        let end = app.complete(id).await.unwrap();
        assert!(end.session.active_ms.0 < DAY, "neither the time while the program was closed nor that on the home screen counts");
        ends.push((texts(&end.turns), end.report, end.signals));
    }
    assert_eq!(ends[0], ends[1]);
}

#[tokio::test]
async fn a_clock_that_is_set_back_loses_nothing() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana").await.unwrap();
    let id = app.start(script::SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.device.pass(60_000);
    let mut said = Vec::new();
    for (line, pass) in script::LINES.iter().zip([20_000, -3 * DAY, 20_000, -60_000, 20_000, 400 * DAY, -500 * DAY]) {
        desk.device.pass(pass);
        let answered = app.say(id, line).await.unwrap();
        said.extend([answered.rep.text, answered.customer.text]);
    }
    desk.device.pass(-10 * DAY);
    let end = app.complete(id).await.unwrap();
    assert_eq!(texts(&end.turns)[1..], said);
    assert!(end.session.active_ms.0 >= 0);
    assert!(end.turns.windows(2).all(|pair| pair[0].at_ms <= pair[1].at_ms), "time in the transcript never runs back: {:?}", end.turns);
    assert!(end.session.ended_at >= Some(end.session.started_at), "it cannot end before it began: {:?}", end.session);
    let later = desk.open();
    assert_eq!(later.history(&HistoryQuery::default()).await.unwrap().total, 1);
    let progress = later.progress().await.unwrap();
    assert_eq!(progress.total_sessions, 1);
    let second = later.start(script::SCENARIO, Mode::Typing).await.unwrap().session.id;
    later.say(second, "Good morning.").await.unwrap();
    later.complete(second).await.unwrap();
    assert_eq!(later.history(&HistoryQuery::default()).await.unwrap().total, 2);
}

#[tokio::test]
async fn two_windows_of_one_program_add_to_the_same_attempt_in_order() {
    let desk = Desk::new();
    let app = Arc::new(desk.open());
    app.create_profile("Dana").await.unwrap();
    let id = app.start(script::SCENARIO, Mode::Typing).await.unwrap().session.id;
    let together = script::LINES[..6].iter().map(|line| {
        let app = Arc::clone(&app);
        tokio::spawn(async move { app.say(id, line).await })
    });
    let mut stored = Vec::new();
    for said in together.collect::<Vec<_>>() {
        if let Ok(answered) = said.await.unwrap() {
            stored.push((answered.rep, answered.customer));
        }
    }
    assert!(stored.len() >= 4);
    let turns = app.session(id).await.unwrap().turns;
    assert!(turns.iter().zip(0..).all(|(turn, index)| turn.index == index));
    assert!(turns.iter().skip(1).step_by(2).all(|turn| turn.speaker == Speaker::Rep), "each line is answered before the next");
    for (rep, customer) in stored {
        assert_eq!((&turns[rep.index as usize], &turns[customer.index as usize]), (&rep, &customer));
    }
}
