//! The items of a call, in order.

use serde_json::{Value, json};

use super::{fault::Fault, voice::Word};

/// An item of a call.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) id: String,
    /// As it is sent.
    pub(super) value: Value,
    /// How long its sound is, in milliseconds; 0 where it has none.
    pub(super) sound_ms: u64,
    /// Its spoken words.
    pub(super) words: Vec<Word>,
}

/// The items of a call.
#[derive(Debug, Default)]
pub(super) struct Conversation {
    items: Vec<Item>,
}

impl Conversation {
    /// Puts an item at the end, or after another (`root` is the front). Gives back the id of the one before it.
    pub(super) fn add(&mut self, item: Item, after: Option<&str>) -> Result<Option<String>, Fault> {
        if self.find(&item.id).is_some() {
            return Err(Fault::at("invalid_value", "item.id", format!("An item with id '{}' is there already.", item.id)));
        }
        let place = match after {
            None => self.items.len(),
            Some("root") => 0,
            Some(id) => {
                let found = self.items.iter().position(|item| item.id == id);
                found.ok_or_else(|| Fault::at("invalid_value", "previous_item_id", format!("There is no item '{id}'.")))? + 1
            }
        };
        let before = place.checked_sub(1).and_then(|before| self.items.get(before)).map(|item| item.id.clone());
        self.items.insert(place, item);
        Ok(before)
    }

    /// The item before this one.
    pub(super) fn before(&self, id: &str) -> Option<&str> {
        let place = self.items.iter().position(|item| item.id == id)?;
        self.items.get(place.checked_sub(1)?).map(|item| item.id.as_str())
    }

    /// The last item's id.
    pub(super) fn last(&self) -> Option<&Item> {
        self.items.last()
    }

    pub(super) fn find(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    pub(super) fn find_mut(&mut self, id: &str) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.id == id)
    }

    /// True where a function was called under this id.
    pub(super) fn has_call(&self, call: &str) -> bool {
        self.items.iter().any(|item| item.value["type"] == "function_call" && item.value["call_id"] == call)
    }

    /// Takes an item out.
    pub(super) fn remove(&mut self, id: &str) -> Result<(), Fault> {
        let place = self.items.iter().position(|item| item.id == id);
        let place = place.ok_or_else(|| Fault::at("invalid_value", "item_id", format!("There is no item '{id}'.")))?;
        self.items.remove(place);
        Ok(())
    }

    /// Takes the unheard end of a spoken item away.
    pub(super) fn truncate(&mut self, id: &str, ms: u64) -> Result<(), Fault> {
        let item = self.find_mut(id).filter(|item| item.value["role"] == "assistant");
        let item = item.ok_or_else(|| Fault::at("invalid_value", "item_id", format!("There is no item '{id}' that was spoken.")))?;
        if ms > item.sound_ms {
            let message = format!("Audio content of {}ms is already shorter than {ms}ms", item.sound_ms);
            return Err(Fault::at("invalid_value", "audio_end_ms", message));
        }
        item.sound_ms = ms;
        item.words.retain(|word| word.at_ms < ms);
        let heard: String = item.words.iter().map(|word| word.text.as_str()).collect();
        if let Some(content) = item.value.pointer_mut("/content/0") {
            content["transcript"] = json!(heard);
        }
        Ok(())
    }

    /// All text in it, for counting.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.items.iter().flat_map(|item| {
            let content = item.value["content"].as_array().into_iter().flatten();
            content.filter_map(|part| part.get("text").or_else(|| part.get("transcript"))?.as_str())
        })
    }

    /// Sound of the rep and of the customer in it, in milliseconds.
    pub(super) fn sounds(&self) -> (u64, u64) {
        self.items.iter().fold((0, 0), |(rep, customer), item| {
            if item.value["role"] == "user" { (rep + item.sound_ms, customer) } else { (rep, customer + item.sound_ms) }
        })
    }
}
