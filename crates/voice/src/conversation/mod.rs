//! What was said, in order, from a stream of events. Pure: time is passed in.
//!
//! Events tell of items in whatever order the network and the service's own haste make of it. An item gets a *line* with its first event and a place in the
//! *order* as soon as one is told; a line *settles* once nothing more is to be expected of it; settled lines are *released* from the front, strictly in order, and
//! forgotten. A response is an *answer*: it knows how much of its lines was heard. Whatever never comes is waited for only so long ([`release`]).

mod answer;
mod calls;
mod change;
mod clock;
mod customer;
mod fault;
mod heard;
mod line;
mod memory;
mod order;
mod release;
mod rep;
mod seed;
mod speaking;
mod words;

use std::collections::HashMap;

pub use change::{Change, Outcome, Spoken};
pub use line::UNWRITTEN;
pub use release::{ENDING_MS, TRANSCRIPT_MS};
pub use seed::{last, seed};
use sellme_core::Millis;

use self::{
    answer::Answer,
    clock::SoundClock,
    fault::Meaning,
    heard::Pace,
    line::{Kind, Line},
    memory::Memory,
    order::Order,
    rep::Loose,
    speaking::Voices,
};
use crate::events::{Item, ItemKind, Previous, Role, ServerEvent, SessionFacts};

/// Whether this service tells when its sound is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Playing {
    /// Nobody knows yet.
    #[default]
    Unknown,
    /// It does.
    Told,
    /// It does not.
    Untold,
}

/// A conversation while it is held. One outlives its connections: [`Conversation::restart`] is told of each new one.
#[derive(Debug, Default)]
pub struct Conversation {
    lines: HashMap<String, Line>,
    order: Order,
    gone: Memory,
    /// Oldest first.
    answers: Vec<Answer>,
    over: Memory,
    called: Memory,
    billed: Memory,
    clock: SoundClock,
    pace: Pace,
    playing: Playing,
    /// The service names its conversation, so a response without one is not part of it.
    names_conversation: bool,
    session: Option<String>,
    voices: Voices,
    loose: Loose,
    /// When the rep last stopped speaking, until it was answered.
    rep_ended: Option<Millis>,
    ending: Option<Millis>,
    /// When the customer has said what it says, as far as anybody can tell where the service does not.
    silent_at: Option<Millis>,
}

impl Conversation {
    /// One in which nothing was said.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What this event changes. Any event may come at any time, twice or never.
    pub fn apply(&mut self, now: Millis, event: &ServerEvent) -> Vec<Change> {
        let mut out = Vec::new();
        self.take(now, event, &mut out);
        // Words that drip in finish nothing.
        if !matches!(event, ServerEvent::WordsDelta { .. } | ServerEvent::TranscriptionDelta { .. } | ServerEvent::Sound { .. }) {
            self.review(now, &mut out);
        }
        self.say_who_speaks(&mut out);
        out
    }

    /// What the passing of time changes: what was waited for in vain is given up. To be called a few times a second.
    pub fn tick(&mut self, now: Millis) -> Vec<Change> {
        let mut out = Vec::new();
        self.review(now, &mut out);
        self.say_who_speaks(&mut out);
        out
    }

    /// The call ends: the customer is taken to fall silent now, and what the rep said is waited for [`ENDING_MS`] at most, by [`Conversation::tick`].
    pub fn settle(&mut self, now: Millis) -> Vec<Change> {
        self.ending.get_or_insert(now);
        for answer in &mut self.answers {
            answer.hang_up(now);
        }
        self.tick(now)
    }

    /// The customer stops talking because the clock does, not because somebody cut in.
    pub fn break_off(&mut self, now: Millis) -> Vec<Change> {
        for answer in self.answers.iter_mut().filter(|answer| !answer.outside) {
            answer.hang_up(now);
        }
        self.tick(now)
    }

    /// The connection is gone: what is unfinished is finished with what is known of it, and a new session begins. Nothing of it is taken for the old one's.
    pub fn restart(&mut self, now: Millis) -> Vec<Change> {
        let mut out = Vec::new();
        for answer in &mut self.answers {
            answer.hang_up(now);
        }
        self.finish(now, &mut out);
        self.gone.clear();
        self.over.clear();
        self.called.clear();
        self.billed.clear();
        self.clock.restart();
        self.session = None;
        self.names_conversation = false;
        self.loose = Loose::default();
        self.rep_ended = None;
        self.voices = self.voices.silent();
        self.silent_at = None;
        self.say_who_speaks(&mut out);
        out
    }

