//! Calls as use cases: opened, fed, steered, ended. Whoever carries the sound, a webview or the host, asks for the same.

use std::collections::VecDeque;

use sellme_core::{
    Code, Error, Millis,
    error::Result,
    id::SessionId,
    session::{Signal, Speaker},
    wire::{CallAnswer, CallControl, CallEvent, CallStage, Link},
};
use sellme_voice::{
    call::{Input, Output},
    conversation,
    events::ClientEvent,
    provider::Opened,
};

use super::{Listener, Service, Told, offer::post, plan::plan, talk::Talk};
use crate::{App, Store, spoken::Spoken};

impl<S: Store> App<S> {
    /// Opens the call of an attempt with an offer, or opens it again where it was lost. From then on `told` hears what happens, until the call is over; whoever
    /// opened it calls [`App::tick_call`] a few times a second for as long.
    ///
    /// # Errors
    /// An attempt that is over; what the service refuses: then the call is over too. What was said before is kept.
    pub async fn open_call(&self, id: SessionId, offer: &str, service: Service, told: Listener) -> Result<CallAnswer> {
        let seat = self.calls.seat(id);
        let (session, other) = {
            let mut held = seat.lock().await;
            match held.as_mut().filter(|talk| talk.wants_connection()) {
                // A lost connection is made again: the same call goes on.
                Some(talk) => {
                    talk.told = told;
                    (talk.session.clone(), talk.other_session())
                }
                None => {
                    if let Some(mut earlier) = held.take() {
                        self.run(id, &mut earlier, Input::Control(CallControl::HangUp)).await;
                        self.end_now(id, &mut earlier).await;
                    }
                    let brief = self.voice_brief(id).await?;
                    let plan = plan(&brief, &self.settings().await?.voice, &service, self.device.now())?;
                    let unreadable = |error| Error::new(Code::Internal, format!("The session could not be written: {error}"));
                    let talk = Talk::new(plan, brief.scenario, service.clone(), told, self.device.now()).map_err(unreadable)?;
                    let talk = held.insert(talk);
                    // The connection that it asks for is the one that the offer is for.
                    self.run(id, talk, Input::Open).await;
                    (talk.session.clone(), talk.other_session())
                }
            }
        };
        let (opened, other) = post(&service, &session, other, offer).await;
        let mut held = seat.lock().await;
        // The rep has hung up meanwhile: nobody is there to talk.
        let Some(talk) = held.as_mut().filter(|talk| talk.wants_connection()) else {
            if let Ok(Opened { call: Some(call), .. }) = opened {
                drop(service.provider.hang_up(service.key.as_ref(), &call).await);
            }
            return Err(Error::new(Code::WrongState, "The call was ended before it began."));
        };
        if let Some(other) = other {
            talk.session = other;
            self.run(id, talk, Input::RecogniserRefused).await;
        }
        match opened {
            Ok(opened) => {
                talk.at_service = opened.call;
                self.run(id, talk, Input::Answered).await;
                Ok(CallAnswer { sdp: Some(opened.answer) })
            }
            Err(error) => {
                self.run(id, talk, Input::Refused(error.clone())).await;
                Err(error)
            }
        }
    }

    /// A message of the data channel, as it came.
    pub async fn call_message(&self, id: SessionId, message: &str) {
        self.put(id, Input::Message(message)).await;
    }

    /// What the connection says of itself.
    pub async fn call_link(&self, id: SessionId, link: Link) {
        let input = match link {
            Link::Open => Input::LinkOpen,
            Link::MicrophoneLost => Input::MicrophoneLost,
            link => Input::Link(link),
        };
        self.put(id, input).await;
    }

    /// What the rep asks for. With a pause the clock of the attempt stops too.
    ///
    /// # Errors
    /// Where the clock cannot be stopped: an attempt that is over, what the store refuses.
    pub async fn control_call(&self, id: SessionId, control: CallControl) -> Result<()> {
        match control {
            CallControl::Pause => drop(self.pause(id).await?),
            CallControl::Resume => drop(self.resume(id).await?),
            _ => {}
        }
        self.put(id, Input::Control(control)).await;
        Ok(())
    }

    /// Lets time pass for a call, and tells the service of connections that ended. False once the call is over and everything of it is stored.
    pub async fn tick_call(&self, id: SessionId) -> bool {
        self.put(id, Input::Tick).await;
        let seat = self.calls.seat(id);
        let mut held = seat.lock().await;
        let Some(talk) = held.as_mut() else { return false };
        let (service, partings) = (talk.service.clone(), std::mem::take(&mut talk.partings));
        let over = talk.is_over();
        if over {
            *held = None;
        }
        drop(held);
        for call in partings {
            if let Err(error) = service.provider.hang_up(service.key.as_ref(), &call).await {
                tracing::warn!(code = ?error.code, "a call was not ended at the service; it ends by itself");
            }
        }
        !over
    }

    /// Ends the call of an attempt now, where there is one: what is still being written down is not waited for.
    pub(crate) async fn end_call(&self, id: SessionId) {
        let seat = self.calls.seat(id);
        let mut held = seat.lock().await;
        let Some(talk) = held.as_mut() else { return };
        self.run(id, talk, Input::Control(CallControl::HangUp)).await;
        self.end_now(id, talk).await;
    }

