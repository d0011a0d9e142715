//! The life of a call, from the first offer to the last transcript, with time passed in.
//!
//! A state machine without I/O: whoever holds it tells it what happened ([`Input`]) and does what it says ([`Output`]), and ticks it a few times a second. Every
//! state has a way out and a longest stay, but the one before the call was asked for. What was said is never lost with a connection: the turns are kept, and told
//! to the next session.

mod asking;
mod changes;
mod control;
mod ending;
mod figures;
mod limits;
mod link;
mod plan;
mod say;
mod talk;

use std::collections::VecDeque;

pub use figures::middle;
pub use limits::{CONNECT_MS, FIRST_TRIES, IDLE_MS, LEAVING_MS, LONGEST_PAUSE_MS, RELEASE_MS, SLEEP_MS, TRANSIENT_MS, TRIES};
pub use plan::{Fallback, Plan};
use sellme_core::{
    Code, Error, Millis,
    session::Speaker,
    wire::{CallControl, CallEnd, CallFigures, CallStage, Link},
};
use serde_json::Value;

use self::{asking::Asking, figures::Figures, limits::Warned, talk::Held};
use crate::{
    conversation::{Conversation, Spoken},
    events::{ClientEvent, SessionConfig},
};

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input<'a> {
    /// The rep wants to talk.
    Open,
    /// The service took the offer.
    Answered,
    /// The data channel is open.
    LinkOpen,
    /// What the connection says of itself.
    Link(Link),
    /// A message of the data channel.
    Message(&'a str),
    /// What the rep asks for.
    Control(CallControl),
    /// Time passed.
    Tick,
    /// The service refused the offer, or could not be asked.
    Refused(Error),
    /// The service does not know the recogniser; the offer is made once more, with the other (see [`Call::other_session`]).
    RecogniserRefused,
    /// The customer decided and is taking leave: the call ends with its last word.
    CustomerDone,
    /// Steering from above.
    Send(ClientEvent),
    /// The microphone is gone.
    MicrophoneLost,
}

/// What is to be done, in this order.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Make a connection; what is left of an older one is closed already.
    Connect {
        /// Which try, from 1.
        attempt: u32,
    },
    /// Put this on the data channel.
    Send(String),
    /// Tell the service that the call is over, if it knows of it.
    HangUp,
    /// Close the connection.
    Close,
    /// Shut the microphone, or open it.
    Mute(bool),
    /// The customer falls silent at once: what is still to be played the service has taken back.
    ClearPlayout,
    /// The call stands elsewhere.
    Stage {
        /// Where.
        stage: CallStage,
        /// Which try, while it is being connected; from 1.
        attempt: u32,
        /// Why it is over, once it ends.
        end: Option<CallEnd>,
        /// What went wrong, where something did.
        error: Option<Error>,
    },
    /// A turn is finished. They come in order, each once.
    Turn(Spoken),
    /// The words so far of a turn that is not finished.
    Caption {
        /// Whose.
        speaker: Speaker,
        /// All of them.
        text: String,
    },
    /// Who speaks now.
    Speaking(Option<Speaker>),
    /// The customer reports something by a function. It is answered already.
    Signal {
        /// Id of the call.
        call_id: String,
        /// The function.
        name: String,
        /// Its arguments: an object, of which nothing else was checked.
        arguments: Value,
    },
    /// The customer answered, so long after the rep stopped speaking.
    Answered(Millis),
    /// Figures of the call changed.
    Figures(CallFigures),
    /// Something does not work as it should and the call goes on.
    Trouble(Code),
    /// The rep said something that could not be understood.
    Unclear,
    /// The call will end for this reason, unless something changes.
    Soon {
        /// The reason.
        end: CallEnd,
        /// When, from now; `None` where it is not a question of time.
        left: Option<Millis>,
    },
}

/// Where the call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nobody asked for it.
    Idle,
    /// Before another try.
    Waiting { until: Millis },
    /// The offer is out.
    Connecting { since: Millis, answered: bool },
    /// Talking, or paused.
    Open,
    /// Over; what is still being written down is waited for.
    Ending { since: Millis },
    /// Over.
    Done,
}

/// One call, over all its connections.
#[derive(Debug)]
pub struct Call {
    plan: Plan,
    state: State,
    conversation: Conversation,
    /// Everything that was said, for the next session.
    said: Vec<(Speaker, String)>,
    attempt: u32,
    /// It was connected once.
    begun: bool,
    /// Something of a connection is there to be closed.
    linked: bool,
    /// Since when nothing passes.
    shaky: Option<Millis>,
    lost_by: CallEnd,
    /// When the last connection was there.
    opened: Millis,
    /// Connections in a row that were lost at once.
    flaps: u32,
    end: Option<CallEnd>,
    error: Option<Error>,
    /// The service said what ends the call; it does once everything else that it said was dealt with.
    told_end: Option<Code>,
    told_stage: Option<(CallStage, u32)>,
    paused: Option<Millis>,
    muted: bool,
    told_mute: Option<bool>,
    held: Held,
    /// With the button an answer was cancelled of which nothing was heard yet.
    cancelled_answer: bool,
    asking: Asking,
    /// The first answer waits for the session to be as it was asked for, until then.
    opening: Option<Millis>,
    /// Steering that waits for a connection.
    steering: VecDeque<ClientEvent>,
    /// An answer is owed for what the rep said when it paused.
    owes_answer: bool,
    /// Words of the rep are still to come, until then.
    owes_words: Option<Millis>,
    /// When another recogniser was asked for.
    fell_back: Option<Millis>,
    /// It was said that nothing is written down.
    told_unwritten: bool,
    leaving: Option<Millis>,
    expires: Option<Millis>,
    last_voice: Millis,
    active_ms: i64,
    figures: Figures,
    warned: Warned,
    seen: Option<Millis>,
    /// What is added to a clock that was set back.
    shift: i64,
}