    /// True where nothing more is to be expected of what was said so far.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.answers.iter().all(|answer| answer.outside) && self.lines.is_empty()
    }

    /// Things that are kept at the moment: lines, answers, remembered ids. It stays about the same however long a conversation is.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.lines.len() + self.order.len() + self.answers.len()
    }

    fn take(&mut self, now: Millis, event: &ServerEvent, out: &mut Vec<Change>) {
        use ServerEvent as E;
        match event {
            E::SessionCreated(facts) => {
                if facts.id.is_some() && self.session.is_some() && facts.id != self.session {
                    out.extend(self.restart(now));
                }
                self.session.clone_from(&facts.id);
                self.learn(facts, out);
            }
            E::SessionUpdated(facts) => self.learn(facts, out),
            E::ConversationCreated { id } => self.names_conversation |= id.is_some(),
            E::ItemAdded { item, previous } => self.item(now, item, previous, false, out),
            E::ItemDone { item, previous } => self.item(now, item, previous, true, out),
            E::ItemDeleted { item_id } => self.deleted(now, item_id),
            E::ItemTruncated { item_id, audio_end_ms } => self.truncated(now, item_id, *audio_end_ms),
            E::TranscriptionDelta { item_id, content_index, delta, event_id } => {
                self.written_more(now, item_id, (*content_index, delta, event_id), out);
            }
            E::TranscriptionCompleted { item_id, content_index, transcript, usage } => {
                self.written(now, item_id, *content_index, transcript, *usage, out);
            }
            E::TranscriptionFailed { item_id, content_index, fault } => self.unwritten(now, item_id, *content_index, fault, out),
            E::SpeechStarted { item_id, audio_start_ms } => self.speech_started(now, item_id, *audio_start_ms),
            E::SpeechStopped { item_id, audio_end_ms } => self.speech_stopped(now, item_id, *audio_end_ms),
            E::Committed { item_id, previous } => self.committed(now, item_id, previous),
            E::InputCleared => self.input_cleared(now),
            E::TimedOut { item_id } => self.timed_out(now, item_id),
            E::OutputStarted { response_id } => self.sound_started(now, response_id, out),
            E::OutputStopped { response_id } => self.sound_ended(now, response_id, false),
            E::OutputCleared { response_id } => self.sound_ended(now, response_id, true),
            E::ResponseCreated(response) => self.response_created(now, response, out),
            E::OutputItemAdded { response_id, item } => self.output_item(now, response_id, item, false, out),
            E::OutputItemDone { response_id, item } => self.output_item(now, response_id, item, true, out),
            E::PartAdded { place } | E::Sound { place } => self.touch(now, place),
            E::PartDone { place, part } => {
                if let Some(words) = part.as_ref().and_then(crate::events::Content::words) {
                    let spoken = matches!(part, Some(crate::events::Content::OutputAudio { .. }));
                    self.words_done(now, place, words, spoken, out);
                }
            }
            E::WordsDelta { place, delta, spoken, event_id } => self.words_more(now, place, (delta, event_id), *spoken, out),
            E::WordsDone { place, words, spoken } => self.words_done(now, place, words, *spoken, out),
            E::ArgumentsDone { place, call_id, name, arguments } => self.arguments(now, place, call_id, name.as_deref(), arguments),
            E::ResponseDone(response) => self.response_done(now, response, out),
            E::Error(fault) => match fault::meaning(fault) {
                Meaning::Ends(code) => out.push(Change::Failed(code)),
                Meaning::TooEarly => out.push(Change::AskedTooEarly),
                Meaning::Busy => out.push(Change::AnswerEnded(Outcome::Busy)),
                Meaning::Harmless => {}
            },
            E::RateLimits | E::Unknown { .. } => {}
        }
    }

    fn learn(&mut self, facts: &SessionFacts, out: &mut Vec<Change>) {
        if facts.tells_turn_detection {
            self.clock.prefix_ms = facts.prefix_padding_ms.unwrap_or_default();
            self.clock.silence_ms = facts.silence_duration_ms.unwrap_or_default();
        }
        if let Some(at) = facts.expires_at {
            out.push(Change::Expires(Millis(at.saturating_mul(1000))));
        }
    }

    /// An item is in the conversation, or whole.
    fn item(&mut self, now: Millis, item: &Item, previous: &Previous, whole: bool, out: &mut Vec<Change>) {
        if whole && item.kind == ItemKind::FunctionCall {
            self.call_item(item, None, out);
        }
        if item.id.is_empty() || self.gone.has(&item.id) {
            return;
        }
        match (item.kind, item.role) {
            _ if seed::is_history(&item.id) => self.silent(now, &item.id),
            (ItemKind::Message, Some(Role::User)) => self.rep_item(now, item, out),
            (ItemKind::Message, Some(Role::Assistant)) => self.customer_item(now, item, whole, out),
            _ => self.silent(now, &item.id),
        }
        self.place(now, &item.id, previous);
    }

    /// The item is no turn.
    fn silent(&mut self, now: Millis, id: &str) {
        self.order.reserve(id);
        let line = self.lines.entry(id.to_owned()).or_insert_with(|| Line::new(Kind::Unheard, now));
        if matches!(line.kind, Kind::Unheard) {
            line.silence(now);
        }
    }

    /// The item was told where it belongs.
    fn place(&mut self, now: Millis, id: &str, previous: &Previous) {
        let Some(line) = self.lines.get_mut(id) else { return };
        line.placed = true;
        line.touched = now;
        let released = matches!(previous, Previous::After(before) if self.gone.has(before));
        if let Some(unheard) = self.order.place(id, previous, released) {
            self.lines.insert(unheard, Line::new(Kind::Unheard, now));
        }
    }

    /// An item was taken out of the conversation. What was said stays said; one that nobody heard of will not come.
    fn deleted(&mut self, now: Millis, id: &str) {
        if let Some(line) = self.lines.get_mut(id)
            && matches!(line.kind, Kind::Unheard)
        {
            line.silence(now);
        }
    }
}
