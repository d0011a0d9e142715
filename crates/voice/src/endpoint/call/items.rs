//! Items that the client puts into the conversation, and takes out of it.

use serde_json::{Value, json};

use super::Call;
use crate::endpoint::{conversation::Item, fault::Fault, ids::fresh};

impl Call {
    /// Puts an item in: a message, a call or the outcome of one.
    pub(super) fn create_item(&mut self, event: &Value) -> Result<(), Fault> {
        let mut item = event["item"].clone();
        check(&item)?;
        if item["type"] == "function_call_output" && !item["call_id"].as_str().is_some_and(|call| self.conversation.has_call(call)) {
            return Err(Fault::at("invalid_value", "item.call_id", "No function was called under this id."));
        }
        let id = item["id"].as_str().map_or_else(|| fresh("item"), str::to_owned);
        item["id"] = json!(id);
        item["object"] = json!("realtime.item");
        item["status"] = json!("completed");
        let kept = Item { id, value: item.clone(), sound_ms: 0, words: Vec::new() };
        let before = self.conversation.add(kept, event["previous_item_id"].as_str())?;
        self.emit("conversation.item.added", json!({ "item": item, "previous_item_id": before }));
        self.emit("conversation.item.done", json!({ "item": item, "previous_item_id": before }));
        let words: Vec<&str> = item["content"].as_array().into_iter().flatten().filter_map(|part| part["text"].as_str()).collect();
        let words = words.join(" ");
        match item["role"].as_str() {
            Some("user") => {
                self.skip_line(&words);
                self.brain.hear(Some(words));
            }
            Some("assistant") => self.brain.remember(&words),
            _ => {}
        }
        Ok(())
    }

    /// Gives an item back.
    pub(super) fn retrieve_item(&mut self, id: &str) -> Result<(), Fault> {
        let unknown = || Fault::at("item_retrieve_invalid_item_id", "item_id", format!("There is no item '{id}'."));
        let item = self.conversation.find(id).ok_or_else(unknown)?.value.clone();
        self.emit("conversation.item.retrieved", json!({ "item": item }));
        Ok(())
    }

    /// Takes an item out.
    pub(super) fn delete_item(&mut self, id: &str) -> Result<(), Fault> {
        self.conversation.remove(id)?;
        self.emit("conversation.item.deleted", json!({ "item_id": id }));
        Ok(())
    }

    /// Takes the end of an item away that was not heard.
    pub(super) fn truncate_item(&mut self, id: &str, ms: u64) -> Result<(), Fault> {
        self.conversation.truncate(id, ms)?;
        self.emit("conversation.item.truncated", json!({ "item_id": id, "content_index": 0, "audio_end_ms": ms }));
        Ok(())
    }
}

/// What each role may say.
fn check(item: &Value) -> Result<(), Fault> {
    let allowed: &[&str] = match item["role"].as_str() {
        Some("user") => &["input_text", "input_audio", "input_image"],
        Some("assistant") => &["output_text"],
        Some("system") => &["input_text"],
        _ => return Ok(()),
    };
    for (at, part) in item["content"].as_array().into_iter().flatten().enumerate() {
        let kind = part["type"].as_str().unwrap_or_default();
        if !allowed.contains(&kind) {
            let param = format!("item.content[{at}].type");
            let message = format!("Invalid value for '{param}': '{kind}'. Supported values are: {}.", allowed.join(", "));
            return Err(Fault::at("invalid_value", &param, message));
        }
    }
    Ok(())
}
