//! The built-in practice partner: carries out the plan, text in, text out.

use std::sync::Arc;

use super::{
    dice::Dice,
    heard::Heard,
    mind::{Mind, Open},
    phrases::Act,
    plan::{Item, Plan},
    price::shown,
    saying::Saying,
    scene::Scene,
    state::{CustomerState, Reply},
    tongue::{Facts, Tongue},
};
use crate::{
    catalog::{Claim, Product, Scenario, introduced, speaks_of},
    scoring::cue::Cue,
    session::{Decision, Reason, Signal, Turn},
};

/// A customer. The same product, scenario, policies and seed, and the same rep turns with their cues: the same replies, on every platform.
#[derive(Debug, Clone)]
pub struct Partner {
    pub(super) scene: Arc<Scene>,
    pub(super) plan: Arc<Plan>,
    pub(super) mind: Mind,
    pub(super) tongue: Tongue,
    /// True once it has said whom its "he" or "she" is.
    pub(super) introduced: bool,
}

impl Partner {
    /// A customer who has said nothing yet.
    #[must_use]
    pub fn new(product: &Product, scenario: &Scenario, policies: &[Claim], seed: u32) -> Self {
        let dice = Dice::new(seed, &scenario.id);
        let scene = Scene::new(product, scenario, policies);
        let plan = Plan::fix(&scene, &dice);
        let mind = Mind::new(&scene, &plan);
        Self { mind, tongue: Tongue::new(scenario.persona, dice), scene: Arc::new(scene), plan: Arc::new(plan), introduced: false }
    }

    /// The first line.
    pub fn open(&mut self) -> Reply {
        self.tongue.begin(0);
        let mut saying = Saying::default();
        let line = self.scene.scenario.opening.get(self.plan.opening).cloned();
        saying.add_some(line.and_then(|line| self.tongue.line(&[line])));
        self.reply(&saying)
    }

    /// The answer to a turn of the rep, in which these cues were noticed.
    pub fn hear(&mut self, rep: &Turn, cues: &[Cue]) -> Reply {
        self.mind.turn += 1;
        self.tongue.begin(self.mind.turn);
        let mut saying = Saying::default();
        if let Some((decision, _)) = self.mind.decision {
            let act = if decision == Decision::Buy { Act::AfterBuy } else { Act::AfterLeave };
            saying.add_some(self.tongue.act(act, &self.facts()));
            return self.reply(&saying);
        }
        let heard = Heard::of(rep, cues, &self.scene);
        self.respond(&heard, &mut saying);
        if self.mind.decision.is_none() {
            self.part_ways(&heard, &mut saying);
        }
        if self.mind.decision.is_none() {
            self.warn(&mut saying);
        }
        self.mind.heard_before.push(heard.words);
        self.reply(&saying)
    }

    /// How the customer stands, as anybody could see it.
    #[must_use]
    pub fn state(&self) -> CustomerState {
        CustomerState { mood: self.mind.mood(&self.scene, &self.plan), ended: self.mind.decision.is_some() }
    }

    /// One way to win: `need:<id>`, `objection:<id>` in order, then `ask`.
    #[must_use]
    pub fn win_path(&self) -> &[String] {
        &self.plan.win_path
    }

    /// What was decided, and why, once it was.
    #[must_use]
    pub fn decision(&self) -> Option<(Decision, Reason)> {
        self.mind.decision
    }

    /// Says an act, combining smaller words where its own are used up.
    pub(super) fn act(&mut self, act: Act) -> String {
        let facts = self.facts();
        self.tongue.act(act, &facts).unwrap_or_else(|| self.tongue.combine())
    }

    /// Says an act about a feature, without its name where it has none to say.
    pub(super) fn act_on(&mut self, act: Act, feature: Option<&str>) -> String {
        let mut facts = self.facts();
        if let Some(feature) = feature.and_then(|id| self.scene.product.feature(id)) {
            facts.insert("feature", feature.name.clone());
        }
        self.tongue.act(act, &facts).unwrap_or_else(|| self.tongue.combine())
    }

    /// Says an act about a matter in plain words, without it where it is not known.
    pub(super) fn act_about(&mut self, act: Act, matter: Option<&'static str>) -> String {
        let mut facts = self.facts();
        if let Some(matter) = matter {
            facts.insert("matter", matter.to_owned());
        }
        self.tongue.act(act, &facts).unwrap_or_else(|| self.tongue.combine())
    }

    /// What phrases may name.
    fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        if let Some(price) = self.mind.price_cents {
            facts.insert("price", shown(price));
        }
        facts.insert("tag", shown(self.scene.product.price_range_cents().0));
        if let Some(other) = &self.scene.scenario.alternative {
            facts.insert("alt", other.name.clone());
            facts.insert("alt_price", shown(other.price_cents));
        }
        facts
    }

    /// Raises an objection and waits for its answer.
    pub(super) fn raise(&mut self, at: usize, line: Option<String>, saying: &mut Saying) {
        let Some(objection) = self.scene.scenario.objections.get(at) else { return };
        saying.add_some(line);
        saying.signals.push(Signal::RaiseObjection { id: objection.id.clone() });
        if let Some(doubt) = self.mind.doubts.get_mut(at) {
            doubt.stage = super::mind::Stage::Raised;
            if doubt.raised == 0 {
                self.mind.brought = Some(Item::Objection(at));
            }
            doubt.raised += 1;
        }
        self.mind.wait_for(Some(Open::Objection(at)));
    }

    /// Decides, and says so.
    pub(super) fn decide(&mut self, decision: Decision, reason: Reason, saying: &mut Saying) {
        // What it was about to say stays unsaid.
        saying.clear();
        let scene = Arc::clone(&self.scene);
        let farewell = if decision == Decision::Buy { &scene.scenario.goodbye_buy } else { &scene.scenario.goodbye_leave };
        let line = self.tongue.line(farewell);
        // "I will take the tan one" needs no yes before it.
        let plain = line.as_deref().is_some_and(|line| decision == Decision::Buy && says_yes(line));
        if !plain {
            saying.add(self.act(Act::leaving(reason)));
        }
        saying.add_some(line);
        saying.signals.push(Signal::Decide { decision, reason });
        self.mind.decision = Some((decision, reason));
    }

    /// Says once that patience is about to run out.
    fn warn(&mut self, saying: &mut Saying) {
        if self.mind.patience != 1 || self.mind.warned || self.plan.patience <= 1 {
            return;
        }
        self.mind.warned = true;
        let line = self.act(Act::Impatient);
        if saying.has_room_for(&line) {
            saying.lead_with(Some(line));
        }
    }

    /// Says whom it speaks of, the first time.
    fn introduce(&mut self, text: String) -> String {
        let Some(who) = self.scene.scenario.who.as_ref().filter(|_| !self.introduced) else { return text };
        let named = introduced(&text, who);
        self.introduced = named.is_some() || speaks_of(&text, who);
        named.unwrap_or(text)
    }

    fn reply(&mut self, saying: &Saying) -> Reply {
        let mut text = saying.text();
        if text.is_empty() {
            text = self.act(Act::GoOn);
        }
        while !self.tongue.note(&text) {
            text = self.tongue.combine();
        }
        let text = self.introduce(text);
        Reply { text, signals: saying.signals.clone(), state: self.state() }
    }
}

/// True where a last line says by itself that it buys.
fn says_yes(line: &str) -> bool {
    let line = line.to_lowercase();
    ["take", "ring", "buy", "sold", "wrap", "box"].iter().any(|word| line.contains(word))
}
