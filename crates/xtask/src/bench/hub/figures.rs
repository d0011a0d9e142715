//! What `load.mjs` measured, as it writes it down: rounds of two sides in turn.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Products that the server answers a search with at most, unless more are asked for; how many there are it says in a header, which costs it the same.
const FIRST_PAGE: u64 = 50;

/// The figures of each round, by the names that `load.mjs` prints.
#[derive(Debug)]
pub(super) struct Figures {
    reference: Vec<BTreeMap<String, f64>>,
    hub: Vec<BTreeMap<String, f64>>,
}

impl Figures {
    /// Reads a comparison whose first side is the reference.
    ///
    /// # Errors
    /// Where it is none, or not a fair one: a request failed, or the two sides did not answer the same.
    pub(super) fn read(text: &str) -> Result<Self> {
        let measured: Value = serde_json::from_str(text).context("what was measured")?;
        let rounds = measured["rounds"].as_array().context("no rounds were measured")?;
        let names: Vec<&Value> = rounds.iter().map(|round| &round["side"]).collect();
        if names.len() < 2 || names[0] == names[1] || names.iter().enumerate().any(|(at, name)| *name != names[at % 2]) {
            bail!("these are not rounds of two sides in turn: {names:?}");
        }
        rounds.iter().try_for_each(|round| is_sound(&round["side"].to_string(), round))?;
        let answers = |round: &Value| round["answers"].as_object().cloned().unwrap_or_default();
        let expected = answers(&rounds[0]);
        for round in rounds {
            let given = answers(round);
            if given.is_empty() || given.contains_key("failed") {
                bail!("{} does not answer what it is asked: {given:?}", round["side"]);
            }
            if let Some((question, _)) = expected.iter().find(|(question, answer)| given.get(*question) != Some(answer)) {
                bail!(
                    "the sides answer differently, so nothing can be compared ({question}):\n  {}\n  {}",
                    expected[question],
                    given.get(question).unwrap_or(&Value::Null)
                );
            }
        }
        let of = |side: usize| rounds.iter().skip(side).step_by(2).map(flat).collect();
        Ok(Self { reference: of(0), hub: of(1) })
    }

    /// The medians of one figure: the reference's and the server's.
    ///
    /// # Errors
    /// Where a round of one of them has no such figure.
    pub(super) fn medians(&self, name: &str) -> Result<(f64, f64)> {
        Ok((median(&self.reference, name)?, median(&self.hub, name)?))
    }
}

/// Of an even number the mean of the two in the middle, as `load.mjs` has it.
fn median(rounds: &[BTreeMap<String, f64>], name: &str) -> Result<f64> {
    let measured = rounds.iter().map(|round| round.get(name).copied().with_context(|| format!("“{name}” was not measured")));
    let mut measured = measured.collect::<Result<Vec<_>>>()?;
    measured.sort_by(f64::total_cmp);
    match measured.len() {
        0 => bail!("“{name}” was not measured"),
        many => Ok(f64::midpoint(measured[(many - 1) / 2], measured[many / 2])),
    }
}

/// No request of it failed and every search found what there is, or a first page of it, however deep that is told.
fn is_sound(place: &str, measured: &Value) -> Result<()> {
    if measured["errors"].as_u64().is_some_and(|errors| errors > 0) {
        bail!("{place}: {} requests failed, the first with {}", measured["errors"], measured["firstError"]);
    }
    let (rows, expected) = (measured["rows"].as_u64(), measured["expected"].as_u64());
    if rows != expected && rows != expected.map(|all| all.min(FIRST_PAGE)) {
        bail!("{place}: a search finds {} rows of {}", measured["rows"], measured["expected"]);
    }
    match measured {
        Value::Object(parts) => parts.iter().try_for_each(|(name, part)| is_sound(&format!("{place}, {name}"), part)),
        Value::Array(parts) => parts.iter().try_for_each(|part| is_sound(place, part)),
        _ => Ok(()),
    }
}

