//! What the customer makes of one turn of the rep.

use std::sync::Arc;

use super::{
    deed::Deed,
    heard::Heard,
    mind::{News, Open},
    partner::Partner,
    phrases::Act,
    saying::Saying,
    topic::Topic,
    weigh::{Answered, Trapped, Weighed},
};
use crate::{
    catalog::Persona,
    session::{Decision, Reason},
};

impl Partner {
    /// Answers one turn: reacts to what was said, then brings up something of its own where that fits.
    pub(super) fn respond(&mut self, heard: &Heard, saying: &mut Saying) {
        if heard.did(Deed::RoleBreak) {
            return self.stay_in_role(saying);
        }
        if heard.did(Deed::Foreign) {
            return self.not_understood(Act::OtherLanguage, saying);
        }
        let scene = Arc::clone(&self.scene);
        let news = self.mind.take_in(heard, &scene);
        if heard.did(Deed::PutDown) {
            self.mind.faults.put_downs += 1;
            self.mind.patience -= if heard.did(Deed::Insult) || self.mind.faults.put_downs > 1 { 2 } else { 1 };
            self.mind.believe(-10);
            self.mind.warm(-8);
            return saying.add(self.act(Act::Offended));
        }
        let trapped = self.check_trap(heard);
        let answered = self.check_question(heard);
        let weighed = self.weigh(heard, &news);
        // "Great, have a good day" is no ask.
        if heard.did(Deed::Leave) && !self.mind.is_ready(&scene, &self.plan) {
            return self.rep_leaves(saying);
        }
        // "I can hold it for you" is an ask only to somebody who is there.
        let now = heard.ask.as_deref() != Some("next_step") || self.mind.is_ready(&scene, &self.plan);
        if heard.ask.is_some() && now {
            return self.asked_to_buy(heard, weighed, saying);
        }
        if heard.did(Deed::Leave) {
            return self.rep_leaves(saying);
        }
        if heard.is_unclear() && trapped == Trapped::Not && matches!(answered, Answered::Not | Answered::Ignored) {
            return self.not_understood(Act::Unclear, saying);
        }
        self.mind.unclear_run = 0;
        if news.taken_back {
            let line = self.act(Act::TakenBack);
            saying.add(line);
        }
        let long = self.long_turn(heard, saying);
        let headed = long || self.hurried(heard, trapped, saying) || self.false_claim(heard, trapped, saying);
        self.say_trapped(trapped, saying);
        self.say_weighed(weighed, heard, saying);
        let ignored = answered == Answered::Ignored;
        self.say_answered(answered, heard, &news, saying);
        if heard.did(Deed::Ask) && !saying.answers {
            self.answer(heard, saying);
        }
        if news.price && !self.mind.price_said {
            self.react_to_price(saying);
        }
        if saying.is_empty() {
            self.acknowledge(heard, &news, saying);
        }
        let held = matches!(weighed, Weighed::Brushed(_) | Weighed::Half(_) | Weighed::Soothed(_) | Weighed::Clarified(_));
        if !headed && !held && !ignored {
            self.bring_up(heard, saying);
        }
    }

    /// Somebody asked it to be somebody else.
    fn stay_in_role(&mut self, saying: &mut Saying) {
        self.mind.role_breaks += 1;
        if self.mind.role_breaks > 1 {
            self.mind.tire();
        }
        saying.add(self.act(Act::Puzzled));
    }

    /// Asks what was meant, twice at most; then goes on by itself.
    fn not_understood(&mut self, request: Act, saying: &mut Saying) {
        self.mind.unclear_run += 1;
        if self.mind.unclear_run > 1 {
            self.mind.tire();
        }
        if self.mind.unclear_run <= 2 {
            return saying.add(self.act(request));
        }
        self.mind.unclear_run = 0;
        self.mind.wait_for(None);
        saying.add_idle(Some(self.act(Act::MoveOn)));
        self.bring_up_next(saying);
        if saying.idle {
            let line = self.act(Act::GoOn);
            saying.add(line);
        }
    }

