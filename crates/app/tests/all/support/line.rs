//! A service that answers as it is told to, and the events that it would send.

use std::sync::{Arc, Mutex};

use sellme_app::{App, CallWish, Listener, Service, Told};
use sellme_core::{
    Error,
    error::Result,
    id::SessionId,
    wire::{CallEnd, CallEvent, CallStage, OfferForm, ProviderKind},
};
use sellme_voice::provider::{CallId, Key, ModelListed, Opened, Provider, Waiting};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::{Clock, faulty::Faulty};

/// What was asked of a service.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) sessions: Vec<Value>,
    pub(crate) offers: Vec<String>,
    pub(crate) hung_up: Vec<String>,
    /// What it refuses next.
    pub(crate) refuses: Option<Error>,
    /// Until when its next answer is a long time coming.
    pub(crate) holds: Option<Arc<Notify>>,
    /// It never says that it knows that a call is over.
    pub(crate) is_deaf: bool,
}

#[derive(Debug, Default, Clone)]
struct Fake(Arc<Mutex<Asked>>);

impl Provider for Fake {
    fn open<'a>(&'a self, _: Option<&'a Key>, session: &'a Value, offer: &'a str) -> Waiting<'a, Opened> {
        let mut asked = self.0.lock().unwrap();
        asked.sessions.push(session.clone());
        asked.offers.push(offer.to_owned());
        let number = asked.offers.len();
        let holds = asked.holds.take();
        let answer = match asked.refuses.take() {
            Some(error) => Err(error),
            None => Ok(Opened { answer: format!("answer {number}"), call: CallId::new(&format!("rtc_{number}")) }),
        };
        Box::pin(async move {
            if let Some(holds) = holds {
                holds.notified().await;
            }
            answer
        })
    }

    fn hang_up<'a>(&'a self, _: Option<&'a Key>, call: &'a CallId) -> Waiting<'a, ()> {
        let mut asked = self.0.lock().unwrap();
        asked.hung_up.push(call.as_str().to_owned());
        if asked.is_deaf { Box::pin(std::future::pending()) } else { Box::pin(async { Ok(()) }) }
    }

    fn models<'a>(&'a self, _: Option<&'a Key>) -> Waiting<'a, Vec<ModelListed>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// A call that a test makes: it stands where the window stands.
pub(crate) struct Line {
    pub(crate) asked: Arc<Mutex<Asked>>,
    pub(crate) told: Arc<Mutex<Vec<Told>>>,
    /// What the service is.
    pub(crate) kind: ProviderKind,
    fake: Fake,
    clock: Arc<Clock>,
    item: u32,
}

impl Line {
    pub(crate) fn new(clock: &Arc<Clock>) -> Self {
        let fake = Fake::default();
        Self { asked: Arc::clone(&fake.0), told: Arc::default(), kind: ProviderKind::OpenAi, fake, clock: Arc::clone(clock), item: 0 }
    }

    pub(crate) fn service(&self) -> Service {
        Service {
            provider: Arc::new(self.fake.clone()),
            key: None,
            kind: self.kind,
            offer: if self.kind == ProviderKind::OpenAi { OfferForm::Multipart } else { OfferForm::Sdp },
        }
    }

    /// Opens the call.
    pub(crate) async fn dial(&self, app: &App<Faulty>, id: SessionId) -> Result<Option<String>> {
        self.dial_with(app, &app.want_call(id)).await
    }

    /// Opens the call that is wanted.
    pub(crate) async fn dial_with(&self, app: &App<Faulty>, wish: &CallWish) -> Result<Option<String>> {
        let told = Arc::clone(&self.told);
        let listener: Listener = Arc::new(move |one| told.lock().unwrap().push(one));
        app.open_call(wish, "offer", self.service(), listener).await.map(|answer| answer.sdp)
    }

    /// Opens the call, and its data channel.
    pub(crate) async fn open(&self, app: &App<Faulty>, id: SessionId) {
        self.dial(app, id).await.unwrap();
        app.call_link(id, sellme_core::wire::Link::Open).await;
        self.hear(app, id, json!({ "type": "session.created", "session": { "type": "realtime", "id": "sess_1" } })).await;
    }

    /// An event of the service.
    pub(crate) async fn hear(&self, app: &App<Faulty>, id: SessionId, event: Value) {
        app.call_message(id, &event.to_string()).await;
    }

