//! Functions that the model calls. Only whole calls count: the arguments of one that was broken off are said to be done too.

use sellme_core::Millis;
use serde_json::Value;

use super::{Conversation, answer::Waiting, change::Change};
use crate::events::{Item, ItemStatus, Place};

impl Conversation {
    /// An item that is a call. One that does not say whether it is whole waits for the end of its response.
    pub(super) fn call_item(&mut self, item: &Item, response_id: Option<&str>, out: &mut Vec<Change>) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (call_id, name, arguments) = (text(&item.call_id), text(&item.name), text(&item.arguments));
        let key = if call_id.is_empty() { item.id.clone() } else { call_id.clone() };
        let waiting = Waiting { key, call_id, name, arguments };
        match item.status {
            Some(ItemStatus::Completed) => self.call(&waiting, out),
            None => self.wait_for_end(response_id, waiting),
            Some(ItemStatus::InProgress | ItemStatus::Incomplete) => {}
        }
    }

    /// Arguments that came by themselves; the item that says whether they are whole may never come.
    pub(super) fn arguments(&mut self, now: Millis, place: &Place, call_id: &str, name: Option<&str>, arguments: &str) {
        let Some(answer) = self.answer(now, &place.response_id) else { return };
        let id = answer.id.clone();
        let key = if call_id.is_empty() { place.item_id.clone() } else { call_id.to_owned() };
        let waiting =
            Waiting { key, call_id: call_id.to_owned(), name: name.unwrap_or_default().to_owned(), arguments: arguments.to_owned() };
        // Without a name it cannot be called; the item has one.
        if !waiting.name.is_empty() {
            self.wait_for_end(Some(&id), waiting);
        }
    }

    fn wait_for_end(&mut self, response_id: Option<&str>, waiting: Waiting) {
        let answer = match response_id {
            Some(id) => self.answers.iter_mut().find(|answer| answer.id == id && !answer.outside),
            None => None,
        };
        if let Some(answer) = answer
            && !answer.waiting.iter().any(|other| other.key == waiting.key)
        {
            answer.waiting.push(waiting);
        }
    }

    /// A call that is whole; each comes once.
    pub(super) fn call(&mut self, call: &Waiting, out: &mut Vec<Change>) {
        let Waiting { key, call_id, name, arguments } = call;
        if key.is_empty() || !self.called.add(key) {
            return;
        }
        let (call_id, name) = (call_id.clone(), name.clone());
        out.push(match serde_json::from_str(arguments) {
            Ok(arguments @ Value::Object(_)) if !name.is_empty() && !call_id.is_empty() => Change::Call { call_id, name, arguments },
            _ => Change::BadCall { call_id, name },
        });
    }
}
