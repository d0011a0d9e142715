//! The practice partner behind a voice: somebody else speaks for the customer, and the partner follows the talk. It hears every turn of the rep as if it had to
//! answer, and what it would have said stays unsaid: it can still be said once the rep goes on by typing.

use super::{
    mind::{Mind, Open, Stage, Told},
    partner::Partner,
    plan::Item,
};
use crate::{
    catalog::speaks_of,
    scoring::cue::{Cue, CueKind, Strength, Verdict},
    session::{Decision, Reason, Signal, Turn},
};

/// Where a turn of the rep has moved a customer for whom somebody else speaks. Ids are those of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moved {
    /// It has come to this decision and has not told it.
    pub decision: Option<(Decision, Reason)>,
    /// One more weak turn and it leaves; noticed once.
    pub impatient: bool,
    /// A false claim was noticed: its id, or nothing where the catalogue has none for it.
    pub false_claim: Option<String>,
    /// The objection that the rep talked past.
    pub brushed: Option<String>,
    /// It was asked to buy and is not convinced. The objection that stands against it, where it is one.
    pub refused: Option<Option<String>>,
    /// An objection that is overdue: the partner would have raised it before, and again now.
    pub due: Option<String>,
}

impl Partner {
    /// Hears a turn of the rep that somebody else answers.
    pub fn listen(&mut self, rep: &Turn, cues: &[Cue]) -> Moved {
        let before = self.clone();
        self.mind.brought = None;
        self.hear(rep, cues);
        self.tongue = before.tongue;
        self.introduced = before.introduced;
        if before.mind.decision.is_some() {
            return Moved::default();
        }
        let decision = self.mind.decision.take();
        let brushed = self.mind.faults.brushed > before.mind.faults.brushed;
        let contradicted = cues.iter().find(|cue| cue.verdict == Some(Verdict::Contradicted));
        let false_claim = self.mind.faults.false_claims > before.mind.faults.false_claims;
        let refused = decision.is_none() && self.mind.refused > before.mind.refused;
        let moved = Moved {
            decision,
            impatient: self.mind.warned && !before.mind.warned,
            false_claim: contradicted.filter(|_| false_claim).map(|cue| cue.refers_to.clone().unwrap_or_default()),
            brushed: before.mind.open_doubt().filter(|_| brushed).and_then(|at| self.objection_id(at)),
            refused: refused
                .then(|| self.mind.open_doubt().or_else(|| self.mind.next_doubt(&self.plan)).and_then(|at| self.objection_id(at))),
            due: None,
        };
        self.mind.unsay(&before.mind);
        Moved { due: self.overdue(self.mind.brought), ..moved }
    }

    /// Takes in what was said for it: what was noticed in the words, and what the speaker reported to have done by them.
    pub fn speak(&mut self, customer: &Turn, cues: &[Cue], signals: &[Signal]) {
        self.tongue.note(&customer.text);
        self.introduced |= self.scene.scenario.who.as_ref().is_some_and(|who| speaks_of(&customer.text, who));
        let reported =
            |cue: &Cue| signals.iter().any(|signal| matches!(signal, Signal::RaiseObjection { id } if Some(id) == cue.refers_to.as_ref()));
        for cue in cues.iter().filter(|cue| cue.strength > Strength::Weak && !reported(cue)) {
            self.take_words(cue);
        }
        self.report(signals);
    }

    /// Takes in what whoever speaks for it reports to have done.
    pub fn report(&mut self, signals: &[Signal]) {
        signals.iter().for_each(|signal| self.take_signal(signal));
    }

    /// The same objection may be put in other words than the catalogue's; where it was not raised so far, words alone will do.
    fn take_words(&mut self, cue: &Cue) {
        let scenario = &self.scene.scenario;
        match cue.kind {
            CueKind::Objection => {
                let raised = scenario.objections.iter().position(|objection| Some(&objection.id) == cue.refers_to.as_ref());
                let waiting = |at: &usize| self.mind.doubts.get(*at).is_some_and(|doubt| doubt.stage == Stage::Waiting);
                if let Some(at) = raised.filter(waiting) {
                    self.raised(at);
                }
            }
            CueKind::Need => {
                if let Some(at) = cue.refers_to.as_deref().and_then(|id| self.scene.need(id)) {
                    self.told(at);
                }
            }
            CueKind::Question => {
                let asked = scenario.questions.iter().position(|question| Some(&question.about) == cue.subject.as_ref());
                if let Some(at) = asked {
                    let ask = scenario.questions.get(at).map(|question| question.ask.clone());
                    self.tongue.line(ask.as_slice());
                    self.mind.asked.get_mut(at).into_iter().for_each(|asked| *asked = true);
                }
                let price = (cue.subject.as_deref() == Some("price")).then_some(Open::Price);
                if let Some(open) = asked.map(Open::Question).or(price).filter(|_| self.mind.open.is_none()) {
                    self.mind.price_said |= open == Open::Price;
                    self.mind.wait_for(Some(open));
                    self.mind.quiet = 0;
                }
            }
            _ => {}
        }
    }

