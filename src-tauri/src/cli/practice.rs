//! `sellme practice`: a session in the terminal, typed (`talk.rs`) or from a script (`play.rs`).

use std::{path::PathBuf, sync::Arc};

use clap::Args;
use sellme_app::{App, Device};
use sellme_core::{
    Code, Error,
    error::Result,
    id::SessionId,
    scoring::report::{Metrics, Report},
    session::{Outcome, Session, Turn},
    wire::Debrief,
};
use sellme_store::SqliteStore;
use serde::Serialize;

use super::{json, script, tell, text::Text};
use crate::{
    config::Place,
    host::{Host, Purpose},
};

/// The name of the profile that the terminal makes where there is none.
const TERMINAL_PROFILE: &str = "Rep";

#[derive(Debug, Args)]
#[command(
    after_help = "While practicing: /hint, /repeat, /end, /leave.\n\nExamples:\n  sellme practice\n  sellme practice --scenario pilbara-skeptical-medium --seed 7\n  sellme practice --resume\n  sellme practice --scenario pilbara-skeptical-medium --script lines.txt --seed 7 --json"
)]
pub(super) struct Practice {
    /// Whom to sell to; without it, the recommended scenario (`sellme catalog show PRODUCT` lists them).
    #[arg(long, value_name = "ID")]
    pub(super) scenario: Option<String>,
    /// The same seed and the same lines make the same customer.
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u32>,
    /// One rep line per line; plays a whole session without a person. `-` for standard input. Its clock is made from the seed and begins in January 2026.
    #[arg(long, value_name = "FILE")]
    pub(super) script: Option<PathBuf>,
    /// Go on with an attempt that was begun and not ended: the newest one, or the one with this id (`sellme sessions list` names them).
    #[arg(long, value_name = "ID", num_args = 0..=1, conflicts_with_all = ["scenario", "seed", "script"])]
    pub(super) resume: Option<Option<SessionId>>,
    /// Print one JSON document at the end instead of text.
    #[arg(long)]
    pub(super) json: bool,
    /// Print a JSON line for each turn once it is stored, then the document.
    #[arg(long, conflicts_with = "json")]
    pub(super) jsonl: bool,
}

/// What a session came to.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Played {
    overall_score: Option<u8>,
    metrics: Metrics,
    outcome: Outcome,
    pub(super) session: Session,
    turns: Vec<Turn>,
    report: Report,
    /// Lines of the script that were left over because the customer ended first.
    pub(super) unused_lines: Vec<String>,
}

/// One stored turn, as `--jsonl` prints it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredTurn<'a> {
    session_id: SessionId,
    turn: &'a Turn,
}

impl Played {
    pub(super) fn of(debrief: Debrief, unused_lines: Vec<String>) -> Result<Self> {
        let Debrief { session, turns, report, .. } = debrief;
        let report = report.ok_or_else(|| Error::new(Code::Internal, "The completed session has no report."))?;
        let (overall_score, metrics, outcome) = (report.overall_score, report.metrics, report.outcome);
        Ok(Self { overall_score, metrics, outcome, session, turns, report, unused_lines })
    }
}

impl Practice {
    pub(super) async fn run(self, place: &Place) -> Result<()> {
        match &self.script {
            Some(path) => self.play(place, script::lines(path)?).await,
            None => self.talk(place).await,
        }
    }

    /// A turn that was stored: as a JSON line, not at all before the one document, or as a person reads it.
    pub(super) fn show(&self, id: SessionId, turn: &Turn) -> Result<()> {
        match (self.jsonl, self.json) {
            (true, _) => json(&StoredTurn { session_id: id, turn }, false),
            (_, true) => Ok(()),
            _ => Text::new().turn(turn),
        }
    }
}

pub(super) fn host(place: &Place, device: Arc<dyn Device>) -> Host {
    Host::in_terminal(place, device, Purpose::Practise, tell)
}

/// Somebody must practise: the first time in a terminal, a profile is made. One that is there and not chosen, because whoever practised last deleted everything
/// of theirs, is chosen now.
pub(super) async fn ready(app: &App<SqliteStore>) -> Result<()> {
    if app.profile().await?.is_some() {
        return Ok(());
    }
    match app.profiles().await?.into_iter().find(|profile| profile.name == TERMINAL_PROFILE) {
        Some(made) => app.choose_profile(made.id).await?,
        None => app.create_profile(TERMINAL_PROFILE).await?,
    };
    Ok(())
}
