//! Reads what a voice model reports by calling a function. What cannot be meant by this customer is dropped: a model may err, and the talk goes on.

use serde_json::Value;

use crate::{
    catalog::Scenario,
    session::{Decision, Reason, Signal},
};

impl Signal {
    /// The signal that a call of this function with these arguments (JSON) reports. `None` where it is no function of ours, where the arguments cannot be read,
    /// or where this scenario has nothing of that id. Names and ids are read whatever their case and whatever stands between their words.
    #[must_use]
    pub fn from_call(name: &str, arguments: &str, scenario: &Scenario) -> Option<Self> {
        let arguments: Value = serde_json::from_str(arguments).ok()?;
        match plain(name).as_str() {
            "raiseobjection" => {
                let known = scenario.objections.iter().map(|objection| objection.id.as_str());
                Some(Self::RaiseObjection { id: id_in(&arguments, known)? })
            }
            "revealneed" => Some(Self::RevealNeed { id: id_in(&arguments, scenario.needs.iter().map(|need| need.id.as_str()))? }),
            "trap" | "settrap" => Some(Self::Trap { id: id_in(&arguments, scenario.traps.iter().map(|trap| trap.claim.as_str()))? }),
            "decide" => {
                let decision = decision(&plain(word(&arguments, "decision")?))?;
                let reason = word(&arguments, "reason").and_then(|reason| self::reason(&plain(reason)));
                Some(Self::Decide { decision, reason: fitting(decision, reason) })
            }
            _ => None,
        }
    }

    /// True where this scenario has what the signal speaks of.
    #[must_use]
    pub fn fits(&self, scenario: &Scenario) -> bool {
        match self {
            Self::RaiseObjection { id } => scenario.objections.iter().any(|objection| objection.id == *id),
            Self::RevealNeed { id } => scenario.needs.iter().any(|need| need.id == *id),
            Self::Trap { id } => scenario.traps.iter().any(|trap| trap.claim == *id),
            Self::Decide { .. } => true,
        }
    }
}

/// Letters and digits alone, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn word<'a>(arguments: &'a Value, name: &str) -> Option<&'a str> {
    arguments.get(name)?.as_str()
}

/// The known id that the arguments name: by `id`, or by the only text that there is.
fn id_in<'a>(arguments: &Value, mut known: impl Iterator<Item = &'a str>) -> Option<String> {
    let only = || arguments.as_object().filter(|object| object.len() == 1)?.values().next()?.as_str();
    let said = plain(word(arguments, "id").or_else(only)?);
    known.find(|id| plain(id) == said).map(str::to_owned)
}

fn decision(plain: &str) -> Option<Decision> {
    Some(match plain {
        "buy" | "buys" | "bought" => Decision::Buy,
        "walkaway" | "walkedaway" | "leave" => Decision::WalkAway,
        "undecided" => Decision::Undecided,
        _ => return None,
    })
}

fn reason(plain: &str) -> Option<Reason> {
    Some(match plain {
        "convinced" => Reason::Convinced,
        "outofpatience" => Reason::OutOfPatience,
        "losttrust" => Reason::LostTrust,
        "doubtleft" => Reason::DoubtLeft,
        "tooexpensive" => Reason::TooExpensive,
        "neverasked" => Reason::NeverAsked,
        "putoff" => Reason::PutOff,
        "repleft" => Reason::RepLeft,
        "outoftime" => Reason::OutOfTime,
        _ => return None,
    })
}

/// Whoever buys is convinced, and nobody leaves because of it. A decision without a reason that can be read still stands, with the plainest one.
fn fitting(decision: Decision, reason: Option<Reason>) -> Reason {
    let other = reason.filter(|reason| *reason != Reason::Convinced);
    match decision {
        Decision::Buy => Reason::Convinced,
        Decision::WalkAway => other.unwrap_or(Reason::OutOfPatience),
        Decision::Undecided => other.unwrap_or(Reason::OutOfTime),
    }
}
