//! What the customer tells of its own situation when it is asked.

use std::sync::Arc;

use super::{
    deed::Deed,
    heard::Heard,
    mind::Told,
    partner::Partner,
    phrases::Act,
    saying::Saying,
    topic::Topic,
    words::{Words, any},
};
use crate::{catalog::Difficulty, session::Signal};

/// "Hello?" is a greeting with a question mark, up to this many words.
const HELLO: usize = 3;

impl Partner {
    /// Answers the questions of a turn: the need that one of them fits, else the topic of the last one that it understands.
    pub(super) fn answer(&mut self, heard: &Heard, saying: &mut Saying) {
        saying.answers = true;
        saying.drop_idle();
        self.count_questions(heard);
        if heard.questions >= 3 || self.mind.question_run >= 5 {
            self.mind.tire();
            self.mind.question_run = 0;
            saying.add(self.act(Act::TooManyQuestions));
        }
        if heard.asks_back() {
            if !self.explain(heard, saying) {
                self.answer_openly(heard, saying);
            }
            return;
        }
        if heard.asked(Topic::Concerns) {
            return self.name_doubts(saying);
        }
        if heard.asked(Topic::Compared) {
            return self.say_compared(saying);
        }
        let topic = heard.topics.iter().rev().find(|topic| topic.key().is_some()).copied();
        if let Some(need) = heard.fits.iter().copied().find(|need| self.is_untold(*need)) {
            return self.answer_need(need, topic, heard, saying);
        }
        if let Some(topic) = topic {
            return self.answer_topic(topic, saying);
        }
        let after_opinion = heard.asked(Topic::Opinion) || heard.asked(Topic::Settled) || heard.asked(Topic::HeardRight);
        if let Some(need) = heard.fits.first().copied().filter(|_| !after_opinion) {
            return self.tell_once_more(need, heard, saying);
        }
        if heard.asked(Topic::HeardRight) {
            return saying.add(self.act(Act::Confirm));
        }
        if heard.asked(Topic::Looking) || heard.asked(Topic::Why) || heard.did(Deed::Discovery) {
            return self.answer_openly(heard, saying);
        }
        if heard.did(Deed::TrialClose) || heard.did(Deed::CheckBack) || heard.asked(Topic::Opinion) || heard.asked(Topic::Settled) {
            return self.answer_trial(saying);
        }
        if heard.asked(Topic::Try) {
            self.mind.warm(3);
            return saying.add(self.act(Act::TryIt));
        }
        if heard.asked(Topic::HowAreYou) {
            return saying.add(self.act(Act::SmalltalkBack));
        }
        if heard.did(Deed::Greeting) && heard.topics.is_empty() && heard.words.len() <= HELLO {
            return saying.add(self.act(Act::GreetBack));
        }
        if heard.did(Deed::OpenQuestion) {
            return self.answer_openly(heard, saying);
        }
        if heard.did(Deed::Tag) && !heard.is_statement() {
            return saying.add(self.act(if self.gives_back(heard) { Act::Confirm } else { Act::YesAnswer }));
        }
        if heard.is_statement() {
            // A fact with "right?" behind it wants no more than a nod.
            saying.answers = false;
            return;
        }
        let yes = heard.did(Deed::Empathy) || heard.did(Deed::Reflection) || self.asks_what_was_told(heard);
        saying.add(self.act(if yes { Act::YesAnswer } else { Act::DontKnow }));
    }

    /// True where the rep asks whether something is so that the customer has told: "do you stand a lot?" after "ten hours on a slab".
    fn asks_what_was_told(&self, heard: &Heard) -> bool {
        let told = self.scene.spoken.iter().zip(&self.mind.needs).filter(|(_, told)| **told > Told::Hidden);
        told.into_iter().any(|(patterns, _)| any(patterns, &heard.words))
    }

    /// True where the rep says again what the customer has told.
    fn gives_back(&self, heard: &Heard) -> bool {
        let told = self.scene.scenario.needs.iter().zip(&self.mind.needs).filter(|(_, told)| **told > Told::Hidden);
        heard.did(Deed::Reflection) || told.flat_map(|(need, _)| &need.told).any(|line| Words::of(line).shared_with(&heard.words) >= 2)
    }

