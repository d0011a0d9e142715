//! `sellme score`: any conversation, with or without a scenario.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use sellme_core::{
    Error,
    error::Result,
    scoring::{Context, Scorer, report::Report},
    session::Turn,
};
use serde::Serialize;

use super::{json, text::Text, transcript::Transcript};
use crate::{config::Place, host};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  sellme score talk.txt\n  sellme score talk.json --scenario pilbara-skeptical-medium --json\n  cat many.jsonl | sellme score - --jsonl"
)]
pub(super) struct Score {
    /// A transcript: JSON (`sellme schema transcript`) or plain `Rep:` / `Customer:` lines; `-` for standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The scenario that was played, so that facts, needs and objections can be checked.
    #[arg(long, value_name = "ID")]
    scenario: Option<String>,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    /// One transcript a line in, one report a line out, with the same id.
    #[arg(long, conflicts_with = "json")]
    jsonl: bool,
}

/// A report with the id of its transcript.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(super) struct Scored {
    /// As it came in.
    id: Option<serde_json::Value>,
    #[serde(flatten)]
    report: Report,
}

/// A line that could not be scored.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(super) struct Refused {
    /// As it came in; null where it cannot be read.
    id: Option<serde_json::Value>,
    /// Its number, from 1.
    line: usize,
    /// Why.
    error: Error,
}

impl Score {
    pub(super) fn run(self, place: &Place) -> Result<()> {
        let catalog = host::catalog(place)?;
        let known = match &self.scenario {
            Some(id) => Some(catalog.scenario(id).ok_or_else(|| Error::not_found("scenario", id))?),
            None => None,
        };
        let context = match known {
            Some((product, scenario)) => Context {
                product: Some(product),
                scenario: Some(scenario),
                policies: &catalog.policies,
                catalog_revision: Some(catalog.revision),
            },
            None => Context { product: None, scenario: None, policies: &[], catalog_revision: None },
        };
        let mut input = open(&self.file)?;
        if self.jsonl {
            return many(&mut *input, &Scorer::new(&context));
        }
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(|error| super::unreadable(&self.file, &error))?;
        let text = String::from_utf8(bytes).map_err(|_| Error::invalid("The transcript is not UTF-8 text."))?;
        let turns: Vec<Turn> = Transcript::from_text(&text)?.turns();
        let report = score(&Scorer::new(&context), &turns);
        if self.json { json(&report, true) } else { Text::new().report(&report) }
    }
}

/// A byte-order mark, as some editors put it before the first line.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Every line on its own: one that cannot be scored is answered with its number and the reason, and the others go on.
fn many(input: &mut dyn BufRead, fresh: &Scorer) -> Result<()> {
    let mut refused = 0;
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        let read =
            input.read_until(b'\n', &mut bytes).map_err(|error| Error::invalid(format!("Line {line} could not be read: {error}")))?;
        if read == 0 {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        if line == 1 && bytes.starts_with(MARK) {
            bytes.drain(..MARK.len());
        }
        let transcript = std::str::from_utf8(&bytes).map_err(|_| Error::invalid("This is not UTF-8 text.")).and_then(Transcript::from_json);
        match transcript {
            Ok(mut transcript) => {
                let id = transcript.id.take();
                json(&Scored { id, report: score(fresh, &transcript.turns()) }, false)?;
            }
            Err(error) => {
                refused += 1;
                json(&Refused { id: id_of(&bytes), line, error }, false)?;
            }
        }
    }
    if refused > 0 {
        let lines = if refused == 1 { "1 line" } else { &format!("{refused} lines") };
        return Err(Error::invalid(format!("{lines} could not be scored; whatever else was there was.")));
    }
    Ok(())
}

/// What the sender calls a conversation that is refused, so that its answer can be told from the others.
fn id_of(line: &[u8]) -> Option<serde_json::Value> {
    serde_json::from_slice::<serde_json::Value>(line).ok()?.get("id").cloned()
}

/// The report of a conversation. What the scorer knows of the scenario is read once, however many conversations there are.
fn score(fresh: &Scorer, turns: &[Turn]) -> Report {
    let mut scorer = fresh.clone();
    for turn in turns {
        scorer.hear(turn);
    }
    scorer.report()
}

fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).map_err(|error| super::unreadable(path, &error))?;
    Ok(Box::new(BufReader::new(file)))
}
