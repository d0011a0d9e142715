//! What a customer carries through the conversation: the scenario, the product and what is made from them once.

use std::collections::BTreeMap;

use super::{
    knobs::{Knobs, Manner, knobs, manner},
    price::amounts_cents,
    words::{Pattern, Words, any},
};
use crate::catalog::{Claim, ClaimKind, ObjectionCategory, Product, Scenario, Topic};

/// The scenario and its product.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) scenario: Scenario,
    /// Without its scenarios.
    pub(super) product: Product,
    pub(super) knobs: Knobs,
    pub(super) manner: Manner,
    /// Per objection of the scenario: what answers it.
    pub(super) answers: Vec<Vec<Pattern>>,
    /// Per objection of the scenario: what it is called.
    pub(super) doubts: Vec<Vec<Pattern>>,
    /// What it would be false to claim of the product.
    traps: Vec<Pattern>,
    /// What the questions and traps about a claim are about, by the claim's id.
    topics: BTreeMap<String, Topic>,
    /// Per trap of the scenario: what the false premise is about.
    pub(super) premises: Vec<Vec<Pattern>>,
    /// Per need of the scenario: how a rep refers to it.
    pub(super) spoken: Vec<Vec<Pattern>>,
    /// How a rep puts what one of the scenario's questions is about, by that feature's or claim's id.
    says: BTreeMap<String, Vec<Pattern>>,
    /// The words of one of the scenario's questions and of the true answer to it, by that feature's or claim's id.
    truths: BTreeMap<String, (Words, Words)>,
}

impl Scene {
    /// The scene of a scenario.
    pub(super) fn new(product: &Product, scenario: &Scenario, policies: &[Claim]) -> Self {
        let answers = scenario
            .objections
            .iter()
            .map(|raised| product.objection(&raised.id).map_or_else(Vec::new, |objection| Pattern::all(&objection.answers)))
            .collect();
        let doubts = scenario
            .objections
            .iter()
            .map(|raised| product.objection(&raised.id).map_or_else(Vec::new, |objection| Pattern::all(&objection.heard)))
            .collect();
        let premises = scenario
            .traps
            .iter()
            .map(|trap| {
                let claim = product.claims.iter().chain(policies).find(|claim| claim.id == trap.claim);
                claim.map_or_else(Vec::new, |claim| Pattern::all(&claim.says))
            })
            .collect();
        let says = scenario.questions.iter().filter_map(|question| {
            let feature = product.feature(&question.about).map(|feature| &feature.says);
            let claim = || product.claims.iter().chain(policies).find(|claim| claim.id == question.about).map(|claim| &claim.says);
            Some((question.about.clone(), Pattern::all(feature.or_else(claim)?)))
        });
        let truths = scenario.questions.iter().filter_map(|question| {
            let fact = product.feature(&question.about).map(|feature| &feature.fact);
            let truth = || product.claims.iter().chain(policies).find(|claim| claim.id == question.about).map(|claim| &claim.truth);
            Some((question.about.clone(), (Words::of(&question.ask), Words::of(fact.or_else(truth)?))))
        });
        Self {
            truths: truths.collect(),
            says: says.collect(),
            spoken: scenario.needs.iter().map(|need| Pattern::all(&need.says)).collect(),
            scenario: scenario.clone(),
            product: Product { scenarios: Vec::new(), ..product.clone() },
            knobs: knobs(scenario.difficulty),
            manner: manner(scenario.persona),
            traps: product
                .claims
                .iter()
                .filter(|claim| claim.kind == ClaimKind::Trap)
                .flat_map(|claim| Pattern::all(&claim.says))
                .collect(),
            topics: product.claims.iter().chain(policies).map(|claim| (claim.id.clone(), claim.topic)).collect(),
            answers,
            doubts,
            premises,
        }
    }

    /// The place of a need.
    pub(super) fn need(&self, id: &str) -> Option<usize> {
        self.scenario.needs.iter().position(|need| need.id == id)
    }

    /// True where the words are about something that it would be false to claim.
    pub(super) fn touches_a_trap(&self, words: &Words) -> bool {
        any(&self.traps, words)
    }