    /// True where the turn was far too long, which is said.
    fn long_turn(&mut self, heard: &Heard, saying: &mut Saying) -> bool {
        if !heard.did(Deed::Monologue) {
            return false;
        }
        self.mind.faults.monologues += 1;
        self.mind.tire();
        saying.add(self.act(Act::Monologue));
        true
    }

    /// True where a false claim was made and the customer says so. Most say nothing and believe less.
    fn false_claim(&mut self, heard: &Heard, trapped: Trapped, saying: &mut Saying) -> bool {
        if heard.false_claims.is_empty() || heard.did(Deed::TakeBack) || matches!(trapped, Trapped::Believed(_)) {
            return false;
        }
        if self.scene.manner.challenges {
            self.mind.tire();
            saying.add(self.act(Act::ChallengeFalseClaim));
            return true;
        }
        if self.scene.scenario.persona == Persona::Skeptical {
            saying.add(self.act(Act::DoubtClaim));
            return true;
        }
        false
    }

    /// True where a discount or a clock was made up, which the customer says: neither has to do with what it came for.
    fn hurried(&mut self, heard: &Heard, trapped: Trapped, saying: &mut Saying) -> bool {
        let other = heard.false_claims.len() > usize::from(heard.lowers_falsely());
        if trapped != Trapped::Not || other && self.scene.manner.challenges {
            return false;
        }
        let act = if heard.did(Deed::Pressure) {
            Act::Hurried
        } else if heard.did(Deed::Discount) {
            Act::Discount
        } else {
            return false;
        };
        self.mind.believe(-6);
        self.mind.warm(-3);
        saying.add(self.act(act));
        true
    }

    /// Puts in words what became of a trap.
    fn say_trapped(&mut self, trapped: Trapped, saying: &mut Saying) {
        let scene = Arc::clone(&self.scene);
        let (at, corrected) = match trapped {
            Trapped::Corrected(at) => (at, true),
            Trapped::Believed(at) => (at, false),
            Trapped::Not => return,
        };
        if let Some(trap) = scene.scenario.traps.get(at) {
            let line = if corrected { &trap.corrected } else { &trap.believed };
            saying.add_some(self.tongue.line(std::slice::from_ref(line)));
        }
    }

    /// Puts in words what became of its question.
    fn say_answered(&mut self, answered: Answered, heard: &Heard, news: &News, saying: &mut Saying) {
        match answered {
            Answered::Not => {}
            Answered::Yes(about) if about == "price" => self.react_to_price(saying),
            Answered::Yes(about) => {
                if saying.is_empty() {
                    let told = news.features.contains(&about);
                    let act = if news.tied.is_some() && heard.false_claims.is_empty() { Act::AckTied } else { Act::GotAnswer };
                    let line = self.act_on(act, told.then_some(about.as_str()));
                    saying.add_idle(Some(line));
                }
            }
            Answered::Honestly => {
                if saying.is_empty() {
                    saying.add_idle(Some(self.act(Act::HonestUnknown)));
                }
            }
            Answered::Ignored => {
                if saying.is_empty() {
                    saying.add(self.act(Act::NotAnswered));
                }
            }
        }
    }

