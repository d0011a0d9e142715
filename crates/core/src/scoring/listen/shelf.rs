//! The patterns of one product, its scenario and the store's policies, compiled once per conversation.

use super::{
    lexicon::Lexicon,
    passing::Passing,
    pattern::PatternIndex,
    terms::Terms,
    words::{Stems, Utterance, WordId},
};
use crate::catalog::{Claim, ClaimKind, Need, ObjectionCategory, Product, Scenario, Topic, Who, introduced};

/// A claim without its patterns.
#[derive(Debug, Clone)]
pub(super) struct KnownClaim {
    pub(super) id: String,
    pub(super) topic: Topic,
    pub(super) trap: bool,
    /// True where it is the store's and not the product's.
    pub(super) policy: bool,
}

/// What a line of the scenario stands for.
#[derive(Debug, Clone)]
pub(super) enum Line {
    /// Tells a need.
    Told(usize),
    /// Raises an objection.
    Objection(usize),
    /// Asks about a feature, a claim or the price.
    Question(String),
    /// Buys.
    Buy,
    /// Leaves.
    Leave,
    /// Anything else that is no objection: an opening, an answer, a hint, a doubt that is settled.
    Plain,
}

/// A need of the scenario without its patterns.
#[derive(Debug, Clone)]
pub(super) struct KnownNeed {
    pub(super) id: String,
    /// Indexes of the features that answer it.
    pub(super) features: Vec<usize>,
    /// Telling stems of each line that tells it.
    pub(super) told: Vec<Vec<WordId>>,
}

/// Everything that a listener knows of what is on sale.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    pub(super) has_product: bool,
    pub(super) features: Vec<String>,
    pub(super) feature_says: PatternIndex,
    pub(super) claims: Vec<KnownClaim>,
    pub(super) claim_says: PatternIndex,
    pub(super) objections: Vec<(String, ObjectionCategory)>,
    pub(super) heard: PatternIndex,
    pub(super) needs: Vec<KnownNeed>,
    pub(super) need_says: PatternIndex,
    pub(super) need_asked: PatternIndex,
    pub(super) lines: Vec<Line>,
    pub(super) line_index: PatternIndex,
    pub(super) passing: Passing,
    /// Tier prices in cents, lowest first.
    pub(super) prices: Vec<i64>,
    /// Lines with which a good response takes an objection seriously.
    pub(super) acknowledges: PatternIndex,
    /// Lines with which a good response asks whether that settles it.
    pub(super) checks: PatternIndex,
    /// Stems of everything that the catalogue states as true of the product.
    pub(super) backed: Vec<WordId>,
    /// Stems of what the product is called.
    pub(super) called: Vec<WordId>,
    pub(super) terms: Terms,
    /// Names that the scenario's customer answers with.
    pub(super) names: Vec<WordId>,
}

impl Shelf {
    pub(super) fn new(product: Option<&Product>, scenario: Option<&Scenario>, policies: &[Claim], lexicon: &Lexicon) -> Self {
        let stems = &lexicon.stems;
        let mut shelf = Self {
            has_product: product.is_some(),
            terms: Terms::read(policies, stems),
            passing: Passing::new(product, scenario, stems),
            ..Self::default()
        };
        if let Some(product) = product {
            shelf.put_product(product, stems);
        }
        for (claims, policy) in [(product.map_or(&[][..], |product| &product.claims), false), (policies, true)] {
            for claim in claims {
                shelf.claim_says.add(shelf.claims.len(), &claim.says, stems);
                for trap in lexicon.traps.iter().filter(|trap| claim.kind == ClaimKind::Trap && trap.claims.contains(&claim.id)) {
                    shelf.claim_says.add(shelf.claims.len(), &trap.says, stems);
                }
                shelf.claims.push(KnownClaim { id: claim.id.clone(), topic: claim.topic, trap: claim.kind == ClaimKind::Trap, policy });
            }
        }
        if let Some(scenario) = scenario {
            shelf.put_scenario(scenario, stems, |stem| lexicon.is_light(stem));
        }
        shelf
    }

    /// Whether this is a price on the tag, said to the cent or in round numbers.
    pub(super) fn is_a_price(&self, cents: i64) -> bool {
        self.prices.iter().any(|price| (price - cents).abs() < 100)
    }

