//! A call: what comes in goes to its ear or is carried out, what is due by the clock goes out.

mod hearing;
mod items;
mod orders;
mod playing;
mod response;

use std::{collections::VecDeque, sync::Arc, time::Duration};

use serde_json::{Value, json};
use tokio::{
    sync::mpsc,
    time::{Instant, MissedTickBehavior, interval},
};

use self::{hearing::Transcript, response::Response};
use super::{
    brain::Brain,
    config::{Config, Pace},
    conversation::Conversation,
    ear::Ear,
    error::EndpointError,
    fault::Fault,
    ids::fresh,
    knobs::Knobs,
    mouth::Mouth,
    session::Session,
    usage::Meter,
    voice::{Speech, Voice},
};
use crate::peer::{PeerError, PeerEvent, PeerHandle};

/// How often the clock is looked at.
const TICK: Duration = Duration::from_millis(10);
/// What was said last before a call is ended from here must still arrive.
const LAST_WORDS: Duration = Duration::from_millis(300);
/// Events that wait to be sent before nothing more is taken in.
const BACKLOG: usize = 4096;

/// A call.
pub(super) struct Call {
    peer: PeerHandle,
    session: Session,
    conversation: Conversation,
    brain: Brain,
    ear: Ear,
    mouth: Mouth,
    meter: Meter,
    voice: Voice,
    pace: Pace,
    knobs: Knobs,
    /// What the recogniser hears, and how far it is.
    script: Arc<[String]>,
    line: usize,
    /// The item of the turn that is being spoken.
    speaking: Option<String>,
    transcripts: Vec<Transcript>,
    responses: Vec<Response>,
    /// True where a turn waits for the answer before it to end.
    unanswered: bool,
    /// When sound last came.
    heard_at: Instant,
    /// Since when nobody speaks.
    quiet_since: Option<Instant>,
    open: bool,
    /// Events that the connection has no room for yet.
    backlog: VecDeque<String>,
    expires: Instant,
    closes: Option<Instant>,
    spoken: mpsc::Sender<(String, Speech)>,
    speeches: Option<mpsc::Receiver<(String, Speech)>>,
}

impl Call {
    /// A call that was answered and is not connected yet.
    pub(super) fn new(config: &Config, session: Session, peer: PeerHandle) -> Result<Self, EndpointError> {
        let (spoken, speeches) = mpsc::channel(16);
        let now = Instant::now();
        Ok(Self {
            peer,
            session,
            conversation: Conversation::default(),
            brain: Brain::new(&config.scenario, config.seed)?,
            ear: Ear::new()?,
            mouth: Mouth::new(config.pace.playing)?,
            meter: Meter::default(),
            voice: config.voice.clone(),
            pace: config.pace,
            knobs: config.knobs.clone(),
            script: config.script.clone().into(),
            line: 0,
            speaking: None,
            transcripts: Vec::new(),
            responses: Vec::new(),
            unanswered: false,
            heard_at: now,
            quiet_since: None,
            open: false,
            backlog: VecDeque::new(),
            expires: now + config.longest,
            closes: None,
            spoken,
            speeches: Some(speeches),
        })
    }

    /// Runs until it is over.
    pub(super) async fn run(mut self, mut events: mpsc::Receiver<PeerEvent>) {
        let Some(mut speeches) = self.speeches.take() else { return };
        let mut clock = interval(TICK);
        clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            tokio::select! {
                event = events.recv(), if self.backlog.len() < BACKLOG => match event {
                    Some(PeerEvent::ChannelOpen) => self.greet(),
                    Some(PeerEvent::Text(text)) => self.order(&text),
                    Some(PeerEvent::Opus(packet)) => self.hear(&packet),
                    Some(PeerEvent::Closed(why)) => {
                        tracing::debug!(?why, "a call is over");
                        return;
                    }
                    Some(PeerEvent::Connected | PeerEvent::Disconnected) => {}
                    None => return,
                },
                Some((response, speech)) = speeches.recv() => self.voiced(&response, speech),
                _ = clock.tick() => self.tick(Instant::now()),
            }
        }
    }

    fn greet(&mut self) {
        self.open = true;
        let session = self.session.json().clone();
        self.emit("session.created", json!({ "session": session }));
        self.emit("conversation.created", json!({ "conversation": { "id": fresh("conv"), "object": "realtime.conversation" } }));
    }

    /// What is due by the clock.
    fn tick(&mut self, now: Instant) {
        self.catch_up();
        if !self.open {
            return;
        }
        self.hear_nothing(now);
        self.write_down(now);
        self.respond(now);
        self.play(now);
        self.grow_impatient(now);
        if now >= self.expires && self.closes.is_none() {
            let message = "Your session hit the maximum duration.";
            self.refuse(&Fault::new("session_expired", message), None);
            self.closes = Some(now + LAST_WORDS);
        }
        if self.closes.is_some_and(|closes| now >= closes) {
            self.peer.close();
        }
    }

    /// Sends an event, after those that wait.
    fn emit(&mut self, kind: &str, mut event: Value) {
        event["type"] = json!(kind);
        event["event_id"] = json!(fresh("event"));
        self.backlog.push_back(event.to_string());
        self.catch_up();
    }

    /// Sends what waits, as far as there is room.
    fn catch_up(&mut self) {
        while let Some(event) = self.backlog.pop_front() {
            match self.peer.send_text(event.as_str()) {
                Ok(()) => {}
                Err(PeerError::Busy) => return self.backlog.push_front(event),
                Err(error) => tracing::debug!(%error, "an event was not sent"),
            }
        }
    }

    /// Says what is wrong with an event of the client.
    fn refuse(&mut self, fault: &Fault, event_id: Option<&str>) {
        let mut error = fault.json();
        error["event_id"] = json!(event_id);
        self.emit("error", json!({ "error": error }));
    }
}
