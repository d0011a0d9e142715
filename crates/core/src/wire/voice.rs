//! Talking by voice: what this device can do, what is chosen, and what happens in a call.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Cents, Code, Millis,
    customer::CustomerState,
    session::{Signal, Speaker, Turn},
};

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

/// What the window asks of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CallControl {
    /// The microphone is shut or open.
    Mute {
        /// Shut.
        on: bool,
    },
    /// Push-to-talk: the button is held.
    Press,
    /// Push-to-talk: the button is let go.
    Release,
    /// The customer stops talking.
    Quiet,
    /// The customer says its last line again.
    Repeat,
    /// The clock stops, nobody hears or speaks.
    Pause,
    /// It goes on.
    Resume,
    /// Ends the call; what is still being written down is waited for.
    HangUp,
}

/// What a webview's connection says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// The data channel is open.
    Open,
    /// Sound passes again after it had stopped.
    Connected,
    /// Nothing passes; it may come back.
    Disconnected,
    /// It does not come back.
    Failed,
    /// The microphone is gone.
    MicrophoneLost,
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CallStage {
    /// Not begun.
    Idle,
    /// The offer is out.
    Connecting,
    /// Talking.
    Live,
    /// The rep stopped the clock.
    Paused,
    /// The connection is lost and being made again.
    Reconnecting,
    /// Over; what is still being written down is waited for.
    Ending,
    /// Over.
    Done,
}

/// Why a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CallEnd {
    /// The rep ended it, or goes on by typing.
    HungUp,
    /// The customer decided and took leave.
    CustomerDone,
    /// The connection could not be made, or not again.
    ConnectionLost,
    /// The service refused: key, quota, model.
    Refused,
    /// The service's longest session is over.
    SessionExpired,
    /// Our own longest call is over.
    TimeCap,
    /// Our own most money is spent.
    CostCap,
    /// Nobody spoke for long.
    NobodySpoke,
    /// The microphone is gone.
    MicrophoneLost,
    /// The machine slept.
    Slept,
}

/// Figures of a call so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CallFigures {
    /// From the end of the rep's speech to the customer's first sound, the last answer, in milliseconds.
    pub latency: Option<Millis>,
    /// The same, the middle of all answers.
    pub usual_latency: Option<Millis>,
    /// What it cost so far, in thousandths of a cent; `null` where no price is known.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub cost_millicents: Option<u64>,
}

/// What happens in a call, as the window is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CallEvent {
    /// It stands elsewhere now.
    Stage {
        /// Where.
        stage: CallStage,
        /// Which try, while it is being made again; from 1.
        attempt: u32,
        /// Why it is over, once it is.
        end: Option<CallEnd>,
        /// What was refused, where something was.
        error: Option<crate::Error>,
    },
    /// The webview puts this on its data channel, as it is.
    Send {
        /// The message.
        message: String,
    },
    /// The webview makes a new connection: opens the call again with a new offer.
    Reconnect,
    /// The webview closes its connection.
    Close,
    /// Who speaks; `null` is nobody.
    Speaking {
        /// Who.
        speaker: Option<Speaker>,
    },
    /// Words of a turn that is not finished; each replaces the one before.
    Caption {
        /// Whose.
        speaker: Speaker,
        /// The words so far.
        text: String,
    },
    /// A turn is finished and stored.
    Turn {
        /// The turn.
        turn: Turn,
        /// What the customer did in it.
        signals: Vec<Signal>,
        /// How the customer stands.
        state: CustomerState,
    },
    /// What was said could not be understood; no turn came of it.
    Unclear,
    /// Something does not work as it should and the call goes on.
    Trouble {
        /// What.
        code: Code,
    },
    /// What did not work as it should works again.
    Recovered {
        /// What.
        code: Code,
    },
    /// The call will end for this reason, unless something changes.
    Soon {
        /// The reason.
        end: CallEnd,
        /// When, from now; `null` where it is not a question of time.
        left_ms: Option<Millis>,
    },
    /// How loud it is on both sides, 0 to 1 (only where the host carries the sound).
    Levels {
        /// The rep's microphone.
        rep: f32,
        /// The customer.
        customer: f32,
    },
    /// Figures of the call.
    Figures {
        /// So far.
        figures: CallFigures,
    },
}

/// How the webview's own sound is carried: an offer to be answered. Without one the host carries the sound itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CallOffer {
    /// The session description; `null` where the host carries the sound.
    pub sdp: Option<String>,
}

/// A call that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CallAnswer {
    /// The answer to the webview's offer.
    pub sdp: Option<String>,
}

/// Whose sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Track {
    /// The rep's microphone.
    Rep,
    /// The customer's voice.
    Customer,
}

/// A recording of a session: one Opus file a side. Both begin at the same moment of the practice's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RecordingView {
    /// Sides that are there.
    pub tracks: Vec<Track>,
    /// Media type of the files.
    pub media_type: String,
    /// Where in the practice they begin.
    pub begins_ms: Millis,
    /// When they go, UTC.
    pub goes_at: Millis,
}

/// How the calls of a session went: shown beside the rep's measures, never among them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VoiceRecord {
    /// Answers of the customer that were timed, from the end of the rep's speech to the first sound.
    pub answers: u32,
    /// The middle of them, in milliseconds.
    pub usual_latency: Option<Millis>,
    /// The slowest of them, in milliseconds.
    pub slowest_latency: Option<Millis>,
    /// Times that the customer fell out of its role and was put back.
    pub role_slips: u32,
    /// Model of the last call.
    pub model: String,
    /// What the calls cost, in thousandths of a cent; `null` where no price is known.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub cost_millicents: Option<u64>,
    /// The recording, while there is one.
    pub recording: Option<RecordingView>,
}
