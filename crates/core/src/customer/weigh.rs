//! Whether the rep dealt with what the customer was waiting for.

use std::sync::Arc;

use super::{
    asking::wants_more,
    deed::Deed,
    heard::Heard,
    mind::{News, Open, Stage, Told},
    partner::Partner,
    phrases::Act,
    saying::Saying,
    topic::Topic,
    words::any,
};
use crate::catalog::{Difficulty, ObjectionCategory};

/// What became of the open objection in a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weighed {
    /// None was open.
    Not,
    /// Settled.
    Settled(usize),
    /// Answered, not enough.
    Half(usize),
    /// The rep asked what is behind it.
    Clarified(usize),
    /// Taken seriously, not answered.
    Soothed(usize),
    /// The rep admitted not to know.
    Honest(usize),
    /// Half answered before, and now left at that.
    Lingering,
    /// Passed over.
    Brushed(usize),
}

/// What became of the customer's own question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answered {
    /// None was open, or the rep asked back.
    Not,
    /// Answered: what it was about.
    Yes(String),
    /// “I do not know, let me check.”
    Honestly,
    /// Passed over.
    Ignored,
}

/// What became of an open trap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trapped {
    /// None was open, or it was passed over.
    Not,
    /// The rep put it right.
    Corrected(usize),
    /// The rep went along.
    Believed(usize),
}

