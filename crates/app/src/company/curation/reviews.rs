//! Submitted sessions, as managers and admins look for them, and what they say about them.

use sellme_core::{Code, Error, Millis, company::Holder, error::Result, id::SessionId, session::Status};
use sellme_store::company::{NewReview, Review, Submitted, SubmittedFilter, SubmittedOrder};
use serde_json::json;

use super::{Company, Manager, Page, Paging, team};

/// Longest comment, in characters.
const LONGEST: usize = 5_000;

impl Company {
    /// A page of what the team handed in.
    ///
    /// # Errors
    /// `InvalidInput` that names the field; `Forbidden` for the store of another team, or somebody of it; `NotFound` for an unknown person or store.
    pub async fn submitted(
        &self,
        by: &Manager,
        filter: &SubmittedFilter,
        order: SubmittedOrder,
        paging: Paging,
    ) -> Result<Page<Submitted>> {
        let holder = by.holder();
        let filter = self.may_look(holder, filter).await?;
        let (sessions, total) = self.store().submitted(holder.organisation, &filter, order, paging.offset(), paging.size).await?;
        Ok(paging.page(sessions, total))
    }

    /// The next piece of what the team handed in, the newest first; `after` is the last of the piece before.
    ///
    /// # Errors
    /// As [`Company::submitted`].
    pub async fn submitted_after(
        &self,
        by: &Manager,
        filter: &SubmittedFilter,
        after: Option<(Millis, SessionId)>,
        limit: u32,
    ) -> Result<Vec<Submitted>> {
        let holder = by.holder();
        let filter = self.may_look(holder, filter).await?;
        Ok(self.store().submitted_after(holder.organisation, &filter, after, limit).await?)
    }

    /// The first piece of what the team handed in, to be taken elsewhere with those that follow; that is written down.
    ///
    /// # Errors
    /// As [`Company::submitted`].
    pub async fn export_submitted(&self, by: &Manager, filter: &SubmittedFilter, limit: u32) -> Result<Vec<Submitted>> {
        let holder = by.holder();
        let first = self.submitted_after(by, filter, None, limit).await?;
        let deed = self.deed(Some(holder.account), "sessions.exported", &holder.organisation, &json!({}));
        self.store().note(holder.organisation, deed).await?;
        Ok(first)
    }

    async fn may_look(&self, holder: &Holder, filter: &SubmittedFilter) -> Result<SubmittedFilter> {
        for (field, id) in [("productId", &filter.product), ("scenarioId", &filter.scenario)] {
            // PostgreSQL takes no text with this sign.
            if id.as_ref().is_some_and(|id| id.contains('\0')) {
                return Err(Error::invalid(format!("{field}: a text without the sign U+0000 is wanted")));
            }
        }
        if let Some(account) = filter.account {
            self.store().account(holder.organisation, account).await?;
            self.acts_for(holder, account).await?;
        }
        self.looks_at(holder, filter.shop).await?;
        Ok(SubmittedFilter { team: team(holder), ..filter.clone() })
    }

    /// Keeps what a manager or an admin says about a session that was handed in. Said anew, it takes the place of what the same person said before, which is kept.
    /// The computed score stays what it is.
    ///
    /// # Errors
    /// `InvalidInput` that names the field, `Forbidden`, `NotFound`; `WrongState` where the session is not over.
    pub async fn review(&self, by: &Manager, session: SessionId, comment: &str, score: Option<u8>) -> Result<Review> {
        let holder = by.holder();
        let attempt = self.attempt(holder, session).await?;
        let comment = comment.trim();
        if comment.is_empty() || comment.chars().nth(LONGEST).is_some() || comment.contains('\0') {
            return Err(Error::invalid(format!("comment: 1 to {LONGEST} characters are wanted, none of them U+0000")));
        }
        if score.is_some_and(|score| score > 100) {
            return Err(Error::invalid("score: a whole number from 0 to 100, or null, is wanted"));
        }
        if attempt.status != Status::Completed {
            return Err(Error::new(Code::WrongState, "This session is not over yet. It can be reviewed once it is handed in."));
        }
        // What is said is between these people; that it was said is not.
        let deed = self.deed(Some(holder.account), "session.reviewed", &session, &json!({ "score": score }));
        let review = NewReview { reviewer: holder.account, at: self.device().now(), comment: comment.to_owned(), score };
        Ok(self.store().review(holder.organisation, session, &review, deed).await?)
    }

    /// What each reviewer said last about a session, the earliest first.
    ///
    /// # Errors
    /// As [`Company::attempt`].
    pub async fn reviews(&self, holder: &Holder, session: SessionId) -> Result<Vec<Review>> {
        self.attempt(holder, session).await?;
        Ok(self.store().reviews(holder.organisation, session).await?)
    }
}
