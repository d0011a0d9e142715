//! What the customer says: responses, their messages, their sound.

use sellme_core::{Millis, session::Speaker};

use super::{
    Conversation, Playing,
    answer::{self, Answer, Done},
    change::{Change, Outcome},
    fault::{self, Meaning},
    line,
    line::{Kind, Line},
    seed,
};
use crate::{
    events::{Content, Item, ItemKind, ItemStatus, Place, Response, ResponseStatus, response::Belongs},
    usage::Used,
};

impl Conversation {
    /// The answer with this id, made where it is new; without an id the newest. `None` where it is over or not part of the conversation.
    pub(super) fn answer(&mut self, now: Millis, id: &str) -> Option<&mut Answer> {
        if self.over.has(id) {
            return None;
        }
        let at = match self.answers.iter().rposition(|answer| if id.is_empty() { !answer.outside } else { answer.id == id }) {
            Some(at) => at,
            None => {
                self.answers.push(Answer { hung_up: self.ending.is_some(), ..Answer::new(id, now) });
                self.answers.len() - 1
            }
        };
        let answer = &mut self.answers[at];
        answer.touched = now;
        (!answer.outside).then_some(answer)
    }

    /// The line of an item of the customer's, claimed by its answer; `None` where there is none to be had.
    fn claim(&mut self, now: Millis, place: &Place) -> Option<(&mut line::Customer, &mut Answer)> {
        let id = place.item_id.as_str();
        let ending = self.ending.is_some();
        if id.is_empty() || self.gone.has(id) || seed::is_history(id) {
            return None;
        }
        let known = self.lines.contains_key(id);
        self.answer(now, &place.response_id)?;
        // After the end nobody begins to speak.
        if ending && !known {
            return None;
        }
        self.order.reserve(id);
        let line = self.lines.entry(id.to_owned()).or_insert_with(|| Line::new(Kind::Unheard, now));
        if line.settled.is_some() {
            return None;
        }
        line.touched = now;
        if matches!(line.kind, Kind::Unheard) {
            line.kind = Kind::Customer(line::Customer::default());
        }
        let Kind::Customer(customer) = &mut line.kind else { return None };
        customer.claimed = true;
        let find = |answer: &&mut Answer| if place.response_id.is_empty() { !answer.outside } else { answer.id == place.response_id };
        let answer = self.answers.iter_mut().rev().find(find)?;
        if !answer.lines.iter().any(|line| line == id) {
            answer.lines.push(id.to_owned());
        }
        Some((customer, answer))
    }

    pub(super) fn touch(&mut self, now: Millis, place: &Place) {
        if let Some(line) = self.lines.get_mut(&place.item_id) {
            line.touched = now;
        }
        if let Some(answer) = self.answers.iter_mut().rev().find(|answer| answer.id == place.response_id) {
            answer.touched = now;
        }
    }

    pub(super) fn response_created(&mut self, now: Millis, response: &Response, out: &mut Vec<Change>) {
        let outside = self.is_outside(response);
        if self.over.has(&response.id) {
            return;
        }
        if self.answers.iter().all(|answer| answer.id != response.id) {
            self.answers.push(Answer { outside, hung_up: self.ending.is_some(), ..Answer::new(&response.id, now) });
        }
        if let Some(answer) = self.answer(now, &response.id)
            && !std::mem::replace(&mut answer.began, true)
        {
            out.push(Change::AnswerBegan);
        }
    }

    /// Whether a response is not part of the conversation. One that is marked was asked for apart. One without a conversation is apart too, where the service names
    /// its conversation; some servers never do.
    fn is_outside(&mut self, response: &Response) -> bool {
        self.names_conversation |= matches!(response.conversation, Belongs::To(_));
        response.marked || (response.conversation == Belongs::Nowhere && self.names_conversation)
    }

    pub(super) fn output_item(&mut self, now: Millis, response_id: &str, item: &Item, whole: bool, out: &mut Vec<Change>) {
        match item.kind {
            ItemKind::FunctionCall => {
                let Some(answer) = self.answer(now, response_id) else { return };
                answer.called = true;
                let id = answer.id.clone();
                if whole {
                    self.call_item(item, Some(&id), out);
                }
            }
            ItemKind::Message => {
                let place = Place { response_id: response_id.to_owned(), item_id: item.id.clone(), ..Place::default() };
                self.contents(now, &place, item, out);
                if whole && let Some((customer, _)) = self.claim(now, &place) {
                    customer.whole = true;
                }
            }
            ItemKind::FunctionCallOutput | ItemKind::Other => {}
        }
    }

