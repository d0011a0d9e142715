//! What the customer heard in one turn of the rep: the cues, and what a question was about.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{
    asking::{main_clause, may_ask, opens_question, questions_within},
    scene::Scene,
    topic::Topic,
    words::{Pattern, Words, any, count},
};
use crate::{
    catalog::ClaimKind,
    scoring::cue::{Cue, CueKind, Strength, Verdict},
    session::Turn,
};

/// A feature that was named, and the need that it was tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pitch {
    pub(super) feature: String,
    pub(super) need: Option<usize>,
}

/// One turn of the rep, as the customer takes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    pub(super) words: Words,
    /// Topics of its questions, in order.
    pub(super) topics: Vec<Topic>,
    pub(super) asks: bool,
    pub(super) open: bool,
    /// True where it ends in "right?": it wants a nod.
    pub(super) tag: bool,
    /// How many questions.
    pub(super) questions: usize,
    /// Needs that a question fits.
    pub(super) fits: Vec<usize>,
    pub(super) discovery: bool,
    pub(super) reflected: Vec<usize>,
    pub(super) reflection: bool,
    pub(super) empathy: bool,
    pub(super) checks: bool,
    pub(super) trial: bool,
    /// The kind of ask, where the sale was asked for.
    pub(super) ask: Option<String>,
    pub(super) pitches: Vec<Pitch>,
    pub(super) priced: bool,
    pub(super) price_cents: Option<i64>,
    /// True where the price is not one of this product's.
    pub(super) wrong_price: bool,
    /// Ids of false claims; empty where a claim has none.
    pub(super) false_claims: Vec<String>,
    pub(super) unsupported: bool,
    pub(super) supported: Vec<String>,
    pub(super) honest: bool,
    pub(super) taken_back: bool,
    /// True where it begins by admitting what is not so.
    pub(super) admits: bool,
    /// True where it says that something false to claim is not so.
    pub(super) denies: bool,
    /// True where it says what the money is for, whatever the product.
    pub(super) worth: bool,
    pub(super) discount: bool,
    pub(super) put_down: bool,
    /// True where a put-down was unmistakable.
    pub(super) insult: bool,
    pub(super) farewell: bool,
    pub(super) greeting: bool,
    pub(super) rapport: bool,
    pub(super) yes: bool,
    pub(super) no: bool,
    pub(super) passive: bool,
    pub(super) role_break: bool,
    /// Per objection of the scenario: how many of its answers were given.
    pub(super) answers: Vec<usize>,
    /// True where it was far too long for this customer.
    pub(super) monologue: bool,
    /// True where it is talk, whether or not anything was noticed in it.
    pub(super) talk: bool,
    /// True where it takes leave and asks nothing more.
    pub(super) leaves: bool,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct File {
    role_break: Vec<String>,
    taken_back: Vec<String>,
    yes: Vec<String>,
    yes_alone: Vec<String>,
    no: Vec<String>,
    passive: Vec<String>,
    bare_ask: Vec<String>,
    tags: Vec<String>,
    common: Vec<String>,
    negation: Vec<String>,
    admits: Vec<String>,
    price_answers: Vec<String>,
}

struct Speech {
    role_break: Vec<Pattern>,
    taken_back: Vec<Pattern>,
    yes: Vec<Pattern>,
    yes_alone: Vec<Pattern>,
    no: Vec<Pattern>,
    passive: Vec<Pattern>,
    bare_ask: Vec<Pattern>,
    tags: Vec<Pattern>,
    common: Vec<Pattern>,
    negation: Vec<Pattern>,
    admits: Vec<Pattern>,
    price_answers: Vec<Pattern>,
}

const TEXT: &str = include_str!("../../data/customer/speech.toml");

// Read once; `the_speech_data_can_be_read` keeps the file from ever failing here.
static SPEECH: LazyLock<Speech> = LazyLock::new(|| {
    let file: File = toml::from_str(TEXT).unwrap_or_default();
    Speech {
        role_break: Pattern::all(&file.role_break),
        taken_back: Pattern::all(&file.taken_back),
        yes: Pattern::all(&file.yes),
        yes_alone: Pattern::all(&file.yes_alone),
        no: Pattern::all(&file.no),
        passive: Pattern::all(&file.passive),
        bare_ask: Pattern::all(&file.bare_ask),
        tags: Pattern::all(&file.tags),
        common: Pattern::all(&file.common),
        negation: Pattern::all(&file.negation),
        admits: Pattern::all(&file.admits),
        price_answers: Pattern::all(&file.price_answers),
    }
});

