//! What the engine reads in the customer's own phrases: only who buys commits, only who leaves declines.

use std::collections::BTreeSet;

use super::fixture::catalog;
use crate::{
    catalog::{Product, Scenario},
    customer::phrases::{Act, lines},
    scoring::{
        cue::{CueKind, Strength},
        listen::Listener,
    },
    session::{Speaker, Turn},
};

/// What is noticed in a line of the customer: out of the blue, and where it may answer an ask, right after one.
fn kinds(act: Act, text: &str) -> Vec<CueKind> {
    let mut listeners = vec![Listener::new(None, None, &[])];
    if answers_an_ask(act) {
        let mut asked = Listener::new(None, None, &[]);
        asked.hear(&Turn::typed(0, Speaker::Rep, "Shall I ring it up for you?"));
        listeners.push(asked);
    }
    let cues = listeners.into_iter().flat_map(|mut listener| listener.hear(&Turn::typed(1, Speaker::Customer, text)));
    cues.filter(|cue| cue.strength > Strength::Weak).map(|cue| cue.kind).collect()
}

/// True where it is said to a rep who asks for the sale.
fn answers_an_ask(act: Act) -> bool {
    buys(act)
        || declines(act)
        || matches!(
            act,
            Act::Hesitate
                | Act::NeedValue
                | Act::RemindMe
                | Act::DoubtLeft
                | Act::Pushy
                | Act::AskPrice
                | Act::PriceHigh
                | Act::PriceWayHigh
                | Act::Compare
                | Act::HalfSettled
                | Act::ThirdTime
                | Act::Impatient
                | Act::WrongPrice
                | Act::Puzzled
                | Act::Offended
        )
}

fn each(check: impl Fn(Act, &[CueKind]) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for (persona, act, line) in lines() {
        let line = [("price", "$119"), ("alt_price", "$89"), ("alt", "the other one"), ("feature", "Extra depth"), ("tag", "$139")]
            .iter()
            .fold(line.to_owned(), |line, (name, fact)| line.replace(&format!("{{{name}}}"), fact));
        let kinds = kinds(act, &line);
        if !check(act, &kinds) {
            wrong.push(format!("{persona:?} {act:?} {kinds:?}: {line}"));
        }
    }
    wrong
}

fn buys(act: Act) -> bool {
    act == Act::Accept
}

fn declines(act: Act) -> bool {
    matches!(act, Act::LeaveOutOfPatience | Act::LeaveLostTrust | Act::LeaveDoubtLeft | Act::LeaveTooExpensive | Act::LeavePutOff)
}

#[test]
fn only_who_buys_commits() {
    let wrong = each(|act, kinds| kinds.contains(&CueKind::Acceptance) == buys(act));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_who_leaves_declines() {
    let wrong = each(|act, kinds| {
        let refuses = kinds.contains(&CueKind::Refusal);
        if declines(act) { refuses } else { !refuses || act == Act::LeaveOutOfTime || act == Act::AfterLeave }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_word_in_passing_is_an_objection_whatever_the_product() {
    let mut wrong = BTreeSet::new();
    for product in &catalog().products {
        for scenario in &product.scenarios {
            let listener = Listener::new(Some(product), Some(scenario), &catalog().policies);
            for (_, act, line) in lines().filter(|(persona, act, _)| *persona == scenario.persona && !act.may_doubt()) {
                let line = filled(line, product, scenario);
                let cues = listener.clone().hear(&Turn::typed(1, Speaker::Customer, line.clone()));
                for cue in cues.into_iter().filter(|cue| cue.kind == CueKind::Objection) {
                    wrong.insert(format!("{:?} {act:?} {} {:?}: {line}", scenario.persona, cue.rule, cue.subject));
                }
            }
        }
    }
    let shown: Vec<_> = wrong.iter().map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} lines\n{}", wrong.len(), shown.join("\n"));
}

/// A phrase with what a scenario puts into it.
fn filled(line: &str, product: &Product, scenario: &Scenario) -> String {
    let shown = |cents: i64| crate::customer::price::shown(cents);
    let tag = shown(product.price_range_cents().0);
    let (alt, alt_price) = scenario
        .alternative
        .as_ref()
        .map_or_else(|| ("the other one".to_owned(), shown(8900)), |other| (other.name.clone(), shown(other.price_cents)));
    let feature = product.features.first().map_or("Extra depth", |feature| feature.name.as_str());
    let matter = "how it fits";
    [
        ("price", tag.as_str()),
        ("tag", tag.as_str()),
        ("alt_price", alt_price.as_str()),
        ("alt", alt.as_str()),
        ("feature", feature),
        ("matter", matter),
    ]
    .iter()
    .fold(line.to_owned(), |line, (name, fact)| line.replace(&format!("{{{name}}}"), fact))
}