    /// One fitting question is good; one question after another is an interrogation.
    fn count_questions(&mut self, heard: &Heard) {
        let gives = heard.is_statement() || heard.did(Deed::Empathy) || heard.did(Deed::Reflection) || heard.did(Deed::Greeting);
        self.mind.question_run = if gives { 0 } else { self.mind.question_run + 1 };
        let fresh = heard.fits.iter().any(|need| self.is_untold(*need));
        if fresh && (heard.did(Deed::OpenQuestion) || heard.did(Deed::Discovery))
            || heard.did(Deed::OpenQuestion) && heard.did(Deed::Discovery)
        {
            self.mind.good_questions += 1;
            self.mind.warm(3);
            self.mind.believe(1);
        }
    }

    /// True where the scenario has an answer to questions about it.
    fn has_answer(&self, topic: Topic) -> bool {
        topic.key().is_some_and(|key| self.scene.scenario.answers.contains_key(key))
    }

    /// True where a need was not told yet.
    pub(super) fn is_untold(&self, need: usize) -> bool {
        self.mind.needs.get(need).is_some_and(|told| *told < Told::Outright)
    }

    /// A question fits a need: tells it, or half of it, as its difficulty has it.
    fn answer_need(&mut self, need: usize, topic: Option<Topic>, heard: &Heard, saying: &mut Saying) {
        // "What size do you wear?" wants a size first, whatever else it brings out.
        let plain = topic.filter(|topic| topic.is_plain() && !self.mind.topics.contains_key(topic) && self.has_answer(*topic));
        if let Some(topic) = plain {
            self.answer_topic(topic, saying);
        }
        let hinted = self.mind.needs.get(need).copied() == Some(Told::Hinted);
        let tells = match self.scene.scenario.difficulty {
            Difficulty::Easy => true,
            Difficulty::Medium => heard.did(Deed::OpenQuestion) || hinted || self.plan.unprompted.contains(&need),
            Difficulty::Hard | Difficulty::Expert => {
                (heard.did(Deed::OpenQuestion) || hinted) && self.mind.good_questions >= self.scene.knobs.good_questions
            }
        };
        if tells && self.tell_need(need, saying) {
            // The question had a plainer side, which is answered with it.
            if let Some(topic) = topic.filter(|_| plain.is_none()) {
                self.mind.topics.entry(topic).or_default();
            }
            return;
        }
        if let Some(topic) = topic.filter(|topic| !self.mind.topics.contains_key(topic)) {
            self.answer_topic(topic, saying);
        }
        if !self.hint_need(need, saying) && saying.is_empty() {
            self.tell_need(need, saying);
        }
    }

    /// Tells a need; false where it has no words left for it.
    pub(super) fn tell_need(&mut self, at: usize, saying: &mut Saying) -> bool {
        let scene = Arc::clone(&self.scene);
        let Some(need) = scene.scenario.needs.get(at) else { return false };
        let Some(line) = self.tongue.next_line(&need.told) else { return false };
        saying.add(line);
        if let Some(told) = self.mind.needs.get_mut(at)
            && *told < Told::Outright
        {
            *told = Told::Outright;
            saying.signals.push(Signal::RevealNeed { id: need.id.clone() });
            self.mind.warm(5);
        }
        true
    }

    /// Half tells a need; false where it has done so before.
    pub(super) fn hint_need(&mut self, at: usize, saying: &mut Saying) -> bool {
        let scene = Arc::clone(&self.scene);
        let Some(need) = scene.scenario.needs.get(at) else { return false };
        let Some(line) = self.tongue.next_line(&need.hint) else { return false };
        if !saying.has_room_for(&line) {
            return false;
        }
        saying.add(line);
        if let Some(told) = self.mind.needs.get_mut(at) {
            *told = (*told).max(Told::Hinted);
        }
        true
    }

    /// Was asked what it holds this against: what it saw elsewhere, where it saw anything.
    pub(super) fn say_compared(&mut self, saying: &mut Saying) {
        if self.scene.scenario.alternative.is_some() {
            return saying.add(self.act(Act::Compare));
        }
        saying.add(self.act(Act::NoCompare));
    }

    /// Was asked for a need that it has told. "Is it for the house, then?" follows up on it, and asks nothing twice.
    fn tell_once_more(&mut self, at: usize, heard: &Heard, saying: &mut Saying) {
        let scene = Arc::clone(&self.scene);
        let more =
            scene.scenario.needs.get(at).and_then(|need| self.tongue.next_line(&need.told).or_else(|| self.tongue.next_line(&need.hint)));
        if more.is_none() || self.said_before(heard) {
            saying.add(self.act(Act::ToldAlready));
        }
        match more {
            Some(line) => saying.add(line),
            None => self.mind.tire(),
        }
    }

