//! What the engine reads in the customer's own phrases: only who buys commits, only who leaves declines.

use crate::{
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
fn a_word_in_passing_is_no_objection() {
    let may_object = |act: Act| {
        matches!(
            act,
            Act::PriceHigh
                | Act::PriceWayHigh
                | Act::Compare
                | Act::BehindIt
                | Act::ChallengeFalseClaim
                | Act::DoubtClaim
                | Act::Hesitate
                | Act::Pushy
                | Act::Accept
        ) || declines(act)
            || matches!(act, Act::LeaveNeverAsked | Act::LeaveRepLeft | Act::LeaveOutOfTime | Act::AfterLeave | Act::HalfSettled)
    };
    let wrong = each(|act, kinds| may_object(act) || !kinds.iter().any(|kind| matches!(kind, CueKind::Objection)));
    // A word here and there can be taken either way; more would fill the ledger with doubts that nobody has.
    assert!(wrong.len() * 100 <= lines().count(), "{}", wrong.join("\n"));
}
