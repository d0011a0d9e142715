//! Calls as use cases: opened, fed, steered, ended. Whoever carries the sound, a webview or the host, asks for the same.

use std::{sync::Arc, time::Duration};

use sellme_core::{
    Code, Error,
    error::Result,
    id::SessionId,
    wire::{CallAnswer, CallControl, Link},
};
use sellme_voice::{call::Input, provider::Opened};

use super::{CallWish, Listener, Service, offer::post, plan::plan, talk::Talk};
use crate::{App, Store};

/// How long the last words are waited for where the program ends.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// How often it is looked whether they have come.
const BEAT: Duration = Duration::from_millis(50);

impl<S: Store> App<S> {
    /// Somebody wants a call of this attempt: to be asked for before anything is prepared. Whatever takes its time then, a hang-up meanwhile ends it.
    pub fn want_call(&self, id: SessionId) -> CallWish {
        self.wishes.make(id)
    }

    /// Opens the call of an attempt with an offer, or opens it again where it was lost. From then on `told` hears what happens, until the call is over; whoever
    /// opened it calls [`App::tick_call`] a few times a second for as long.
    ///
    /// # Errors
    /// A wish that is over, an attempt that is over; what the service refuses: then the call is over too. What was said before is kept; where it cannot be stored
    /// yet, no other call is opened.
    pub async fn open_call(&self, wish: &CallWish, offer: &str, service: Service, told: Listener) -> Result<CallAnswer> {
        let id = wish.id();
        let seat = self.calls.seat(id);
        let (session, other, posted) = {
            let mut held = seat.lock().await;
            wish.check()?;
            let talk = match held.as_mut().filter(|talk| talk.wants_connection()) {
                // A lost connection is made again: the same call goes on.
                Some(talk) => {
                    talk.told = told;
                    talk
                }
                None => {
                    self.end_earlier(wish, &mut held).await?;
                    let brief = self.voice_brief(id).await?;
                    let plan = plan(&brief, &self.settings().await?.voice, &service, self.device.now())?;
                    let unreadable = |error| Error::new(Code::Internal, format!("The session could not be written: {error}"));
                    let talk = Talk::new(plan, brief.scenario, service.clone(), told, self.device.now()).map_err(unreadable)?;
                    let talk = held.insert(talk);
                    // The connection that it asks for is the one that the offer is for.
                    self.run(id, talk, Input::Open).await;
                    talk
                }
            };
            talk.wish = Some(wish.clone());
            let posted = Arc::new(());
            talk.posted = Some(Arc::clone(&posted));
            (talk.session.clone(), talk.other_session(), posted)
        };
        let (opened, other) = post(&service, &session, other, offer).await;
        let mut held = seat.lock().await;
        // The rep has hung up meanwhile, or the try was given up and another is made: nobody is there to talk.
        let Some(talk) = held.as_mut().filter(|talk| talk.waits_for(&posted)) else {
            if let Ok(Opened { call: Some(call), .. }) = opened {
                self.partings.begin(&service, call);
            }
            return Err(Error::new(Code::WrongState, "The call was ended before it began."));
        };
        if let Some(other) = other {
            talk.session = other;
            self.run(id, talk, Input::RecogniserRefused).await;
        }
        match opened {
            Ok(opened) => {
                let earlier = std::mem::replace(&mut talk.at_service, opened.call);
                earlier.into_iter().for_each(|call| self.partings.begin(&service, call));
                self.run(id, talk, Input::Answered).await;
                Ok(CallAnswer { sdp: Some(opened.answer) })
            }
            Err(error) => {
                self.run(id, talk, Input::Refused(error.clone())).await;
                Err(error)
            }
        }
    }

    /// Makes room for another call. An earlier one is over with that, and stays until every turn of it is stored.
    async fn end_earlier(&self, wish: &CallWish, held: &mut Option<Talk>) -> Result<()> {
        let Some(earlier) = held.as_mut() else { return Ok(()) };
        if earlier.wish.as_ref().is_some_and(|its| its.is(wish)) {
            return Err(Error::new(Code::WrongState, "The call has this connection already."));
        }
        self.run(wish.id(), earlier, Input::Control(CallControl::HangUp)).await;
        self.end_now(wish.id(), earlier).await;
        earlier.is_stored()?;
        *held = None;
        Ok(())
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

    /// A connection could not be made, for this reason.
    pub async fn call_refused(&self, id: SessionId, error: Error) {
        self.put(id, Input::Refused(error)).await;
    }

    /// What the rep asks for. With a pause the clock of the attempt stops too. A hang-up also ends a call that is only being prepared.
    ///
    /// # Errors
    /// Where the clock cannot be stopped: an attempt that is over, what the store refuses.
    pub async fn control_call(&self, id: SessionId, control: CallControl) -> Result<()> {
        match control {
            CallControl::Pause => drop(self.pause(id).await?),
            CallControl::Resume => drop(self.resume(id).await?),
            CallControl::HangUp => self.wishes.end(id),
            _ => {}
        }
        self.put(id, Input::Control(control)).await;
        Ok(())
    }

    /// Lets time pass for a call. False once it is over and everything of it is stored.
    pub async fn tick_call(&self, id: SessionId) -> bool {
        self.put(id, Input::Tick).await;
        let seat = self.calls.seat(id);
        let mut held = seat.lock().await;
        if held.as_ref().is_some_and(Talk::is_over) {
            *held = None;
        }
        held.is_some()
    }

    /// Ends the call of an attempt now, where there is one or is to be one: what is still being written down is not waited for.
    ///
    /// # Errors
    /// Why what was said cannot be stored yet: it is kept in memory and tried again.
    pub(crate) async fn end_call(&self, id: SessionId) -> Result<()> {
        self.wishes.end(id);
        let seat = self.calls.seat(id);
        let mut held = seat.lock().await;
        let Some(talk) = held.as_mut() else { return Ok(()) };
        self.run(id, talk, Input::Control(CallControl::HangUp)).await;
        self.end_now(id, talk).await;
        talk.is_stored()
    }

    /// Ends every call before the program ends, somebody else practises or everything is deleted. The last words are waited for, as at any end, but only for a
    /// moment; the clock of the practice is stored as it stands.
    ///
    /// # Errors
    /// Why what was said last cannot be stored yet: it is kept in memory and tried again.
    pub async fn end_calls(&self) -> Result<()> {
        self.wishes.end_all();
        let ids = self.calls.ids();
        for id in &ids {
            self.put(*id, Input::Control(CallControl::HangUp)).await;
        }
        let all_over = async {
            for id in &ids {
                while self.tick_call(*id).await {
                    tokio::time::sleep(BEAT).await;
                }
            }
        };
        // What is not over then is ended as it is.
        let _ = tokio::time::timeout(LAST_WORDS, all_over).await;
        let mut stored = Ok(());
        for id in ids {
            if let Err(error) = self.end_call(id).await {
                tracing::warn!(code = ?error.code, "the last words of a call were not stored");
                stored = Err(error);
            }
            // An attempt that is over has no clock.
            if let Err(error) = self.pause(id).await {
                tracing::debug!(code = ?error.code, "the clock of an attempt was not stopped");
            }
        }
        stored
    }

    /// Waits until services were told of every call that is over.
    pub async fn parted(&self) {
        self.partings.all().await;
    }
}
