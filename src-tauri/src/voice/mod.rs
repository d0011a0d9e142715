//! Talking by voice, as this host does it: which service, with which key, and whose sound.

mod answering;
mod listed;
#[cfg(target_os = "linux")]
mod microphone;
#[cfg(target_os = "linux")]
mod native;
#[cfg(test)]
mod tests;
mod ticking;

use std::sync::Arc;

use sellme_app::{CallWish, Listener, Service, Told, VoiceHost};
use sellme_core::{
    Code, Error,
    error::Result,
    id::SessionId,
    wire::{CallAnswer, CallEvent, CallOffer, KeyState, KeyTest, Settings, VoiceView},
};
use sellme_voice::provider::{Attempt, Key, ModelListed, Target, key_test};

use crate::{host::Host, keys::Keys};
use answering::Answering;
use listed::Listed;
use ticking::Ticking;

/// Keys, the service that was asked last, and the calls that go on.
#[derive(Debug, Default)]
pub(crate) struct Voice {
    keys: Keys,
    /// What stands in for OpenAI.
    instead: Option<String>,
    answering: Answering,
    listed: Listed,
    ticking: Ticking,
    #[cfg(target_os = "linux")]
    listening: microphone::Microphone,
    #[cfg(target_os = "linux")]
    carrying: native::Carrying,
}

impl Voice {
    /// With what stands in for OpenAI, where something does.
    pub(crate) fn new(instead: Option<String>) -> Self {
        Self { instead, ..Self::default() }
    }

    fn target(&self, settings: &Settings) -> Result<Target> {
        Target::chosen(&settings.voice, self.instead.as_deref())
    }

    /// The models that this service has; what it answers is kept.
    async fn models(&self, target: Target, key: Option<&Key>) -> Result<Vec<ModelListed>> {
        target.needed(key)?;
        let models = self.answering.models(&target, key).await?;
        self.listed.keep(target, models.clone());
        Ok(models)
    }

    /// This service, with its key, for the calls of this attempt.
    async fn service(&self, target: Target, attempt: Attempt) -> Result<Service> {
        let key = self.keys.get(&target).await;
        target.needed(key.as_ref())?;
        let (kind, offer) = (target.kind, target.offer);
        Ok(Service { provider: self.answering.provider(target, attempt).await?, key, kind, offer })
    }
}

impl Host {
    /// What talking by voice needs, as far as it is known here.
    pub(crate) async fn voice(&self) -> Result<VoiceView> {
        let (app, voice) = (self.app()?, self.speech());
        let native = cfg!(target_os = "linux");
        let host = match voice.target(&app.settings().await?) {
            Ok(target) => {
                let (key, listed) = (voice.keys.state(&target).await, voice.listed.of(&target));
                VoiceHost { host: target.address.host(), key, native, listed }
            }
            // No address yet: there is nobody to have a key for.
            Err(_) => VoiceHost { host: String::new(), key: KeyState::Missing, native, listed: Vec::new() },
        };
        app.voice_view(host).await
    }

    /// The same, after the chosen service was asked which models it has. Where it does not answer, or nobody has given a key, it is what is known.
    pub(crate) async fn ask_service(&self) -> Result<VoiceView> {
        let voice = self.speech();
        if let Ok(target) = voice.target(&self.app()?.settings().await?)
            && !voice.listed.is_fresh(&target)
        {
            let key = voice.keys.at_hand(&target).await;
            if let Err(error) = voice.models(target, key.as_ref()).await {
                tracing::debug!(code = ?error.code, "the service was not asked for its models");
            }
        }
        self.voice().await
    }

    /// Keeps the key of the chosen service.
    pub(crate) async fn save_key(&self, key: String) -> Result<VoiceView> {
        let key = Key::typed(key)?;
        let target = self.speech().target(&self.app()?.settings().await?)?;
        self.speech().keys.save(&target.address, key).await;
        self.speech().listed.forget();
        self.voice().await
    }

    /// Forgets the key of the chosen service.
    pub(crate) async fn remove_key(&self) -> Result<VoiceView> {
        let target = self.speech().target(&self.app()?.settings().await?)?;
        self.speech().listed.forget();
        self.speech().keys.remove(&target.address).await?;
        self.voice().await
    }

    /// Asks the chosen service whether it takes the key.
    pub(crate) async fn test_key(&self) -> Result<KeyTest> {
        let (voice, model) = (self.speech(), self.voice().await?.model);
        let target = voice.target(&self.app()?.settings().await?)?;
        let key = voice.keys.get(&target).await;
        target.needed(key.as_ref())?;
        let answer = voice.models(target, key.as_ref()).await;
        Ok(key_test(&answer, &model))
    }

    /// Opens a call: of the webview, with its offer; or with this machine's own sound.
    pub(crate) async fn open_call(&self, id: SessionId, offer: CallOffer, events: Tell) -> Result<CallAnswer> {
        // Before anything is waited for: a hang-up from here on ends it.
        let wish = self.app()?.want_call(id);
        let answer = match offer.sdp {
            Some(sdp) => {
                let listener: Listener = Arc::new(move |told| {
                    if let Told::Event(event) = told {
                        events(event);
                    }
                });
                let service = self.service(id).await?;
                self.negotiate(&wish, service, sdp, listener).await?
            }
            #[cfg(target_os = "linux")]
            None => native::open(self.clone(), wish, events).await?,
            #[cfg(not(target_os = "linux"))]
            None => return Err(Error::new(Code::NoMicrophone, "Here the window itself carries the sound.")),
        };
        Ok(answer)
    }

    /// The chosen service, with its key, for the calls of this attempt.
    async fn service(&self, id: SessionId) -> Result<Service> {
        let app = self.app()?;
        let target = self.speech().target(&app.settings().await?)?;
        let session = app.session(id).await?.session;
        let attempt = Attempt { session: id, scenario: session.scenario_id, visibility: session.visibility };
        self.speech().service(target, attempt).await
    }

    /// Has an offer answered by a service; from then on time passes for the call.
    async fn negotiate(&self, wish: &CallWish, service: Service, sdp: String, listener: Listener) -> Result<CallAnswer> {
        let (host, wish) = (self.clone(), wish.clone());
        // On its own: a service that has taken an offer is told when that is of no use, even where nobody waits for its answer any more.
        let opening = tokio::spawn(async move {
            let opened = host.app()?.open_call(&wish, &sdp, service, listener).await;
            // Refused or not: what came of it is stored.
            let (theirs, id) = (host.clone(), wish.id());
            host.speech().ticking.begin(id, move || theirs.clone().tick(id));
            opened
        });
        opening.await.map_err(|_| Error::new(Code::Internal, "The call could not be opened. Try again, or go on by typing."))?
    }

    async fn tick(self, id: SessionId) -> bool {
        match self.app() {
            Ok(app) => app.tick_call(id).await,
            Err(_) => false,
        }
    }

    /// Ends every call before the program ends: what was said is stored, recordings are finished, services are told.
    pub(crate) async fn end_calls(&self) {
        let Some(app) = self.app_in_use() else { return };
        // It is logged already, and the program ends.
        let _ = app.end_calls().await;
        #[cfg(target_os = "linux")]
        self.speech().carrying.all().await;
        app.parted().await;
    }
}

/// Tells the window what happens.
pub(crate) type Tell = Arc<dyn Fn(CallEvent) + Send + Sync>;

/// Does what may take a moment where it holds up nobody.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let failed = |_| Error::new(Code::Internal, "The machine could not be asked. Try again, or go on by typing.");
    tokio::task::spawn_blocking(work).await.map_err(failed)
}