    /// Words of an item that was told as a whole.
    fn contents(&mut self, now: Millis, place: &Place, item: &Item, out: &mut Vec<Change>) {
        self.claim(now, place);
        for (content_index, part) in (0..).zip(&item.content) {
            let spoken = matches!(part, Content::OutputAudio { .. });
            if let Some(words) = part.words() {
                self.words_done(now, &Place { content_index, ..place.clone() }, words, spoken, out);
            }
        }
    }

    /// A message of the model is in the conversation, or whole. Its response, if it has one, is told by other events.
    pub(super) fn customer_item(&mut self, now: Millis, item: &Item, whole: bool, out: &mut Vec<Change>) {
        let id = item.id.as_str();
        let unheard = self.lines.get(id).is_none_or(|line| matches!(line.kind, Kind::Unheard));
        let written = !item.is_spoken() && item.content.iter().any(|part| part.words().is_some_and(|words| !words.trim().is_empty()));
        let finished = whole || item.status == Some(ItemStatus::Completed);
        // Put in by somebody who knows it, or begun after the end.
        if unheard && (self.ending.is_some() || (written && finished)) {
            return self.silent(now, id);
        }
        self.order.reserve(id);
        let line = self.lines.entry(id.to_owned()).or_insert_with(|| Line::new(Kind::Unheard, now));
        if line.settled.is_some() {
            return;
        }
        if matches!(line.kind, Kind::Unheard) {
            line.kind = Kind::Customer(line::Customer::default());
        }
        let Kind::Customer(customer) = &mut line.kind else { return };
        customer.whole |= finished;
        customer.spoken |= item.is_spoken();
        let cut =
            customer.truncated.is_some() || self.answers.iter().any(|answer| answer.cut && answer.lines.iter().any(|line| line == id));
        let mut changed = false;
        for (index, part) in (0..).zip(&item.content) {
            changed |= part.words().is_some_and(|words| customer.words.replace(index, words, cut));
        }
        if changed {
            out.push(Change::Caption { speaker: Speaker::Customer, text: customer.words.all() });
        }
    }

    pub(super) fn words_more(&mut self, now: Millis, place: &Place, (delta, event_id): (&str, &str), spoken: bool, out: &mut Vec<Change>) {
        let Some((customer, answer)) = self.claim(now, place) else { return };
        customer.spoken |= spoken;
        answer.spoken |= spoken;
        answer.first_words.get_or_insert(now);
        if customer.words.add(place.content_index, delta, event_id) {
            out.push(Change::Caption { speaker: Speaker::Customer, text: customer.words.all() });
        }
        self.speaks_untold(spoken);
    }

    pub(super) fn words_done(&mut self, now: Millis, place: &Place, words: &str, spoken: bool, out: &mut Vec<Change>) {
        let Some((customer, answer)) = self.claim(now, place) else { return };
        customer.spoken |= spoken;
        answer.spoken |= spoken;
        answer.first_words.get_or_insert(now);
        if customer.words.replace(place.content_index, words, answer.cut || customer.truncated.is_some()) {
            out.push(Change::Caption { speaker: Speaker::Customer, text: customer.words.all() });
        }
        self.speaks_untold(spoken);
    }

    /// Where the service does not tell when it plays, its words are its voice.
    fn speaks_untold(&mut self, spoken: bool) {
        if spoken && self.playing == Playing::Untold && !self.voices.speaks(Speaker::Customer) {
            self.voices.begin(Speaker::Customer);
        }
    }

    pub(super) fn sound_started(&mut self, now: Millis, response_id: &str, out: &mut Vec<Change>) {
        self.playing = Playing::Told;
        let Some(answer) = self.answer(now, response_id) else { return };
        answer.spoken = true;
        if answer.started.is_some() || answer.ended.is_some() {
            return;
        }
        answer.started = Some(now);
        self.voices.begin(Speaker::Customer);
        self.answered(now, out);
    }

