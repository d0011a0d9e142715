//! Conversations with cues written by hand, to test ledgers and points apart from the listener.
#![allow(clippy::unwrap_used)]

use super::{
    cue::{Cue, CueKind, Span, Strength, Verdict},
    ledger::Ledgers,
    material::{Context, Material},
    record::Record,
    report::Report,
    rubric::rubric,
    scorer,
};
use crate::{
    Millis,
    catalog::{Claim, ClaimKind, Feature, Importance, Need, Objection, ObjectionCategory, Product, Response, Tier, Topic},
    session::{Speaker, Turn},
};

/// A cue on these words of a turn.
pub(super) struct Mark {
    words: &'static str,
    kind: CueKind,
    subject: Option<&'static str>,
    refers_to: Option<&'static str>,
    strength: Strength,
    verdict: Option<Verdict>,
}

pub(super) fn mark(kind: CueKind, words: &'static str) -> Mark {
    Mark { words, kind, subject: None, refers_to: None, strength: Strength::Plain, verdict: None }
}

impl Mark {
    pub(super) fn about(mut self, subject: &'static str) -> Self {
        self.subject = Some(subject);
        self
    }

    pub(super) fn of(mut self, id: &'static str) -> Self {
        self.refers_to = Some(id);
        self
    }

    pub(super) fn strong(mut self) -> Self {
        self.strength = Strength::Strong;
        self
    }

    pub(super) fn verdict(mut self, verdict: Verdict) -> Self {
        self.verdict = Some(verdict);
        self
    }
}

/// A conversation in the making.
pub(super) struct Talk {
    pub(super) record: Record,
    clock: Option<i64>,
}

impl Talk {
    /// About a coat that sheds rain and is quiet.
    pub(super) fn new() -> Self {
        let product = coat();
        let context = Context { product: Some(&product), ..Context::default() };
        Self { record: Record::new(Material::new(&context)), clock: None }
    }

    /// Spoken, from this millisecond.
    pub(super) fn spoken() -> Self {
        Self { clock: Some(0), ..Self::new() }
    }

    pub(super) fn rep(self, text: &str, marks: &[Mark]) -> Self {
        self.turn(Speaker::Rep, text, 500, marks)
    }

    pub(super) fn customer(self, text: &str, marks: &[Mark]) -> Self {
        self.turn(Speaker::Customer, text, 500, marks)
    }

    /// A turn that begins so many milliseconds after the last one ended; a word takes 400.
    pub(super) fn turn(mut self, speaker: Speaker, text: &str, after: i64, marks: &[Mark]) -> Self {
        let index = u32::try_from(self.record.turns.len()).unwrap();
        let mut turn = Turn::typed(index, speaker, text);
        if let Some(clock) = &mut self.clock {
            turn.started_ms = Some(Millis(*clock + after));
            *clock += after + 400 * i64::try_from(text.split_whitespace().count()).unwrap();
            turn.ended_ms = Some(Millis(*clock));
        }
        let mut cues: Vec<Cue> = marks.iter().map(|mark| cue(&turn, mark)).collect();
        cues.sort_by_key(|cue| cue.span);
        self.record.hear(&turn, cues);
        self
    }

    pub(super) fn ledgers(&self) -> Ledgers {
        Ledgers::of(&self.record, rubric())
    }

    pub(super) fn report(&self) -> Report {
        scorer::report(&self.record, rubric())
    }
}

fn cue(turn: &Turn, mark: &Mark) -> Cue {
    let byte = turn.text.find(mark.words).unwrap_or_else(|| panic!("{} is in {}", mark.words, turn.text));
    let start = u32::try_from(turn.text[..byte].chars().count()).unwrap();
    let end = start + u32::try_from(mark.words.chars().count()).unwrap();
    Cue {
        kind: mark.kind,
        turn: turn.index,
        span: Span { start, end },
        quote: mark.words.to_owned(),
        rule: "by-hand".to_owned(),
        subject: mark.subject.map(str::to_owned),
        refers_to: mark.refers_to.map(str::to_owned),
        strength: mark.strength,
        verdict: mark.verdict,
    }
}

fn coat() -> Product {
    let feature = |id: &str, fact: &str, benefit: &str| Feature {
        id: id.to_owned(),
        name: id.to_owned(),
        importance: Importance::High,
        fact: fact.to_owned(),
        benefit: benefit.to_owned(),
        says: Vec::new(),
    };
    let claim = |id: &str, topic, kind, truth: &str| Claim {
        id: id.to_owned(),
        name: String::new(),
        topic,
        kind,
        says: Vec::new(),
        truth: truth.to_owned(),
    };
    let objection = |id: &str, category, features: &[&str]| Objection {
        id: id.to_owned(),
        category,
        line: id.to_owned(),
        heard: Vec::new(),
        answers: Vec::new(),
        features: features.iter().map(|id| (*id).to_owned()).collect(),
        responses: vec![Response {
            clarify: "Compared with what?".to_owned(),
            acknowledge: "That is real money.".to_owned(),
            answer: "It is one coat for ten winters.".to_owned(),
            check: "Does that make sense?".to_owned(),
        }],
    };
    Product {
        id: "coat".to_owned(),
        sku: "1".to_owned(),
        name: "Coat".to_owned(),
        category: "coats".to_owned(),
        sample: false,
        art: "jacket".to_owned(),
        line: String::new(),
        description: String::new(),
        tiers: vec![Tier { name: "one".to_owned(), price_cents: 11_900, note: String::new() }],
        features: vec![
            feature("oil", "It sheds rain.", "You stay dry."),
            feature("quiet", "It makes no noise.", "The horses stay calm."),
            feature("pockets", "It has four pockets.", "Your hands are free."),
            feature("snaps", "It closes with snaps.", "You get in with gloves on."),
            feature("cape", "It has a cape.", "Your shoulders stay dry."),
        ],
        claims: vec![
            claim("resistant", Topic::Material, ClaimKind::Fact, "Water-resistant, not waterproof."),
            claim("waterproof", Topic::Material, ClaimKind::Trap, "Water-resistant, not waterproof."),
        ],
        objections: vec![objection("dear", ObjectionCategory::Price, &["oil"]), objection("smell", ObjectionCategory::Quality, &["oil"])],
        tips: Vec::new(),
        scenarios: Vec::new(),
    }
}

/// A need of the scenario, answered by these features.
pub(super) fn need(id: &str, features: &[&str]) -> Need {
    Need {
        id: id.to_owned(),
        label: format!("Label of {id}"),
        told: Vec::new(),
        hint: Vec::new(),
        asked: Vec::new(),
        says: Vec::new(),
        features: features.iter().map(|id| (*id).to_owned()).collect(),
    }
}
