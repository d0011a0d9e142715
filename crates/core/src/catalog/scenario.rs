//! A customer to practise with.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a customer behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Persona {
    /// Wants proof.
    Skeptical,
    /// Wants value.
    PriceConscious,
    /// Wants to be done in three minutes.
    Rushed,
    /// Wants respect and accurate detail.
    Knowledgeable,
    /// Wants to be helped, and to be asked.
    Friendly,
}

/// How hard a customer is to convince.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    /// One objection, tells its needs.
    Easy,
    /// Two or three objections, tells half of its needs.
    Medium,
    /// Three or four objections, tells its needs when asked well.
    Hard,
    /// Four or more objections, the real one hidden.
    Expert,
}

/// Whom a customer means by "he" or by "she".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Who {
    /// A man, a boy, a donkey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub he: Option<String>,
    /// A woman, a girl, a mare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub she: Option<String>,
}

/// One product, a customer, and the objections that it will raise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scenario {
    /// Identity in the whole catalogue.
    pub id: String,
    /// How the customer behaves.
    pub persona: Persona,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Who it is, in a few words.
    pub title: String,
    /// What the rep is there to do.
    pub goal: String,
    /// What it will test.
    pub tests: String,
    /// What the rep can see before a word is said.
    pub seen: Vec<String>,
    /// Whom the customer means by "he" or "she", in the customer's words ("my husband"): said where nobody was named before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "bindings", ts(optional))]
    pub who: Option<Who>,
    /// What the customer means to spend, US cents.
    #[serde(alias = "budget_cents")]
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub budget_cents: i64,
    /// What bothers the customer today.
    #[serde(alias = "pain_points")]
    pub pain_points: Vec<String>,
    /// First lines.
    pub opening: Vec<String>,
    /// Last lines on buying.
    #[serde(alias = "goodbye_buy")]
    pub goodbye_buy: Vec<String>,
    /// Last lines on leaving.
    #[serde(alias = "goodbye_leave")]
    pub goodbye_leave: Vec<String>,
    /// What the customer answers about their own situation, by topic.
    pub answers: BTreeMap<String, Vec<String>>,
    /// What the customer wants.
    #[serde(alias = "need")]
    pub needs: Vec<Need>,
    /// What the customer will object.
    #[serde(alias = "objection")]
    pub objections: Vec<RaisedObjection>,
    /// What the customer asks the rep.
    #[serde(alias = "question")]
    pub questions: Vec<CustomerQuestion>,
    /// False premises that test honesty.
    #[serde(default, alias = "trap")]
    pub traps: Vec<Trap>,
    /// What is quoted against the price.
    #[serde(default)]
    pub alternative: Option<Alternative>,
}

/// Something the customer wants, which the rep has to find out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Need {
    /// Identity within the scenario.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Lines that tell it outright.
    pub told: Vec<String>,
    /// Lines that half tell it.
    pub hint: Vec<String>,
    /// Patterns in a rep's question that fit it.
    pub asked: Vec<String>,
    /// Patterns: how a rep refers back to it.
    pub says: Vec<String>,
    /// Ids of features that answer it.
    pub features: Vec<String>,
}

/// An objection as this customer raises it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RaisedObjection {
    /// Id of the product's objection.
    pub id: String,
    /// How it is raised.
    pub line: String,
    /// How it is raised once more when it was brushed aside.
    pub again: String,
    /// What is said when it was answered.
    pub settled: String,
    /// True on the real objection behind the others.
    #[serde(default)]
    pub hidden: bool,
}

/// A plain question that the customer asks the rep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerQuestion {
    /// The question.
    pub ask: String,
    /// Id of the feature or claim that answers it, or `price`.
    pub about: String,
}

/// A false premise about a claim of kind trap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Trap {
    /// How it is asked.
    pub ask: String,
    /// Id of the claim.
    pub claim: String,
    /// What is said when the rep put it right.
    pub corrected: String,
    /// What is said when the rep went along.
    pub believed: String,
}

/// What is quoted against the price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Alternative {
    /// What it is.
    pub name: String,
    /// US cents.
    #[serde(alias = "price_cents")]
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub price_cents: i64,
}