    /// Words for a turn that asked nothing and touched nothing that was open.
    fn acknowledge(&mut self, heard: &Heard, news: &News, saying: &mut Saying) {
        let feature = news.features.first().cloned();
        let act = if self.said_before(heard) {
            self.mind.tire();
            Act::Repeats
        } else if heard.is_vague() && self.mind.turn == 1 {
            Act::GreetBack
        } else if heard.is_vague() {
            self.mind.vague += 1;
            if self.mind.vague > 2 {
                self.mind.tire();
            }
            Act::AckWeak
        } else if heard.did(Deed::HonestUnknown) {
            Act::HonestUnknown
        } else if !heard.false_claims.is_empty() {
            // Believes it less than it lets on.
            Act::AckFact
        } else if news.tied.is_some() {
            Act::AckTied
        } else if heard.did(Deed::Reflection) {
            Act::Confirm
        } else if heard.did(Deed::Unsupported) && news.features.is_empty() {
            Act::DoubtClaim
        } else if news.relevant {
            Act::AckGood
        } else if !news.features.is_empty() || news.fact {
            Act::AckFact
        } else if heard.is_statement() {
            Act::AckWeak
        } else if heard.did(Deed::Empathy) {
            Act::EmpathyBack
        } else if heard.asked(Topic::HowAreYou) || heard.did(Deed::Rapport) {
            Act::SmalltalkBack
        } else if heard.did(Deed::Greeting) {
            Act::GreetBack
        } else {
            return;
        };
        let line = self.act_on(act, feature.as_deref());
        saying.add_idle(Some(line));
    }

    /// True where the rep says word for word what it said before.
    pub(super) fn said_before(&self, heard: &Heard) -> bool {
        heard.words.len() >= 4 && self.mind.heard_before.iter().any(|words| words.same(&heard.words))
    }

    /// Holds a price against its ceiling. A planned price objection is raised on it.
    pub(super) fn react_to_price(&mut self, saying: &mut Saying) {
        use crate::catalog::ObjectionCategory::Price;
        self.mind.price_said = true;
        let scene = Arc::clone(&self.scene);
        let price = self.mind.price_cents.unwrap_or_else(|| scene.product.price_range_cents().0);
        if !scene.is_a_price(price) {
            // It can read a tag.
            self.mind.price_said = false;
            self.mind.price_cents = Some(scene.product.price_range_cents().0);
            let line = self.act(Act::WrongPrice);
            saying.add(line);
            return self.mind.wait_for(Some(Open::Price));
        }
        let ceiling = self.plan.ceiling_cents;
        let planned = self.plan.objections.iter().copied().find(|at| {
            scene.category(*at) == Price
                && Some(*at) != self.plan.hidden
                && self.mind.doubts.get(*at).is_some_and(|doubt| doubt.raised == 0)
        });
        let over = price - ceiling;
        if over <= 0 {
            self.mind.warm(4);
        }
        if let Some(at) = planned
            && self.mind.open_doubt().is_none()
            && let Some(objection) = scene.scenario.objections.get(at)
            && saying.has_room_for(&objection.line)
        {
            saying.drop_idle();
            let line = self.tongue.line(std::slice::from_ref(&objection.line));
            return self.raise(at, line, saying);
        }
        let act = match over {
            ..=0 => Act::PriceOk,
            _ if over * 100 <= ceiling * 18 => Act::PriceHigh,
            _ => Act::PriceWayHigh,
        };
        let line = self.act(act);
        if saying.has_room_for(&line) {
            saying.add(line);
        }
        if over > 0 && scene.scenario.alternative.is_some() {
            let line = self.act(Act::Compare);
            if saying.has_room_for(&line) {
                saying.add(line);
            }
        }
    }

    /// The rep took leave.
    fn rep_leaves(&mut self, saying: &mut Saying) {
        let ready = self.mind.is_ready(&self.scene, &self.plan);
        if ready && self.scene.knobs.buys_unasked {
            return self.decide(Decision::Buy, Reason::Convinced, saying);
        }
        let reason = if ready && self.mind.refused == 0 { Reason::NeverAsked } else { Reason::RepLeft };
        self.decide(Decision::Undecided, reason, saying);
    }

    /// Asks for the price, once.
    pub(super) fn ask_price(&mut self, saying: &mut Saying) {
        let line = self.act(Act::AskPrice);
        saying.drop_idle();
        saying.add(line);
        self.mind.wait_for(Some(Open::Price));
    }
}