/// The figures of a round.
fn flat(round: &Value) -> BTreeMap<String, f64> {
    let mut figures = BTreeMap::new();
    let mut put = |name: String, value: &Value| {
        if let Some(value) = value.as_f64() {
            figures.insert(name, value);
        }
    };
    put("start-up ms".to_owned(), &round["startup"]["medianMs"]);
    put("idle RSS MB".to_owned(), &round["startup"]["idleRssMB"]);
    put("end RSS MB".to_owned(), &round["endRssMB"]);
    let lists = |part: &str| round[part].as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect();
    let searches: Vec<(String, Value)> = lists("search10000");
    let named = [("product".to_owned(), round["product"].clone()), ("pair".to_owned(), round["pairs"].clone())];
    let named = named.into_iter().chain(searches.into_iter().map(|(name, list)| (format!("search10000 {name}"), list)));
    let by_concurrency = named.flat_map(|(name, list)| {
        let list = list.as_array().cloned().unwrap_or_default();
        list.into_iter().map(move |driven| (format!("{name} c={}", driven["conc"]), driven))
    });
    let progress: Vec<(String, Value)> = lists("progress");
    let by_sessions = progress.into_iter().map(|(sessions, driven)| (format!("progress {sessions}"), driven));
    for (name, driven) in by_concurrency.chain(by_sessions) {
        put(format!("{name} /s"), &driven["perSec"]);
        put(format!("{name} p50 ms"), &driven["step"]["p50"]);
        put(format!("{name} server CPU ms"), &driven["serverCpuMsPerStep"]);
    }
    figures
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::bench::hub::budgets::RECORDED;

    fn recorded() -> Value {
        serde_json::from_str(RECORDED).unwrap()
    }

    fn refused(measured: &Value) -> String {
        format!("{:#}", Figures::read(&measured.to_string()).unwrap_err())
    }

    #[test]
    fn a_comparison_in_which_a_request_failed_is_none() {
        let mut measured = recorded();
        measured["rounds"][1]["pairs"][0]["errors"] = json!(3);
        measured["rounds"][1]["pairs"][0]["firstError"] = json!("complete: 500");
        assert_eq!(refused(&measured), "\"sellme-hub\", pairs: 3 requests failed, the first with \"complete: 500\"");
    }

    #[test]
    fn a_comparison_of_different_answers_is_none() {
        let mut measured = recorded();
        measured["rounds"][3]["answers"]["product 7"] = json!("[]");
        assert!(refused(&measured).starts_with("the sides answer differently, so nothing can be compared (product 7)"));
        measured["rounds"][3]["answers"] = json!({ "failed": "closed" });
        assert!(refused(&measured).contains("does not answer"));
        measured["rounds"][3]["answers"] = json!({});
        assert!(refused(&measured).contains("does not answer"));
    }

    #[test]
    fn a_search_that_finds_less_is_not_faster() {
        let mut measured = recorded();
        measured["rounds"][1]["search10000"]["wide"][0]["rows"] = json!(100);
        assert_eq!(refused(&measured), "\"sellme-hub\", search10000, wide: a search finds 100 rows of 1666");
        measured["rounds"][1]["search10000"]["one"][0]["rows"] = json!(0);
        assert_eq!(refused(&measured), "\"sellme-hub\", search10000, one: a search finds 0 rows of 1");
    }

    #[test]
    fn the_first_page_of_a_search_is_an_answer() {
        let mut measured = recorded();
        for round in measured["rounds"].as_array_mut().unwrap() {
            if round["side"] == "sellme-hub" {
                round["search10000"]["wide"].as_array_mut().unwrap().iter_mut().for_each(|driven| driven["rows"] = json!(50));
            }
        }
        assert!(Figures::read(&measured.to_string()).is_ok());
    }

    #[test]
    fn rounds_of_one_side_compare_nothing() {
        let mut measured = recorded();
        measured["rounds"][1]["side"] = measured["rounds"][0]["side"].clone();
        assert!(refused(&measured).contains("not rounds of two sides"));
        assert!(refused(&json!({})).contains("no rounds"));
    }

    #[test]
    fn a_median_of_two_rounds_is_between_them() {
        let rounds = [3.0, 1.0].map(|value| BTreeMap::from([("x".to_owned(), value)]));
        assert_eq!(median(&rounds, "x").ok(), Some(2.0));
        assert!(median(&rounds, "y").is_err());
        assert!(median(&[], "x").is_err());
    }
}
