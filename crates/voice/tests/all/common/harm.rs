//! Messages and logs that are not as they should be.

use proptest::{collection::vec, prelude::*, sample::select};
use sellme_core::Millis;
use serde_json::Value;

use crate::common::{BEGIN, What, log, names};

/// Any JSON.
pub(crate) fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(vec![
            "",
            "item_u1",
            "item_a1",
            "resp_1",
            "resp_2",
            "root",
            "completed",
            "cancelled",
            "message",
            "assistant",
            "user",
            "function_call"
        ])
        .prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z_]{1,12}", inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect()))
        ]
    })
}

/// What is done to one message.
#[derive(Debug, Clone)]
enum Harm {
    /// A value somewhere in it becomes another.
    Swap(usize, Value),
    /// A value somewhere in it is gone.
    Drop(usize),
    /// It comes twice.
    Twice,
    /// It breaks off.
    Break(usize),
    /// It is about another item or answer.
    Rename(String, String),
}

fn harm() -> impl Strategy<Value = Harm> {
    let ids = select(vec!["item_u1", "item_a1", "item_u2", "item_a2", "resp_1", "resp_2", ""]);
    prop_oneof![
        (any::<usize>(), json()).prop_map(|(at, value)| Harm::Swap(at, value)),
        any::<usize>().prop_map(Harm::Drop),
        Just(Harm::Twice),
        any::<usize>().prop_map(Harm::Break),
        (ids.clone(), ids).prop_map(|(from, to)| Harm::Rename(from.into(), to.into())),
    ]
}

/// Pointers to every value in it.
fn pointers(value: &Value, here: &str, all: &mut Vec<String>) {
    all.push(here.to_owned());
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, inner)| pointers(inner, &format!("{here}/{}", key.replace('~', "~0").replace('/', "~1")), all))
        }
        Value::Array(list) => list.iter().enumerate().for_each(|(index, inner)| pointers(inner, &format!("{here}/{index}"), all)),
        _ => {}
    }
}

fn harmed(message: &str, harm: &Harm) -> Vec<String> {
    let Ok(mut value) = serde_json::from_str::<Value>(message) else { return vec![message.to_owned()] };
    let mut all = Vec::new();
    pointers(&value, "", &mut all);
    let pick = |at: usize| all[at % all.len()].clone();
    match harm {
        Harm::Swap(at, other) => {
            if let Some(place) = value.pointer_mut(&pick(*at)) {
                *place = other.clone();
            }
        }
        Harm::Drop(at) => {
            let pointer = pick(*at);
            if let Some((parent, key)) = pointer.rsplit_once('/')
                && let Some(Value::Object(map)) = value.pointer_mut(parent)
            {
                map.remove(key);
            }
        }
        Harm::Twice => return vec![message.to_owned(); 2],
        Harm::Break(at) => {
            let end = (0..=at % (message.len() + 1)).rev().find(|end| message.is_char_boundary(*end)).unwrap_or(0);
            return vec![message[..end].to_owned()];
        }
        Harm::Rename(from, to) => return vec![message.replace(&format!("\"{from}\""), &format!("\"{to}\""))],
    }
    vec![value.to_string()]
}

/// A log of ours, harmed here and there, with time that passes between its messages.
pub(crate) fn harmed_logs() -> impl Strategy<Value = Vec<(i64, String)>> {
    let messages = |name: String| -> Vec<(i64, String)> {
        let begin = |at: Millis| at.0 - BEGIN;
        log(&name)
            .into_iter()
            .filter_map(|step| if let What::Message(message) = step.what { Some((begin(step.at), message)) } else { None })
            .collect()
    };
    (select(names()).prop_map(messages), vec((any::<usize>(), harm()), 0..24), vec((any::<usize>(), 0..20_000_i64), 0..4)).prop_map(
        |(mut log, harms, waits)| {
            for (at, harm) in harms {
                let at = at % log.len();
                let (time, message) = log[at].clone();
                log.splice(at..=at, harmed(&message, &harm).into_iter().map(|message| (time, message)));
            }
            for (at, wait) in waits {
                let at = at % log.len();
                log[at..].iter_mut().for_each(|(time, _)| *time += wait);
            }
            log
        },
    )
}
