//! What a persona says where the scenario has no line of its own: data, in `data/customer/phrases/`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{catalog::Persona, session::Reason};

/// What is done by saying something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Act {
    /// Did not understand.
    Unclear,
    /// Was spoken to in another language.
    OtherLanguage,
    /// Is asked what it meant by its own question, or why it asks.
    Explain,
    /// Gives up understanding and goes on.
    MoveOn,
    /// A feature was tied to a need that it told.
    AckTied,
    /// Learned something that matters to it.
    AckGood,
    /// Learned something.
    AckFact,
    /// Heard nothing new, or nothing at all.
    AckWeak,
    /// Its question was answered.
    GotAnswer,
    /// Its question was passed over.
    NotAnswered,
    /// The price is fine.
    PriceOk,
    /// The price is above its ceiling.
    PriceHigh,
    /// The price is far above its ceiling.
    PriceWayHigh,
    /// The rep named a price that is not on the tag.
    WrongPrice,
    /// Wants the price.
    AskPrice,
    /// Quotes something else against the price.
    Compare,
    /// A claim was false, and it says so.
    ChallengeFalseClaim,
    /// A claim has nothing behind it.
    DoubtClaim,
    /// The rep took back something false.
    TakenBack,
    /// The rep admitted not to know.
    HonestUnknown,
    /// Was asked twice.
    ToldAlready,
    /// Is asked one question after another.
    TooManyQuestions,
    /// Is about to leave.
    Impatient,
    /// The rep talked too long.
    Monologue,
    /// The rep said the same once more.
    Repeats,
    /// Asked to buy, does not trust it yet.
    Hesitate,
    /// Asked to buy before it knows why it should.
    NeedValue,
    /// Asked to buy, wants to hear the value once more.
    RemindMe,
    /// Asked to buy, has a doubt: comes before the doubt.
    DoubtLeft,
    /// Asked again, with nothing new.
    Pushy,
    /// An objection is half answered.
    HalfSettled,
    /// Raises an objection for the third time: comes before it.
    ThirdTime,
    /// Says more about an objection.
    BehindIt,
    /// An objection was taken seriously, not answered.
    Heard,
    /// Answers small talk.
    SmalltalkBack,
    /// Is greeted.
    GreetBack,
    /// Is asked to be somebody else.
    Puzzled,
    /// Yes.
    YesAnswer,
    /// Does not know.
    DontKnow,
    /// Takes it into the hand.
    TryIt,
    /// Asked what it thinks: likes it.
    TrialWarm,
    /// Asked what it thinks: not there yet.
    TrialCold,
    /// Asked for doubts: has none.
    NoMoreDoubts,
    /// The rep gave back what it said.
    Confirm,
    /// The rep took its feelings seriously.
    EmpathyBack,
    /// Would buy, waits to be asked.
    BuyingSignal,
    /// Buys: comes before its last line.
    Accept,
    /// A discount was offered.
    Discount,
    /// Was told to hurry: the last one, today only.
    Hurried,
    /// Was put down.
    Offended,
    /// A word of its own world.
    Color,
    /// A short word to begin with.
    Lead,
    /// Keeps the talk going.
    GoOn,
    /// Asked for a name that the scenario does not have.
    NoName,
    /// Asked about taste that the scenario does not have.
    NoStyle,
    /// Asked about experience that the scenario does not have.
    NoExperience,
    /// Asked about a place that the scenario does not have.
    NoWhere,
    /// Asked about others that the scenario does not have.
    NoOthers,
    /// Asked what it holds the price against, where it has seen nothing else.
    NoCompare,
    /// Leaves: patience ran out.
    LeaveOutOfPatience,
    /// Leaves: does not believe the rep.
    LeaveLostTrust,
    /// Leaves: a doubt was never answered.
    LeaveDoubtLeft,
    /// Leaves: too expensive.
    LeaveTooExpensive,
    /// Leaves it open: was never asked.
    LeaveNeverAsked,
    /// Leaves: was pushed or put down.
    LeavePutOff,
    /// The rep took leave.
    LeaveRepLeft,
    /// Leaves: no time left.
    LeaveOutOfTime,
    /// After it has bought.
    AfterBuy,
    /// After it has left.
    AfterLeave,
}

impl Act {
    /// Whether what is said by it may hold something against the thing on sale.
    pub(super) fn may_doubt(self) -> bool {
        matches!(
            self,
            Self::PriceHigh
                | Self::PriceWayHigh
                | Self::Compare
                | Self::BehindIt
                | Self::ChallengeFalseClaim
                | Self::DoubtClaim
                | Self::Hesitate
                | Self::Pushy
                | Self::HalfSettled
                | Self::Accept
                | Self::LeaveOutOfPatience
                | Self::LeaveLostTrust
                | Self::LeaveDoubtLeft
                | Self::LeaveTooExpensive
                | Self::LeavePutOff
                | Self::LeaveNeverAsked
                | Self::LeaveRepLeft
                | Self::LeaveOutOfTime
                | Self::AfterLeave
        )
    }

