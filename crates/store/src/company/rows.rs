//! What goes into a company's records and comes out of them, beyond the domain's own shapes.

use sellme_core::{
    Millis,
    company::{Account, Role, TokenKind, Verification},
    id::{OrganisationId, SessionId, ShopId, TokenId, UserId},
    scoring::report::{Metrics, Report},
    session::{Outcome, Status, Visibility},
};

/// A person to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Identity.
    pub id: UserId,
    /// Address, in small letters.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they work.
    pub shop: Option<ShopId>,
    /// Hash of the password, with its parameters and salt.
    pub password: Option<String>,
    /// When.
    pub created_at: Millis,
}

/// What is needed to let somebody sign in, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Their company.
    pub organisation: OrganisationId,
    /// Who.
    pub account: Account,
    /// Hash of the password; none where the person signs in elsewhere.
    pub password: Option<String>,
}

/// A token to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// SHA-256 of its secret.
    pub hash: [u8; 32],
    /// Identity.
    pub id: TokenId,
    /// Whom it stands for.
    pub account: UserId,
    /// What it is given for.
    pub kind: TokenKind,
    /// What it is for.
    pub name: String,
    /// When it is given.
    pub created_at: Millis,
    /// When it ends.
    pub expires_at: Millis,
}

/// A sign-in at the company's own sign-in service that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignIn {
    /// SHA-256 of the word that comes back from there.
    pub hash: [u8; 32],
    /// SHA-256 of what the browser keeps meanwhile.
    pub browser: [u8; 32],
    /// When it ends by itself.
    pub expires_at: Millis,
}

/// A session to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttempt {
    /// Identity.
    pub id: SessionId,
    /// Whose.
    pub account: UserId,
    /// To whom.
    pub scenario_id: String,
    /// What is sold.
    pub product_id: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// The catalogue in force.
    pub catalog_revision: u32,
    /// When.
    pub started_at: Millis,
}

/// One attempt at a scenario, as a company keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// Identity.
    pub id: SessionId,
    /// Whose.
    pub account: UserId,
    /// To whom.
    pub scenario_id: String,
    /// What is sold.
    pub product_id: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// Where it stands.
    pub status: Status,
    /// The catalogue that it was begun with, and is scored with.
    pub catalog_revision: u32,
    /// When it began.
    pub started_at: Millis,
    /// When it was handed in.
    pub ended_at: Option<Millis>,
    /// The four figures as they were claimed, as JSON.
    pub claimed_metrics: Option<String>,
    /// What they come to.
    pub claimed_score: Option<u8>,
    /// What became of the claim.
    pub verification: Option<Verification>,
    /// Overall score as it was computed; none where the conversation was too short.
    pub score: Option<u8>,
    /// The four scores as they were computed.
    pub metrics: Metrics,
    /// How it ended, as it was computed.
    pub outcome: Option<Outcome>,
    /// Version of the rubric that it was computed with.
    pub rubric: Option<String>,
}

/// The end of a session, as it is handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct HandedIn {
    /// When.
    pub ended_at: Millis,
    /// The four figures, as JSON.
    pub metrics: String,
    /// What they come to.
    pub score: Option<u8>,
    /// What the client said about it.
    pub feedback: String,
    /// What was said, as the client wrote it.
    pub transcript: String,
}

/// What became of handing in.
#[derive(Debug, Clone, PartialEq)]
pub enum Ending {
    /// It is kept. The same once more is no other.
    Kept(Attempt),
    /// The session was ended with something else before.
    Other,
    /// It belongs to somebody else.
    NotTheirs,
}

/// A session whose report is to be computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// Its company.
    pub organisation: OrganisationId,
    /// The session.
    pub attempt: Attempt,
    /// What was said, as the client wrote it.
    pub transcript: String,
}

/// What the company computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// Its company.
    pub organisation: OrganisationId,
    /// The session.
    pub session: SessionId,
    /// Whether it is what was claimed.
    pub verification: Verification,
    /// The report; none where the transcript cannot be scored.
    pub report: Option<Report>,
}

/// Which sessions are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttemptQuery {
    /// Only this person's.
    pub account: Option<UserId>,
    /// Only those that were submitted, or are this person's own.
    pub submitted_or_of: Option<UserId>,
    /// Only those of people of this store, or this person's own.
    pub team: Option<ShopId>,
    /// Only those of this status.
    pub status: Option<Status>,
    /// How many are passed over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// A place on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Who.
    pub account: UserId,
    /// What they are called.
    pub name: String,
    /// Scored sessions in the period.
    pub scored: u32,
    /// Their scores together.
    pub score_sum: u64,
    /// Best of them.
    pub best: u8,
}

/// What was done, to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Millis,
    /// Who; none on the server itself.
    pub actor: Option<UserId>,
    /// What, such as `account.created`.
    pub action: &'static str,
    /// To what.
    pub subject: String,
    /// Further words about it, as JSON.
    pub detail: String,
}

/// An entry of the log of what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number, from 1.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Who; none on the server itself.
    pub actor: Option<UserId>,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// Further words about it, as JSON.
    pub detail: String,
}

/// The newest entry of a company's log, as it can be noted elsewhere to be compared later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// Its number; zero where there is none.
    pub seq: i64,
    /// What it and all before it are sealed with.
    pub hash: [u8; 32],
}

/// A call that the company pays for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCall {
    /// Identity.
    pub id: uuid::Uuid,
    /// The session that it belongs to.
    pub session: SessionId,
    /// Who talks.
    pub account: UserId,
    /// Where they work.
    pub shop: Option<ShopId>,
    /// Days since 1970-01-01, UTC.
    pub day: i64,
    /// When it begins.
    pub opened_at: Millis,
    /// What it may last at most, which counts until it is over.
    pub seconds: u32,
    /// What it may cost at most, about, in thousandths of a cent: counts until it is over.
    pub millicents: u64,
}

/// How much of something counts on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallSum {
    /// Of the person.
    pub account: u64,
    /// Of everybody at the person's store.
    pub shop: u64,
    /// Of the whole company.
    pub organisation: u64,
}

/// How much of calls counts on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallsOfDay {
    /// How long they last.
    pub seconds: CallSum,
    /// What they cost, about, in thousandths of a cent.
    pub millicents: CallSum,
}

/// Something that would go beyond what the company pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallCap {
    /// The minutes of the person.
    PersonMinutes,
    /// The minutes of the person's store.
    ShopMinutes,
    /// The minutes of the whole company.
    DayMinutes,
    /// What the person's calls may cost.
    PersonCost,
    /// What those of the person's store may cost.
    ShopCost,
    /// What those of the whole company may cost.
    DayCost,
}

/// A call that is over here, and of which the service has not been told yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverCall {
    /// Whose it is.
    pub organisation: OrganisationId,
    /// The call.
    pub id: uuid::Uuid,
    /// What the service calls it.
    pub at_service: String,
    /// Since when it is over.
    pub since: Millis,
}
