//! What this device can do before a call: the service, its key, the sound devices.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ProviderKind;
use crate::Cents;

/// Where a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// In the system's keyring.
    Keyring,
    /// In this run's memory: no keyring answered.
    Memory,
    /// In the environment of the program (for development).
    Environment,
}

/// The key of the chosen service: never the key itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum KeyState {
    /// None is there.
    Missing,
    /// None is needed.
    NotNeeded,
    /// One is there.
    There {
        /// Its last four characters.
        last_four: String,
        /// Where it is.
        place: KeyPlace,
    },
}

/// A model that the service will end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Retirement {
    /// The model.
    pub model: String,
    /// The day, such as `2027-01-20`.
    pub on: String,
    /// What takes its place.
    pub replacement: Option<String>,
}

/// What the service's answer to one question says about the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct KeyTest {
    /// True where the service took the key.
    pub accepted: bool,
    /// True where it has the chosen model; `null` where it did not say.
    pub has_model: Option<bool>,
    /// Why not, where it did not.
    pub refusal: Option<crate::Error>,
}

/// What talking by voice needs, as far as the host knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VoiceView {
    /// Who answers.
    pub provider: ProviderKind,
    /// The service's host, such as `api.openai.com`; empty where none is set.
    pub host: String,
    /// Its key.
    pub key: KeyState,
    /// True where the host itself can carry a call, with the machine's own sound.
    pub native: bool,
    /// The model that is used.
    pub model: String,
    /// The voice that is used.
    pub voice: String,
    /// Models to choose from.
    pub models: Vec<String>,
    /// Voices to choose from.
    pub voices: Vec<String>,
    /// Whether the service has the model that is used, as it said when it was asked; `null` where it was not asked or did not say.
    pub has_model: Option<bool>,
    /// Models in use that the service will end.
    pub retiring: Vec<Retirement>,
    /// What a session of usual length costs, from and to; `null` where no price is known.
    pub estimate: Option<(Cents, Cents)>,
}

/// The machine's sound devices, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SoundDevices {
    /// Microphones.
    pub inputs: Vec<String>,
    /// Speakers.
    pub outputs: Vec<String>,
}

/// Sound at the microphone while it is tried, a few times a second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum MicrophoneEvent {
    /// How loud it is, 0 to 1.
    Level {
        /// Root mean square of the last moment, on a scale that fills a meter.
        level: f32,
        /// True where it is speech.
        speech: bool,
    },
    /// It stopped.
    Lost {
        /// Why.
        error: crate::Error,
    },
}
