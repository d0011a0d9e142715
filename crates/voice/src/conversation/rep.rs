//! What the rep says.

use sellme_core::{Code, Millis, session::Speaker};

use super::{
    Conversation,
    change::Change,
    fault, line,
    line::{Kind, Line},
    seed,
};
use crate::{
    events::{Content, Fault, Item, Previous, TranscriptionUsage},
    usage::Used,
};

/// Speech whose item is not known yet: times of a server that does not name it, or of a button.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Loose {
    started: Option<Millis>,
    ended: Option<Millis>,
}

impl Conversation {
    /// The rep holds the button of push-to-talk and speaks, since then: earlier than now where a turn goes on that was let go for a moment.
    pub fn pressed(&mut self, now: Millis, since: Millis) -> Vec<Change> {
        self.loose = Loose { started: Some(since), ended: None };
        self.rep_ended = None;
        self.voices.begin(Speaker::Rep);
        self.tick(now)
    }

    /// The rep let it go. What was said is the next item that is committed.
    pub fn released(&mut self, now: Millis) -> Vec<Change> {
        self.loose.ended = Some(now);
        self.rep_ended = Some(now);
        self.voices.end(Speaker::Rep);
        self.tick(now)
    }

    /// The rep let it go at once: nothing was said.
    pub fn slipped(&mut self, now: Millis) -> Vec<Change> {
        self.loose = Loose::default();
        self.voices.end(Speaker::Rep);
        self.tick(now)
    }

    /// The line of an item of the rep's; `None` where there is none to be had.
    fn rep_line(&mut self, now: Millis, id: &str) -> Option<(&mut line::Rep, &mut Millis)> {
        if id.is_empty() || self.gone.has(id) || seed::is_history(id) {
            return None;
        }
        self.order.reserve(id);
        let line = self.lines.entry(id.to_owned()).or_insert_with(|| Line::new(Kind::Unheard, now));
        if line.settled.is_some() {
            return None;
        }
        if matches!(line.kind, Kind::Unheard) {
            line.kind = Kind::Rep(line::Rep::default());
        }
        match &mut line.kind {
            Kind::Rep(rep) => Some((rep, &mut line.touched)),
            _ => None,
        }
    }

    pub(super) fn speech_started(&mut self, now: Millis, id: &str, audio_ms: Option<i64>) {
        let at = self.clock.start(now, audio_ms);
        let mut begins = id.is_empty();
        if begins {
            self.loose = Loose { started: Some(at), ended: None };
        } else if let Some((rep, touched)) = self.rep_line(now, id) {
            *touched = now;
            begins = rep.started.is_none() && !rep.committed;
            rep.started.get_or_insert(at);
            rep.open |= begins;
        }
        if begins {
            // Nobody speaks twice at once: what was open before is over.
            self.close_others(now, id);
            self.rep_ended = None;
            // Where the service does not tell what it plays, it falls silent when somebody cuts in.
            if self.silent_at.take().is_some() {
                self.voices.end(Speaker::Customer);
            }
            self.voices.begin(Speaker::Rep);
        }
    }

    fn close_others(&mut self, now: Millis, id: &str) {
        for (_, line) in self.lines.iter_mut().filter(|(other, _)| *other != id) {
            if let Kind::Rep(rep) = &mut line.kind
                && rep.open
            {
                rep.open = false;
                line.touched = now;
            }
        }
    }

    pub(super) fn speech_stopped(&mut self, now: Millis, id: &str, audio_ms: Option<i64>) {
        let mut clock = self.clock;
        let ended = if id.is_empty() {
            let ended = clock.end(now, audio_ms, self.loose.started);
            self.loose.ended = Some(ended);
            Some(ended)
        } else {
            self.rep_line(now, id).filter(|(rep, _)| !rep.stopped).map(|(rep, touched)| {
                *touched = now;
                rep.stopped = true;
                rep.open = false;
                *rep.ended.insert(clock.end(now, audio_ms, rep.started))
            })
        };
        self.clock = clock;
        if ended.is_some() {
            self.rep_ended = ended;
            self.voices.end(Speaker::Rep);
        }
    }

    pub(super) fn committed(&mut self, now: Millis, id: &str, previous: &Previous) {
        self.commit(now, id);
        if self.lines.contains_key(id) {
            self.place(now, id, previous);
        }
    }