    /// Ends every call now, before the program ends or everything is deleted.
    pub async fn end_calls(&self) {
        for id in self.calls.ids() {
            self.end_call(id).await;
        }
    }

    async fn put(&self, id: SessionId, input: Input<'_>) {
        let seat = self.calls.seat(id);
        let mut held = seat.lock().await;
        if let Some(talk) = held.as_mut() {
            self.run(id, talk, input).await;
        }
    }

    /// Lets the time pass that an ending call waits at most.
    async fn end_now(&self, id: SessionId, talk: &mut Talk) {
        let later = Millis(self.device.now().0 + conversation::ENDING_MS);
        let outputs = talk.call.handle(later, Input::Tick);
        self.carry_out(id, talk, outputs).await;
    }

    async fn run(&self, id: SessionId, talk: &mut Talk, input: Input<'_>) {
        let now = self.device.now();
        if let Some(asleep) = talk.see(now) {
            self.line_is(id, asleep, false).await;
        }
        let outputs = talk.call.handle(now, input);
        self.carry_out(id, talk, outputs).await;
    }

    /// Does what the machine says, in its order, and what follows from that.
    async fn carry_out(&self, id: SessionId, talk: &mut Talk, outputs: Vec<Output>) {
        let first = talk.at_service.is_none() && talk.call.stage() == CallStage::Connecting;
        let mut outputs = VecDeque::from(outputs);
        outputs.extend(self.store_turns(id, talk).await);
        while let Some(output) = outputs.pop_front() {
            match output {
                // The first connection is asked for by the one who makes it.
                Output::Connect { attempt } => {
                    if !(first && attempt == 1) {
                        talk.tell(CallEvent::Reconnect);
                    }
                }
                Output::Send(message) => talk.tell(CallEvent::Send { message }),
                Output::HangUp => talk.partings.extend(talk.at_service.take()),
                Output::Close => talk.tell(CallEvent::Close),
                Output::Mute(on) => (talk.told)(Told::Mute(on)),
                Output::Turn(spoken) => {
                    talk.unstored.push_back(spoken);
                    outputs.extend(self.store_turns(id, talk).await);
                }
                Output::Caption { speaker, text } => talk.tell(CallEvent::Caption { speaker, text }),
                Output::Speaking(speaker) => talk.tell(CallEvent::Speaking { speaker }),
                Output::Signal { name, arguments, .. } => outputs.extend(self.reported(talk, &name, &arguments.to_string())),
                Output::Figures(figures) => talk.tell(CallEvent::Figures { figures }),
                Output::Answered(latency) => talk.answered(latency),
                Output::Trouble(code) => talk.tell(CallEvent::Trouble { code }),
                Output::Unclear => talk.tell(CallEvent::Unclear),
                Output::Soon { end, left } => talk.tell(CallEvent::Soon { end, left_ms: left }),
                Output::Stage { stage, attempt, end, error } => {
                    talk.end = end.or(talk.end);
                    // In a pause it is the rep who stopped the clock.
                    if stage != CallStage::Paused {
                        self.line_is(id, self.device.now(), stage == CallStage::Live).await;
                    }
                    if stage == CallStage::Done {
                        self.keep_record(id, talk, &mut outputs).await;
                    }
                    talk.tell(CallEvent::Stage { stage, attempt, end, error });
                }
            }
        }
    }

    /// What a function of ours reports; a decision is the beginning of the end.
    fn reported(&self, talk: &mut Talk, name: &str, arguments: &str) -> Vec<Output> {
        let Some(signal) = Signal::from_call(name, arguments, &talk.scenario) else { return Vec::new() };
        let decided = matches!(signal, Signal::Decide { .. });
        talk.reported.push(signal);
        if decided { talk.call.handle(self.device.now(), Input::CustomerDone) } else { Vec::new() }
    }

    /// Stores the turns that are finished, in their order. One that cannot be stored holds up those after it and is tried again with whatever happens next.
    async fn store_turns(&self, id: SessionId, talk: &mut Talk) -> Vec<Output> {
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
                }
                // It was ended elsewhere, or there was nothing in it: nothing can be added to it any more.
                Err(error) if matches!(error.code, Code::WrongState | Code::NotFound | Code::InvalidInput) => {}
                Err(error) => {
                    tracing::warn!(code = ?error.code, "a spoken turn could not be stored yet");
                    talk.tell(CallEvent::Trouble { code: error.code });
                    talk.reported.splice(0..0, signals);
                    talk.unstored.push_front(spoken);
                    break;
                }
            }
        }
        outputs
    }

    /// The clock of the practice runs while there is a line. An attempt that is over has none any more.
    async fn line_is(&self, id: SessionId, at: Millis, open: bool) {
        if let Err(error) = self.line(id, at, open).await {
            tracing::debug!(code = ?error.code, "a line opened or closed in an attempt that is over");
        }
    }

    /// Stores how the call went. What the customer reported after its last word is a turn without words.
    async fn keep_record(&self, id: SessionId, talk: &mut Talk, outputs: &mut VecDeque<Output>) {
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
