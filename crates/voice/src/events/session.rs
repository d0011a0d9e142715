//! The session object: how a call is to be held. Only what is set is sent, since what is sent replaces what the service has.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::read::{self, Object};

/// A session of kind `realtime`, as it is sent with the offer or by `session.update`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionConfig {
    /// Always `realtime`.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The model; it cannot change in a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The briefing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// `["audio"]` or `["text"]`, never both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_modalities: Option<Vec<Modality>>,
    /// Sound, in and out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio: Option<Audio>,
    /// Functions that the model may call; an empty list takes them away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<Tool>>,
    /// Whether it calls them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<ToolChoice>,
    /// Several at once; only for models that reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parallel_tool_calls: Option<bool>,
    /// How hard it thinks; only for models that reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<Reasoning>,
    /// The longest answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_output_tokens: Option<MaxTokens>,
    /// What is left out once the conversation is too long: `auto`, `disabled` or a rule of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub truncation: Option<Value>,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            kind: Kind::Realtime,
            model: None,
            instructions: None,
            output_modalities: None,
            audio: None,
            tools: None,
            tool_choice: None,
            parallel_tool_calls: None,
            reasoning: None,
            max_output_tokens: None,
            truncation: None,
        }
    }
}

impl SessionConfig {
    /// An update that changes nothing but how turns are noticed; `None` turns it off.
    #[must_use]
    pub fn only_turn_detection(detection: Option<TurnDetection>) -> Self {
        let input = AudioInput { turn_detection: Some(detection), ..AudioInput::default() };
        Self { audio: Some(Audio { input: Some(input), output: None }), ..Self::default() }
    }

    /// An update that changes nothing but who writes down what the person says.
    #[must_use]
    pub fn only_transcription(transcription: Transcription) -> Self {
        let input = AudioInput { transcription: Some(Some(transcription)), ..AudioInput::default() };
        Self { audio: Some(Audio { input: Some(input), output: None }), ..Self::default() }
    }

    /// How turns are noticed, where it is set: `Some(None)` is not at all.
    #[must_use]
    pub fn turn_detection(&self) -> Option<Option<TurnDetection>> {
        self.audio.as_ref()?.input.as_ref()?.turn_detection.clone()
    }

    /// Who writes down what the person says, where that is set.
    #[must_use]
    pub fn transcription(&self) -> Option<&Transcription> {
        self.audio.as_ref()?.input.as_ref()?.transcription.as_ref()?.as_ref()
    }
}

/// Kind of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Talks.
    #[default]
    Realtime,
}

/// What an answer is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// Sound, with its words.
    Audio,
    /// Words alone.
    Text,
}

/// Sound of a session.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Audio {
    /// From the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<AudioInput>,
    /// From the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<AudioOutput>,
}

/// Sound from the person. In what can be turned off, `Some(None)` is sent as `null` and turns it off; `None` leaves it as it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AudioInput {
    /// Noise is taken out before anything listens.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "or_off")]
    pub noise_reduction: Option<Option<NoiseReduction>>,
    /// Writes down what is said.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "or_off")]
    pub transcription: Option<Option<Transcription>>,
    /// Notices when the person speaks; off is push-to-talk.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "or_off")]
    pub turn_detection: Option<Option<TurnDetection>>,
}

/// Tells a field that is `null` from one that is missing.
fn or_off<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Sound from the model.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AudioOutput {
    /// The voice; it cannot change once it was heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<String>,
    /// 0.25 to 1.5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speed: Option<f64>,
}

/// How noise is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoiseReduction {
    /// For which microphone.
    #[serde(rename = "type")]
    pub field: Field,
}

/// How far the mouth is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// A headset.
    NearField,
    /// A laptop.
    FarField,
}

/// Who writes down what the person says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Transcription {
    /// The recogniser.
    pub model: String,
    /// One language, for the older ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Languages, for the newer ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Names to listen for, for the newer ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
}

