//! Who the customer is, put in words for a voice model.

use super::{
    sheet::Sheet,
    tool::Tool,
    words::{Section, filled, words},
};
use crate::{
    catalog::{Claim, ClaimKind, Difficulty, ObjectionCategory, Persona, Product, Scenario, introduced},
    customer::{Policy, policy},
    money::Cents,
};

/// Longest word or name that a recogniser is told to expect, in characters.
const LONGEST_KEYWORD: usize = 40;

/// The customer of a scenario and a seed: the same plan as the practice partner's.
#[derive(Debug, Clone)]
pub struct Brief<'a> {
    pub(super) product: &'a Product,
    pub(super) scenario: &'a Scenario,
    policies: &'a [Claim],
    pub(super) plan: Policy,
}

impl<'a> Brief<'a> {
    /// The brief of the customer that the practice partner with these would be.
    #[must_use]
    pub fn new(product: &'a Product, scenario: &'a Scenario, policies: &'a [Claim], seed: u32) -> Self {
        Self { product, scenario, policies, plan: policy(product, scenario, policies, seed) }
    }

    /// The customer's first words.
    #[must_use]
    pub fn opening(&self) -> String {
        let line = self.scenario.opening.get(self.plan.opening).cloned().unwrap_or_default();
        self.scenario.who.as_ref().and_then(|who| introduced(&line, who)).unwrap_or(line)
    }

    /// The instructions of a voice model: short bullets, the same for the same seed.
    #[must_use]
    pub fn instructions(&self) -> String {
        let mut sheet = Sheet::default();
        self.role(&mut sheet);
        self.person(&mut sheet);
        self.product(&mut sheet);
        self.needs(&mut sheet);
        self.objections(&mut sheet);
        self.traps(&mut sheet);
        self.talk(&mut sheet);
        sheet.heading("How you speak");
        sheet.bullets(words().voice());
        sheet.text()
    }

    /// The functions by which the model reports what it does.
    #[must_use]
    pub fn tools(&self) -> Vec<Tool> {
        Tool::all(self)
    }

    /// Names and terms that a recogniser should expect to hear.
    #[must_use]
    pub fn keywords(&self) -> Vec<String> {
        let product = self.product;
        let features = product.features.iter().map(|feature| &feature.name);
        let other = self.scenario.alternative.iter().map(|other| &other.name);
        let mut keywords: Vec<String> = vec!["Pecos River Traders".to_owned()];
        for name in [&product.name].into_iter().chain(features).chain(product.tiers.iter().map(|tier| &tier.name)).chain(other) {
            if name.chars().count() <= LONGEST_KEYWORD && !keywords.contains(name) {
                keywords.push(name.clone());
            }
        }
        keywords
    }

