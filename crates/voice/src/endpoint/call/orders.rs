//! What the client asks for.

use serde_json::{Value, json};

use super::{Call, response::Why};
use crate::endpoint::{fault::Fault, shapes::EVENT};

impl Call {
    /// Carries out an event of the client, or says what is wrong with it.
    pub(super) fn order(&mut self, text: &str) {
        let event: Value = match serde_json::from_str(text) {
            Ok(event @ Value::Object(_)) => event,
            _ => {
                self.refuse(&Fault::new("invalid_event", "The event is not a JSON object."), None);
                return;
            }
        };
        let id = event["event_id"].as_str().map(str::to_owned);
        let done = EVENT.check(&event, "").and_then(|()| self.carry_out(&event));
        if let Err(fault) = done {
            self.refuse(&fault, id.as_deref());
        }
    }

    fn carry_out(&mut self, event: &Value) -> Result<(), Fault> {
        let text = |name: &str| event[name].as_str().unwrap_or_default();
        match text("type") {
            "session.update" => self.update_session(&event["session"]),
            "input_audio_buffer.commit" => self.commit_now(),
            "input_audio_buffer.clear" => {
                self.ear.forget();
                self.speaking = None;
                self.emit("input_audio_buffer.cleared", json!({}));
                Ok(())
            }
            "output_audio_buffer.clear" => {
                self.stop_responding(Why::ClientCancelled);
                self.fall_silent();
                Ok(())
            }
            "conversation.item.create" => self.create_item(event),
            "conversation.item.retrieve" => self.retrieve_item(text("item_id")),
            "conversation.item.delete" => self.delete_item(text("item_id")),
            "conversation.item.truncate" => self.truncate_item(text("item_id"), event["audio_end_ms"].as_u64().unwrap_or(0)),
            "response.create" => self.create_response(&event["response"]),
            "response.cancel" => {
                let found = match event["response_id"].as_str() {
                    Some(id) => self.cancel(id),
                    None => self.stop_responding(Why::ClientCancelled),
                };
                let none = || Fault::new("response_cancel_not_active", "Cancellation failed: no active response found.");
                found.then_some(()).ok_or_else(none)
            }
            other => Err(Fault::at("invalid_value", "type", format!("Invalid value for 'type': '{other}'."))),
        }
    }

    fn update_session(&mut self, asked: &Value) -> Result<(), Fault> {
        if asked["model"].as_str().is_some_and(|model| model != self.session.model()) {
            return Err(Fault::at("invalid_value", "session.model", "The model of a session cannot be changed."));
        }
        self.session.update(asked, "session")?;
        if self.session.turns().is_none() {
            self.speaking = None;
        }
        let session = self.session.json().clone();
        self.emit("session.updated", json!({ "session": session }));
        Ok(())
    }
}
