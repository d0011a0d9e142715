//! What talking by voice needs, as it is shown before a call.

use sellme_core::{
    error::Result,
    wire::{KeyState, ProviderKind, VoiceView},
};
use sellme_voice::data::voice_data;

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
        };
        let open_ai = settings.provider == ProviderKind::OpenAi;
        Ok(VoiceView {
            provider: settings.provider,
            host: host.host,
            key: host.key,
            native: host.native,
            models: if open_ai { data.choices(today).into_iter().map(str::to_owned).collect() } else { Vec::new() },
            voices: if open_ai { data.voices.clone() } else { Vec::new() },
            // Of what a person can choose: the recogniser is the program's own choice and has another one to fall back on.
            retiring: if open_ai { data.retiring(&[model.as_str()], today) } else { Vec::new() },
            estimate: if open_ai { data.estimate(&model, data.usual_minutes()) } else { None },
            model,
            voice,
        })
    }
}
