//! Buying, leaving, or neither.

use std::sync::Arc;

use super::{
    deed::Deed,
    heard::Heard,
    mind::{Stage, Told},
    partner::Partner,
    phrases::Act,
    saying::Saying,
    weigh::Weighed,
};
use crate::{
    catalog::{Difficulty, ObjectionCategory, Persona},
    session::{Decision, Reason},
};

impl Partner {
    /// The rep asked for the sale: buys where nothing stands against it, else says what does.
    pub(super) fn asked_to_buy(&mut self, heard: &Heard, weighed: Weighed, saying: &mut Saying) {
        let scene = Arc::clone(&self.scene);
        let plan = Arc::clone(&self.plan);
        self.mind.unclear_run = 0;
        self.mind.question_run = 0;
        self.mind.ready_for = 0;
        let stale = self.mind.refused > 0 && !self.mind.news_since_ask && !matches!(weighed, Weighed::Settled(_));
        self.mind.news_since_ask = false;
        if stale {
            self.mind.refused += 1;
            self.mind.faults.pushes += 1;
            self.mind.tire();
            return saying.add(self.act(Act::Pushy));
        }
        if let Some(at) = self.mind.open_doubt() {
            self.mind.refused += 1;
            match weighed {
                // It was answered by half a moment ago, or it was brushed aside by asking: says which doubt it is.
                Weighed::Half(_) => {
                    if let Some(doubt) = self.mind.doubts.get_mut(at) {
                        doubt.half_said = true;
                    }
                    saying.add(self.act(Act::HalfSettled));
                }
                _ => {
                    let lead = self.act(Act::DoubtLeft);
                    if self.raise_again(at, saying) {
                        saying.lead_with(Some(lead));
                    } else {
                        saying.add(self.act(Act::Hesitate));
                    }
                }
            }
            return;
        }
        if self.mind.trust < scene.knobs.trust_to_buy {
            return self.refuse(Act::Hesitate, saying);
        }
        if self.mind.price_cents.is_none() && scene.scenario.difficulty != Difficulty::Easy {
            self.mind.price_said = true;
            self.ask_price(saying);
            return;
        }
        if self.mind.interest < scene.knobs.interest_to_buy {
            let early = self.mind.features.is_empty();
            if early {
                self.mind.tire();
            }
            self.refuse(Act::NeedValue, saying);
            if scene.scenario.difficulty <= Difficulty::Medium {
                let untold = (0..self.mind.needs.len()).find(|need| self.is_untold(*need));
                if let Some(need) = untold {
                    self.tell_need(need, saying);
                }
            }
            return;
        }
        if let Some(at) = self.mind.next_doubt(&plan)
            && let Some(objection) = scene.scenario.objections.get(at)
        {
            self.mind.refused += 1;
            self.mind.news_since_ask = true;
            let lead = self.act(Act::DoubtLeft);
            let line = self.tongue.line(std::slice::from_ref(&objection.line));
            saying.add(lead);
            return self.raise(at, line, saying);
        }
        if !self.mind.can_afford(&scene, &plan) {
            self.mind.refused += 1;
            return self.react_to_price(saying);
        }
        if scene.knobs.restated && !self.mind.restated && heard.ask.as_deref() != Some("summary") {
            self.mind.news_since_ask = true;
            self.mind.reminded = true;
            return self.refuse(Act::RemindMe, saying);
        }
        self.decide(Decision::Buy, Reason::Convinced, saying);
    }

    fn refuse(&mut self, act: Act, saying: &mut Saying) {
        self.mind.refused += 1;
        let line = self.act(act);
        saying.add(line);
    }

    /// Leaves, or buys by itself, where it has come to that.
    pub(super) fn part_ways(&mut self, heard: &Heard, saying: &mut Saying) {
        let ready = self.mind.is_ready(&self.scene, &self.plan);
        self.mind.ready_for = if ready { self.mind.ready_for + 1 } else { 0 };
        if self.mind.patience <= 0 {
            let reason = self.why_it_goes();
            return self.decide(Decision::WalkAway, reason, saying);
        }
        let harsh = self.scene.scenario.difficulty == Difficulty::Expert;
        // There is a turn to take it back.
        let stands = harsh && self.mind.misled_at < self.mind.turn;
        if self.mind.trust <= 8 && (stands || self.mind.faults.false_claims >= 2) {
            return self.decide(Decision::WalkAway, Reason::LostTrust, saying);
        }
        let most_asks = if self.scene.scenario.difficulty == Difficulty::Easy { 6 } else { 5 };
        if self.mind.refused > most_asks {
            let reason = if self.mind.open_doubt().is_some() { Reason::DoubtLeft } else { Reason::PutOff };
            return self.decide(Decision::WalkAway, reason, saying);
        }
        if ready && self.mind.ready_for >= self.scene.knobs.waits_for_ask && self.mind.open.is_none() {
            if self.scene.knobs.buys_unasked {
                // Not on the heels of something false, not into a question, and not without the price.
                let asked = heard.did(Deed::Ask) && !heard.did(Deed::TrialClose);
                if self.mind.misled_at != self.mind.turn && !asked && self.mind.price_cents.is_some() {
                    self.decide(Decision::Buy, Reason::Convinced, saying);
                }
                return;
            }
            return self.decide(Decision::Undecided, Reason::NeverAsked, saying);
        }
        if self.mind.turn >= self.scene.manner.last_turn {
            let (decision, reason) = self.out_of_turns(ready);
            self.decide(decision, reason, saying);
        }
    }

    /// What wore it out most.
    fn why_it_goes(&self) -> Reason {
        let faults = &self.mind.faults;
        if faults.put_downs > 0 || faults.pushes > 1 {
            return Reason::PutOff;
        }
        if faults.false_claims > 0 && (self.scene.manner.challenges || self.mind.trust < 20) {
            return Reason::LostTrust;
        }
        if let Some(at) = self.mind.open_doubt()
            && faults.brushed > 0
            && faults.brushed >= faults.monologues
        {
            let price = self.scene.category(at) == ObjectionCategory::Price;
            return if price { Reason::TooExpensive } else { Reason::DoubtLeft };
        }
        if faults.monologues > 0 && self.scene.scenario.persona == Persona::Rushed {
            return Reason::OutOfTime;
        }
        Reason::OutOfPatience
    }

    /// How it ends when the talk has gone on for too long.
    fn out_of_turns(&self, ready: bool) -> (Decision, Reason) {
        if ready {
            return (Decision::Undecided, Reason::NeverAsked);
        }
        let waiting = self.mind.doubts.iter().any(|doubt| matches!(doubt.stage, Stage::Raised | Stage::Answered));
        if self.scene.scenario.persona == Persona::Rushed {
            return (Decision::WalkAway, Reason::OutOfTime);
        }
        if waiting {
            return (Decision::WalkAway, Reason::DoubtLeft);
        }
        if self.mind.price_cents.is_some() && !self.mind.can_afford(&self.scene, &self.plan) {
            return (Decision::WalkAway, Reason::TooExpensive);
        }
        if self.mind.needs.iter().all(|told| *told == Told::Hidden) {
            return (Decision::WalkAway, Reason::OutOfPatience);
        }
        (Decision::Undecided, Reason::OutOfTime)
    }
}