    /// Answers a question about its situation.
    pub(super) fn answer_topic(&mut self, topic: Topic, saying: &mut Saying) {
        let scene = Arc::clone(&self.scene);
        let lines = topic.key().and_then(|key| scene.scenario.answers.get(key));
        let times = self.mind.topics.entry(topic).or_default();
        *times += 1;
        let times = *times;
        let Some(lines) = lines else {
            let act = match topic {
                Topic::Name => Act::NoName,
                Topic::Style => Act::NoStyle,
                Topic::Experience => Act::NoExperience,
                Topic::Where => Act::NoWhere,
                Topic::Others => Act::NoOthers,
                _ => Act::DontKnow,
            };
            return saying.add(self.act(act));
        };
        if times > 1 {
            saying.add(self.act(Act::ToldAlready));
            if times > 2 {
                self.mind.tire();
            }
        }
        match self.tongue.line(lines) {
            Some(line) => saying.add(line),
            None if times > 1 => {}
            None => saying.add(self.act(Act::DontKnow)),
        }
    }

    /// Tells of its situation what was not asked for in so many words: asking for it afterwards is not asking twice.
    fn volunteer(&mut self, topic: Topic, saying: &mut Saying) {
        let scene = Arc::clone(&self.scene);
        self.mind.topics.entry(topic).or_default();
        if let Some(lines) = topic.key().and_then(|key| scene.scenario.answers.get(key)) {
            saying.add_some(self.tongue.line(lines));
        }
    }

    /// Answers an open invitation: a need, half of one, or what it came for, as its difficulty has it.
    fn answer_openly(&mut self, heard: &Heard, saying: &mut Saying) {
        let untold: Vec<usize> = (0..self.mind.needs.len()).filter(|need| self.is_untold(*need)).collect();
        let telling = match self.scene.scenario.difficulty {
            Difficulty::Easy => untold.first(),
            Difficulty::Medium => untold.iter().find(|need| self.plan.unprompted.contains(need)),
            Difficulty::Hard | Difficulty::Expert => None,
        };
        if let Some(need) = telling.copied()
            && self.tell_need(need, saying)
        {
            return;
        }
        if let Some(topic) = [Topic::Use, Topic::Current].into_iter().find(|topic| !self.mind.topics.contains_key(topic)) {
            self.volunteer(topic, saying);
            if self.scene.scenario.difficulty == Difficulty::Expert {
                return;
            }
        }
        let hinted = untold.into_iter().any(|need| self.hint_need(need, saying));
        if hinted || !saying.is_empty() {
            return;
        }
        let rest = [Topic::Where, Topic::Experience, Topic::Style, Topic::Timing, Topic::ForWhom, Topic::Fit];
        let left = rest.into_iter().find(|topic| {
            !self.mind.topics.contains_key(topic) && topic.key().is_some_and(|key| self.scene.scenario.answers.contains_key(key))
        });
        // "Do you have kids?" is not answered with a date.
        let invited = heard.did(Deed::OpenQuestion) || !heard.topics.is_empty();
        match left.filter(|_| invited) {
            Some(topic) => self.volunteer(topic, saying),
            None if heard.did(Deed::TrialClose) || heard.asked(Topic::Opinion) => self.answer_trial(saying),
            None => saying.add(self.act(Act::DontKnow)),
        }
    }

    /// Was asked what it thinks so far.
    fn answer_trial(&mut self, saying: &mut Saying) {
        let warm = self.mind.interest >= self.scene.knobs.interest_to_buy - 8 && self.mind.trust >= self.scene.knobs.trust_to_buy;
        saying.add(self.act(if warm && self.mind.open_doubt().is_none() { Act::TrialWarm } else { Act::TrialCold }));
    }

    /// Was asked what holds it back: names the next doubt, the hidden one included, or says that there is none.
    fn name_doubts(&mut self, saying: &mut Saying) {
        let scene = Arc::clone(&self.scene);
        self.mind.good_questions += 1;
        if let Some(at) = self.mind.open_doubt() {
            if !self.raise_again(at, saying) {
                saying.add(self.act(Act::BehindIt));
            }
            return;
        }
        let next = self.mind.next_doubt(&self.plan).and_then(|at| scene.scenario.objections.get(at).map(|objection| (at, objection)));
        match next {
            Some((at, objection)) => {
                let line = self.tongue.line(std::slice::from_ref(&objection.line));
                self.raise(at, line, saying);
            }
            None => saying.add(self.act(Act::NoMoreDoubts)),
        }
    }
}