    /// The rep says something: two seconds of speech, written down at once.
    pub(crate) async fn rep_says(&mut self, app: &App<Faulty>, id: SessionId, words: &str) {
        self.item += 1;
        let item = format!("item_u{}", self.item);
        self.hear(app, id, json!({ "type": "input_audio_buffer.speech_started", "item_id": item, "audio_start_ms": 0 })).await;
        self.clock.pass(2_000);
        self.hear(app, id, json!({ "type": "input_audio_buffer.speech_stopped", "item_id": item, "audio_end_ms": 2_000 })).await;
        self.hear(app, id, json!({ "type": "input_audio_buffer.committed", "item_id": item })).await;
        let item_added =
            json!({ "id": item, "type": "message", "role": "user", "status": "completed", "content": [{ "type": "input_audio" }] });
        self.hear(app, id, json!({ "type": "conversation.item.added", "item": item_added })).await;
        let kind = "conversation.item.input_audio_transcription.completed";
        self.hear(app, id, json!({ "type": kind, "item_id": item, "content_index": 0, "transcript": words })).await;
    }

    /// The customer says something for three seconds, half a second after it is asked to, and calls these functions.
    pub(crate) async fn customer_says(&mut self, app: &App<Faulty>, id: SessionId, words: &str, calls: &[(&str, Value)]) {
        self.item += 1;
        let (item, response) = (format!("item_a{}", self.item), format!("resp_{}", self.item));
        self.clock.pass(500);
        let begun = json!({ "id": response, "status": "in_progress", "conversation_id": "conv_1" });
        self.hear(app, id, json!({ "type": "response.created", "response": begun })).await;
        let message = |status: &str| {
            let content = json!([{ "type": "output_audio", "transcript": words }]);
            json!({ "id": item, "type": "message", "role": "assistant", "status": status, "content": content })
        };
        self.hear(app, id, json!({ "type": "conversation.item.added", "item": message("in_progress") })).await;
        self.hear(app, id, json!({ "type": "output_audio_buffer.started", "response_id": response })).await;
        let transcript = json!({ "type": "response.output_audio_transcript.done", "response_id": response, "item_id": item, "content_index": 0, "transcript": words });
        self.hear(app, id, transcript).await;
        let mut output = vec![message("completed")];
        for (at, (name, arguments)) in calls.iter().enumerate() {
            let call = format!("call_{}_{at}", self.item);
            output.push(json!({ "id": format!("fc_{call}"), "type": "function_call", "status": "completed", "name": name, "call_id": call,
                "arguments": arguments.to_string() }));
        }
        for item in &output {
            self.hear(app, id, json!({ "type": "response.output_item.done", "response_id": response, "item": item })).await;
        }
        let done = json!({ "id": response, "status": "completed", "conversation_id": "conv_1", "output": output, "usage": {
            "input_tokens": 1000, "output_tokens": 100, "input_token_details": { "text_tokens": 1000 }, "output_token_details": { "audio_tokens": 100 } } });
        self.hear(app, id, json!({ "type": "response.done", "response": done })).await;
        self.clock.pass(3_000);
        self.hear(app, id, json!({ "type": "output_audio_buffer.stopped", "response_id": response })).await;
    }

    /// What was to be put on the data channel, of this kind.
    pub(crate) fn sent(&self, kind: &str) -> Vec<Value> {
        let told = self.told.lock().unwrap();
        let sent = told.iter().filter_map(|one| match one {
            Told::Event(CallEvent::Send { message }) => serde_json::from_str::<Value>(message).ok(),
            _ => None,
        });
        sent.filter(|message| message["type"] == kind).collect()
    }

    /// Where the call stood, one after the other.
    pub(crate) fn stages(&self) -> Vec<CallStage> {
        let told = self.told.lock().unwrap();
        told.iter().filter_map(|one| if let Told::Event(CallEvent::Stage { stage, .. }) = one { Some(*stage) } else { None }).collect()
    }

    /// Why it ended.
    pub(crate) fn end(&self) -> Option<CallEnd> {
        let told = self.told.lock().unwrap();
        told.iter().rev().find_map(|one| if let Told::Event(CallEvent::Stage { end, .. }) = one { *end } else { None })
    }

    /// The turns that the window was told, as they are stored.
    pub(crate) fn turns(&self) -> Vec<String> {
        let told = self.told.lock().unwrap();
        told.iter()
            .filter_map(|one| if let Told::Event(CallEvent::Turn { turn, .. }) = one { Some(turn.text.clone()) } else { None })
            .collect()
    }

    /// True where the window was told so.
    pub(crate) fn was_told(&self, is: impl Fn(&CallEvent) -> bool) -> bool {
        self.told.lock().unwrap().iter().any(|one| matches!(one, Told::Event(event) if is(event)))
    }

    /// Lets seconds pass, with ticks.
    pub(crate) async fn wait(&self, app: &App<Faulty>, id: SessionId, seconds: i64) -> bool {
        let mut going_on = true;
        for _ in 0..seconds * 4 {
            self.clock.pass(250);
            going_on = app.tick_call(id).await;
        }
        if !self.asked.lock().unwrap().is_deaf {
            app.parted().await;
        }
        going_on
    }
}
