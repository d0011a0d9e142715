//! What a company's admins have chosen, and what somebody has chosen for themselves.

use sellme_core::{Error, company::Holder, error::Result, id::OrganisationId};
use serde_json::{Map, Value};

use super::{Admin, Company};

/// Name of the setting in the records.
const LEAST: &str = "leaderboardMinimum";

/// Most sessions that may be asked for to stand on the board.
const MOST: u32 = 1_000;

/// What was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Fewest scored sessions of a period to stand on the board.
    pub leaderboard_minimum: u32,
}

impl Settings {
    fn of(kept: &Map<String, Value>) -> Self {
        let least = kept.get(LEAST).and_then(Value::as_u64).and_then(|least| u32::try_from(least).ok());
        Self { leaderboard_minimum: least.unwrap_or(3) }
    }
}

/// What is chosen anew; the rest stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SettingsChange {
    /// Fewest scored sessions of a period to stand on the board, 1 to 1,000.
    pub leaderboard_minimum: Option<u32>,
}

impl Company {
    /// What the company's admins have chosen.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn settings(&self, by: &Admin) -> Result<Settings> {
        self.chosen(by.holder().organisation).await
    }

    /// Chooses anew.
    ///
    /// # Errors
    /// `InvalidInput` that names the field.
    pub async fn change_settings(&self, by: &Admin, change: SettingsChange) -> Result<Settings> {
        let holder = by.holder();
        let mut changed = Map::new();
        if let Some(least) = change.leaderboard_minimum {
            if !(1..=MOST).contains(&least) {
                return Err(Error::invalid(format!("leaderboardMinimum: 1 to {MOST} is wanted")));
            }
            changed.insert(LEAST.to_owned(), least.into());
        }
        if changed.is_empty() {
            return self.chosen(holder.organisation).await;
        }
        let deed = self.deed(Some(holder.account), "settings.changed", &holder.organisation, &Value::from(changed.clone()));
        Ok(Settings::of(&self.store().change_settings(holder.organisation, changed, deed).await?))
    }

    pub(in crate::company) async fn chosen(&self, organisation: OrganisationId) -> Result<Settings> {
        Ok(Settings::of(&self.store().settings(organisation).await?))
    }

    /// Whether somebody stands on the board where their scores are good enough.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn on_board(&self, holder: &Holder) -> Result<bool> {
        Ok(self.store().on_board(holder.organisation, holder.account).await?)
    }

    /// Lets somebody stand on the board, or not, as they like.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn stand_on_board(&self, holder: &Holder, on_board: bool) -> Result<()> {
        Ok(self.store().set_on_board(holder.organisation, holder.account, on_board).await?)
    }
}
