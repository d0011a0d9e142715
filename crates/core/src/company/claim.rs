//! What a client hands in with the end of a session: figures, a text, and what was said. Clients of the first protocol, of chat services and our own write turns
//! differently; all are read.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Error,
    error::Result,
    objects::Objects,
    scoring::{self, report::Skill},
    session::{Speaker, Turn},
    time::Millis,
};

/// Most turns of a handed-in transcript: a whole day of talking has fewer.
const MOST_TURNS: usize = 5_000;

/// Longest turn, in characters.
const LONGEST_TURN: usize = 20_000;

/// The four figures as a client claims them, 0-100; `null` for a skill that was not observed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimedMetrics {
    /// Product knowledge.
    #[serde(deserialize_with = "present", serialize_with = "plainly")]
    pub product_knowledge: Option<f64>,
    /// Objection handling.
    #[serde(deserialize_with = "present", serialize_with = "plainly")]
    pub objection_handling: Option<f64>,
    /// Closing technique.
    #[serde(deserialize_with = "present", serialize_with = "plainly")]
    pub closing_technique: Option<f64>,
    /// Rapport.
    #[serde(deserialize_with = "present", serialize_with = "plainly")]
    pub rapport: Option<f64>,
}

/// A figure that may be `null` but has to be there.
fn present<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<f64>, D::Error> {
    Option::deserialize(from)
}

/// A whole figure without a decimal point, as clients write it.
#[allow(clippy::ref_option, reason = "serde hands it over like that")]
fn plainly<S: Serializer>(figure: &Option<f64>, to: S) -> std::result::Result<S::Ok, S::Error> {
    match figure {
        // Percentages are far below what would be cut off.
        #[allow(clippy::cast_possible_truncation)]
        Some(figure) if figure.fract() == 0.0 && figure.abs() < 1e9 => to.serialize_i64(*figure as i64),
        figure => figure.serialize(to),
    }
}

impl ClaimedMetrics {
    /// Nothing practised yet.
    pub const ZERO: Self =
        Self { product_knowledge: Some(0.0), objection_handling: Some(0.0), closing_technique: Some(0.0), rapport: Some(0.0) };

    /// The figure of one skill.
    #[must_use]
    pub fn get(&self, skill: Skill) -> Option<f64> {
        match skill {
            Skill::ProductKnowledge => self.product_knowledge,
            Skill::ObjectionHandling => self.objection_handling,
            Skill::ClosingTechnique => self.closing_technique,
            Skill::Rapport => self.rapport,
        }
    }

    /// The first figure that is no percentage, by its name on the wire.
    #[must_use]
    pub fn wrong(&self) -> Option<&'static str> {
        let named = [
            ("productKnowledge", self.product_knowledge),
            ("objectionHandling", self.objection_handling),
            ("closingTechnique", self.closing_technique),
            ("rapport", self.rapport),
        ];
        named.into_iter().find(|(_, figure)| figure.is_some_and(|figure| !(0.0..=100.0).contains(&figure))).map(|(name, _)| name)
    }

    /// True where these are the figures of a report: equal once rounded, and observed where it observed.
    #[must_use]
    pub fn agrees(&self, metrics: &scoring::report::Metrics) -> bool {
        Skill::ALL.into_iter().all(|skill| self.get(skill).map(rounded) == metrics.get(skill))
    }
}

/// What the claimed figures come to by the weights: over the skills that were observed, half up; `None` where none was.
#[must_use]
pub fn claimed_score(metrics: &ClaimedMetrics) -> Option<u8> {
    let rubric = scoring::rubric();
    let seen = Skill::ALL.into_iter().filter_map(|skill| Some((f64::from(rubric.weight(skill)), metrics.get(skill)?)));
    let (weight, sum) = seen.fold((0.0, 0.0), |(weight, sum), (its, figure)| (weight + its, sum + its * figure));
    (weight > 0.0).then(|| rounded(sum / weight))
}

/// A percentage, half up.
fn rounded(value: f64) -> u8 {
    // Clamped first, so nothing is cut off. The tiny part is what sums of decimal weights lose.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let rounded = (value + 1e-9).round().clamp(0.0, 100.0) as u8;
    rounded
}

