//! Items of a conversation: what was said, what was called.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::read::{self, Object};

/// Which item is before another. The difference between *none* and *not said* matters: the first is a place, the other is not.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Previous {
    /// The event did not say.
    #[default]
    Unknown,
    /// None: it is the first.
    First,
    /// The one with this id.
    After(String),
}

impl Previous {
    pub(super) fn take(object: &mut Object) -> Self {
        match object.get_mut("previous_item_id") {
            Some(Value::Null) => Self::First,
            // `root` is how a client asks for the front; a server that echoes it means the same.
            Some(Value::String(id)) if id == "root" => Self::First,
            Some(Value::String(id)) if !id.is_empty() => Self::After(std::mem::take(id)),
            _ => Self::Unknown,
        }
    }
}

/// Whose message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
    /// A stage direction.
    System,
}

/// How far an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemStatus {
    /// Being made.
    InProgress,
    /// Whole.
    Completed,
    /// Broken off.
    Incomplete,
}

/// What kind of item it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// Something said.
    Message,
    /// The model calls a function.
    FunctionCall,
    /// What the function gave back.
    FunctionCallOutput,
    /// Something else.
    Other,
}

/// One part of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Written by or for the person.
    InputText {
        /// The words.
        text: String,
    },
    /// Spoken by the person.
    InputAudio {
        /// The words, where they are known already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        transcript: Option<String>,
    },
    /// Written by the model.
    OutputText {
        /// The words.
        text: String,
    },
    /// Spoken by the model.
    OutputAudio {
        /// The words, where they are known already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        transcript: Option<String>,
    },
    /// Something else (a picture).
    #[serde(other)]
    Other,
}

impl Content {
    pub(super) fn take(object: &mut Object, key: &str) -> Option<Self> {
        read::object(object, key).map(Self::from_object)
    }

    fn from_object(mut object: Object) -> Self {
        let kind = read::text(&mut object, "type").unwrap_or_default();
        let mut words = |key| read::text(&mut object, key);
        match kind.as_str() {
            "input_text" => Self::InputText { text: words("text").unwrap_or_default() },
            "input_audio" => Self::InputAudio { transcript: words("transcript") },
            // `text` and `audio` are the beta's names.
            "output_text" | "text" => Self::OutputText { text: words("text").unwrap_or_default() },
            "output_audio" | "audio" => Self::OutputAudio { transcript: words("transcript") },
            _ => Self::Other,
        }
    }

    /// The words in it, where there are any.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::InputText { text } | Self::OutputText { text } => Some(text),
            Self::InputAudio { transcript } | Self::OutputAudio { transcript } => transcript.as_deref(),
            Self::Other => None,
        }
    }
}

/// One item as the service tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id; empty where it was not said.
    pub id: String,
    /// What it is.
    pub kind: ItemKind,
    /// Whose message.
    pub role: Option<Role>,
    /// How far it is; `None` where it was not said.
    pub status: Option<ItemStatus>,
    /// Parts of a message.
    pub content: Vec<Content>,
    /// Function that is called.
    pub name: Option<String>,
    /// Id of the call.
    pub call_id: Option<String>,
    /// Arguments of the call: JSON as text, perhaps broken off.
    pub arguments: Option<String>,
}

impl Item {
    pub(super) fn take(object: &mut Object, key: &str) -> Option<Self> {
        read::object(object, key).map(Self::from_object)
    }

    pub(super) fn from_object(mut object: Object) -> Self {
        let kind = read::text(&mut object, "type").unwrap_or_default();
        let role = read::text(&mut object, "role");
        let status = read::text(&mut object, "status");
        Self {
            id: read::text(&mut object, "id").unwrap_or_default(),
            kind: match kind.as_str() {
                "message" => ItemKind::Message,
                "function_call" => ItemKind::FunctionCall,
                "function_call_output" => ItemKind::FunctionCallOutput,
                _ => ItemKind::Other,
            },
            role: match role.as_deref() {
                Some("user") => Some(Role::User),
                Some("assistant") => Some(Role::Assistant),
                Some("system") => Some(Role::System),
                _ => None,
            },
            status: match status.as_deref() {
                Some("in_progress") => Some(ItemStatus::InProgress),
                Some("completed") => Some(ItemStatus::Completed),
                Some("incomplete") => Some(ItemStatus::Incomplete),
                _ => None,
            },
            content: read::objects(&mut object, "content").into_iter().map(Content::from_object).collect(),
            name: read::text(&mut object, "name"),
            call_id: read::text(&mut object, "call_id"),
            arguments: read::text(&mut object, "arguments"),
        }
    }

    /// True where a part of it was spoken.
    #[must_use]
    pub fn is_spoken(&self) -> bool {
        self.content.iter().any(|part| matches!(part, Content::InputAudio { .. } | Content::OutputAudio { .. }))
    }
}
