//! A conversation to hand in, and what the engine says of it.

use sellme_core::{
    company::turns,
    embedded,
    scoring::{self, Context, report::Report},
};
use serde_json::{Value, json};

/// With whom.
pub(crate) const SCENARIO: &str = "the-gunner-friendly-easy";

/// What a good rep says to them.
const REP: &str = include_str!("../../../../../tests/scripts/demo.txt");

/// What the customer says in between.
const CUSTOMER: [&str; 3] =
    ["It's for my husband, he feeds cattle.", "He gets wet through, and then he sits in it.", "I worry it's too hot in April."];

/// The whole conversation as the first clients wrote it.
pub(crate) fn talk() -> Vec<Value> {
    let rep = REP.lines().filter(|line| !line.is_empty());
    let both = rep.zip(CUSTOMER.iter().cycle()).flat_map(|(rep, customer)| [("rep", rep), ("customer", customer)]);
    both.zip(0..).map(|((role, text), no)| json!({ "id": format!("item_{no}"), "role": role, "at": no * 4_000, "text": text })).collect()
}

/// What the engine says of a conversation.
pub(crate) fn computed(transcript: &[Value]) -> Report {
    let catalog = embedded::catalog().unwrap();
    let (product, scenario) = catalog.scenario(SCENARIO).unwrap();
    let context =
        Context { product: Some(product), scenario: Some(scenario), policies: &catalog.policies, catalog_revision: Some(catalog.revision) };
    scoring::score(&context, &turns(&Value::from(transcript).to_string()).unwrap())
}

/// The four figures of a report, as they are claimed.
pub(crate) fn metrics(report: &Report) -> Value {
    serde_json::to_value(report.metrics).unwrap()
}

/// What is handed in, with these figures.
pub(crate) fn told(metrics: &Value, transcript: &[Value]) -> Value {
    json!({ "metrics": metrics, "feedback": "Went well.", "transcript": transcript })
}
