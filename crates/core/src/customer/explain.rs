//! What the customer says when the rep gives its own question back: what it meant, and why it asks.

use std::sync::Arc;

use super::{heard::Heard, mind::Open, partner::Partner, phrases::Act, saying::Saying, topic::Topic};
use crate::catalog::ObjectionCategory;

impl Partner {
    /// Explains the question that waits for an answer: by the need behind it where there is one, else by what it is about. False where none waits.
    pub(super) fn explain(&mut self, heard: &Heard, saying: &mut Saying) -> bool {
        let scene = Arc::clone(&self.scene);
        let Some(open) = self.mind.open else { return false };
        let about = match open {
            Open::Price if !heard.asked(Topic::Expected) => return self.explain_about("price", saying),
            Open::Price => {
                self.answer_topic(Topic::Budget, saying);
                return true;
            }
            Open::Objection(at) if heard.asked(Topic::Expected) && scene.category(at) == ObjectionCategory::Price => {
                self.answer_topic(Topic::Budget, saying);
                return true;
            }
            Open::Objection(at) => {
                let behind = scene.need_behind(at).filter(|need| self.is_untold(*need));
                if behind.is_none_or(|need| !self.tell_need(need, saying)) {
                    let line = self.act(Act::BehindIt);
                    saying.add(line);
                }
                return true;
            }
            Open::Question(at) => scene.scenario.questions.get(at).map(|question| question.about.as_str()),
            Open::Trap(at) => scene.scenario.traps.get(at).map(|trap| trap.claim.as_str()),
        };
        let Some(about) = about else { return false };
        let behind = scene.need_of(about).filter(|need| self.is_untold(*need));
        if behind.is_some_and(|need| self.hint_need(need, saying) || self.tell_need(need, saying)) {
            return true;
        }
        self.explain_about(about, saying)
    }

    fn explain_about(&mut self, about: &str, saying: &mut Saying) -> bool {
        let line = self.act_about(Act::Explain, self.scene.matter(about));
        saying.add(line);
        true
    }
}
