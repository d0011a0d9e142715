//! What the rep said of the product that is true: each thing once, and whether something of this customer's was behind it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    scoring::{
        cue::{Cue, CueKind, Verdict},
        ledger::questions,
        record::{Place, Record, is, overlap, place, quote},
        report::{NeedRow, Quote},
        rubric::Rubric,
    },
    session::Speaker,
};

/// A true statement, at the first time at which it counts.
#[derive(Debug, Clone)]
pub(in crate::scoring) struct Fact {
    pub(in crate::scoring) said: Quote,
    pub(in crate::scoring) place: Place,
    /// The customer asked for it, needs it or doubted it.
    pub(in crate::scoring) relevant: bool,
}

/// A turn that lists facts for which nobody asked.
#[derive(Debug, Clone)]
pub(in crate::scoring) struct Recital {
    pub(in crate::scoring) said: Quote,
}

#[derive(Debug, Clone, Default)]
pub(in crate::scoring) struct Facts {
    /// Facts that count, in order.
    pub(in crate::scoring) counted: Vec<Fact>,
    /// Where the rep first praised it without being asked: the pitch.
    pub(in crate::scoring) pitch: Option<Place>,
    /// Needs that a fact was tied to after they were told: the need's id and the words.
    pub(in crate::scoring) tied: Vec<(String, Quote)>,
    pub(in crate::scoring) recitals: Vec<Recital>,
}

/// What this customer has shown an interest in so far.
#[derive(Default)]
struct Interest {
    asked: BTreeSet<String>,
    subjects: BTreeSet<String>,
    told: BTreeSet<String>,
    /// The customer just asked about a claim: what is stated right after speaks to it.
    claim_asked: bool,
}

impl Interest {
    fn hear(&mut self, record: &Record, cue: &Cue) {
        match cue.kind {
            CueKind::Need => {
                if let Some(need) = &cue.refers_to {
                    self.told.insert(need.clone());
                    self.subjects.extend(record.material.need(need).into_iter().flat_map(|need| need.features.iter().cloned()));
                }
            }
            CueKind::Objection => {
                let known = cue.refers_to.as_deref().and_then(|id| record.material.objection(id));
                self.subjects.extend(known.into_iter().flat_map(|objection| objection.features.iter().cloned()));
            }
            CueKind::Question => {
                self.subjects.extend(cue.subject.clone());
                self.asked.extend(cue.subject.clone());
            }
            _ => {}
        }
    }

    fn covers(&self, record: &Record, cue: &Cue) -> bool {
        let tied = cue.kind == CueKind::Benefit && cue.refers_to.as_ref().is_some_and(|need| self.told.contains(need));
        tied || self.claim_asked || among(&self.subjects, record, cue)
    }

    fn asked(&self, record: &Record, cue: &Cue) -> bool {
        self.claim_asked || among(&self.asked, record, cue)
    }
}

/// True where a statement is about one of these features or claims, or a claim of the same topic.
fn among(subjects: &BTreeSet<String>, record: &Record, cue: &Cue) -> bool {
    let id = if cue.kind == CueKind::Claim { &cue.refers_to } else { &cue.subject };
    let Some(id) = id else { return false };
    let topic = |id: &str| record.material.claim(id).map(|(topic, _)| topic);
    let claimed = cue.kind == CueKind::Claim;
    subjects.contains(id) || (claimed && topic(id).is_some_and(|said| subjects.iter().any(|asked| topic(asked) == Some(said))))
}