impl Call {
    /// A call that nobody asked for yet.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let said = plan.history.clone();
        let figures = Figures::new(plan.prices, plan.transcription_price);
        Self {
            plan,
            state: State::Idle,
            conversation: Conversation::new(),
            said,
            attempt: 0,
            begun: false,
            linked: false,
            shaky: None,
            lost_by: CallEnd::ConnectionLost,
            opened: Millis(0),
            flaps: 0,
            end: None,
            error: None,
            told_end: None,
            told_stage: None,
            paused: None,
            muted: false,
            told_mute: None,
            held: Held::default(),
            cancelled_answer: false,
            asking: Asking::default(),
            opening: None,
            steering: VecDeque::new(),
            owes_answer: false,
            owes_words: None,
            fell_back: None,
            told_unwritten: false,
            leaving: None,
            expires: None,
            last_voice: Millis(0),
            active_ms: 0,
            figures,
            warned: Warned::default(),
            seen: None,
            shift: 0,
        }
    }

    /// What is to be done about this. Any input may come in any state. The clock is the world's (UTC), since the service tells by it when a session ends; it may be
    /// set back.
    pub fn handle(&mut self, now: Millis, input: Input<'_>) -> Vec<Output> {
        let mut out = Vec::new();
        if self.state == State::Done {
            return out;
        }
        let (now, gap) = self.clock(now);
        if gap >= SLEEP_MS && self.state == State::Open {
            self.lose(now, CallEnd::Slept, &mut out);
        } else if self.is_live() {
            self.active_ms += gap;
        }
        match input {
            Input::Open => self.open(now),
            Input::Answered => self.answered(),
            Input::LinkOpen | Input::Link(Link::Open) => self.link_open(now, &mut out),
            Input::Link(Link::Connected) => self.shaky = None,
            Input::Link(Link::Disconnected) => _ = self.shaky.get_or_insert(now),
            Input::Link(Link::Failed) => self.link_failed(now, &mut out),
            Input::Link(Link::MicrophoneLost) | Input::MicrophoneLost => self.microphone_lost(now, &mut out),
            Input::Message(message) => self.message(now, message, &mut out),
            Input::Control(control) => self.control(now, &control, &mut out),
            Input::Tick => self.tick(now, &mut out),
            Input::Refused(error) => self.refused(now, error, &mut out),
            Input::RecogniserRefused => self.fall_back(now, &mut out),
            Input::CustomerDone if self.state == State::Idle => {}
            Input::CustomerDone => self.leaving = self.leaving.or(Some(now)),
            Input::Send(event) => self.steer(event, &mut out),
        }
        self.pass(now, &mut out);
        self.tell_stage(&mut out);
        out
    }

    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> CallStage {
        match self.state {
            State::Idle => CallStage::Idle,
            State::Waiting { .. } | State::Connecting { .. } if self.begun => CallStage::Reconnecting,
            State::Waiting { .. } | State::Connecting { .. } => CallStage::Connecting,
            State::Open if self.paused.is_some() => CallStage::Paused,
            State::Open => CallStage::Live,
            State::Ending { .. } => CallStage::Ending,
            State::Done => CallStage::Done,
        }
    }

    /// The session with the other recogniser, where there is one that was not asked for yet.
    #[must_use]
    pub fn other_session(&self) -> Option<SessionConfig> {
        let fallback = self.plan.fallback.as_ref().filter(|_| self.fell_back.is_none())?;
        let mut session = self.plan.session.clone();
        session.audio.as_mut()?.input.as_mut()?.transcription = Some(Some(fallback.transcription.clone()));
        Some(session)
    }

    /// Everything that was said so far, what was said before the call included.
    #[must_use]
    pub fn said(&self) -> &[(Speaker, String)] {
        &self.said
    }

    /// Milliseconds of talk, without pauses and lost connections.
    #[must_use]
    pub fn active(&self) -> Millis {
        Millis(self.active_ms)
    }

    fn is_live(&self) -> bool {
        self.state == State::Open && self.paused.is_none()
    }

    /// A clock that only goes forward, and how far it went.
    fn clock(&mut self, now: Millis) -> (Millis, i64) {
        let mut here = now.0.saturating_add(self.shift);
        let seen = self.seen.map_or(here, |seen| seen.0);
        if here < seen {
            self.shift = self.shift.saturating_add(seen - here);
            here = seen;
        }
        self.seen = Some(Millis(here));
        (Millis(here), here.saturating_sub(seen))
    }

    /// Tells where it stands, where that is somewhere else.
    fn tell_stage(&mut self, out: &mut Vec<Output>) {
        let connecting = matches!(self.state, State::Waiting { .. } | State::Connecting { .. });
        let now = (self.stage(), if connecting { self.attempt } else { 0 });
        if now.0 != CallStage::Idle && self.told_stage != Some(now) {
            self.told_stage = Some(now);
            let over = matches!(self.state, State::Ending { .. } | State::Done);
            let (end, error) = if over { (self.end, self.error.clone()) } else { (None, None) };
            out.push(Output::Stage { stage: now.0, attempt: now.1, end, error });
        }
    }

    fn send(&self, event: &ClientEvent, out: &mut Vec<Output>) {
        if matches!(self.state, State::Open | State::Ending { .. }) {
            out.push(Output::Send(event.message()));
        }
    }
}

#[cfg(test)]
mod tests;
