//! Logs of events and what they say.

pub(crate) mod harm;
pub(crate) mod talk;

use std::{fmt::Write as _, fs, path::PathBuf};

use sellme_core::{Millis, session::Speaker};
use sellme_voice::{
    conversation::{Change, Conversation},
    events::ServerEvent,
};
use serde_json::Value;

/// When logs begin.
pub(crate) const BEGIN: i64 = 1_000_000;

/// One step of a log.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) at: Millis,
    pub(crate) what: What,
}

/// What happens.
#[derive(Debug, Clone)]
pub(crate) enum What {
    Message(String),
    Tick,
    Settle,
    Restart,
}

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/realtime")
}

/// A log by its name.
pub(crate) fn log(name: &str) -> Vec<Step> {
    let text = fs::read_to_string(folder().join(format!("{name}.jsonl"))).expect("a log");
    text.lines().map(step).collect()
}

fn step(line: &str) -> Step {
    let value: Value = serde_json::from_str(line).expect("a line of JSON");
    let at = Millis(value["at"].as_i64().expect("a time"));
    let what = match (value["do"].as_str(), value["raw"].as_str()) {
        (Some("tick"), _) => What::Tick,
        (Some("settle"), _) => What::Settle,
        (Some("restart"), _) => What::Restart,
        (Some(other), _) => panic!("nobody can {other}"),
        (None, Some(raw)) => What::Message(raw.to_owned()),
        (None, None) => What::Message(value["event"].to_string()),
    };
    Step { at, what }
}

/// Every log there is.
pub(crate) fn names() -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder())
        .expect("the logs")
        .filter_map(|entry| entry.expect("a file").file_name().to_str()?.strip_suffix(".jsonl").map(str::to_owned))
        .collect();
    names.sort();
    names
}

pub(crate) fn apply(conversation: &mut Conversation, step: &Step) -> Vec<Change> {
    match &step.what {
        What::Message(message) => match ServerEvent::parse(message) {
            Ok(event) => conversation.apply(step.at, &event),
            Err(_) => Vec::new(),
        },
        What::Tick => conversation.tick(step.at),
        What::Settle => conversation.settle(step.at),
        What::Restart => conversation.restart(step.at),
    }
}

pub(crate) fn who(speaker: Speaker) -> &'static str {
    match speaker {
        Speaker::Rep => "rep",
        Speaker::Customer => "customer",
    }
}

/// What changed, a line each, with the time since the log's beginning. Captions are left out but for the last of several.
pub(crate) fn told(steps: &[Step]) -> String {
    let mut conversation = Conversation::new();
    let mut text = String::new();
    let time = |at: Option<Millis>| at.map_or("-".to_owned(), |at| (at.0 - BEGIN).to_string());
    for step in steps {
        for change in apply(&mut conversation, step) {
            let line = match change {
                Change::Turn(turn) => {
                    let cut = if turn.interrupted { " (cut off)" } else { "" };
                    format!("{}{cut} {}..{}: {} [{}]", who(turn.speaker), time(turn.started), time(turn.ended), turn.text, turn.item_id)
                }
                Change::Caption { .. } => continue,
                Change::Speaking(speaker) => format!("  speaks: {}", speaker.map_or("nobody", who)),
                Change::Usage(used) => format!(
                    "  used: {} in, {} out, {} ms written",
                    used.tokens.input_text + used.tokens.input_audio,
                    used.tokens.output_text + used.tokens.output_audio,
                    used.written_ms
                ),
                Change::Answered { latency } => format!("  answered after {} ms", latency.0),
                Change::Expires(at) => format!("  expires {}", at.0 - BEGIN),
                other => format!("  {other:?}"),
            };
            let _ = writeln!(text, "{:>6} {line}", step.at.0 - BEGIN);
        }
    }
    text
}
