//! Sessions: begun, handed in, read.

use sellme_core::{
    Code, Error,
    company::{Claim, Holder, Role, claimed_score, turns},
    error::Result,
    id::{SessionId, UserId},
    scoring::report::Report,
    session::{Status, Visibility},
};
use sellme_store::{
    StoreError,
    company::{Attempt, AttemptQuery, Ending, HandedIn, NewAttempt, Review},
};

use serde_json::json;

use super::{Company, curation::team, not_yours};
use crate::device::new_id;

/// Longest words of a client about a session, in characters.
const LONGEST_FEEDBACK: usize = 20_000;

/// What is asked for to begin a session.
#[derive(Debug, Clone)]
pub struct Begin {
    /// To whom something is sold.
    pub scenario_id: String,
    /// Whose attempt it is; the asker's own where nothing is said.
    pub user_id: Option<UserId>,
    /// Its id, where the client has one already.
    pub id: Option<SessionId>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// A session with everything that came with it.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeAttempt {
    /// The session.
    pub attempt: Attempt,
    /// The client's words about it, and the transcript as it came; none before it is handed in.
    pub handed_in: Option<(String, String)>,
    /// What each reviewer said last, the earliest first.
    pub reviews: Vec<Review>,
}

/// A page of sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The page.
    pub sessions: Vec<Attempt>,
    /// How many there are in all.
    pub total: u32,
}

impl Company {
    /// Begins a session.
    ///
    /// # Errors
    /// `NotFound` for an unknown scenario or person, `Forbidden` for somebody else's.
    pub async fn begin(&self, holder: &Holder, begin: Begin) -> Result<Attempt> {
        let account = begin.user_id.unwrap_or(holder.account);
        if account != holder.account && holder.role < Role::Admin {
            return Err(not_yours());
        }
        let edition = self.catalog(holder.organisation).await?;
        let catalog = &edition.catalog;
        let (product, scenario) = catalog.scenario(&begin.scenario_id).ok_or_else(|| Error::not_found("scenario", &begin.scenario_id))?;
        let attempt = NewAttempt {
            id: begin.id.unwrap_or_else(|| SessionId(new_id(self.device()))),
            account,
            scenario_id: scenario.id.clone(),
            product_id: product.id.clone(),
            visibility: begin.visibility,
            catalog_revision: catalog.revision,
            started_at: self.device().now(),
        };
        let deed = self.on_behalf(holder, account, "session.begun", &attempt.id);
        match self.store().begin(holder.organisation, &attempt, deed).await {
            Err(StoreError::Exists { .. }) => {
                Err(Error::new(Code::WrongState, "There is another session with this id. Begin one with an id of its own."))
            }
            begun => Ok(begun?),
        }
    }

    /// Ends a session with what its client hands in. It is on the disk when this returns; the report follows.
    ///
    /// # Errors
    /// `InvalidInput` that names the field, `NotFound`, `Forbidden`; `WrongState` where it was ended with something else before.
    pub async fn hand_in(&self, holder: &Holder, id: SessionId, claim: Claim) -> Result<Attempt> {
        if let Some(wrong) = claim.metrics.wrong() {
            return Err(Error::invalid(format!("metrics.{wrong}: a percentage from 0 to 100, or null, is wanted")));
        }
        if claim.feedback.chars().nth(LONGEST_FEEDBACK).is_some() {
            return Err(Error::invalid(format!("feedback: at most {LONGEST_FEEDBACK} characters")));
        }
        if claim.feedback.contains('\0') {
            // PostgreSQL keeps no text with this sign.
            return Err(Error::invalid("feedback: a text without the sign U+0000 is wanted"));
        }
        turns(&claim.transcript)?;
        let handed_in = HandedIn {
            ended_at: self.device().now(),
            metrics: serde_json::to_string(&claim.metrics).map_err(|error| Error::invalid(error.to_string()))?,
            score: claimed_score(&claim.metrics),
            feedback: claim.feedback,
            transcript: claim.transcript,
        };
        // An admin may hand in for somebody; a manager only looks.
        let is_admin = holder.role >= Role::Admin;
        let of = (!is_admin).then_some(holder.account);
        let deed = is_admin.then(|| self.deed(Some(holder.account), "session.completed", &id, &json!({})));
        match self.store().hand_in(holder.organisation, id, of, handed_in, deed).await? {
            Ending::Kept(attempt) => Ok(attempt),
            Ending::NotTheirs => Err(not_yours()),
            Ending::Other => Err(Error::new(
                Code::WrongState,
                "This session was ended with something else before. What was handed in first is kept; begin a new session for another attempt.",
            )),
        }
    }

    /// A session that this person may see.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`.
    pub async fn attempt(&self, holder: &Holder, id: SessionId) -> Result<Attempt> {
        let attempt = self.store().attempt(holder.organisation, id).await?;
        self.acts_for(holder, attempt.account).await?;
        let sees = attempt.account == holder.account || attempt.visibility == Visibility::Submitted;
        if sees { Ok(attempt) } else { Err(not_yours()) }
    }

    /// A session with what was handed in with it, and what was said about it.
    ///
    /// # Errors
    /// As [`Company::attempt`].
    pub async fn whole(&self, holder: &Holder, id: SessionId) -> Result<WholeAttempt> {
        let attempt = self.attempt(holder, id).await?;
        let (handed_in, reviews) = match attempt.status {
            Status::Completed => {
                (self.store().handed_in(holder.organisation, id).await?, self.store().reviews(holder.organisation, id).await?)
            }
            _ => (None, Vec::new()),
        };
        Ok(WholeAttempt { attempt, handed_in, reviews })
    }

    /// The report that the company computed; none before that, or where the transcript cannot be scored.
    ///
    /// # Errors
    /// As [`Company::attempt`].
    pub async fn computed_report(&self, holder: &Holder, id: SessionId) -> Result<Option<Report>> {
        self.attempt(holder, id).await?;
        Ok(self.store().report(holder.organisation, id).await?)
    }

    /// A page of sessions, the newest first: this person's own; of the team, as far as they were submitted, for a manager.
    ///
    /// # Errors
    /// `Forbidden` for somebody else's who is not of the team, `NotFound` where there is no such person.
    pub async fn attempts(&self, holder: &Holder, of: Option<UserId>, status: Option<Status>, offset: u32, limit: u32) -> Result<Listed> {
        let manages = holder.role >= Role::Manager;
        if let Some(of) = of.filter(|of| *of != holder.account) {
            self.acts_for(holder, of).await?;
            self.store().account(holder.organisation, of).await?;
        }
        let query = AttemptQuery {
            account: if manages { of } else { Some(holder.account) },
            submitted_or_of: Some(holder.account),
            team: team(holder),
            status,
            offset,
            limit,
        };
        let (sessions, total) = self.store().attempts(holder.organisation, &query).await?;
        Ok(Listed { sessions, total })
    }
}
