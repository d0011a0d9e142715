//! The log of what was done, as admins read it.

use sellme_core::{Error, error::Result};
pub use sellme_store::company::{AuditQuery, LoggedDeed};
use serde_json::json;

use super::{Admin, Page, Paging};
use crate::company::Company;

/// Longest name of an action that is looked for.
const LONGEST_ACTION: usize = 64;

/// How many entries are taken elsewhere at once.
const PIECE: u32 = 1_000;

impl Company {
    /// A page of the log, the newest first.
    ///
    /// # Errors
    /// `InvalidInput` for a name of an action that is none.
    pub async fn log(&self, by: &Admin, query: &AuditQuery, paging: Paging) -> Result<Page<LoggedDeed>> {
        check(query)?;
        let (entries, total) = self.store().log(by.holder().organisation, query, paging.offset(), paging.size).await?;
        Ok(paging.page(entries, total))
    }

    /// Writes down that the log is taken elsewhere, of which the pieces follow. What is done from now on is not in them.
    ///
    /// # Errors
    /// As [`Company::log`].
    pub async fn export_log(&self, by: &Admin, query: &AuditQuery) -> Result<()> {
        check(query)?;
        let holder = by.holder();
        let deed = self.deed(Some(holder.account), "audit.exported", &holder.organisation, &json!({}));
        Ok(self.store().note(holder.organisation, deed).await?)
    }

    /// A piece of the log after an entry, the oldest first; empty at the end.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn log_piece(&self, by: &Admin, query: &AuditQuery, after: i64) -> Result<Vec<LoggedDeed>> {
        Ok(self.store().log_after(by.holder().organisation, query, after, PIECE).await?)
    }
}

fn check(query: &AuditQuery) -> Result<()> {
    let plain =
        |action: &String| action.len() <= LONGEST_ACTION && action.bytes().all(|sign| sign.is_ascii_lowercase() || b"._".contains(&sign));
    if query.action.as_ref().is_none_or(plain) {
        Ok(())
    } else {
        Err(Error::invalid("action: the name of an action is wanted, such as account.created"))
    }
}
