//! Tells a voice model where the customer's policy has moved: one short note, from fixed sentences and ids of the catalogue, never from what a rep said.

use super::words::{Section, filled, words};
use crate::{
    catalog::{Persona, Scenario},
    customer::{Moved, challenges},
    session::{Decision, Reason},
};

/// The note for a turn of the rep that has moved the customer so, where the model must know: the most pressing thing, and nothing else.
#[must_use]
pub fn steer(moved: &Moved, scenario: &Scenario) -> Option<String> {
    let say = |name, facts: &[(&str, &str)]| Some(filled(words().of(Section::Steer, name), facts));
    if let Some((decision, reason)) = moved.decision {
        let name = match decision {
            Decision::Buy => "buy",
            Decision::WalkAway => "walk_away",
            Decision::Undecided => "undecided",
        };
        return say(name, &[("reason", written(reason))]);
    }
    if let Some(claim) = &moved.false_claim {
        let name = match scenario.persona {
            persona if challenges(persona) => "challenge",
            Persona::Skeptical => "doubt",
            _ => "wary",
        };
        let about = if claim.is_empty() { String::new() } else { format!(" ({claim})") };
        return say(name, &[("claim", &about)]);
    }
    if moved.impatient {
        return say("impatient", &[]);
    }
    if let Some(refused) = &moved.refused {
        return match refused {
            Some(objection) => say("refused_over", &[("objection", objection)]),
            None => say("refused", &[]),
        };
    }
    if let Some(objection) = &moved.brushed {
        return say("brushed", &[("objection", objection)]);
    }
    moved.due.as_ref().and_then(|objection| say("due", &[("objection", objection)]))
}

/// A reason as the function takes it.
fn written(reason: Reason) -> &'static str {
    match reason {
        Reason::Convinced => "convinced",
        Reason::OutOfPatience => "out_of_patience",
        Reason::LostTrust => "lost_trust",
        Reason::DoubtLeft => "doubt_left",
        Reason::TooExpensive => "too_expensive",
        Reason::NeverAsked => "never_asked",
        Reason::PutOff => "put_off",
        Reason::RepLeft => "rep_left",
        Reason::OutOfTime => "out_of_time",
    }
}
