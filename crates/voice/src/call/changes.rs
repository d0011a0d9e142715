//! What the conversation tells, and what follows from it.

use sellme_core::{Code, Millis, wire::CallEnd};

use super::{Call, Output, State, asking::After, say};
use crate::{
    conversation::{Change, Outcome, TRANSCRIPT_MS},
    events::{ClientEvent, SessionConfig},
};

/// No service makes sessions shorter than this.
const SHORTEST_SESSION_MS: i64 = 60_000;

impl Call {
    pub(super) fn changes(&mut self, now: Millis, changes: Vec<Change>, out: &mut Vec<Output>) {
        for change in changes {
            self.change(now, change, out);
        }
        if let Some(code) = self.told_end.take()
            && self.state == State::Open
        {
            let end = if code == Code::SessionExpired { CallEnd::SessionExpired } else { CallEnd::Refused };
            self.end(now, end, Some(say::error(code)), out);
        }
    }

    fn change(&mut self, now: Millis, change: Change, out: &mut Vec<Output>) {
        match change {
            Change::Turn(turn) => {
                if turn.speaker == sellme_core::session::Speaker::Rep {
                    self.owes_words = None;
                }
                self.said.push((turn.speaker, turn.text.clone()));
                out.push(Output::Turn(turn));
            }
            Change::Caption { speaker, text } => {
                self.last_voice = now;
                out.push(Output::Caption { speaker, text });
            }
            Change::Speaking(speaker) => {
                // Who stops was speaking until now, too.
                self.last_voice = now;
                out.push(Output::Speaking(speaker));
            }
            Change::Call { call_id, name, arguments } => {
                self.send(&ClientEvent::function_output(&call_id, say::REPORTED), out);
                out.push(Output::Signal { call_id, name, arguments });
            }
            Change::BadCall { call_id, .. } => {
                if !call_id.is_empty() {
                    self.send(&ClientEvent::function_output(&call_id, say::NOT_UNDERSTOOD), out);
                }
            }
            Change::Answered { latency } => {
                self.figures.answered(latency);
                out.push(Output::Answered(latency));
                out.push(Output::Figures(self.figures.view()));
            }
            Change::AnswerBegan if self.paused.is_some() => self.take_back(now, out),
            Change::AnswerBegan => self.asking.began(now),
            Change::AnswerEnded(outcome) => self.answer_ended(now, outcome, out),
            Change::Usage(used) => {
                self.figures.used(used);
                out.push(Output::Figures(self.figures.view()));
            }
            Change::Unclear => {
                self.owes_words = None;
                out.push(Output::Unclear);
            }
            // A time that is over already is another clock's.
            Change::Expires(at) => {
                self.expires = Some(Millis(at.0.saturating_add(self.shift))).filter(|at| at.0 > now.0.saturating_add(SHORTEST_SESSION_MS));
            }
            Change::Failed(Code::TranscriptionChanged) => self.fall_back(now, out),
            Change::Failed(code) => self.told_end = self.told_end.or(Some(code)),
            Change::AskedTooEarly => self.asking.too_early(now),
        }
    }

    fn answer_ended(&mut self, now: Millis, outcome: Outcome, out: &mut Vec<Output>) {
        // After its last word the customer is not asked for more.
        let last = self.leaving.is_some() || self.state != State::Open;
        let after = self.asking.ended(now, if last { Outcome::Nothing } else { outcome });
        if after == After::GiveUp {
            out.push(Output::Trouble(Code::ServiceUnavailable));
        }
    }

    /// Another recogniser, once: what is refused again is not asked for again, and it is said that nothing is written down. While the offer is out it goes with the
    /// next one.
    pub(super) fn fall_back(&mut self, now: Millis, out: &mut Vec<Output>) {
        if !matches!(self.state, State::Open | State::Connecting { .. }) {
            return;
        }
        let fallback = self.plan.fallback.clone().filter(|_| self.fell_back.is_none());
        let before = *self.fell_back.get_or_insert(now);
        let Some(fallback) = fallback else {
            // What the first one was still asked for may be refused a moment longer.
            let is_new = self.plan.fallback.is_none() || now.since(before).0 >= TRANSCRIPT_MS;
            if is_new && !std::mem::replace(&mut self.told_unwritten, true) {
                out.push(Output::Trouble(Code::TranscriptionFailed));
            }
            return;
        };
        self.figures.recogniser(fallback.price);
        if let Some(input) = self.plan.session.audio.as_mut().and_then(|audio| audio.input.as_mut()) {
            input.transcription = Some(Some(fallback.transcription.clone()));
        }
        let session = Box::new(SessionConfig::only_transcription(fallback.transcription));
        self.send(&ClientEvent::SessionUpdate { session }, out);
        out.push(Output::Trouble(Code::TranscriptionChanged));
    }
}