    fn put_product(&mut self, product: &Product, stems: &Stems) {
        for (at, feature) in product.features.iter().enumerate() {
            self.feature_says.add(at, &feature.says, stems);
            self.features.push(feature.id.clone());
        }
        for (at, objection) in product.objections.iter().enumerate() {
            self.heard.add(at, &objection.heard, stems);
            self.objections.push((objection.id.clone(), objection.category));
            for response in &objection.responses {
                self.acknowledges.add(at, [&response.acknowledge], stems);
                self.checks.add(at, [&response.check], stems);
            }
        }
        self.prices = product.tiers.iter().map(|tier| tier.price_cents).collect();
        self.prices.sort_unstable();
        let mut backed = vec![product.name.as_str(), &product.description, &product.line];
        backed.extend(product.features.iter().flat_map(|feature| [feature.name.as_str(), &feature.fact, &feature.benefit]));
        backed.extend(product.claims.iter().filter(|claim| claim.kind == ClaimKind::Fact).map(|claim| claim.truth.as_str()));
        backed.extend(product.tiers.iter().flat_map(|tier| [tier.name.as_str(), &tier.note]));
        self.backed = stems_of(&backed, stems);
        let mut called = vec![product.name.as_str(), &product.category, &product.line];
        called.extend(product.tiers.iter().flat_map(|tier| [tier.name.as_str(), &tier.note]));
        self.called = stems_of(&called, stems);
    }

    fn put_scenario(&mut self, scenario: &Scenario, stems: &Stems, light: impl Fn(WordId) -> bool) {
        let who = scenario.who.as_ref();
        for (at, need) in scenario.needs.iter().enumerate() {
            self.need_says.add(at, &need.says, stems);
            self.need_asked.add(at, &need.asked, stems);
            self.needs.push(self.known_need(need, stems, &light));
            self.put_lines(&Line::Told(at), &need.told, who, stems);
            self.put_lines(&Line::Plain, &need.hint, who, stems);
        }
        for raised in &scenario.objections {
            if let Some(at) = self.objections.iter().position(|(id, _)| *id == raised.id) {
                self.put_lines(&Line::Objection(at), [&raised.line, &raised.again], who, stems);
            }
            self.put_lines(&Line::Plain, [&raised.settled], who, stems);
        }
        for question in &scenario.questions {
            self.put_lines(&Line::Question(question.about.clone()), [&question.ask], who, stems);
        }
        for trap in &scenario.traps {
            self.put_lines(&Line::Question(trap.claim.clone()), [&trap.ask], who, stems);
            self.put_lines(&Line::Plain, [&trap.corrected, &trap.believed], who, stems);
        }
        self.put_lines(&Line::Buy, &scenario.goodbye_buy, who, stems);
        self.put_lines(&Line::Leave, &scenario.goodbye_leave, who, stems);
        self.put_lines(&Line::Plain, &scenario.opening, who, stems);
        for (topic, answers) in &scenario.answers {
            self.put_lines(&Line::Plain, answers, who, stems);
            if topic == "name" {
                self.names = names(answers, stems);
            }
        }
    }

    fn known_need(&self, need: &Need, stems: &Stems, light: impl Fn(WordId) -> bool) -> KnownNeed {
        let features = need.features.iter().filter_map(|id| self.features.iter().position(|known| known == id)).collect();
        let told = need.told.iter().map(|line| stems_of(&[line], stems).into_iter().filter(|stem| !light(*stem)).collect()).collect();
        KnownNeed { id: need.id.clone(), features, told }
    }

    /// Puts lines, each also as it is said where it is the first to speak of somebody.
    fn put_lines<'l>(&mut self, line: &Line, texts: impl IntoIterator<Item = &'l String>, who: Option<&Who>, stems: &Stems) {
        for text in texts {
            self.line_index.add(self.lines.len(), [text], stems);
            let first = who.and_then(|who| introduced(text, who));
            self.line_index.add(self.lines.len(), &first, stems);
            self.lines.push(line.clone());
        }
    }
}

/// The stems of some texts, sorted, each once.
fn stems_of(texts: &[&str], stems: &Stems) -> Vec<WordId> {
    let mut out: Vec<_> = texts.iter().flat_map(|text| Utterance::words_of(text, stems)).map(|word| word.stem).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Capitalised words within an answer to "what is your name", but for those that only begin a sentence.
fn names(answers: &[String], stems: &Stems) -> Vec<WordId> {
    let mut seen: Vec<Vec<WordId>> = Vec::new();
    for answer in answers {
        let said = Utterance::read(answer, stems);
        seen.push(said.words.iter().filter(|word| word.capital).map(|word| word.id).collect());
    }
    // a name is in every answer
    let Some((first, rest)) = seen.split_first() else { return Vec::new() };
    let common = super::words::ids(["i", "it", "my", "the", "just", "folks", "call", "everybody", "name"]);
    first.iter().copied().filter(|id| !common.contains(id) && rest.iter().all(|other| other.contains(id))).collect()
}