impl Partner {
    /// Weighs what the rep did about the open objection.
    pub(super) fn weigh(&mut self, heard: &Heard, news: &News) -> Weighed {
        let scene = Arc::clone(&self.scene);
        self.settle_before_raised(heard);
        let Some(at) = self.mind.open_doubt() else { return Weighed::Not };
        let waits = self.mind.open == Some(Open::Objection(at));
        // A fact alone may be meant for anything; with the doubt by its name, or with understanding for it, it is meant for the doubt.
        let names_it = scene.doubts.get(at).is_some_and(|patterns| any(patterns, &heard.words));
        let meant = heard.did(Deed::Empathy) || heard.did(Deed::CheckBack) || names_it;
        let on_topic = heard.answers.get(at).is_some_and(|count| *count > 0)
            || meant && heard.pitches.iter().any(|pitch| scene.answers_objection(&pitch.feature, at));
        let category = scene.category(at);
        // Naming a smaller price is an answer to "too much"; "I do not know" is one to "who says so".
        let known = |need: usize| self.mind.needs.get(need).is_some_and(|told| *told > Told::Hidden);
        let useful =
            heard.pitches.iter().any(|pitch| pitch.need.is_some_and(known) || waits && scene.answers_objection(&pitch.feature, at));
        // What the money does for it answers "too much" as well.
        let answers = on_topic
            || waits
                && category == ObjectionCategory::Price
                && (heard.did(Deed::Worth) || useful || heard.did(Deed::Price) && !heard.pitches.is_empty())
            || waits && matches!(category, ObjectionCategory::Need | ObjectionCategory::Competition) && useful
            || waits
                && category == ObjectionCategory::Trust
                && (heard.did(Deed::HonestUnknown) || heard.did(Deed::Deny) || heard.did(Deed::Admit));
        // Who knows better, or doubts everything, is not settled by something false.
        let believed = heard.false_claims.is_empty() || scene.manner.false_claim < 20;
        let extra = u32::from(self.plan.repeated == Some(at));
        // "What is the worry with it?" names what may answer it and answers nothing.
        let behind = [Topic::Concerns, Topic::Why, Topic::Compared, Topic::Budget];
        let asks_back = waits && !heard.did(Deed::CheckBack) && behind.into_iter().any(|topic| heard.asked(topic));
        let Some(doubt) = self.mind.doubts.get_mut(at) else { return Weighed::Not };
        let now =
            answers && believed && !(asks_back && heard.supported.is_empty() && heard.pitches.iter().all(|pitch| pitch.need.is_none()));
        let again = now && doubt.half_said;
        doubt.answered |= now;
        doubt.to_the_point |= heard.answers.get(at).is_some_and(|count| *count > 0);
        doubt.tied |= waits && heard.pitches.iter().any(|pitch| pitch.need.is_some());
        doubt.empathy |= waits && (heard.did(Deed::Empathy) || heard.did(Deed::Reflection));
        doubt.clarified |= waits && heard.did(Deed::Ask) && !heard.did(Deed::CheckBack);
        doubt.checked |= waits && (heard.did(Deed::CheckBack) || heard.did(Deed::TrialClose));
        let steps = [doubt.tied, doubt.empathy, doubt.clarified, doubt.checked, heard.did(Deed::HonestUnknown)];
        let points = 2 * u32::from(doubt.answered) + steps.iter().map(|step| u32::from(*step)).sum::<u32>();
        if doubt.answered && (points >= scene.knobs.settle + extra || again) {
            doubt.stage = Stage::Settled;
            self.mind.wait_for(None);
            self.mind.warm(8);
            self.mind.believe(4);
            // Being taken seriously makes up for some waiting; an expert has seen it before.
            if scene.scenario.difficulty < Difficulty::Expert {
                self.mind.patience = (self.mind.patience + 1).min(self.plan.patience);
            }
            return Weighed::Settled(at);
        }
        if !waits {
            return Weighed::Not;
        }
        if now {
            doubt.stage = Stage::Answered;
            return Weighed::Half(at);
        }
        // "What is holding you back?" is about this very doubt.
        if heard.asked(Topic::Concerns) {
            return Weighed::Clarified(at);
        }
        self.mind.waited += 1;
        let patient = self.mind.waited <= 2 || names_it || heard.did(Deed::Empathy);
        if heard.did(Deed::Ask) && !heard.did(Deed::CheckBack) && patient {
            return Weighed::Clarified(at);
        }
        if heard.did(Deed::HonestUnknown) && self.mind.waited <= 2 {
            return Weighed::Honest(at);
        }
        if (heard.did(Deed::Empathy) || heard.did(Deed::Reflection)) && self.mind.waited <= 1 {
            return Weighed::Soothed(at);
        }
        if heard.is_unclear() && heard.ask.is_none() {
            return Weighed::Not;
        }
        // A true word and "does that help?" is no answer, and it is not looking away.
        let tried = heard.did(Deed::CheckBack) && heard.is_statement() && heard.false_claims.is_empty() && self.mind.waited <= 2;
        let first_price = category == ObjectionCategory::Price && news.price && !heard.did(Deed::WrongPrice);
        if first_price || tried || self.mind.doubts.get(at).is_some_and(|doubt| doubt.answered) {
            // "How much, then?" was answered by how much, which settles nothing.
            // It had half an answer: it is not passed over, and it is not settled. It comes back at the ask.
            self.mind.wait_for(None);
            return Weighed::Lingering;
        }
        self.mind.faults.brushed += 1;
        self.mind.warm(-4);
        self.mind.patience -= 1;
        Weighed::Brushed(at)
    }

    /// A doubt that the rep names and answers before it was raised is no doubt any more. Who is hard to convince wants to be taken seriously as well, and
    /// what wants two answers has one.
    fn settle_before_raised(&mut self, heard: &Heard) {
        let hard = self.scene.scenario.difficulty >= Difficulty::Hard;
        for (at, patterns) in self.scene.doubts.iter().enumerate() {
            let named = any(patterns, &heard.words) && heard.answers.get(at).is_some_and(|count| *count > 0);
            let Some(doubt) = self.mind.doubts.get_mut(at) else { continue };
            if !named || doubt.stage != Stage::Waiting || !heard.false_claims.is_empty() || self.plan.hidden == Some(at) {
                continue;
            }
            doubt.answered = true;
            let taken_up = !hard || heard.did(Deed::Empathy) || heard.did(Deed::CheckBack);
            if taken_up && self.plan.repeated != Some(at) {
                doubt.stage = Stage::Settled;
                self.mind.warm(5);
                self.mind.believe(2);
            }
        }
    }

