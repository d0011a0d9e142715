//! What a company's admins have chosen: one JSON object, of which each setting is a field.

use sellme_core::id::{OrganisationId, UserId};
use serde_json::{Map, Value};

use super::audit;
use crate::{
    Result, StoreError,
    columns::{from_json, json},
    company::{CompanyStore, Deed, sql::Sql, value::params},
};

impl CompanyStore {
    /// Everything that was chosen.
    pub async fn settings(&self, organisation: OrganisationId) -> Result<Map<String, Value>> {
        self.read(move |db| settings(db, organisation)).await
    }

    /// Chooses anew what is in `changed`; everything else stays. Gives everything.
    pub async fn change_settings(
        &self,
        organisation: OrganisationId,
        changed: Map<String, Value>,
        deed: Deed,
    ) -> Result<Map<String, Value>> {
        self.write(move |db| {
            db.alone(organisation)?;
            let mut settings = settings(db, organisation)?;
            settings.extend(changed.clone());
            let text = json(&settings, "settings")?;
            db.run("UPDATE organisation SET settings = $2 WHERE id = $1", params![organisation.0, &text])?;
            audit::note(db, organisation, &deed)?;
            Ok(settings)
        })
        .await
    }

    /// Whether somebody stands on the board where their scores are good enough.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn on_board(&self, organisation: OrganisationId, account: UserId) -> Result<bool> {
        self.read(move |db| {
            let found = db.row("SELECT on_board FROM account WHERE organisation = $1 AND id = $2", params![organisation.0, account.0])?;
            Ok(found.ok_or_else(|| unknown(account))?.integer(0)? == 1)
        })
        .await
    }

    /// Lets somebody stand on the board, or not.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn set_on_board(&self, organisation: OrganisationId, account: UserId, on_board: bool) -> Result<()> {
        self.write(move |db| {
            let sql = "UPDATE account SET on_board = $3 WHERE organisation = $1 AND id = $2";
            match db.run(sql, params![organisation.0, account.0, i64::from(on_board)])? {
                0 => Err(unknown(account)),
                _ => Ok(()),
            }
        })
        .await
    }
}

fn unknown(account: UserId) -> StoreError {
    StoreError::NotFound { kind: "user", id: account.to_string() }
}

/// Everything that was chosen.
pub(super) fn settings(db: &mut dyn Sql, organisation: OrganisationId) -> Result<Map<String, Value>> {
    let found = db.row("SELECT settings FROM organisation WHERE id = $1", params![organisation.0])?;
    let mut row = found.ok_or_else(|| StoreError::NotFound { kind: "organisation", id: organisation.to_string() })?;
    from_json(&row.text(0)?, "settings")
}