    fn take_signal(&mut self, signal: &Signal) {
        let scenario = &self.scene.scenario;
        match signal {
            Signal::RaiseObjection { id } => {
                let at = scenario.objections.iter().position(|objection| objection.id == *id);
                at.into_iter().for_each(|at| self.raised(at));
            }
            Signal::RevealNeed { id } => self.scene.need(id).into_iter().for_each(|at| self.told(at)),
            Signal::Trap { id } => {
                let Some(at) = scenario.traps.iter().position(|trap| trap.claim == *id) else { return };
                let ask = scenario.traps.get(at).map(|trap| trap.ask.clone());
                self.tongue.line(ask.as_slice());
                self.mind.set.get_mut(at).into_iter().for_each(|set| *set = true);
                self.mind.wait_for(Some(Open::Trap(at)));
                self.mind.quiet = 0;
            }
            Signal::Decide { decision, reason } => self.mind.decision = Some((*decision, *reason)),
        }
    }

    /// An objection was raised in somebody's words. The partner will not put it in the words that it would have had for that.
    fn raised(&mut self, at: usize) {
        let (Some(doubt), Some(objection)) = (self.mind.doubts.get_mut(at), self.scene.scenario.objections.get(at)) else { return };
        let plain = self.scene.product.objection(&objection.id).map(|found| &found.line);
        let line = match doubt.raised {
            0 => Some(&objection.line),
            1 => Some(&objection.again),
            _ => plain,
        };
        self.tongue.line(line.cloned().as_slice());
        doubt.stage = Stage::Raised;
        doubt.raised += 1;
        self.mind.wait_for(Some(Open::Objection(at)));
        self.mind.quiet = 0;
        self.mind.owed = None;
    }

    /// A need was told in somebody's words.
    fn told(&mut self, at: usize) {
        if let Some(told) = self.mind.needs.get_mut(at) {
            *told = Told::Outright;
        }
        let lines = self.scene.scenario.needs.get(at).map(|need| need.told.clone()).unwrap_or_default();
        // All of them say the same: none is told a second time.
        while self.tongue.next_line(&lines).is_some() {}
    }

    fn objection_id(&self, at: usize) -> Option<String> {
        self.scene.scenario.objections.get(at).map(|objection| objection.id.clone())
    }

    /// What the partner would have brought up in this turn, once before and now again, and the voice did not. An objection is told, and told again only after as
    /// long; with a question, a need or a trap it goes on without.
    fn overdue(&mut self, brought: Option<Item>) -> Option<String> {
        let item = brought?;
        let again = self.mind.owed == Some(item);
        self.mind.owed = (!again).then_some(item);
        match item {
            // The voice asks in its own words.
            Item::Question(at) => self.mind.asked.get_mut(at).into_iter().for_each(|asked| *asked = true),
            Item::Trap(at) if again => self.mind.set.get_mut(at).into_iter().for_each(|set| *set = true),
            Item::Objection(at) if again => return self.objection_id(at),
            Item::Trap(_) | Item::Objection(_) | Item::Need(_) => {}
        }
        None
    }
}

impl Mind {
    /// Takes back what would only have been so by saying it. What the rep did stays done.
    fn unsay(&mut self, before: &Self) {
        for (now, then) in self.doubts.iter_mut().zip(&before.doubts) {
            if now.raised > then.raised {
                now.stage = then.stage;
                now.raised = then.raised;
            }
        }
        // A hint is given and not reported.
        for (now, then) in self.needs.iter_mut().zip(&before.needs) {
            *now = (*now).min((*then).max(Told::Hinted));
        }
        self.asked.clone_from(&before.asked);
        self.set.clone_from(&before.set);
        self.signals_given = before.signals_given;
        self.price_said = self.price_cents.is_some() && self.price_said || before.price_said;
        if self.quiet <= before.quiet && self.brought.is_some() {
            self.quiet = before.quiet + 1;
        }
        if self.open != before.open {
            self.wait_for(None);
        }
    }
}
