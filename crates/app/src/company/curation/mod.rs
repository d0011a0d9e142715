//! What managers and admins do with the company's practice: editions of the catalogue, reviews, figures of a team, settings.

mod dry_run;
mod editions;
mod reviews;
mod settings;
mod team;

use sellme_core::{
    Code, Error,
    catalog::Fault,
    company::{Holder, Role},
    error::Result,
    id::{ShopId, UserId},
};
use sellme_store::StoreError;

use super::{Admin, Company, Manager, Page, Paging, not_yours};
pub use dry_run::{DryRun, Rescored, Scores};
pub use editions::Checked;
pub use settings::{Settings, SettingsChange};
pub use team::TeamFigures;

/// Why a catalogue was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpublished {
    /// It does not hold together.
    Faults(Vec<Fault>),
    /// Anything else.
    Refused(Error),
}

impl From<Error> for Unpublished {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<StoreError> for Unpublished {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

/// The store whose people are this person's team. A manager of a store has those of that store; other managers, and admins, have everybody.
pub(super) fn team(holder: &Holder) -> Option<ShopId> {
    holder.shop.filter(|_| holder.role == Role::Manager)
}

impl Company {
    /// Refuses what is not this person's own and not of somebody of their team.
    pub(super) async fn acts_for(&self, holder: &Holder, other: UserId) -> Result<()> {
        if holder.account == other {
            return Ok(());
        }
        if holder.role < Role::Manager {
            return Err(not_yours());
        }
        match team(holder) {
            Some(shop) if self.store().account(holder.organisation, other).await?.shop != Some(shop) => Err(not_yours()),
            _ => Ok(()),
        }
    }

    /// The store that somebody may look at: the one that they ask for, or that of their team.
    ///
    /// # Errors
    /// `NotFound` for an unknown store, `Forbidden` for one of another team.
    pub(super) async fn looks_at(&self, holder: &Holder, asked: Option<ShopId>) -> Result<Option<ShopId>> {
        let (team, Some(asked)) = (team(holder), asked) else { return Ok(team(holder)) };
        self.store().shop(holder.organisation, asked).await?;
        if team.is_some_and(|team| team != asked) {
            return Err(Error::new(Code::Forbidden, "This store belongs to another team. Ask its manager, or an admin."));
        }
        Ok(Some(asked))
    }
}