    /// Ids of the objections that will be raised, in order.
    pub(super) fn objection_ids(&self) -> Vec<&'a str> {
        let raised = self.plan.objections.iter().filter_map(|(at, _)| self.scenario.objections.get(*at));
        raised.map(|objection| objection.id.as_str()).collect()
    }

    /// Ids of the claims that the traps are about, in order.
    pub(super) fn trap_ids(&self) -> Vec<&'a str> {
        self.plan.traps.iter().filter_map(|at| self.scenario.traps.get(*at)).map(|trap| trap.claim.as_str()).collect()
    }

    fn role(&self, sheet: &mut Sheet) {
        sheet.heading("Role");
        for rule in words().role() {
            sheet.bullet(filled(rule, &[("product", &self.product.name)]));
        }
    }

    fn person(&self, sheet: &mut Sheet) {
        let scenario = self.scenario;
        sheet.heading("Who you are");
        sheet.bullet(format!("{} ({}).", scenario.title, persona_name(scenario.persona)));
        sheet.bullets(words().persona(scenario.persona));
        sheet.bullet(format!("What anybody sees of you: {}.", scenario.seen.join("; ")));
        if let Some(who) = &scenario.who {
            let named = [("he", &who.he), ("she", &who.she)];
            let named = named.into_iter().filter_map(|(word, who)| Some(format!("“{word}” is {}", in_yours(who.as_ref()?))));
            sheet.bullet(format!("When you say {}.", named.collect::<Vec<_>>().join(", ")));
        }
        sheet.bullet(format!("What bothers you today: {}.", scenario.pain_points.join("; ")));
        sheet.heading("What you tell of yourself, when asked");
        for (topic, lines) in &scenario.answers {
            if let Some(line) = shortest(lines) {
                sheet.bullet(format!("{}: “{line}”", topic.replace('-', " ")));
            }
        }
    }

    fn product(&self, sheet: &mut Sheet) {
        let (product, scenario) = (self.product, self.scenario);
        let say = |name, facts: &[(&str, &str)]| filled(words().of(Section::Product, name), facts);
        sheet.heading("What you look at");
        let (from, to) = product.price_range_cents();
        let price = if from == to { Cents(from).to_string() } else { format!("{} to {}", Cents(from), Cents(to)) };
        sheet.bullet(say("knows", &[("product", &product.name), ("line", &product.line), ("price", &price)]));
        if self.plan.challenges {
            sheet.bullet(say("challenges", &[]));
            let traps = product.claims.iter().filter(|claim| claim.kind == ClaimKind::Trap);
            for claim in traps {
                sheet.bullet(format!("“{}”: {}", claim.name, first_sentence(&claim.truth)));
            }
        }
        sheet.bullet(say("learns", &[]));
        let money = |name, facts: &[(&str, &str)]| filled(words().of(Section::Money, name), facts);
        sheet.heading("Money");
        sheet.bullet(money("budget", &[("budget", &Cents(scenario.budget_cents).to_string())]));
        sheet.bullet(money("ceiling", &[("ceiling", &Cents(self.plan.ceiling_cents).to_string())]));
        if let Some(other) = &scenario.alternative {
            sheet.bullet(money(
                "alternative",
                &[("alternative_price", &Cents(other.price_cents).to_string()), ("alternative", &other.name)],
            ));
        }
        sheet.bullet(money("tag", &[]));
    }

    fn needs(&self, sheet: &mut Sheet) {
        let say = |name| words().of(Section::Needs, name);
        let needs = &self.scenario.needs;
        let told = |at: usize| self.plan.unprompted.contains(&at);
        sheet.heading("What you want");
        sheet.bullet(say("rule"));
        if (0..needs.len()).any(told) {
            sheet.bullet(say("unprompted"));
        }
        if !(0..needs.len()).all(told) {
            sheet.bullet(match self.plan.knobs.good_questions {
                0 => say("open"),
                1 => say("hinted"),
                _ => say("guarded"),
            });
        }
        for (at, need) in needs.iter().enumerate() {
            let (line, hint) = (shortest(&need.told).unwrap_or_default(), shortest(&need.hint));
            let mut text = format!("`{}` {}: {}. “{line}”", need.id, if told(at) { "TOLD" } else { "HIDDEN" }, need.label);
            if let Some(hint) = hint.filter(|_| !told(at)) {
                text.push_str(&format!(" Hint: “{hint}”"));
            }
            sheet.bullet(text);
        }
    }

    fn objections(&self, sheet: &mut Sheet) {
        let say = |name| words().of(Section::Objections, name);
        sheet.heading("What holds you back");
        sheet.bullet(say("rule"));
        let mut stages: Vec<&str> = Vec::new();
        for (at, category) in &self.plan.objections {
            let stage = say(self.stage(*at, *category));
            if !stages.contains(&stage) {
                stages.push(stage);
            }
        }
        stages.iter().for_each(|stage| sheet.bullet(stage));
        sheet.bullet(say("settled"));
        if self.plan.knobs.settle > 2 {
            sheet.bullet(say("full"));
        }
        sheet.bullet(say("asked"));
        for (at, category) in &self.plan.objections {
            let Some(raised) = self.scenario.objections.get(*at) else { continue };
            let stage = say(self.stage(*at, *category)).split(':').next().unwrap_or_default();
            let twice = if self.plan.repeated == Some(*at) { format!("; {}", say("repeated")) } else { String::new() };
            sheet.bullet(format!("`{}` {stage}: “{}” [{}{twice}]", raised.id, raised.line, self.settles(&raised.id, *category)));
        }
    }

    /// When an objection is raised, as the practice partner does.
    fn stage(&self, at: usize, category: ObjectionCategory) -> &'static str {
        let bold = matches!(self.scenario.persona, Persona::Skeptical | Persona::PriceConscious);
        match category {
            _ if self.plan.hidden == Some(at) => "hidden",
            ObjectionCategory::Price if bold => "price_bold",
            ObjectionCategory::Price => "price",
            ObjectionCategory::Timing | ObjectionCategory::Competition => "later",
            _ if bold => "early_bold",
            _ => "early",
        }
    }

    /// What an answer to it would be about: the properties that matter. Their facts the customer hears from the rep, or not.
    fn settles(&self, id: &str, category: ObjectionCategory) -> String {
        let kind = match category {
            ObjectionCategory::Price => Some("worth"),
            ObjectionCategory::Trust => Some("honest"),
            _ => None,
        };
        let features = self.product.objection(id).into_iter().flat_map(|found| &found.features);
        let names = features.filter_map(|id| self.product.feature(id)).take(2).map(|feature| feature.name.to_lowercase());
        let matters: Vec<String> = kind.map(|kind| words().of(Section::Objections, kind).to_owned()).into_iter().chain(names).collect();
        if matters.is_empty() { "this very doubt".to_owned() } else { matters.join(", ") }
    }

    fn traps(&self, sheet: &mut Sheet) {
        if self.plan.traps.is_empty() {
            return;
        }
        sheet.heading("What you test");
        sheet.bullet(words().of(Section::Traps, "rule"));
        for trap in self.plan.traps.iter().filter_map(|at| self.scenario.traps.get(*at)) {
            // Who knows better has the truth above already.
            let known = |claim: &&Claim| self.plan.challenges && claim.kind == ClaimKind::Trap;
            let own = self.product.claims.iter().filter(|claim| !known(claim));
            let truth = own.chain(self.policies).find(|claim| claim.id == trap.claim);
            let truth = truth.map_or_else(String::new, |claim| format!(" True is: {}", first_sentence(&claim.truth)));
            sheet.bullet(format!("`{}`: “{}”{truth}", trap.claim, trap.ask));
        }
    }

    fn talk(&self, sheet: &mut Sheet) {
        let (scenario, knobs) = (self.scenario, self.plan.knobs);
        let say = |name, facts: &[(&str, &str)]| filled(words().of(Section::Talk, name), facts);
        sheet.heading("How it goes");
        sheet.bullet(say("opening", &[("opening", &self.opening())]));
        let seconds = self.plan.monologue_seconds.to_string();
        sheet.bullet(say("patience", &[("patience", &self.plan.patience.to_string()), ("seconds", &seconds)]));
        sheet.bullet(say("believe", &[]));
        sheet.bullet(say("buy", &[]));
        if knobs.restated {
            sheet.bullet(say("restated", &[]));
        }
        sheet.bullet(say(if knobs.buys_unasked && scenario.difficulty == Difficulty::Easy { "unasked" } else { "waits" }, &[]));
        let (buy, leave) = (shortest(&scenario.goodbye_buy).unwrap_or_default(), shortest(&scenario.goodbye_leave).unwrap_or_default());
        sheet.bullet(say("decide", &[("goodbye_buy", buy), ("goodbye_leave", leave)]));
    }
}

/// A persona by its name, as the catalogue writes it.
fn persona_name(persona: Persona) -> &'static str {
    match persona {
        Persona::Skeptical => "skeptical",
        Persona::PriceConscious => "price-conscious",
        Persona::Rushed => "rushed",
        Persona::Knowledgeable => "knowledgeable",
        Persona::Friendly => "friendly",
    }
}

/// The sense is the same in all of them, and instructions are to be short.
fn shortest(lines: &[String]) -> Option<&str> {
    lines.iter().map(String::as_str).min_by_key(|line| line.len())
}

/// What a claim's truth says first; the rest is for the rep.
fn first_sentence(text: &str) -> &str {
    text.find(". ").and_then(|end| text.get(..=end)).unwrap_or(text)
}

/// "my husband" is "your husband" to whoever is told to be the customer.
fn in_yours(who: &str) -> String {
    match who.split_once(' ') {
        Some(("my" | "our", rest)) => format!("your {rest}"),
        _ => who.to_owned(),
    }
}