    /// The customer's first sound is there.
    pub(super) fn answered(&mut self, at: Millis, out: &mut Vec<Change>) {
        if let Some(ended) = self.rep_ended.take_if(|ended| *ended <= at) {
            out.push(Change::Answered { latency: at.since(ended) });
        }
    }

    pub(super) fn sound_ended(&mut self, now: Millis, response_id: &str, cut: bool) {
        self.playing = Playing::Told;
        let Some(answer) = self.answer(now, response_id) else { return };
        if answer.ended.is_some() {
            return;
        }
        answer.spoken = true;
        answer.ended = Some(now);
        answer.cut |= cut;
        self.voices.end(Speaker::Customer);
    }

    /// The service cut off what was not heard.
    pub(super) fn truncated(&mut self, now: Millis, id: &str, heard_ms: Option<i64>) {
        let Some(line) = self.lines.get_mut(id) else { return };
        line.touched = now;
        let Kind::Customer(customer) = &mut line.kind else { return };
        customer.truncated = heard_ms.or(customer.truncated);
        if let Some(answer) = self.answers.iter_mut().find(|answer| answer.lines.iter().any(|line| line == id)) {
            answer.cut = true;
            answer.touched = now;
        }
    }

    pub(super) fn response_done(&mut self, now: Millis, response: &Response, out: &mut Vec<Change>) {
        let known = self.answers.iter().position(|answer| answer.id == response.id && !response.id.is_empty());
        let outside = self.is_outside(response) || known.is_some_and(|at| self.answers[at].outside);
        let over = self.over.has(&response.id);
        // Paid for, even where it was over before: a pause had it cancelled.
        if let Some(usage) = response.usage
            && (response.id.is_empty() || self.billed.add(&response.id))
        {
            out.push(Change::Usage(Used::from(usage)));
        }
        if over {
            return;
        }
        if outside {
            if let Some(at) = known {
                let answer = self.answers.remove(at);
                self.was_apart(now, &answer, out);
            }
            if !response.id.is_empty() {
                self.over.add(&response.id);
            }
            return;
        }
        let Some(answer) = self.answer(now, &response.id) else { return };
        if answer.done.is_some() {
            return;
        }
        let id = answer.id.clone();
        for item in &response.output {
            self.output_item(now, &id, item, true, out);
        }
        let status = response.status.filter(|status| *status != ResponseStatus::InProgress).unwrap_or(ResponseStatus::Completed);
        let Some(answer) = self.answer(now, &id) else { return };
        let sound_ms = answer::sound_ms(response.usage.map_or(0, |usage| usage.output_audio));
        answer.done = Some(Done { at: now, status, sound_ms });
        let waiting = std::mem::take(&mut answer.waiting);
        let (called, lines) = (answer.called || !waiting.is_empty(), answer.lines.clone());
        if status == ResponseStatus::Completed {
            waiting.iter().for_each(|call| self.call(call, out));
        }
        let spoke = lines.iter().any(|line| !self.words_of(line).is_empty());
        let meaning = response.why.fault.as_ref().map(fault::meaning);
        if let (ResponseStatus::Failed, Some(Meaning::Ends(code))) = (status, meaning) {
            out.push(Change::Failed(code));
        }
        out.push(Change::AnswerEnded(match status {
            ResponseStatus::Cancelled => Outcome::Cancelled,
            ResponseStatus::Failed if meaning == Some(Meaning::Busy) => Outcome::Busy,
            ResponseStatus::Failed => Outcome::Failed,
            _ if spoke => Outcome::Spoke,
            _ if called => Outcome::OnlyCalls,
            _ => Outcome::Nothing,
        }));
    }

    /// An answer that seemed to be part of the conversation turned out to be apart.
    fn was_apart(&mut self, now: Millis, answer: &Answer, out: &mut Vec<Change>) {
        for id in &answer.lines {
            if let Some(line) = self.lines.get_mut(id).filter(|line| !line.placed) {
                line.silence(now);
            }
        }
        if answer.began && !answer.outside {
            out.push(Change::AnswerEnded(Outcome::Nothing));
        }
    }

    /// The customer's words of a line so far.
    pub(super) fn words_of(&self, id: &str) -> String {
        match self.lines.get(id).map(|line| &line.kind) {
            Some(Kind::Customer(customer)) => customer.words.all(),
            _ => String::new(),
        }
    }
}