/// A turn as any of the clients writes it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClaimedTurn {
    /// Who said it: `rep` or `customer`, or what chat services call them (`user`, `assistant`).
    #[serde(alias = "speaker")]
    pub role: ClaimedRole,
    /// The words.
    #[serde(alias = "content")]
    pub text: String,
    /// When, as the client counts: never scored.
    #[serde(default, alias = "timestamp")]
    pub at: serde_json::Value,
    /// Start of speech in milliseconds since the start.
    #[serde(default, deserialize_with = "milliseconds")]
    #[schemars(with = "Option<f64>")]
    pub started_ms: Option<Millis>,
    /// End of speech in milliseconds since the start.
    #[serde(default, deserialize_with = "milliseconds")]
    #[schemars(with = "Option<f64>")]
    pub ended_ms: Option<Millis>,
    /// True where the other side cut in.
    #[serde(default)]
    pub interrupted: bool,
}

/// Milliseconds, of which a client may count fractions; what is further off than a year is no time within a call.
fn milliseconds<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<Option<Millis>, D::Error> {
    const YEAR: f64 = 366.0 * 24.0 * 60.0 * 60.0 * 1000.0;
    let counted = Option::<f64>::deserialize(from)?;
    // Clamped first, so nothing is cut off.
    #[allow(clippy::cast_possible_truncation)]
    let whole = |counted: f64| Millis(counted.round().clamp(-YEAR, YEAR) as i64);
    Ok(counted.map(whole))
}

/// Who said a turn, in the words of any of the clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClaimedRole {
    /// The rep who practises.
    #[serde(alias = "user", alias = "trainee", alias = "salesperson", alias = "REP", alias = "USER")]
    Rep,
    /// The simulated customer.
    #[serde(alias = "assistant", alias = "ai", alias = "CUSTOMER", alias = "ASSISTANT")]
    Customer,
}

/// What is handed in with the end of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The four figures.
    pub metrics: ClaimedMetrics,
    /// What the client said about it.
    pub feedback: String,
    /// What was said, as the client wrote it: a JSON array.
    pub transcript: String,
}

/// The turns of a handed-in transcript, as they are scored.
///
/// # Errors
/// [`crate::Code::InvalidInput`] that names the turn and the field.
pub fn turns(transcript: &str) -> Result<Vec<Turn>> {
    let mut once = serde_json::Deserializer::from_str(transcript);
    let claimed = match Vec::<ClaimedTurn>::deserialize(Objects(&mut once)).and_then(|claimed| once.end().map(|()| claimed)) {
        Ok(claimed) => claimed,
        // Read once more to find the place, which takes longer.
        Err(_) => serde_path_to_error::deserialize(Objects(&mut serde_json::Deserializer::from_str(transcript)))
            .map_err(|error| Error::invalid(format!("transcript{}: {}", path(&error.path().to_string()), error.inner())))?,
    };
    if claimed.len() > MOST_TURNS {
        return Err(Error::invalid(format!("transcript: at most {MOST_TURNS} turns can be handed in")));
    }
    claimed.into_iter().zip(0..).map(|(claimed, index)| turn(claimed, index)).collect()
}

fn path(path: &str) -> String {
    if path == "." { String::new() } else { path.to_owned() }
}

