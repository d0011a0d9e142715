//! What the listener notices, and what it does not, in tables: a way of speaking a row, typed and as a recogniser writes it.

mod always;
mod answer;
mod asks;
mod customer;
mod prices;
mod rep;
mod store;
mod work;

use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex},
};

use super::Listener;
use crate::{
    scoring::cue::Cue,
    session::{Speaker, Turn},
};

/// One listener per product; each conversation begins with a copy of it.
static LISTENERS: LazyLock<Mutex<BTreeMap<String, Listener>>> = LazyLock::new(Mutex::default);

fn listener(product: &str) -> Listener {
    let mut all = LISTENERS.lock().unwrap();
    all.entry(product.to_owned())
        .or_insert_with(|| {
            let catalog = crate::embedded::catalog().unwrap();
            let product = (product != "any").then(|| catalog.product(product).unwrap());
            Listener::new(product, product.map(|product| &product.scenarios[0]), &catalog.policies)
        })
        .clone()
}

/// The cues of the last turn of a talk about a product: turns of `r: …` and `c: …`, with `/` between them.
fn heard(product: &str, talk: &str) -> Vec<Cue> {
    let mut listener = listener(product);
    let mut cues = Vec::new();
    for (index, turn) in talk.split(" / ").enumerate() {
        let (who, text) = turn.split_once(": ").unwrap();
        let speaker = if who == "r" { Speaker::Rep } else { Speaker::Customer };
        cues = listener.hear(&Turn::typed(u32::try_from(index).unwrap(), speaker, text));
        for cue in &cues {
            let (start, end) = (cue.span.start as usize, cue.span.end as usize);
            assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), cue.quote, "{text}");
        }
    }
    cues
}

/// What a cue is, in words: its kind, subject, what it refers to, its verdict and the rule's id.
fn words(cue: &Cue) -> Vec<String> {
    let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut words = vec![name(serde_json::to_value(cue.kind).unwrap())];
    words.extend(cue.subject.clone());
    words.extend(cue.refers_to.clone());
    words.extend(cue.verdict.map(|verdict| name(serde_json::to_value(verdict).unwrap())));
    words.push(cue.rule.clone());
    words
}

/// Checks rows of a talk and what is noticed in its last turn: `claim waterproof supported, no put_down, open_question = what do you need`. After `=` stands the
/// quote.
fn check(product: &str, rows: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (talk, expected) in rows {
        let cues = heard(product, talk);
        for one in expected.split(", ") {
            let (absent, one) = one.strip_prefix("no ").map_or((false, one), |one| (true, one));
            let (what, quote) = one.split_once(" = ").map_or((one, None), |(what, quote)| (what, Some(quote)));
            let noticed = cues.iter().any(|cue| {
                let words = words(cue);
                what.split(' ').all(|word| words.iter().any(|known| known == word)) && quote.is_none_or(|quote| quote == cue.quote)
            });
            if noticed == absent {
                let found: Vec<_> = cues.iter().map(|cue| format!("{} = {}", words(cue).join(" "), cue.quote)).collect();
                wrong.push(format!("{talk}\n   {}{one}; noticed: {found:?}", if absent { "no " } else { "" }));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Checks that the last turn of every talk says one thing.
fn all(product: &str, expected: &str, talks: &[&str]) {
    let rows: Vec<_> = talks.iter().map(|talk| (*talk, expected)).collect();
    check(product, &rows);
}
