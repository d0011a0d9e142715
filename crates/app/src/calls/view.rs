//! What talking by voice needs, as it is shown before a call.

use sellme_core::{
    error::Result,
    wire::{KeyState, ProviderKind, VoiceView},
};
use sellme_voice::{
    data::voice_data,
    provider::{ModelListed, has_model},
};

use crate::{App, Store};

/// What the host knows of a service.
#[derive(Debug, Clone)]
pub struct VoiceHost {
    /// The service's host; empty where none is set.
    pub host: String,
    /// Its key.
    pub key: KeyState,
    /// True where the host itself can carry a call.
    pub native: bool,
    /// The models that the service listed; empty where it was not asked or did not answer.
    pub listed: Vec<ModelListed>,
}

impl<S: Store> App<S> {
    /// What talking by voice needs: what was chosen, what there is to choose from, what it costs about.
    ///
    /// # Errors
    /// Where the settings or the built-in data cannot be read.
    pub async fn voice_view(&self, host: VoiceHost) -> Result<VoiceView> {
        let (settings, data) = (self.settings().await?.voice, voice_data()?);
        let today = self.device.now();
        let (model, voice) = match settings.provider {
            ProviderKind::OpenAi => (
                settings.model.clone().unwrap_or_else(|| data.defaults.model.clone()),
                settings.voice.clone().unwrap_or_else(|| data.defaults.voice.clone()),
            ),
            ProviderKind::Compatible => (settings.compatible.model.clone(), settings.compatible.voice.clone()),
            // It chooses both, and says neither.
            ProviderKind::Hub => (String::new(), String::new()),
        };
        let open_ai = settings.provider == ProviderKind::OpenAi;
        Ok(VoiceView {
            provider: settings.provider,
            host: host.host,
            key: host.key,
            native: host.native,
            models: if open_ai { data.choices(&host.listed, today).into_iter().map(str::to_owned).collect() } else { Vec::new() },
            voices: if open_ai { data.voices.clone() } else { Vec::new() },
            has_model: has_model(&host.listed, &model),
            // Of what a person can choose: the recogniser is the program's own choice and has another one to fall back on.
            retiring: if open_ai { data.retiring(&[model.as_str()], &host.listed, today) } else { Vec::new() },
            estimate: if open_ai { data.estimate(&model, data.usual_minutes()) } else { None },
            model,
            voice,
        })
    }
}