    /// Puts in words what became of the objection.
    pub(super) fn say_weighed(&mut self, weighed: Weighed, heard: &Heard, saying: &mut Saying) {
        let scene = Arc::clone(&self.scene);
        let line = |at: usize| scene.scenario.objections.get(at);
        match weighed {
            Weighed::Not => {}
            Weighed::Settled(at) => {
                // Its own last word may speak of what it never heard: "forty a year for three years".
                let own = self.mind.doubts.get(at).is_some_and(|doubt| doubt.to_the_point);
                let text = if own {
                    line(at).and_then(|objection| self.tongue.line(std::slice::from_ref(&objection.settled)))
                } else {
                    Some(self.act(Act::AckGood))
                };
                if let Some(text) = text
                    && saying.has_room_for(&text)
                {
                    saying.add(text);
                }
                // The check is answered by it.
                let own = |topic: &Topic| topic.key().is_some_and(|key| scene.scenario.answers.contains_key(key));
                saying.answers |= !heard.topics.iter().any(own) && heard.fits.is_empty();
            }
            Weighed::Half(at) => {
                if let Some(doubt) = self.mind.doubts.get_mut(at) {
                    doubt.half_said = true;
                }
                saying.add(self.act(Act::HalfSettled));
                saying.answers |= heard.fits.is_empty() && heard.topics.iter().all(|topic| topic.key().is_none());
            }
            Weighed::Clarified(at) => self.say_behind(at, heard, saying),
            Weighed::Lingering => saying.add_idle(Some(self.act(Act::HalfSettled))),
            Weighed::Soothed(_) => saying.add(self.act(Act::Heard)),
            Weighed::Honest(_) => saying.add(self.act(Act::HonestUnknown)),
            Weighed::Brushed(at) => {
                saying.answers = true;
                if !self.raise_again(at, saying) {
                    self.mind.wait_for(None);
                }
            }
        }
    }

    /// The rep asked what is behind an objection: tells a need that is, or says more.
    fn say_behind(&mut self, at: usize, heard: &Heard, saying: &mut Saying) {
        if heard.asks_back() {
            saying.answers = self.explain(heard, saying);
            return;
        }
        if heard.asked(Topic::Compared) {
            saying.answers = true;
            return self.say_compared(saying);
        }
        if heard.asked(Topic::HeardRight) {
            saying.answers = true;
            return saying.add(self.act(Act::Confirm));
        }
        if !heard.fits.is_empty() || heard.topics.iter().any(|topic| topic.key().is_some()) {
            return self.answer(heard, saying);
        }
        saying.answers = true;
        let behind = self.scene.need_behind(at).filter(|need| self.is_untold(*need));
        if behind.is_none_or(|need| !self.tell_need(need, saying)) {
            let line = self.act(Act::BehindIt);
            saying.add(line);
        }
    }

    /// Comes back to an objection: in its own words, then in plainer ones, then not until the end.
    /// False where it has no words left for it.
    pub(super) fn raise_again(&mut self, at: usize, saying: &mut Saying) -> bool {
        let scene = Arc::clone(&self.scene);
        let Some(objection) = scene.scenario.objections.get(at) else { return false };
        if let Some(again) = self.tongue.line(std::slice::from_ref(&objection.again)) {
            self.raise(at, Some(again), saying);
            return true;
        }
        // The catalogue's words may be about somebody whom this customer does not have: a wife, a friend with a drawer full of shirts.
        let plain = scene.product.objection(&objection.id).map(|found| found.line.clone()).filter(|line| {
            let here = format!("{} {}", objection.line, objection.again);
            others(line).all(|other| others(&here).any(|known| known == other))
        });
        let Some(line) = plain.and_then(|line| self.tongue.line(&[line])) else { return false };
        let lead = self.act(Act::ThirdTime);
        self.raise(at, Some(format!("{lead} {line}")), saying);
        true
    }

