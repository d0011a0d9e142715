//! Cues: what was noticed in a turn, with its exact place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of thing was noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CueKind {
    /// Rep: opens the conversation.
    Greeting,
    /// Rep: a question that invites more than yes or no.
    OpenQuestion,
    /// Rep: a question for yes, no or a choice.
    ClosedQuestion,
    /// Rep: a question about the customer's situation or needs. `refersTo`: the need it fits, where one does.
    DiscoveryQuestion,
    /// Rep: gives back what the customer said. `refersTo`: the need, where it is one.
    Reflection,
    /// Rep: takes a feeling or a doubt seriously.
    Empathy,
    /// Rep: small talk, the customer's name, thanks.
    Rapport,
    /// Rep: states a feature. `subject`: its id.
    Feature,
    /// Rep: ties a feature to a need of this customer. `subject`: the feature's id; `refersTo`: the need's.
    Benefit,
    /// Rep: names a price. `subject`: `right` or `wrong` where it can be checked.
    PriceQuote,
    /// Rep: states something checkable. `subject`: its topic; `refersTo`: the claim's id; `verdict` is set.
    Claim,
    /// Rep: asks how far the customer is.
    TrialClose,
    /// Rep: asks for the sale. `subject`: `direct`, `assumptive`, `choice`, `summary` or `next_step`.
    AskForSale,
    /// Rep: offers to take less.
    DiscountOffer,
    /// Rep: “um”, “you know”.
    Filler,
    /// Rep: belittles the customer or their choice.
    PutDown,
    /// Rep: admits not to know and offers to find out.
    HonestUnknown,
    /// Rep: asks whether that settles it.
    CheckBack,
    /// Rep: takes leave.
    Farewell,
    /// Customer: asks. `subject`: what about, where it is known (a feature's or claim's id, or `price`).
    Question,
    /// Customer: tells a need. `refersTo`: its id in the scenario, where it is one.
    Need,
    /// Customer: objects. `subject`: price, quality, timing, competition, need or trust; `refersTo`: the product's objection, where it is one.
    Objection,
    /// Customer: shows interest, without committing.
    BuyingSignal,
    /// Customer: holds back.
    Hesitation,
    /// Customer: commits to buy.
    Acceptance,
    /// Customer: declines.
    Refusal,
}

/// How sure and how strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Could be meant otherwise.
    Weak,
    /// Meant so.
    Plain,
    /// Unmistakable.
    Strong,
}

/// What the catalogue says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is true.
    Supported,
    /// It is false.
    Contradicted,
    /// Nothing backs it.
    Unsupported,
}

/// A place in a turn's text, in Unicode scalar values (characters), `start` included, `end` not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// First character.
    pub start: u32,
    /// After the last character.
    pub end: u32,
}

/// Something noticed in a turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Cue {
    /// What kind.
    pub kind: CueKind,
    /// Index of the turn.
    pub turn: u32,
    /// Where in the turn.
    pub span: Span,
    /// The text at the span.
    pub quote: String,
    /// Id of the rule that noticed it.
    pub rule: String,
    /// What it is about; see [`CueKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Id of the thing in the catalogue that it refers to; see [`CueKind`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
    /// How sure and how strong.
    pub strength: Strength,
    /// Set on claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}