/// How the service notices that the person speaks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TurnDetection {
    /// By loudness.
    ServerVad {
        /// How loud, 0 to 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        threshold: Option<f64>,
        /// Sound that is taken along from before, in milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prefix_padding_ms: Option<u32>,
        /// Silence that ends a turn, in milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        silence_duration_ms: Option<u32>,
        /// Silence after which the model speaks again by itself, in milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        idle_timeout_ms: Option<u32>,
        /// Answers by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        create_response: Option<bool>,
        /// Falls silent when the person speaks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interrupt_response: Option<bool>,
    },
    /// By what is said.
    SemanticVad {
        /// How soon it takes a turn for finished.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        eagerness: Option<Eagerness>,
        /// Answers by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        create_response: Option<bool>,
        /// Falls silent when the person speaks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interrupt_response: Option<bool>,
    },
}

/// How soon a turn is taken for finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eagerness {
    /// Waits 8 s at most.
    Low,
    /// Waits 4 s at most.
    Medium,
    /// Waits 2 s at most.
    High,
    /// As the service likes.
    Auto,
}

/// A function that the model may call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// Always `function`.
    #[serde(rename = "type")]
    pub kind: ToolKind,
    /// Its name.
    pub name: String,
    /// When to call it.
    pub description: String,
    /// Its arguments, as JSON Schema.
    pub parameters: Value,
}

impl Tool {
    /// A function with this name.
    pub fn function(name: impl Into<String>, description: impl Into<String>, parameters: Value) -> Self {
        Self { kind: ToolKind::Function, name: name.into(), description: description.into(), parameters }
    }
}

/// Kind of a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolKind {
    /// A function of ours.
    Function,
}

/// Whether functions are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolChoice {
    /// Never.
    None,
    /// As it likes.
    Auto,
    /// Always.
    Required,
}

/// How hard a model thinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasoning {
    /// How hard.
    pub effort: Effort,
}

/// How hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// Hardly.
    Minimal,
    /// A little: the service's own choice.
    Low,
    /// More.
    Medium,
    /// Much.
    High,
    /// Most.
    Xhigh,
}

/// The longest answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum MaxTokens {
    /// 1 to 4096.
    Tokens(u32),
    /// As long as it gets.
    Unlimited(Unlimited),
}

/// No limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unlimited {
    /// No limit.
    #[serde(rename = "inf")]
    Inf,
}

/// What a session that was made says of itself, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SessionFacts {
    /// Its id.
    pub id: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// When it is over, in seconds since 1970; `None` where it does not say.
    pub expires_at: Option<i64>,
    /// Sound from before speech that times of speech include, in milliseconds.
    pub prefix_padding_ms: Option<i64>,
    /// Silence after speech that times of speech include, in milliseconds.
    pub silence_duration_ms: Option<i64>,
    /// True where it says how turns are noticed, even if not at all.
    pub tells_turn_detection: bool,
}

impl SessionFacts {
    pub(super) fn take(object: &mut Object) -> Self {
        let Some(mut session) = read::object(object, "session") else { return Self::default() };
        let mut facts = Self {
            id: read::text(&mut session, "id"),
            model: read::text(&mut session, "model"),
            expires_at: read::whole(&session, "expires_at").filter(|at| *at > 0).and_then(|at| i64::try_from(at).ok()),
            ..Self::default()
        };
        // The beta had it at the top.
        let nested = read::object(&mut session, "audio").and_then(|mut audio| read::object(&mut audio, "input"));
        let holder = nested.unwrap_or(session);
        let Some(detection) = holder.get("turn_detection") else { return facts };
        facts.tells_turn_detection = true;
        if let Value::Object(detection) = detection {
            facts.prefix_padding_ms = read::millis(detection, "prefix_padding_ms");
            facts.silence_duration_ms = read::millis(detection, "silence_duration_ms");
        }
        facts
    }
}