    /// Whether its question was answered.
    pub(super) fn check_question(&mut self, heard: &Heard) -> Answered {
        let about = match self.mind.open {
            Some(Open::Question(at)) => self.scene.scenario.questions.get(at).map(|question| question.about.clone()),
            Some(Open::Price) => Some("price".to_owned()),
            _ => return Answered::Not,
        };
        let Some(about) = about else { return Answered::Not };
        if self.is_asked_back(heard) {
            return Answered::Not;
        }
        let named = |id: &String| *id == about;
        let said = self.scene.says(&about).is_some_and(|patterns| any(patterns, &heard.words));
        let hit = heard.pitches.iter().any(|pitch| pitch.feature == about)
            || heard.supported.iter().chain(&heard.false_claims).any(named)
            || about == "price" && heard.did(Deed::Price)
            || said
            || self.scene.tells_truth(&about, &heard.words);
        // "Yes, it does" answers too, whatever it is worth, but not "how long?"
        let open = self.asks_openly();
        if hit || about != "price" && !open && heard.says_yes_or_no() && heard.ask.is_none() {
            self.mind.wait_for(None);
            self.mind.warm(3);
            self.mind.believe(2);
            return Answered::Yes(about);
        }
        if heard.did(Deed::HonestUnknown) {
            self.mind.wait_for(None);
            return Answered::Honestly;
        }
        if heard.is_unclear() {
            // It is asked what was meant first.
            return Answered::Not;
        }
        if heard.did(Deed::Ask) && self.mind.waited == 0 {
            self.mind.waited += 1;
            return Answered::Not;
        }
        self.mind.wait_for(None);
        if heard.ask.is_some() {
            return Answered::Not;
        }
        self.mind.tire();
        Answered::Ignored
    }

    /// True where the rep gives its question back instead of answering: twice it is explained, then it was not answered.
    fn is_asked_back(&mut self, heard: &Heard) -> bool {
        let back = heard.asks_back() && heard.false_claims.is_empty() && heard.supported.is_empty();
        self.mind.waited += u32::from(back);
        back && self.mind.waited <= 2
    }

    /// True where its own question wants more than yes or no.
    fn asks_openly(&self) -> bool {
        let Some(Open::Question(at)) = self.mind.open else { return false };
        self.scene.scenario.questions.get(at).is_some_and(|question| wants_more(&question.ask))
    }

    /// Whether the rep saw through the false premise.
    pub(super) fn check_trap(&mut self, heard: &Heard) -> Trapped {
        let scene = Arc::clone(&self.scene);
        let Some(Open::Trap(at)) = self.mind.open else { return Trapped::Not };
        let Some(trap) = scene.scenario.traps.get(at) else { return Trapped::Not };
        if self.is_asked_back(heard) {
            return Trapped::Not;
        }
        let false_here = heard.false_claims.contains(&trap.claim);
        let right_here = heard.supported.contains(&trap.claim) || !heard.supported.is_empty() && !heard.did(Deed::Yes);
        let denies = heard.did(Deed::No) || heard.did(Deed::HonestUnknown) || heard.did(Deed::Deny);
        if false_here || heard.did(Deed::Yes) && !right_here && !heard.did(Deed::HonestUnknown) {
            self.mind.wait_for(None);
            self.mind.misled_at = self.mind.turn;
            if !false_here {
                self.mind.believe(-scene.manner.false_claim * scene.knobs.blame / 100);
                self.mind.faults.false_claims += 1;
            }
            if scene.manner.false_claim >= 20 {
                self.mind.tire();
            }
            return Trapped::Believed(at);
        }
        if right_here || denies || scene.premises.get(at).is_some_and(|says| any(says, &heard.words)) && heard.is_statement() {
            self.mind.wait_for(None);
            self.mind.believe(8);
            self.mind.warm(3);
            return Trapped::Corrected(at);
        }
        self.mind.waited += 1;
        if self.mind.waited > 1 {
            self.mind.wait_for(None);
        }
        Trapped::Not
    }
}

/// Words for other people in a text.
fn others(text: &str) -> impl Iterator<Item = String> {
    const OTHERS: [&str; 10] = ["he", "she", "his", "her", "him", "wife", "husband", "brother", "son", "daughter"];
    let words = text.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
    words.filter(|word| OTHERS.contains(&word.as_str()))
}
