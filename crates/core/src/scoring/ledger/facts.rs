//! What the rep said of the product that is true: each thing once, and whether something of this customer's was behind it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    scoring::{
        cue::{Cue, CueKind, Verdict},
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
    /// Where the rep first praised it with nothing of the customer's behind the words: the pitch.
    pub(in crate::scoring) pitch: Option<Place>,
    /// Needs that a fact was tied to after they were told: the need's id and the words.
    pub(in crate::scoring) tied: Vec<(String, Quote)>,
    pub(in crate::scoring) recitals: Vec<Recital>,
}

/// What this customer has shown an interest in so far.
#[derive(Default)]
struct Interest {
    subjects: BTreeSet<String>,
    told: BTreeSet<String>,
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
            CueKind::Question => self.subjects.extend(cue.subject.clone()),
            _ => {}
        }
    }

    fn covers(&self, record: &Record, cue: &Cue) -> bool {
        let id = if cue.kind == CueKind::Claim { &cue.refers_to } else { &cue.subject };
        let Some(id) = id else { return false };
        let topic = |id: &str| record.material.claim(id).map(|(topic, _)| topic);
        self.subjects.contains(id)
            || (cue.kind == CueKind::Benefit && cue.refers_to.as_ref().is_some_and(|need| self.told.contains(need)))
            || (cue.kind == CueKind::Claim && topic(id).is_some_and(|said| self.subjects.iter().any(|asked| topic(asked) == Some(said))))
    }
}

pub(in crate::scoring) fn ledger(record: &Record, needs: &[NeedRow], rubric: &Rubric) -> Facts {
    let mut facts = Facts::default();
    let mut interest = Interest::default();
    // What was counted, by what it says, with its place in `counted`.
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    let mut tied: BTreeSet<String> = BTreeSet::new();
    for (turn, heard) in record.turns.iter().enumerate() {
        let cues = record.cues_of(turn);
        if heard.speaker == Speaker::Customer {
            cues.iter().for_each(|cue| interest.hear(record, cue));
            continue;
        }
        let said = said(cues);
        let mut room = rubric.product.facts_per_turn;
        let (relevant, other): (Vec<_>, Vec<_>) = said.into_iter().partition(|(_, cue)| interest.covers(record, cue));
        if let (None, Some((_, cue))) = (facts.pitch, other.first()) {
            facts.pitch = Some(place(turn, cue));
        }
        let listed: BTreeSet<&String> = other.iter().map(|(what, _)| what).collect();
        if let (true, Some((_, cue))) = (listed.len() >= rubric.product.recital_facts as usize, other.first()) {
            facts.recitals.push(Recital { said: quote(cue) });
        }
        for (relevant, (what, cue)) in relevant.into_iter().map(|fact| (true, fact)).chain(other.iter().map(|fact| (false, fact.clone()))) {
            if room == 0 {
                break;
            }
            let fact = Fact { said: quote(cue), place: place(turn, cue), relevant };
            match counted.get(&what).and_then(|at| facts.counted.get_mut(*at)) {
                Some(known) if relevant && !known.relevant => *known = fact,
                Some(_) => continue,
                None => {
                    counted.insert(what, facts.counted.len());
                    facts.counted.push(fact);
                }
            }
            room -= 1;
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
            && room > 0
            && tied.insert(need.clone())
        {
            facts.tied.push((need.clone(), quote(cue)));
            room -= 1;
        }
    }
}