impl Heard {
    /// What `scene`'s customer hears in a turn with these cues.
    pub(super) fn of(turn: &Turn, cues: &[Cue], scene: &Scene) -> Self {
        let words = Words::of(&turn.text);
        let mut heard = Self { answers: scene.answers.iter().map(|patterns| count(patterns, &words)).collect(), ..Self::default() };
        // "I am sorry for your loss" is kind, whatever words are in it.
        let kind =
            |cue: &Cue| cue.kind == CueKind::PutDown && cues.iter().any(|other| other.kind == CueKind::Empathy && overlap(cue, other));
        for cue in cues.iter().filter(|cue| !kind(cue)) {
            heard.take(cue, scene);
        }
        heard.listen(&turn.text, &words);
        if !heard.priced
            && let Some(price) = scene.tier_in(&turn.text)
        {
            heard.priced = true;
            heard.price_cents = Some(price);
        }
        let seconds = turn.started_ms.zip(turn.ended_ms).map(|(from, to)| (to.0 - from.0) / 1000);
        let (most_words, most_seconds) = scene.monologue();
        heard.monologue = words.len() > most_words || seconds.is_some_and(|seconds| seconds > most_seconds);
        if heard.monologue && !turn.text.contains('?') {
            heard.forget_questions();
        }
        heard.denies = heard.false_claims.is_empty() && any(&SPEECH.negation, &words) && scene.touches_a_trap(&words)
            || heard.supported.iter().any(|id| scene.product.claims.iter().any(|claim| claim.id == *id && claim.kind == ClaimKind::Trap));
        heard.words = words;
        heard
    }

    /// After a speech nobody knows that something was asked in it, unless it was plain to hear.
    fn forget_questions(&mut self) {
        self.topics.clear();
        self.fits.clear();
        self.questions = 0;
        (self.asks, self.open, self.discovery) = (false, false, false);
    }

    fn take(&mut self, cue: &Cue, scene: &Scene) {
        let need = cue.refers_to.as_deref().and_then(|id| scene.need(id));
        match cue.kind {
            CueKind::Greeting => self.greeting = true,
            CueKind::OpenQuestion => {
                self.asks = true;
                self.open = true;
            }
            CueKind::ClosedQuestion => self.asks = true,
            CueKind::DiscoveryQuestion => {
                self.asks = true;
                self.discovery = true;
                self.fits.extend(need);
            }
            CueKind::Reflection => {
                self.reflection = true;
                self.reflected.extend(need);
            }
            CueKind::Empathy => self.empathy = true,
            CueKind::Rapport => self.rapport = true,
            CueKind::Feature | CueKind::Benefit => {
                if let Some(feature) = cue.subject.clone() {
                    self.pitches.push(Pitch { feature, need });
                }
            }
            CueKind::PriceQuote => {
                let wrong = cue.subject.as_deref() == Some("wrong");
                let price = scene.price_in(&cue.quote, wrong);
                // A cobbler's price, or what is saved, is not the price of the thing.
                if wrong && !scene.is_near_a_price(price) {
                    return;
                }
                self.priced = true;
                self.wrong_price |= wrong && !scene.is_a_price(price);
                // Of several prices the customer holds on to the lowest.
                self.price_cents = Some(self.price_cents.map_or(price, |known| known.min(price)));
            }
            CueKind::Claim => match cue.verdict {
                Some(Verdict::Contradicted) => self.false_claims.push(cue.refers_to.clone().unwrap_or_default()),
                Some(Verdict::Unsupported) => self.unsupported = true,
                Some(Verdict::Supported) | None => self.supported.extend(cue.refers_to.clone()),
            },
            CueKind::TrialClose => {
                self.asks = true;
                self.trial = true;
            }
            CueKind::AskForSale => self.ask = Some(cue.subject.clone().unwrap_or_default()),
            CueKind::DiscountOffer => self.discount = true,
            CueKind::PutDown => {
                self.put_down = true;
                self.insult |= cue.strength == Strength::Strong;
            }
            CueKind::HonestUnknown => self.honest = true,
            CueKind::CheckBack => {
                self.asks = true;
                self.checks = true;
            }
            CueKind::Farewell => self.farewell = true,
            CueKind::Filler
            | CueKind::Question
            | CueKind::Need
            | CueKind::Objection
            | CueKind::BuyingSignal
            | CueKind::Hesitation
            | CueKind::Acceptance
            | CueKind::Refusal => {}
        }
    }

