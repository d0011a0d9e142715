//! What a person has chosen for talking by voice.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who answers a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// OpenAI.
    #[default]
    OpenAi,
    /// A server that speaks the same protocol.
    Compatible,
    /// The company's own server: it chooses model and voice, and has the key of whoever answers.
    Hub,
}

/// How the offer is posted to a compatible server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OfferForm {
    /// In parts: the offer and the session.
    #[default]
    Multipart,
    /// The offer alone; the session follows on the data channel.
    Sdp,
    /// As JSON: `{ "sdp", "model" }`, answered by JSON.
    Json,
    /// A client secret is minted with the session first, then the offer is posted alone with it.
    Minted,
}

/// How a compatible server is told who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeyForm {
    /// `Authorization: Bearer`.
    #[default]
    Bearer,
    /// `api-key`.
    ApiKey,
    /// Not at all.
    None,
}

/// How a compatible server is told that a call is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum HangUpForm {
    /// `POST …/hangup`.
    #[default]
    Post,
    /// `DELETE` of the call.
    Delete,
    /// By closing the connection.
    None,
}

/// How a compatible server wants to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Compatible {
    /// Its address, up to and with `/v1`.
    pub base_url: String,
    /// Its model; empty where it has one of its own.
    pub model: String,
    /// Its voice; empty where it has one of its own.
    pub voice: String,
    /// How the offer is posted.
    pub offer: OfferForm,
    /// How it is told who asks.
    pub key: KeyForm,
    /// How it is told that a call is over.
    pub hang_up: HangUpForm,
}

/// The company's own server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct HubSettings {
    /// Its address, such as `https://sell.pecosrivertraders.com`.
    pub address: String,
}

impl Default for HubSettings {
    // Whoever chooses the hub has its access token in hand and nothing else; without one nobody is asked.
    fn default() -> Self {
        Self { address: "https://sell.pecosrivertraders.com".to_owned() }
    }
}

/// How the microphone is used; it decides how noise is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Microphone {
    /// A headset, close to the mouth.
    #[default]
    Headset,
    /// The laptop's own, with its speaker beside it.
    Laptop,
}

/// What a person has chosen for talking by voice. `null` is as the program's data says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct VoiceSettings {
    /// Who answers.
    pub provider: ProviderKind,
    /// The compatible server.
    pub compatible: Compatible,
    /// The company's own server.
    pub hub: HubSettings,
    /// Model of OpenAI.
    pub model: Option<String>,
    /// Voice of the customer.
    pub voice: Option<String>,
    /// The microphone's name; the system's own choice where `null` or not there.
    pub input: Option<String>,
    /// The speaker's name.
    pub output: Option<String>,
    /// Headset or laptop.
    pub microphone: Microphone,
    /// Speaks only while a button is held.
    pub push_to_talk: bool,
    /// The practice partner's lines are spoken by the system's voice, where there is one.
    pub spoken_partner: bool,
    /// Records; `null` until the person was asked.
    pub recording: Option<bool>,
    /// Days that recordings are kept.
    pub recording_days: u32,
    /// Shows latency and cost in a conversation.
    pub show_figures: bool,
    /// The longest call, in minutes.
    pub longest_minutes: u32,
    /// The most that a call may cost.
    pub most_cents: u32,
}

impl Default for VoiceSettings {
    fn default() -> Self {
        Self {
            provider: ProviderKind::default(),
            compatible: Compatible::default(),
            hub: HubSettings::default(),
            model: None,
            voice: None,
            input: None,
            output: None,
            microphone: Microphone::default(),
            push_to_talk: false,
            spoken_partner: false,
            recording: None,
            recording_days: 30,
            show_figures: false,
            longest_minutes: 15,
            most_cents: 300,
        }
    }
}