    /// The service made an item of what was heard.
    fn commit(&mut self, now: Millis, id: &str) {
        let loose = self.loose;
        let Some((rep, touched)) = self.rep_line(now, id) else { return };
        *touched = now;
        if std::mem::replace(&mut rep.committed, true) {
            return;
        }
        let was_open = std::mem::replace(&mut rep.open, false);
        let nameless = rep.started.is_none() && loose.started.is_some();
        if nameless {
            (rep.started, rep.ended) = (loose.started, loose.ended);
        }
        // Committed in the midst of speech, by us.
        if was_open {
            rep.ended.get_or_insert(now);
        }
        if nameless {
            self.loose = Loose::default();
        }
        if was_open || (nameless && loose.ended.is_none()) {
            self.rep_ended = Some(now);
            self.voices.end(Speaker::Rep);
        }
    }

    pub(super) fn rep_item(&mut self, now: Millis, item: &Item, out: &mut Vec<Change>) {
        // Written into the conversation, not spoken: whoever wrote it knows it.
        if !item.content.is_empty() && !item.is_spoken() {
            return self.silent(now, &item.id);
        }
        self.commit(now, &item.id);
        if let Some((rep, _)) = self.rep_line(now, &item.id) {
            rep.parts = item.content.iter().filter(|part| matches!(part, Content::InputAudio { .. })).count().max(rep.parts);
        }
        for (index, part) in (0..).zip(&item.content) {
            if let Content::InputAudio { transcript: Some(transcript) } = part
                && !transcript.trim().is_empty()
            {
                self.written(now, &item.id, index, transcript, None, out);
            }
        }
    }

    pub(super) fn written_more(&mut self, now: Millis, id: &str, (index, delta, event_id): (u32, &str, &str), out: &mut Vec<Change>) {
        let Some((rep, touched)) = self.rep_line(now, id) else { return };
        *touched = now;
        if rep.words.add(index, delta, event_id) {
            out.push(Change::Caption { speaker: Speaker::Rep, text: rep.words.all() });
        }
    }

    pub(super) fn written(
        &mut self,
        now: Millis,
        id: &str,
        index: u32,
        transcript: &str,
        usage: Option<TranscriptionUsage>,
        out: &mut Vec<Change>,
    ) {
        // Paid for, even where it comes too late.
        if let Some(usage) = usage
            && self.billed.add(&format!("{id}#{index}"))
        {
            out.push(Change::Usage(Used::from(usage)));
        }
        let Some((rep, touched)) = self.rep_line(now, id) else { return };
        *touched = now;
        if rep.words.replace(index, transcript, false) {
            out.push(Change::Caption { speaker: Speaker::Rep, text: rep.words.all() });
        }
        rep.write(index);
        self.finish_rep(now, id, out);
    }

    pub(super) fn unwritten(&mut self, now: Millis, id: &str, index: u32, fault: &Fault, out: &mut Vec<Change>) {
        let Some((rep, touched)) = self.rep_line(now, id) else { return };
        *touched = now;
        if rep.write(index) {
            rep.failed = true;
            if fault::recogniser_is_gone(fault) {
                out.push(Change::Failed(Code::TranscriptionChanged));
            }
        }
        self.finish_rep(now, id, out);
    }

    /// Every part was dealt with: the line is a turn, or nothing that could be understood.
    fn finish_rep(&mut self, now: Millis, id: &str, out: &mut Vec<Change>) {
        let Some(line) = self.lines.get_mut(id) else { return };
        let Kind::Rep(rep) = &line.kind else { return };
        if !rep.is_written() || line.settled.is_some() {
            return;
        }
        let turn = rep.turn(id, rep.failed);
        if turn.is_none() && !rep.silence {
            out.push(Change::Unclear);
        }
        line.settle(now, turn);
    }

    /// What was heard and is no item yet was thrown away.
    pub(super) fn input_cleared(&mut self, now: Millis) {
        let mut was_open = false;
        for line in self.lines.values_mut() {
            if let Kind::Rep(rep) = &mut line.kind
                && !rep.committed
            {
                was_open |= std::mem::replace(&mut rep.open, false);
                rep.discarded = true;
                line.touched = now;
            }
        }
        if was_open {
            self.voices.end(Speaker::Rep);
        }
    }

    /// Nobody spoke: the item to come is silence.
    pub(super) fn timed_out(&mut self, now: Millis, id: &str) {
        if let Some((rep, touched)) = self.rep_line(now, id) {
            *touched = now;
            rep.silence = true;
        }
    }
}