    fn listen(&mut self, text: &str, words: &Words) {
        for clause in clauses(text).map(main_clause) {
            let said = Words::of(clause);
            // Recognised speech has no question marks: there the cues say that something was asked.
            let unmarked = self.asks && !text.contains('?');
            let within = if clause.ends_with('?') { Vec::new() } else { questions_within(&said) };
            if !(unmarked || clause.ends_with('?') || opens_question(&said) || !within.is_empty()) {
                continue;
            }
            self.asks = true;
            self.questions += within.len().max(1);
            let topics: Vec<Topic> = within.iter().filter_map(Topic::of).collect();
            if topics.is_empty() { self.topics.extend(Topic::of(&said)) } else { self.topics.extend(topics) }
        }
        if !text.contains(['.', '?', '!']) && self.topics.is_empty() {
            // Recognised speech: the question is at its end.
            let asked = Topic::of(&words.last(6)).filter(|topic| matches!(topic, Topic::HeardRight | Topic::Settled | Topic::Opinion));
            self.asks |= asked.is_some();
            self.topics.extend(asked);
        }
        if !self.asks && may_ask(words) && !self.is_statement() {
            let asked = Topic::of(words).filter(|topic| topic.key().is_some() || *topic == Topic::Concerns);
            self.asks = asked.is_some();
            self.topics.extend(asked);
        }
        self.tag = words.len() >= 4 && SPEECH.tags.iter().any(|pattern| pattern.begins_at(words, words.len() - 1));
        self.asks |= self.tag;
        self.admits = SPEECH.admits.iter().any(|pattern| pattern.begins(words));
        self.worth = any(&SPEECH.price_answers, words);
        self.taken_back = any(&SPEECH.taken_back, words);
        self.yes = SPEECH.yes.iter().any(|pattern| pattern.begins(words))
            || words.len() <= 3 && SPEECH.yes_alone.iter().any(|pattern| pattern.begins(words));
        self.no = SPEECH.no.iter().any(|pattern| pattern.begins(words));
        // Whoever greets or asks something is not on the way out.
        self.leaves = self.farewell && !self.asks && !self.greeting && !text.contains('?');
        self.talk = words.len() >= 4 && SPEECH.common.iter().filter(|word| word.found_in(words)).count() >= 2;
        self.passive = SPEECH.passive.iter().any(|pattern| pattern.is_all_of(words));
        if self.ask.is_none() && SPEECH.bare_ask.iter().any(|pattern| pattern.is_all_of(words)) {
            self.ask = Some("direct".to_owned());
        }
        self.role_break = any(&SPEECH.role_break, words);
    }

    /// True where nothing in it means anything to the customer.
    pub(super) fn is_unclear(&self) -> bool {
        !(self.is_statement()
            || self.asks
            || self.reflection
            || self.empathy
            || self.rapport
            || self.greeting
            || self.ask.is_some()
            || self.farewell
            || self.passive
            || self.talk)
    }

    /// True where it says something about the product, the price or the store.
    pub(super) fn is_statement(&self) -> bool {
        !self.pitches.is_empty()
            || self.priced
            || self.unsupported
            || !self.supported.is_empty()
            || !self.false_claims.is_empty()
            || self.honest
            || self.discount
            || self.answers.iter().any(|count| *count > 0)
    }

    /// True where it talks without saying anything that can be held on to.
    pub(super) fn is_vague(&self) -> bool {
        self.talk && !(self.is_statement() || self.asks || self.reflection || self.empathy || self.rapport || self.greeting || self.passive)
    }

    /// True where a question was about this.
    pub(super) fn asked(&self, topic: Topic) -> bool {
        self.topics.contains(&topic)
    }
}

/// True where two cues share words.
fn overlap(one: &Cue, other: &Cue) -> bool {
    one.span.start < other.span.end && other.span.start < one.span.end
}

/// A text's sentences, each with its end.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '?', '!', '\n']).map(str::trim).filter(|clause| !clause.is_empty()).take(60)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_speech_data_can_be_read() {
        let file: File = toml::from_str(TEXT).unwrap();
        assert!(file.role_break.len() > 20 && file.yes.len() > 5 && file.no.len() > 5 && file.passive.len() > 20);
    }
}