pub(in crate::scoring) fn ledger(record: &Record, needs: &[NeedRow], rubric: &Rubric) -> Facts {
    let mut facts = Facts::default();
    let mut interest = Interest::default();
    // What was said, by what it says: how much it could count for, and its place in `counted` where there was room for it.
    let mut known: BTreeMap<String, (bool, Option<usize>)> = BTreeMap::new();
    let mut tied: BTreeSet<String> = BTreeSet::new();
    for (turn, heard) in record.turns.iter().enumerate() {
        let cues = record.cues_of(turn);
        if heard.speaker == Speaker::Customer {
            interest.claim_asked = cues.iter().any(|cue| questions::about_claim(record, cue));
            cues.iter().for_each(|cue| interest.hear(record, cue));
            continue;
        }
        let said = said(cues);
        let pitched = said.iter().find(|(_, cue)| !interest.asked(record, cue));
        if let (None, Some((_, cue))) = (facts.pitch, pitched) {
            facts.pitch = Some(place(turn, cue));
        }
        let mut room = rubric.product.facts_per_turn;
        let (relevant, other): (Vec<_>, Vec<_>) = said.into_iter().partition(|(_, cue)| interest.covers(record, cue));
        let listed: BTreeSet<&String> = other.iter().map(|(what, _)| what).collect();
        if let (true, Some((_, cue))) = (listed.len() >= rubric.product.recital_facts as usize, other.first()) {
            facts.recitals.push(Recital { said: quote(cue) });
        }
        for (relevant, (what, cue)) in relevant.into_iter().map(|fact| (true, fact)).chain(other.iter().map(|fact| (false, fact.clone()))) {
            let before = known.get(&what).copied();
            // Said again it earns nothing more, unless something of the customer's stands behind it only now.
            if before.is_some_and(|(was_relevant, _)| was_relevant || !relevant) {
                continue;
            }
            let fact = Fact { said: quote(cue), place: place(turn, cue), relevant };
            let mut at = before.and_then(|(_, at)| at);
            if let Some(counted) = at.and_then(|at| facts.counted.get_mut(at)) {
                *counted = fact;
            } else if room > 0 {
                room -= 1;
                at = Some(facts.counted.len());
                facts.counted.push(fact);
            }
            known.insert(what, (relevant, at));
        }
        tie(&mut facts, &mut tied, needs, cues, rubric.product.facts_per_turn);
    }
    facts
}

/// The true statements of a turn by what they say, each once.
fn said(cues: &[Cue]) -> Vec<(String, &Cue)> {
    let features: Vec<&Cue> = cues.iter().filter(|cue| is(cue, &[CueKind::Feature, CueKind::Benefit]) && cue.subject.is_some()).collect();
    let mut seen = BTreeSet::new();
    let mut said = Vec::new();
    for cue in cues {
        let what = match cue.kind {
            CueKind::Feature | CueKind::Benefit => cue.subject.as_ref().map(|id| format!("feature {id}")),
            // The same words are one fact, whether the catalogue has them as a feature, as a claim or as both.
            CueKind::Claim if cue.verdict == Some(Verdict::Supported) && !features.iter().any(|other| overlap(other.span, cue.span)) => {
                cue.refers_to.as_ref().map(|id| format!("claim {id}"))
            }
            _ => None,
        };
        if let Some(what) = what
            && seen.insert(what.clone())
        {
            said.push((what, cue));
        }
    }
    // A feature that is tied to a need says more than the bare one at another place in the turn.
    for (what, cue) in &mut said {
        if cue.kind == CueKind::Feature
            && let Some(better) = features.iter().find(|other| {
                other.kind == CueKind::Benefit && format!("feature {}", other.subject.as_deref().unwrap_or_default()) == *what
            })
        {
            *cue = better;
        }
    }
    said
}

fn tie(facts: &mut Facts, tied: &mut BTreeSet<String>, needs: &[NeedRow], cues: &[Cue], most: u32) {
    let mut room = most;
    for cue in cues.iter().filter(|cue| cue.kind == CueKind::Benefit) {
        let told = |need: &String| needs.iter().any(|row| row.need == *need && row.told.as_ref().is_some_and(|told| told.turn < cue.turn));
        if let Some(need) = cue.refers_to.as_ref().filter(|need| told(need))
            && tied.insert(need.clone())
            && room > 0
        {
            facts.tied.push((need.clone(), quote(cue)));
            room -= 1;
        }
    }
}
