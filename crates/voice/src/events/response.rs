//! A response: one answer of the model, with everything that is in it.

use serde_json::Value;

use super::{
    fault::Fault,
    item::Item,
    read::{self, Object},
    usage::ResponseUsage,
};

/// How far a response is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResponseStatus {
    /// Being made.
    InProgress,
    /// Whole.
    Completed,
    /// Broken off: somebody spoke, or it was asked for.
    Cancelled,
    /// It could not be made.
    Failed,
    /// It became too long or was filtered.
    Incomplete,
}

/// Why a response is not whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhyNot {
    /// Such as `turn_detected`, `client_cancelled`, `max_output_tokens`, `content_filter`.
    pub reason: Option<String>,
    /// What went wrong, where something did.
    pub fault: Option<Fault>,
}

/// Where a response belongs, as far as it says so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Belongs {
    /// It did not say.
    #[default]
    Unknown,
    /// To no conversation.
    Nowhere,
    /// To this one.
    To(String),
}

/// One response as the service tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Its id; empty where it was not said.
    pub id: String,
    /// How far it is; `None` where it was not said.
    pub status: Option<ResponseStatus>,
    /// Why it is not whole.
    pub why: WhyNot,
    /// What is in it.
    pub output: Vec<Item>,
    /// The conversation that it is part of.
    pub conversation: Belongs,
    /// True where whoever asked for it put a mark on it.
    pub marked: bool,
    /// What it used.
    pub usage: Option<ResponseUsage>,
}

impl Response {
    pub(super) fn take(object: &mut Object, key: &str) -> Option<Self> {
        read::object(object, key).map(Self::from_object)
    }

    fn from_object(mut object: Object) -> Self {
        let status = read::text(&mut object, "status");
        let why = read::object(&mut object, "status_details")
            .map(|mut details| WhyNot { reason: read::text(&mut details, "reason"), fault: Fault::take(&mut details, "error") });
        Self {
            id: read::text(&mut object, "id").unwrap_or_default(),
            status: match status.as_deref() {
                Some("in_progress") => Some(ResponseStatus::InProgress),
                Some("completed") => Some(ResponseStatus::Completed),
                // Both spellings are seen in the wild.
                Some("cancelled" | "canceled") => Some(ResponseStatus::Cancelled),
                Some("failed") => Some(ResponseStatus::Failed),
                Some("incomplete") => Some(ResponseStatus::Incomplete),
                _ => None,
            },
            why: why.unwrap_or_default(),
            output: read::objects(&mut object, "output").into_iter().map(Item::from_object).collect(),
            conversation: match object.get_mut("conversation_id") {
                Some(Value::Null) => Belongs::Nowhere,
                Some(Value::String(id)) if !id.is_empty() => Belongs::To(std::mem::take(id)),
                _ => Belongs::Unknown,
            },
            marked: matches!(object.get("metadata"), Some(Value::Object(marks)) if !marks.is_empty()),
            usage: ResponseUsage::take(&mut object),
        }
    }
}
