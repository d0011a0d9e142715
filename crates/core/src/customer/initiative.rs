//! What the customer brings up by itself, and when.

use std::sync::Arc;

use super::{
    deed::Deed,
    heard::Heard,
    mind::{Open, Stage, Told},
    partner::Partner,
    phrases::Act,
    plan::Item,
    saying::Saying,
};
use crate::{
    catalog::{ObjectionCategory, Persona},
    session::Signal,
};

impl Partner {
    /// Brings up something of its own where it is its turn to: not while it waits for an answer, and not after every question of the rep.
    pub(super) fn bring_up(&mut self, heard: &Heard, saying: &mut Saying) {
        if self.mind.open.is_some() {
            return;
        }
        self.mind.quiet += 1;
        let led = heard.did(Deed::Ask) && !saying.is_empty() && !saying.idle;
        let early = self.mind.turn == 1;
        if led && (self.mind.quiet <= self.scene.manner.pace || early) {
            return self.add_color(saying);
        }
        if early && !heard.is_statement() && !matches!(self.scene.scenario.persona, Persona::Rushed) && !saying.is_empty() {
            return;
        }
        if !self.bring_up_next(saying) {
            self.add_color(saying);
            if saying.is_empty() {
                let line = self.act(Act::GoOn);
                saying.add(line);
            }
        }
    }

    /// Brings up the next thing whose time has come; false where there is none, or no room for it.
    pub(super) fn bring_up_next(&mut self, saying: &mut Saying) -> bool {
        let plan = Arc::clone(&self.plan);
        let ready = self.mind.is_ready(&self.scene, &plan);
        let unpriced = self.mind.price_cents.is_none() && !self.mind.price_said;
        if unpriced && (ready || self.mind.turn >= 6) {
            self.mind.price_said = true;
            self.mind.quiet = 0;
            self.ask_price(saying);
            return true;
        }
        if ready && self.mind.signals_given < 3 && self.mind.ready_for >= 2 * self.mind.signals_given {
            let line = self.act(Act::BuyingSignal);
            if saying.has_room_for(&line) {
                self.mind.signals_given += 1;
                saying.add(line);
                return true;
            }
        }
        let Some(item) = plan.agenda.iter().copied().find(|item| self.is_due(*item)) else { return false };
        let Some(line) = self.line_of(item) else { return false };
        if !saying.has_room_for(&line) {
            if !saying.idle {
                return false;
            }
            saying.drop_idle();
        }
        self.mind.quiet = 0;
        self.say_item(item, &line, saying);
        true
    }

    /// True where it can be brought up now.
    fn is_due(&self, item: Item) -> bool {
        let (mind, scene) = (&self.mind, &self.scene);
        match item {
            Item::Question(at) => {
                let about = scene.scenario.questions.get(at).map(|question| question.about.as_str());
                let known = about.is_some_and(|about| {
                    about == "price" && mind.price_cents.is_some() || mind.features.contains(about) || mind.facts.contains(about)
                });
                mind.asked.get(at) == Some(&false) && !known
            }
            Item::Objection(at) => {
                if mind.doubts.get(at).is_none_or(|doubt| doubt.stage != Stage::Waiting) || mind.open_doubt().is_some() {
                    return false;
                }
                if self.plan.hidden == Some(at) {
                    let others_settled = self
                        .plan
                        .objections
                        .iter()
                        .all(|other| *other == at || mind.doubts.get(*other).is_some_and(|doubt| doubt.stage == Stage::Settled));
                    return others_settled && mind.trust >= scene.knobs.trust_to_buy;
                }
                let bold = matches!(scene.scenario.persona, Persona::Skeptical | Persona::PriceConscious);
                let learned = !mind.features.is_empty() || !mind.facts.is_empty();
                match scene.category(at) {
                    ObjectionCategory::Price => mind.price_cents.is_some() || mind.turn >= if bold { 3 } else { 6 },
                    ObjectionCategory::Timing | ObjectionCategory::Competition => mind.turn >= 3 && learned || mind.turn >= 6,
                    _ => mind.turn >= if bold || learned { 2 } else { 4 },
                }
            }
            // Nobody asks for the truth of what was just put right.
            Item::Trap(at) => {
                let known = scene.scenario.traps.get(at).is_some_and(|trap| mind.facts.contains(&trap.claim));
                mind.turn >= 3 && mind.set.get(at) == Some(&false) && !known
            }
            Item::Need(at) => mind.needs.get(at).is_some_and(|told| *told == Told::Hidden),
        }
    }

    fn line_of(&self, item: Item) -> Option<String> {
        let scenario = &self.scene.scenario;
        let line = match item {
            Item::Question(at) => &scenario.questions.get(at)?.ask,
            Item::Objection(at) => &scenario.objections.get(at)?.line,
            Item::Trap(at) => &scenario.traps.get(at)?.ask,
            Item::Need(at) => scenario.needs.get(at)?.told.first()?,
        };
        Some(line.clone())
    }

    fn say_item(&mut self, item: Item, line: &str, saying: &mut Saying) {
        self.mind.brought = Some(item);
        let fresh = if self.tongue.has_said(line) { None } else { self.tongue.line(&[line.to_owned()]) };
        match item {
            Item::Question(at) => {
                saying.add_some(fresh);
                if let Some(asked) = self.mind.asked.get_mut(at) {
                    *asked = true;
                }
                self.mind.wait_for(Some(Open::Question(at)));
            }
            Item::Objection(at) => self.raise(at, fresh, saying),
            Item::Trap(at) => {
                saying.add_some(fresh);
                if let Some(set) = self.mind.set.get_mut(at) {
                    *set = true;
                }
                if let Some(trap) = self.scene.scenario.traps.get(at) {
                    saying.signals.push(Signal::Trap { id: trap.claim.clone() });
                }
                self.mind.wait_for(Some(Open::Trap(at)));
            }
            Item::Need(at) => {
                saying.add_some(fresh);
                if let (Some(told), Some(need)) = (self.mind.needs.get_mut(at), self.scene.scenario.needs.get(at)) {
                    *told = Told::Outright;
                    saying.signals.push(Signal::RevealNeed { id: need.id.clone() });
                }
                self.mind.warm(3);
            }
        }
    }

    /// Now and then, a word of its own world.
    fn add_color(&mut self, saying: &mut Saying) {
        let percent = self.scene.manner.color;
        if self.mind.turn < 2 || !self.tongue.chance(percent) {
            return;
        }
        let facts = super::tongue::Facts::new();
        if let Some(line) = self.tongue.act(Act::Color, &facts)
            && saying.has_room_for(&line)
        {
            saying.add(line);
        }
    }
}
