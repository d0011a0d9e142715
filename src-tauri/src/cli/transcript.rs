//! Transcripts as they come in: documented JSON, or plain `Rep:` and `Customer:` lines.

use schemars::JsonSchema;
use sellme_core::{
    Error, Millis,
    error::Result,
    session::{Speaker, Turn},
};
use serde::Deserialize;

/// The latest time of a turn: no conversation takes longer than a day.
const LATEST_MS: i64 = 24 * 60 * 60 * 1_000;

/// A conversation: `{"id"?, "turns": [{"speaker": "rep" | "customer", "text", "startedMs"?, "endedMs"?}]}`.
#[derive(Debug, Deserialize, JsonSchema)]
pub(super) struct Transcript {
    /// Whatever the sender calls it; given back.
    #[serde(default)]
    pub(super) id: Option<serde_json::Value>,
    turns: Vec<Said>,
}

/// One turn of a transcript.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Said {
    /// Who said it.
    speaker: Speaker,
    /// The words.
    text: String,
    /// Start of speech in milliseconds since the start of the conversation, where it was timed: at most a day.
    #[serde(default)]
    started_ms: Option<i64>,
    /// End of speech, likewise, and not before its start.
    #[serde(default)]
    ended_ms: Option<i64>,
    /// True where the other side cut in.
    #[serde(default)]
    interrupted: bool,
}

impl Transcript {
    /// From one JSON value.
    pub(super) fn from_json(text: &str) -> Result<Self> {
        let transcript: Self = serde_json::from_str(text).map_err(|error| Error::invalid(format!("This is not a transcript: {error}.")))?;
        transcript.must_say_something()?;
        transcript.must_be_timed_well()?;
        Ok(transcript)
    }

    fn must_say_something(&self) -> Result<()> {
        if self.turns.is_empty() { Err(Error::invalid("The transcript is empty.")) } else { Ok(()) }
    }

    /// Nothing is measured with times that cannot be.
    fn must_be_timed_well(&self) -> Result<()> {
        for (said, turn) in self.turns.iter().zip(1..) {
            let times = [("startedMs", said.started_ms), ("endedMs", said.ended_ms)];
            if let Some((name, _)) = times.iter().find(|(_, at)| at.is_some_and(|at| !(0..=LATEST_MS).contains(&at))) {
                return Err(Error::invalid(format!("Turn {turn}: {name} must be from 0 to {LATEST_MS} milliseconds, which is a day.")));
            }
            if said.started_ms.zip(said.ended_ms).is_some_and(|(started, ended)| ended < started) {
                return Err(Error::invalid(format!("Turn {turn}: endedMs is before startedMs.")));
            }
        }
        Ok(())
    }

    /// From a file: JSON where it begins with `{`, else plain lines.
    pub(super) fn from_text(text: &str) -> Result<Self> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('{') {
            return Self::from_json(text);
        }
        let mut turns: Vec<Said> = Vec::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match (spoken(line), turns.last_mut()) {
                (Some((speaker, words)), _) => {
                    turns.push(Said { speaker, text: words.to_owned(), started_ms: None, ended_ms: None, interrupted: false });
                }
                (None, Some(turn)) => {
                    turn.text.push('\n');
                    turn.text.push_str(line.trim());
                }
                (None, None) => {
                    return Err(Error::invalid(format!("Line {}: expected “Rep: …”, “Customer: …” or JSON.", number + 1)));
                }
            }
        }
        let transcript = Self { id: None, turns };
        transcript.must_say_something()?;
        Ok(transcript)
    }

    /// The turns, numbered.
    pub(super) fn turns(self) -> Vec<Turn> {
        let turns = self.turns.into_iter().zip(0..);
        turns
            .map(|(said, index)| Turn {
                started_ms: said.started_ms.map(Millis),
                ended_ms: said.ended_ms.map(Millis),
                interrupted: said.interrupted,
                at_ms: Millis(said.ended_ms.unwrap_or(0)),
                ..Turn::typed(index, said.speaker, said.text)
            })
            .collect()
    }
}

fn spoken(line: &str) -> Option<(Speaker, &str)> {
    let (name, words) = line.trim().split_once(':')?;
    match name.trim().to_ascii_lowercase().as_str() {
        "rep" | "you" | "seller" | "agent" => Some((Speaker::Rep, words.trim())),
        "customer" | "buyer" | "client" => Some((Speaker::Customer, words.trim())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_lines_and_json_are_read_alike() {
        let plain = Transcript::from_text("Rep: Hi there\n and welcome\nCustomer: Hello").unwrap().turns();
        let json = r#"{"turns":[{"speaker":"rep","text":"Hi there\nand welcome"},{"speaker":"customer","text":"Hello"}]}"#;
        assert_eq!(plain, Transcript::from_text(json).unwrap().turns());
    }

    #[test]
    fn a_time_that_no_conversation_has_is_refused_and_its_turn_is_named() {
        let refused = |times: String| {
            let json = format!(r#"{{"turns":[{{"speaker":"rep","text":"Hi"}},{{"speaker":"customer","text":"Hello",{times}}}]}}"#);
            Transcript::from_text(&json).err().map(|error| (error.code, error.message))
        };
        for at in [i64::MIN, -1, LATEST_MS + 1, i64::MAX] {
            for name in ["startedMs", "endedMs"] {
                let (code, message) = refused(format!(r#""{name}":{at}"#)).unwrap();
                assert_eq!(code, sellme_core::Code::InvalidInput);
                assert!(message.starts_with(&format!("Turn 2: {name} must be from 0")), "{message}");
            }
        }
        assert_eq!(refused(r#""startedMs":2000,"endedMs":1000"#.to_owned()).unwrap().1, "Turn 2: endedMs is before startedMs.");
        assert_eq!(refused(format!(r#""startedMs":0,"endedMs":{LATEST_MS}"#)), None);
    }

    #[test]
    fn a_line_without_a_speaker_is_named() {
        assert_eq!(Transcript::from_text("\nhello").unwrap_err().message, "Line 2: expected “Rep: …”, “Customer: …” or JSON.");
        assert!(Transcript::from_text("").is_err());
    }
}
