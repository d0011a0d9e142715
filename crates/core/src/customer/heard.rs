//! What the customer heard in one turn of the rep: the cues, and what a question was about.

use super::{
    asking::{main_clause, may_ask, opens_question, questions_within},
    deed::{Deed, Deeds},
    scene::Scene,
    speech::Says,
    topic::Topic,
    words::{Words, count},
};
use crate::{
    catalog::ClaimKind,
    scoring::{
        cue::{Cue, CueKind, Strength, Verdict},
        listen::is_foreign,
    },
    session::Turn,
};

/// The policy against discounts and sales that the store does not have.
const NO_DISCOUNTS: &str = "discount-made-up";
/// The listener's rule for "the last one", "going fast".
const URGENCY: &str = "unbacked-urgency";

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
    pub(super) deeds: Deeds,
    /// Topics of its questions, in order.
    pub(super) topics: Vec<Topic>,
    /// How many questions.
    pub(super) questions: usize,
    /// Needs that a question fits.
    pub(super) fits: Vec<usize>,
    /// The kind of ask, where the sale was asked for.
    pub(super) ask: Option<String>,
    pub(super) pitches: Vec<Pitch>,
    pub(super) price_cents: Option<i64>,
    /// Ids of false claims; empty where a claim has none.
    pub(super) false_claims: Vec<String>,
    pub(super) supported: Vec<String>,
    /// Per objection of the scenario: how many of its answers were given.
    pub(super) answers: Vec<usize>,
}

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
        heard.deeds.add_if(is_foreign(&turn.text), Deed::Foreign);
        heard.listen(&turn.text, &words);
        // "Today only" hurries; ten off today is a discount, whatever it is called.
        heard.deeds.add_if(heard.lowers_falsely() && !heard.did(Deed::Discount), Deed::Pressure);
        if !heard.did(Deed::Price)
            && let Some(price) = scene.tier_in(&turn.text)
        {
            heard.deeds.add(Deed::Price);
            heard.price_cents = Some(price);
        }
        let seconds = turn.spoken_ms().map(|(from, to)| (to - from) / 1000);
        let (most_words, most_seconds) = scene.monologue();
        heard.deeds.add_if(words.len() > most_words || seconds.is_some_and(|seconds| seconds > most_seconds), Deed::Monologue);
        if heard.did(Deed::Monologue) && !turn.text.contains('?') {
            heard.forget_questions();
        }
        heard.deeds.add_if(
            heard.false_claims.is_empty() && Says::Negation.is_in(&words) && scene.touches_a_trap(&words)
                || heard
                    .supported
                    .iter()
                    .any(|id| scene.product.claims.iter().any(|claim| claim.id == *id && claim.kind == ClaimKind::Trap)),
            Deed::Deny,
        );
        heard.words = words;
        heard
    }

    /// True where a sale or a rise in price was made up.
    pub(super) fn lowers_falsely(&self) -> bool {
        self.false_claims.iter().any(|id| id == NO_DISCOUNTS)
    }

    /// After a speech nobody knows that something was asked in it, unless it was plain to hear.
    fn forget_questions(&mut self) {
        self.topics.clear();
        self.fits.clear();
        self.questions = 0;
        [Deed::Ask, Deed::OpenQuestion, Deed::Discovery].into_iter().for_each(|deed| self.deeds.remove(deed));
    }

    fn take(&mut self, cue: &Cue, scene: &Scene) {
        let need = cue.refers_to.as_deref().and_then(|id| scene.need(id));
        match cue.kind {
            CueKind::Greeting => self.deeds.add(Deed::Greeting),
            CueKind::OpenQuestion => {
                self.deeds.add(Deed::Ask);
                self.deeds.add(Deed::OpenQuestion);
            }
            CueKind::ClosedQuestion => self.deeds.add(Deed::Ask),
            CueKind::DiscoveryQuestion => {
                self.deeds.add(Deed::Ask);
                self.deeds.add(Deed::Discovery);
                self.fits.extend(need);
            }
            CueKind::Reflection => self.deeds.add(Deed::Reflection),
            CueKind::Empathy => self.deeds.add(Deed::Empathy),
            CueKind::Rapport => self.deeds.add(Deed::Rapport),
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
                self.deeds.add(Deed::Price);
                self.deeds.add_if(wrong && !scene.is_a_price(price), Deed::WrongPrice);
                // Of several prices the customer holds on to the lowest.
                self.price_cents = Some(self.price_cents.map_or(price, |known| known.min(price)));
            }
            CueKind::Claim => match cue.verdict {
                Some(Verdict::Contradicted) => self.false_claims.push(cue.refers_to.clone().unwrap_or_default()),
                Some(Verdict::Unsupported) => {
                    self.deeds.add(Deed::Unsupported);
                    self.deeds.add_if(cue.rule == URGENCY, Deed::Pressure);
                }
                Some(Verdict::Supported) | None => self.supported.extend(cue.refers_to.clone()),
            },
            CueKind::TrialClose => {
                self.deeds.add(Deed::Ask);
                self.deeds.add(Deed::TrialClose);
            }
            CueKind::AskForSale => self.ask = Some(cue.subject.clone().unwrap_or_default()),
            CueKind::DiscountOffer => self.deeds.add(Deed::Discount),
            CueKind::PutDown => {
                self.deeds.add(Deed::PutDown);
                self.deeds.add_if(cue.strength == Strength::Strong, Deed::Insult);
            }
            CueKind::HonestUnknown => self.deeds.add(Deed::HonestUnknown),
            CueKind::CheckBack => {
                self.deeds.add(Deed::Ask);
                self.deeds.add(Deed::CheckBack);
            }
            CueKind::Farewell => self.deeds.add(Deed::Farewell),
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
            let unmarked = self.did(Deed::Ask) && !text.contains('?');
            let within = if clause.ends_with('?') { Vec::new() } else { questions_within(&said) };
            if !(unmarked || clause.ends_with('?') || opens_question(&said) || !within.is_empty()) {
                continue;
            }
            self.deeds.add(Deed::Ask);
            self.questions += within.len().max(1);
            let topics: Vec<Topic> = within.iter().filter_map(Topic::of).collect();
            if topics.is_empty() { self.topics.extend(Topic::of(&said)) } else { self.topics.extend(topics) }
        }
        if !text.contains(['.', '?', '!']) && self.topics.is_empty() {
            // Recognised speech: the question is at its end.
            let asked = Topic::of(&words.last(6)).filter(|topic| matches!(topic, Topic::HeardRight | Topic::Settled | Topic::Opinion));
            self.deeds.add_if(asked.is_some(), Deed::Ask);
            self.topics.extend(asked);
        }
        if !self.did(Deed::Ask) && may_ask(words) && !self.is_statement() {
            let asked = Topic::of(words).filter(|topic| topic.key().is_some() || *topic == Topic::Concerns);
            self.deeds.add_if(asked.is_some(), Deed::Ask);
            self.topics.extend(asked);
        }
        // "Sorry?" did not follow, "sorry" regrets.
        if Says::Lost.is_all_of(words) && (text.contains('?') || !Says::No.begins(words)) {
            self.deeds.add(Deed::Ask);
            self.topics = vec![Topic::Meaning];
        }
        self.deeds.add_if(words.len() >= 4 && Says::Tags.ends(words), Deed::Tag);
        self.deeds.add_if(self.did(Deed::Tag), Deed::Ask);
        self.deeds.add_if(Says::Admits.begins(words), Deed::Admit);
        self.deeds.add_if(Says::PriceAnswers.is_in(words), Deed::Worth);
        self.deeds.add_if(Says::TakenBack.is_in(words), Deed::TakeBack);
        self.deeds.add_if(Says::Yes.begins(words) || words.len() <= 3 && Says::YesAlone.begins(words), Deed::Yes);
        self.deeds.add_if(Says::No.begins(words), Deed::No);
        // Whoever greets or asks something is not on the way out.
        self.deeds
            .add_if(self.did(Deed::Farewell) && !self.did(Deed::Ask) && !self.did(Deed::Greeting) && !text.contains('?'), Deed::Leave);
        self.deeds.add_if(words.len() >= 4 && Says::Common.count_in(words) >= 2, Deed::Talk);
        self.deeds.add_if(Says::Passive.is_all_of(words), Deed::Passive);
        if self.ask.is_none() && Says::BareAsk.is_all_of(words) {
            self.ask = Some("direct".to_owned());
        }
        self.deeds.add_if(Says::RoleBreak.is_in(words), Deed::RoleBreak);
    }

    /// True where this was done.
    pub(super) fn did(&self, deed: Deed) -> bool {
        self.deeds.has(deed)
    }

    fn did_any(&self, deeds: &[Deed]) -> bool {
        deeds.iter().any(|deed| self.did(*deed))
    }

    /// True where nothing in it means anything to the customer.
    pub(super) fn is_unclear(&self) -> bool {
        let talks = self.is_statement() || self.is_sociable() || self.ask.is_some();
        !talks && !self.did_any(&[Deed::Ask, Deed::Farewell, Deed::Passive, Deed::Talk])
    }

    /// True where it is about the two of them: listens, feels, greets.
    fn is_sociable(&self) -> bool {
        self.did_any(&[Deed::Reflection, Deed::Empathy, Deed::Rapport, Deed::Greeting])
    }

    /// True where it says something about the product, the price or the store.
    pub(super) fn is_statement(&self) -> bool {
        !self.pitches.is_empty()
            || !self.supported.is_empty()
            || !self.false_claims.is_empty()
            || self.did_any(&[Deed::Price, Deed::Unsupported, Deed::HonestUnknown, Deed::Discount])
            || self.answers.iter().any(|count| *count > 0)
    }

    /// True where it talks without saying anything that can be held on to.
    pub(super) fn is_vague(&self) -> bool {
        self.did(Deed::Talk) && !self.is_statement() && !self.is_sociable() && !self.did_any(&[Deed::Ask, Deed::Passive])
    }

    /// True where it answers a question that wants no more: "yes", "no, they don't", but not "sure" alone, which may be meant for anything.
    pub(super) fn says_yes_or_no(&self) -> bool {
        self.did_any(&[Deed::Yes, Deed::No]) && (self.words.len() >= 2 || Says::YesOrNo.is_all_of(&self.words))
    }

    /// True where the rep gives the customer's own question back.
    pub(super) fn asks_back(&self) -> bool {
        self.asked(Topic::Meaning) || self.asked(Topic::Expected)
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
    let worded = |clause: &&str| clause.chars().any(char::is_alphanumeric);
    text.split_inclusive(['.', '?', '!', '\n']).map(str::trim).filter(worded).take(60)
}
