//! Storing what is said in a call, and how the call went.

use std::collections::VecDeque;

use sellme_core::{Code, id::SessionId, session::Speaker, wire::CallEvent};
use sellme_voice::{
    call::{Input, Output},
    conversation,
    events::ClientEvent,
};

use super::talk::Talk;
use crate::{App, Store, spoken::Spoken};

impl<S: Store> App<S> {
    /// Stores the turns that are finished, in their order. One that cannot be stored holds up those after it and is tried again with whatever happens next.
    pub(super) async fn store_turns(&self, id: SessionId, talk: &mut Talk) -> Vec<Output> {
        let mut outputs = Vec::new();
        while let Some(spoken) = talk.unstored.pop_front() {
            let signals = talk.reports_of(spoken.speaker);
            let now = self.device.now();
            let heard = Spoken {
                speaker: spoken.speaker,
                text: spoken.text.clone(),
                started: spoken.started.or(spoken.ended).unwrap_or(now),
                ended: spoken.ended.unwrap_or(now),
                interrupted: spoken.interrupted,
                signals: signals.clone(),
            };
            match self.spoken(id, heard).await {
                Ok(heard) => {
                    if let Some(note) = heard.steer {
                        outputs.extend(talk.call.handle(now, Input::Send(ClientEvent::direction(note))));
                    }
                    talk.role_slips += u32::from(heard.slipped);
                    talk.tell(CallEvent::Turn { turn: heard.turn, signals: heard.signals, state: heard.state });
                    talk.stores_again();
                }
                // It was ended elsewhere, or there was nothing in it: nothing can be added to it any more.
                Err(error) if matches!(error.code, Code::WrongState | Code::NotFound | Code::InvalidInput) => talk.stores_again(),
                Err(error) => {
                    talk.reported.splice(0..0, signals);
                    talk.unstored.push_front(spoken);
                    talk.cannot_store(error);
                    break;
                }
            }
        }
        outputs
    }

    /// Stores how the call went. What the customer reported after its last word is a turn without words.
    pub(super) async fn keep_record(&self, id: SessionId, talk: &mut Talk, outputs: &mut VecDeque<Output>) {
        if !talk.reported.is_empty() && talk.unstored.is_empty() {
            talk.unstored.push_back(conversation::Spoken {
                speaker: Speaker::Customer,
                text: String::new(),
                started: None,
                ended: None,
                interrupted: false,
                item_id: String::new(),
            });
            outputs.extend(self.store_turns(id, talk).await);
        }
        match self.store.add_call(id, &talk.record(self.device.now())).await {
            Ok(()) => {}
            Err(error) if matches!(error.code, Code::WrongState | Code::NotFound) => {}
            Err(error) => tracing::warn!(code = ?error.code, "how a call went could not be stored"),
        }
    }
}