fn turn(claimed: ClaimedTurn, index: u32) -> Result<Turn> {
    if claimed.text.chars().nth(LONGEST_TURN).is_some() {
        return Err(Error::invalid(format!("transcript[{index}].text: at most {LONGEST_TURN} characters")));
    }
    let speaker = match claimed.role {
        ClaimedRole::Rep => Speaker::Rep,
        ClaimedRole::Customer => Speaker::Customer,
    };
    Ok(Turn {
        index,
        speaker,
        text: claimed.text,
        at_ms: Millis(claimed.at.as_i64().unwrap_or(0)),
        started_ms: claimed.started_ms,
        ended_ms: claimed.ended_ms,
        interrupted: claimed.interrupted,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn metrics(figures: [Option<f64>; 4]) -> ClaimedMetrics {
        let [product_knowledge, objection_handling, closing_technique, rapport] = figures;
        ClaimedMetrics { product_knowledge, objection_handling, closing_technique, rapport }
    }

    #[test]
    fn the_score_is_the_weighted_sum_and_half_goes_up() {
        assert_eq!(claimed_score(&metrics([Some(60.0), Some(55.0), Some(50.0), Some(65.0)])), Some(57), "57.25");
        assert_eq!(claimed_score(&metrics([Some(61.0), Some(56.0), Some(50.0), Some(66.0)])), Some(58), "58.0");
        assert_eq!(claimed_score(&metrics([Some(65.0), Some(60.0), Some(60.0), Some(65.0)])), Some(63), "62.5");
        assert_eq!(claimed_score(&ClaimedMetrics::ZERO), Some(0));
    }

    #[test]
    fn a_skill_that_was_not_observed_weighs_nothing() {
        assert_eq!(claimed_score(&metrics([Some(80.0), None, None, Some(60.0)])), Some(72), "(30 × 80 + 20 × 60) / 50");
        assert_eq!(claimed_score(&metrics([None; 4])), None);
    }

    #[test]
    fn a_figure_that_is_no_percentage_is_named() {
        assert_eq!(metrics([Some(0.0), Some(100.0), None, Some(50.5)]).wrong(), None);
        assert_eq!(metrics([Some(1.0), Some(100.5), None, None]).wrong(), Some("objectionHandling"));
        assert_eq!(metrics([Some(1.0), None, None, Some(f64::NAN)]).wrong(), Some("rapport"));
    }

    #[test]
    fn figures_are_kept_as_clients_write_them() {
        for text in [
            r#"{"productKnowledge":60,"objectionHandling":55.5,"closingTechnique":0,"rapport":null}"#,
            r#"{"productKnowledge":100,"objectionHandling":null,"closingTechnique":0.25,"rapport":65}"#,
        ] {
            assert_eq!(serde_json::to_string(&serde_json::from_str::<ClaimedMetrics>(text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn turns_are_read_in_the_words_of_every_client() {
        let read = turns(
            r#"[{"id":"item_0001","role":"rep","at":7400,"text":"Welcome in."},
                {"role":"assistant","content":"Just looking.","timestamp":"2026-11-29T10:00:00Z"},
                {"speaker":"customer","text":"Is it wool?","startedMs":900,"endedMs":1800}]"#,
        )
        .unwrap();
        let said: Vec<_> = read.iter().map(|turn| (turn.index, turn.speaker, turn.text.as_str(), turn.spoken_ms())).collect();
        assert_eq!(
            said,
            [
                (0, Speaker::Rep, "Welcome in.", None),
                (1, Speaker::Customer, "Just looking.", None),
                (2, Speaker::Customer, "Is it wool?", Some((900, 1800)))
            ]
        );
    }

    #[test]
    fn fractions_of_milliseconds_are_rounded_and_no_time_is_beyond_counting() {
        let read = |times: &str| turns(&format!(r#"[{{"speaker":"rep","text":"a",{times}}}]"#)).unwrap().remove(0);
        assert_eq!(read(r#""startedMs":900.4,"endedMs":1800.5"#).spoken_ms(), Some((900, 1801)));
        assert_eq!(read(r#""startedMs":null,"endedMs":7"#).spoken_ms(), None);
        let (far, year) = (read(r#""startedMs":-1e300,"endedMs":9223372036854775808"#), Millis(366 * 24 * 60 * 60 * 1000));
        assert_eq!((far.started_ms, far.ended_ms), (Some(Millis(-year.0)), Some(year)));
        assert_eq!(far.spoken_ms(), None, "and such times are not measured");
    }

    #[test]
    fn what_is_wrong_with_a_turn_is_named_with_its_place() {
        for (transcript, named) in [
            (r#"[{"role":"rep","text":"a"},{"role":"owner","text":"b"}]"#, "transcript[1].role"),
            (r#"[{"role":"rep"}]"#, "transcript[0]"),
            (r#"[{"role":"rep","text":7}]"#, "transcript[0].text"),
            (r#"[{"role":"rep","text":"a"},["rep","b"]]"#, "transcript[1]"),
            (r#"{"role":"rep"}"#, "transcript"),
            (r#""words""#, "transcript"),
        ] {
            let error = turns(transcript).unwrap_err();
            assert!(error.message.starts_with(named), "{transcript}: {error}");
        }
        let long = format!(r#"[{{"role":"rep","text":"{}"}}]"#, "x".repeat(LONGEST_TURN + 1));
        assert!(turns(&long).unwrap_err().message.starts_with("transcript[0].text"));
        let many = format!("[{}]", vec![r#"{"role":"rep","text":"a"}"#; MOST_TURNS + 1].join(","));
        assert!(turns(&many).unwrap_err().message.contains("turns"));
    }
}
