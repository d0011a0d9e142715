//! A client: opens a call, speaks, keeps every event, and checks each against its schema.

use std::{sync::Arc, time::Duration};

use sellme_voice::{
    endpoint::{Config, Endpoint, Pace, Voice, serve},
    peer::{Ended, Offered, OpusPacket, Peer, PeerConfig, PeerError, PeerEvent, PeerHandle},
};
use serde_json::{Value, json};
use tokio::{
    sync::mpsc::Receiver,
    time::{sleep, timeout},
};

use super::{
    http::{Answer, ask, multipart},
    schema::check,
    tone::{quiet, voice},
};

/// Longer than anything here takes: what takes longer hangs.
const HANG: Duration = Duration::from_secs(60);

pub(crate) const KEY: (&str, &str) = ("authorization", "Bearer sk-test");

/// Quick, with tones, and a script of the demo's first lines.
pub(crate) fn quick() -> Config {
    Config {
        script: vec![
            "Good morning! Who is the coat for?".to_owned(),
            "What does he do all day, and what has he got to wear when it rains?".to_owned(),
            "So he gets wet at work and then sits around in it?".to_owned(),
        ],
        voice: Voice::Tones,
        pace: Pace {
            recognise: Duration::from_millis(60),
            think: Duration::from_millis(20),
            making: 12.0,
            lead: Duration::from_secs(8),
            playing: 4.0,
        },
        ..Config::default()
    }
}

/// A session that asks for transcripts.
pub(crate) fn session() -> Value {
    json!({
        "type": "realtime",
        "model": "gpt-realtime-2.1",
        "instructions": "You are the customer.",
        "audio": {
            "input": {
                "transcription": { "model": "gpt-4o-mini-transcribe", "language": "en" },
                "turn_detection": { "type": "server_vad", "silence_duration_ms": 400 }
            },
            "output": { "voice": "coral" }
        }
    })
}

/// The same with turns told by hand.
pub(crate) fn by_hand() -> Value {
    let mut session = session();
    session["audio"]["input"]["turn_detection"] = Value::Null;
    session
}

pub(crate) struct Client {
    pub(crate) endpoint: Arc<Endpoint>,
    pub(crate) handle: PeerHandle,
    events: Receiver<PeerEvent>,
    pub(crate) log: Vec<Value>,
    pub(crate) sound: Vec<OpusPacket>,
    pub(crate) call: String,
}

/// An offer to be posted.
pub(crate) async fn offer() -> (String, Offered) {
    Peer::offer(PeerConfig::default()).await.unwrap()
}

impl Client {
    /// Starts an endpoint and opens a call.
    pub(crate) async fn start(config: Config, session: &Value) -> Self {
        Self::join(Arc::new(serve(config).await.unwrap()), session).await
    }

    /// Opens a call by the unified way, and reads its first event.
    pub(crate) async fn join(endpoint: Arc<Endpoint>, session: &Value) -> Self {
        let (sdp, offered) = offer().await;
        let (kind, body) = multipart(&[("sdp", "application/sdp", &sdp), ("session", "application/json", &session.to_string())]);
        let answer = ask(&endpoint.url, "POST", "/realtime/calls", &[KEY, ("content-type", &kind)], &body).await;
        Self::enter(endpoint, offered, &answer).await
    }

    /// Goes on with a call that was answered.
    pub(crate) async fn enter(endpoint: Arc<Endpoint>, offered: Offered, answer: &Answer) -> Self {
        assert_eq!((answer.status, answer.headers["content-type"].as_str()), (201, "application/sdp"), "{answer:?}");
        let call = answer.headers["location"].strip_prefix("/v1/realtime/calls/").unwrap().to_owned();
        assert!(call.starts_with("rtc_"));
        let (handle, events) = offered.accept(&answer.body).await.unwrap();
        let mut client = Self { endpoint, handle, events, log: Vec::new(), sound: Vec::new(), call };
        client.until("session.created").await;
        assert_eq!(client.log.len(), 1, "it comes first");
        client
    }

    pub(crate) fn send(&self, event: &Value) {
        self.handle.send_text(event.to_string()).unwrap();
    }

    /// Reads on to the next event of this type.
    pub(crate) async fn until(&mut self, kind: &str) -> Value {
        loop {
            match timeout(HANG, self.events.recv()).await.unwrap_or_else(|_| panic!("no {kind} after {:?}", self.kinds())) {
                Some(PeerEvent::Text(text)) => {
                    let event: Value = serde_json::from_str(&text).unwrap();
                    let found = event["type"].as_str().unwrap().to_owned();
                    check(&found, &event);
                    self.log.push(event.clone());
                    if found == kind {
                        return event;
                    }
                }
                Some(PeerEvent::Opus(packet)) => self.sound.push(packet),
                Some(PeerEvent::Closed(why)) => panic!("closed ({why:?}) before {kind}: {:?}", self.kinds()),
                Some(_) => {}
                None => panic!("over before {kind}"),
            }
        }
    }

    /// Reads on to the end.
    pub(crate) async fn ended(&mut self) -> Ended {
        loop {
            match timeout(HANG, self.events.recv()).await.unwrap().unwrap() {
                PeerEvent::Closed(why) => return why,
                PeerEvent::Text(text) => self.log.push(serde_json::from_str(&text).unwrap()),
                _ => {}
            }
        }
    }

    /// Types of what came, in order; the many pieces of a text once.
    pub(crate) fn kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.log.iter().filter_map(|event| event["type"].as_str()).collect();
        kinds.dedup();
        kinds
    }

    /// All events of this type.
    pub(crate) fn all(&self, kind: &str) -> Vec<&Value> {
        self.log.iter().filter(|event| event["type"] == kind).collect()
    }

    /// Sends an event that is refused. Gives back the code, and looks whether the event's id came back.
    pub(crate) async fn refused(&mut self, mut event: Value) -> (String, String) {
        event["event_id"] = json!("mine_1");
        self.send(&event);
        let error = self.until("error").await;
        assert_eq!(error["error"]["event_id"], "mine_1");
        let text = |name: &str| error["error"][name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("param"))
    }

    /// Speaks for so long, a few times faster than real, with the quiet that a call begins with and a turn ends with.
    pub(crate) async fn say(&self, ms: usize) {
        self.utter(&[quiet(600), voice(ms), quiet(600)].concat()).await;
    }

    /// Sends sound.
    pub(crate) async fn utter(&self, sound: &[i16]) {
        let mut encoder = opus::Encoder::new(48_000, opus::Channels::Mono, opus::Application::Voip).unwrap();
        for frame in sound.chunks_exact(960) {
            let packet = encoder.encode_vec(frame, 1275).unwrap();
            while matches!(self.handle.send_opus(packet.clone(), 960), Err(PeerError::Busy)) {
                sleep(Duration::from_millis(1)).await;
            }
            sleep(Duration::from_millis(4)).await;
        }
    }
}