    /// What a question about a claim or the price is about, in a customer's words.
    pub(super) fn matter(&self, about: &str) -> Option<&'static str> {
        let topic = if about == "price" { Topic::Price } else { *self.topics.get(about)? };
        Some(match topic {
            Topic::Price => "what it costs",
            Topic::Material => "what it is made of",
            Topic::Origin => "where it comes from",
            Topic::Care => "looking after it",
            Topic::Warranty => "what happens if it fails",
            Topic::Returns => "bringing it back",
            Topic::Shipping => "getting it sent",
            Topic::Fit => "how it fits",
            Topic::Medical | Topic::Other => return None,
        })
    }

    /// How a rep puts what a question is about.
    pub(super) fn says(&self, about: &str) -> Option<&[Pattern]> {
        self.says.get(about).map(Vec::as_slice)
    }

    /// True where the words say in essence what is true about it.
    pub(super) fn tells_truth(&self, about: &str, words: &Words) -> bool {
        self.truths.get(about).is_some_and(|(asked, truth)| asked.shared_with(words) >= 2 || truth.shared_with(words) >= 3)
    }

    /// The first need that this feature answers.
    pub(super) fn need_of(&self, feature: &str) -> Option<usize> {
        self.scenario.needs.iter().position(|need| need.features.iter().any(|id| id == feature))
    }

    /// What kind of objection it is.
    pub(super) fn category(&self, objection: usize) -> ObjectionCategory {
        let raised = self.scenario.objections.get(objection);
        raised.and_then(|raised| self.product.objection(&raised.id)).map_or(ObjectionCategory::Quality, |found| found.category)
    }

    /// True where the feature answers the objection.
    pub(super) fn answers_objection(&self, feature: &str, objection: usize) -> bool {
        let raised = self.scenario.objections.get(objection);
        raised.and_then(|raised| self.product.objection(&raised.id)).is_some_and(|found| found.features.iter().any(|id| id == feature))
    }

    /// A need whose answer also answers the objection: what may be behind it.
    pub(super) fn need_behind(&self, objection: usize) -> Option<usize> {
        self.scenario.needs.iter().position(|need| need.features.iter().any(|feature| self.answers_objection(feature, objection)))
    }

    /// From how many words and from how many seconds a turn is a monologue.
    pub(super) fn monologue(&self) -> (usize, i64) {
        let percent = self.manner.monologue_percent;
        let seconds = self.knobs.monologue_seconds * i64::try_from(percent).unwrap_or(100) / 100;
        (self.knobs.monologue_words * percent / 100, seconds)
    }

    /// True where this is one of the product's prices.
    pub(super) fn is_a_price(&self, cents: i64) -> bool {
        self.product.tiers.iter().any(|tier| tier.price_cents == cents)
    }

    /// True where it could be meant for one of the product's prices.
    pub(super) fn is_near_a_price(&self, cents: i64) -> bool {
        self.product.tiers.iter().any(|tier| cents * 100 >= tier.price_cents * 60 && cents * 100 <= tier.price_cents * 150)
    }

    /// The price that a quote names: a tier where it is close to one, else the amount itself, else the lowest tier.
    pub(super) fn price_in(&self, quote: &str, wrong: bool) -> i64 {
        let lowest = self.product.price_range_cents().0;
        let amounts = amounts_cents(quote);
        let Some(said) = amounts.first().copied() else { return lowest };
        match amounts.iter().find_map(|said| self.tier_near(*said)) {
            Some(price) => price,
            None if wrong => said,
            None => lowest,
        }
    }

    /// The price that a text names without calling it one.
    pub(super) fn tier_in(&self, text: &str) -> Option<i64> {
        amounts_cents(text).into_iter().find_map(|said| self.tier_near(said))
    }

    /// The price that somebody means who says this amount: nobody says the cents.
    fn tier_near(&self, said: i64) -> Option<i64> {
        self.product.tiers.iter().map(|tier| tier.price_cents).find(|price| (price - said).abs() <= 150.min(price / 20))
    }
}