    /// How leaving is put into words.
    pub(super) fn leaving(reason: Reason) -> Self {
        match reason {
            Reason::Convinced => Self::Accept,
            Reason::OutOfPatience => Self::LeaveOutOfPatience,
            Reason::LostTrust => Self::LeaveLostTrust,
            Reason::DoubtLeft => Self::LeaveDoubtLeft,
            Reason::TooExpensive => Self::LeaveTooExpensive,
            Reason::NeverAsked => Self::LeaveNeverAsked,
            Reason::PutOff => Self::LeavePutOff,
            Reason::RepLeft => Self::LeaveRepLeft,
            Reason::OutOfTime => Self::LeaveOutOfTime,
        }
    }
}

type Pools = BTreeMap<Act, Vec<String>>;

// Read once; `every_persona_has_a_voice_of_its_own` keeps the files from ever failing here.
static PHRASES: LazyLock<BTreeMap<Persona, Pools>> =
    LazyLock::new(|| FILES.iter().map(|(persona, text)| (*persona, toml::from_str(text).unwrap_or_default())).collect());

const FILES: [(Persona, &str); 5] = [
    (Persona::Friendly, include_str!("../../data/customer/phrases/friendly.toml")),
    (Persona::PriceConscious, include_str!("../../data/customer/phrases/price-conscious.toml")),
    (Persona::Rushed, include_str!("../../data/customer/phrases/rushed.toml")),
    (Persona::Skeptical, include_str!("../../data/customer/phrases/skeptical.toml")),
    (Persona::Knowledgeable, include_str!("../../data/customer/phrases/knowledgeable.toml")),
];

/// The phrasings of an act by a persona.
pub(super) fn pool(persona: Persona, act: Act) -> &'static [String] {
    PHRASES.get(&persona).and_then(|pools| pools.get(&act)).map_or(&[], Vec::as_slice)
}

/// Every phrase of a persona, and whether it may raise a doubt.
pub(crate) fn phrases_of(persona: Persona) -> impl Iterator<Item = (bool, &'static str)> {
    let pools = PHRASES.get(&persona).into_iter().flatten();
    pools.flat_map(|(act, lines)| lines.iter().map(move |line| (act.may_doubt(), line.as_str())))
}

/// Every phrase of every persona.
#[cfg(test)]
pub(super) fn lines() -> impl Iterator<Item = (Persona, Act, &'static str)> {
    PHRASES.iter().flat_map(|(persona, pools)| {
        pools.iter().flat_map(move |(act, lines)| lines.iter().map(move |line| (*persona, *act, line.as_str())))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::customer::knobs;

    #[test]
    fn every_persona_has_a_voice_of_its_own() {
        let mut seen = BTreeSet::new();
        for (persona, text) in FILES {
            let pools: Pools = toml::from_str(text).unwrap_or_else(|error| panic!("{persona:?}: {error}"));
            let mut own = BTreeSet::new();
            for (act, lines) in &pools {
                for line in lines {
                    assert!(line.ends_with(['.', '?', '!']), "{persona:?} {act:?}: “{line}” has no end");
                    if *act == Act::Lead {
                        continue;
                    }
                    let line = line.to_lowercase();
                    assert!(own.insert(line.clone()), "{persona:?} {act:?}: “{line}” is there twice");
                    // Two people may both say “That's right.”
                    assert!(line.split(' ').count() < 5 || seen.insert(line.clone()), "{persona:?} {act:?}: “{line}” is another's");
                }
            }
        }
    }

    #[test]
    fn every_persona_has_several_ways_to_do_everything() {
        let acts: BTreeSet<Act> =
            FILES.iter().flat_map(|(_, text)| toml::from_str::<Pools>(text).unwrap_or_default().into_keys()).collect();
        for (persona, _) in FILES {
            for act in &acts {
                // Only who knows better says so when a claim is false.
                let silent = *act == Act::ChallengeFalseClaim && !knobs::manner(persona).challenges;
                let rare = matches!(act, Act::NoName | Act::NoStyle | Act::NoExperience | Act::NoWhere | Act::NoOthers | Act::NoCompare);
                let least = if rare { 4 } else { 6 };
                assert!(silent || pool(persona, *act).len() >= least, "{persona:?} has too little for {act:?}");
            }
        }
        assert_eq!(acts.len(), 69, "an act has no lines");
    }
}
