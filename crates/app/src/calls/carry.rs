//! Carrying out what the machine of a call says.

use std::collections::VecDeque;

use sellme_core::{
    Millis,
    id::SessionId,
    session::Signal,
    wire::{CallEvent, CallStage},
};
use sellme_voice::{
    call::{Input, Output},
    conversation,
};

use super::{Told, talk::Talk};
use crate::{App, Store};

impl<S: Store> App<S> {
    pub(super) async fn put(&self, id: SessionId, input: Input<'_>) {
        let seat = self.calls.seat(id);
        let mut held = seat.lock().await;
        if let Some(talk) = held.as_mut() {
            self.run(id, talk, input).await;
        }
    }

    /// Lets the time pass that an ending call waits at most.
    pub(super) async fn end_now(&self, id: SessionId, talk: &mut Talk) {
        let later = Millis(self.device.now().0 + conversation::ENDING_MS);
        let outputs = talk.call.handle(later, Input::Tick);
        self.carry_out(id, talk, outputs).await;
    }

    pub(super) async fn run(&self, id: SessionId, talk: &mut Talk, input: Input<'_>) {
        let now = self.device.now();
        if let Some(asleep) = talk.see(now) {
            self.line_is(id, asleep, false).await;
        }
        let outputs = talk.call.handle(now, input);
        self.carry_out(id, talk, outputs).await;
    }

    /// The clock of the practice runs while there is a line. An attempt that is over has none any more.
    async fn line_is(&self, id: SessionId, at: Millis, open: bool) {
        if let Err(error) = self.line(id, at, open).await {
            tracing::debug!(code = ?error.code, "a line opened or closed in an attempt that is over");
        }
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
                    talk.posted = None;
                    if !(first && attempt == 1) {
                        talk.tell(CallEvent::Reconnect);
                    }
                }
                Output::Send(message) => talk.tell(CallEvent::Send { message }),
                Output::HangUp => talk.at_service.take().into_iter().for_each(|call| self.partings.begin(&talk.service, call)),
                Output::Close => {
                    talk.posted = None;
                    talk.tell(CallEvent::Close);
                }
                Output::Mute(on) => (talk.told)(Told::Mute(on)),
                Output::ClearPlayout => (talk.told)(Told::ClearPlayout),
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
                        // No connection of it is made any more, however late.
                        talk.wish.iter().for_each(|wish| wish.end());
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
}
