//! What managers and admins ask a company's records for: editions, submitted sessions, reviews, figures of a team.

use sellme_core::{
    Millis,
    catalog::ObjectionCategory,
    company::Verification,
    id::{ShopId, UserId},
    session::Outcome,
};

use super::Attempt;

/// An edition of the catalogue, without what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionInfo {
    /// Its revision.
    pub revision: u32,
    /// When it was published.
    pub published_at: Millis,
    /// By whom; none where the program brought it.
    pub published_by: Option<(UserId, String)>,
    /// True for the one that new sessions begin with.
    pub in_force: bool,
}

/// An edition that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEdition {
    /// One more than the newest.
    pub revision: u32,
    /// The catalogue as JSON.
    pub text: String,
    /// By whom.
    pub published_by: UserId,
    /// When.
    pub published_at: Millis,
}

/// What became of publishing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Publishing {
    /// It is in force.
    Done,
    /// It is the newest already, and in force.
    Already,
    /// Its revision does not follow this one, which is the newest.
    OutOfTurn(u32),
}

/// Which submitted sessions are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubmittedFilter {
    /// Only those of people of this store: what a manager of it may see.
    pub team: Option<ShopId>,
    /// Only those of people of this store.
    pub shop: Option<ShopId>,
    /// Only this person's.
    pub account: Option<UserId>,
    /// Only about this product.
    pub product: Option<String>,
    /// Only of this scenario.
    pub scenario: Option<String>,
    /// Only those that ended so.
    pub outcome: Option<Outcome>,
    /// Only those of which this became.
    pub verification: Option<Verification>,
    /// Only those handed in at this time or later.
    pub from: Option<Millis>,
    /// Only those handed in before this time.
    pub before: Option<Millis>,
}

/// What a list of submitted sessions goes by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SubmittedOrder {
    /// When they were handed in, the newest first.
    #[default]
    Newest,
    /// The same, the oldest first.
    Oldest,
    /// The computed score, the best first; those without one last.
    Best,
    /// The same, the worst first; those without one first.
    Worst,
}

/// A submitted session, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// The session.
    pub attempt: Attempt,
    /// What the person is called.
    pub name: String,
    /// Where the person works.
    pub shop: Option<(ShopId, String)>,
    /// How many people have reviewed it.
    pub reviewers: u32,
}

/// What somebody says about a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReview {
    /// Who.
    pub reviewer: UserId,
    /// When.
    pub at: Millis,
    /// What.
    pub comment: String,
    /// What it is worth to them, 0-100.
    pub score: Option<u8>,
}

/// What somebody said last about a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who.
    pub reviewer: UserId,
    /// What they are called.
    pub name: String,
    /// From 1; how often they have said something.
    pub version: u32,
    /// When.
    pub at: Millis,
    /// What.
    pub comment: String,
    /// What it is worth to them, 0-100.
    pub score: Option<u8>,
}

/// Whose sessions a figure counts, and since when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TeamQuery {
    /// Only of people of this store.
    pub shop: Option<ShopId>,
    /// Only what was handed in at this time or later.
    pub from: Option<Millis>,
}

/// What the computed sessions about one product add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductSums {
    /// The product.
    pub product: String,
    /// How many were computed.
    pub sessions: u32,
    /// Of these, those with an overall score, and the scores together.
    pub scored: (u32, u64),
    /// For each skill in how many it was observed, and the scores together.
    pub skills: [(u32, u64); 4],
    /// How they ended: sold, not sold, undecided.
    pub outcomes: [u32; 3],
}

/// How often an objection was raised, and how often it stood at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionSums {
    /// The product.
    pub product: String,
    /// Its kind.
    pub category: ObjectionCategory,
    /// Id of the product's objection, where it is one.
    pub objection: Option<String>,
    /// In how many sessions it was raised.
    pub raised: u32,
    /// In how many of these it was not settled.
    pub lost: u32,
}

/// Somebody of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub account: UserId,
    /// What they are called.
    pub name: String,
    /// When they last handed something in; none where they never did.
    pub last: Option<Millis>,
}

/// Somebody's scored sessions of a period and of the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Improved {
    /// Who.
    pub account: UserId,
    /// What they are called.
    pub name: String,
    /// Scored sessions of the period, their scores together, and the best of them.
    pub now: (u32, u64, u8),
    /// Scored sessions of the period before, and their scores together.
    pub before: (u32, u64),
}
