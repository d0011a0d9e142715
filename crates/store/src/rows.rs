//! What goes into the store and comes out of it, beyond the domain's own shapes.

use sellme_core::{
    Millis,
    scoring::report::Report,
    session::{CallRecord, Outcome, Recording, Session, Signal, Turn},
    wire::{Notice, Snippet},
};

use crate::{SqliteStore, StoreError};

/// An open store, and what the user is told once about it.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: SqliteStore,
    /// Such as that the file was repaired.
    pub notices: Vec<Notice>,
}

/// How a session ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// When.
    pub ended_at: Millis,
    /// Milliseconds of practice, pauses left out.
    pub active_ms: Millis,
    /// How the conversation ended.
    pub outcome: Outcome,
    /// What it was worth.
    pub report: Report,
}

/// A session with everything that is kept of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSession {
    /// The session.
    pub session: Session,
    /// What was said.
    pub turns: Vec<Turn>,
    /// What the customer did, with the index of the turn in which it did it.
    pub signals: Vec<(u32, Signal)>,
    /// What it was worth; there once it is completed.
    pub report: Option<Report>,
    /// How its calls went, in order; none where nobody spoke.
    pub calls: Vec<CallRecord>,
    /// Its recording, while there is one.
    pub recording: Option<Recording>,
}

/// What a person did with one scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempts {
    /// The scenario.
    pub scenario_id: String,
    /// Its product.
    pub product_id: String,
    /// Best overall score.
    pub best: Option<u8>,
    /// Completed sessions.
    pub completed: u32,
}

/// What became of a person who was deleted. Nobody can see anything of theirs any more.
#[derive(Debug)]
pub struct Deletion {
    /// How many sessions went.
    pub sessions: u32,
    /// Why the last traces (free pages of the file, its log, other copies) could not be removed yet. They go at the next start.
    pub held_up: Option<StoreError>,
}

/// A page of sessions, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The page, each with the place where the words were said.
    pub rows: Vec<(Session, Option<Snippet>)>,
    /// How many match in all.
    pub matching: u32,
    /// How many of the person's sessions are over.
    pub total: u32,
}
