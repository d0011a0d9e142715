//! A data folder of its own for every test, and people who practise in it.

pub(crate) mod damage;
pub(crate) mod program;
#[cfg(target_os = "linux")]
pub(crate) mod synced;

use std::{path::PathBuf, sync::mpsc::channel};

use sellme_core::{
    Millis,
    id::{SessionId, UserId},
    scoring::{
        cue::{Span, Verdict},
        report::{ClaimRow, CloseLedger, Metrics, ObjectionRow, Quote, Report, RubricStamp},
    },
    session::{Mode, Outcome, Profile, Session, Speaker, Status, Turn, Visibility},
};
use sellme_store::{Completion, Folder, Result, SqliteStore};
use uuid::Uuid;

/// 2026-11-23, 12:00 UTC.
pub(crate) const NOON: Millis = Millis(1_795_435_200_000);
/// The day of [`NOON`].
pub(crate) const TODAY: i32 = 20_780;
pub(crate) const DAY: i64 = 86_400_000;

/// Waits for an answer.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// Makes a backup if one is due, and waits for it; where another copy is being made or removed, for that first.
pub(crate) fn backup(store: &SqliteStore, now: Millis) -> Result<Option<PathBuf>> {
    loop {
        let (tell, told) = channel();
        store.begin_backup_if_due(now, move |made| tell.send(made).unwrap())?;
        // Left out, nobody tells.
        if let Ok(made) = told.recv() {
            return made;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
}

/// An empty folder that goes away with the test.
pub(crate) struct Place {
    pub(crate) temp: tempfile::TempDir,
    pub(crate) folder: Folder,
}

impl Place {
    pub(crate) fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::at(temp.path().join("data"));
        Self { temp, folder }
    }

    pub(crate) fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.folder, NOON).unwrap().store
    }
}

pub(crate) fn user(number: u128) -> UserId {
    UserId(Uuid::from_u128(0x1000 + number))
}

pub(crate) fn id(number: u128) -> SessionId {
    SessionId(Uuid::from_u128(0xA000_0000 + number))
}

pub(crate) fn profile(number: u128, name: &str) -> Profile {
    Profile { id: user(number), name: name.to_owned(), created_at: NOON }
}

pub(crate) fn session(number: u128, user: UserId, started_at: Millis) -> Session {
    Session {
        id: id(number),
        user_id: user,
        product_id: "pilbara-jacket".to_owned(),
        scenario_id: "pilbara-jacket-rancher".to_owned(),
        seed: u32::MAX,
        mode: Mode::Typing,
        visibility: Visibility::Practice,
        status: Status::InProgress,
        paused: false,
        outcome: None,
        overall_score: None,
        started_at,
        ended_at: None,
        active_ms: Millis(0),
        turns: 0,
        catalog_revision: 7,
        win_path: vec!["need:dry".to_owned(), "ask".to_owned()],
    }
}

pub(crate) fn report(overall: Option<u8>, outcome: Outcome) -> Report {
    Report {
        rubric: RubricStamp { version: "1".to_owned(), hash: "00".to_owned() },
        catalog_revision: Some(7),
        overall_score: overall,
        observed_weight: 100,
        not_scored: None,
        metrics: Metrics {
            product_knowledge: overall,
            objection_handling: None,
            closing_technique: overall.map(|score| score / 2),
            rapport: overall,
        },
        outcome,
        headline: Vec::new(),
        skills: Vec::new(),
        coaching: Vec::new(),
        objections: Vec::new(),
        claims: Vec::new(),
        needs: Vec::new(),
        close: CloseLedger { value_before_ask: 0, open_at_ask: 0, trial: None, asks: Vec::new(), answer: None, outcome },
        measures: Vec::new(),
        cues: Vec::new(),
    }
}

pub(crate) fn quote(text: &str) -> Quote {
    Quote { turn: 0, span: Span { start: 0, end: u32::try_from(text.chars().count()).unwrap() }, text: text.to_owned() }
}

pub(crate) fn claim(verdict: Verdict, text: &str) -> ClaimRow {
    ClaimRow { topic: sellme_core::catalog::Topic::Price, claim: None, said: quote(text), verdict, truth: None }
}

pub(crate) fn objection(resolved: bool, text: &str) -> ObjectionRow {
    let category = sellme_core::catalog::ObjectionCategory::Price;
    ObjectionRow { category, objection: None, raised: quote(text), times: 1, steps: Vec::new(), resolved }
}

/// Speaks these lines, customer first.
pub(crate) fn talk(store: &SqliteStore, session: &Session, lines: &[&str]) {
    wait(store.create_session(session)).unwrap();
    for (index, line) in (0..).zip(lines) {
        let speaker = if index % 2 == 0 { Speaker::Customer } else { Speaker::Rep };
        wait(store.append_turn(session.id, &Turn::typed(index, speaker, *line), &[], Millis(i64::from(index) * 1000))).unwrap();
    }
}

/// Completes it with this report, a quarter of an hour after it began.
pub(crate) fn end_with(store: &SqliteStore, session: &Session, report: Report) {
    let completion =
        Completion { ended_at: Millis(session.started_at.0 + 900_000), active_ms: Millis(600_000), outcome: report.outcome, report };
    wait(store.complete(session.id, completion)).unwrap();
}

/// A completed session with this score.
pub(crate) fn completed(store: &SqliteStore, session: &Session, lines: &[&str], score: u8) {
    talk(store, session, lines);
    end_with(store, session, report(Some(score), Outcome::Undecided));
}
