//! People, and their passwords.

use sellme_core::{
    Millis,
    company::{Account, Role},
    id::{OrganisationId, ShopId, UserId},
};

use super::audit;
use crate::{
    Result, StoreError,
    columns::Word,
    company::{
        CompanyStore, Credentials, Deed, NewAccount,
        sql::Sql,
        value::{Row, params},
    },
};

crate::columns::words!(Role { Trainee => "trainee", Manager => "manager", Admin => "admin" });

pub(super) const COLUMNS: &str = "id, email, name, role, shop, created_at, disabled_at";

impl CompanyStore {
    /// Adds a person.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where the address is taken, [`StoreError::NotFound`] where the store is not there.
    pub async fn create_account(&self, organisation: OrganisationId, account: &NewAccount, deed: Deed) -> Result<()> {
        let account = account.clone();
        self.write(move |db| {
            create(db, organisation, &account)?;
            audit::note(db, organisation, &deed)
        })
        .await
    }

    /// A person.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn account(&self, organisation: OrganisationId, id: UserId) -> Result<Account> {
        self.read(move |db| {
            let sql = format!("SELECT {COLUMNS} FROM account WHERE organisation = $1 AND id = $2");
            let found = db.row(&sql, params![organisation.0, id.0])?;
            account(&mut found.ok_or_else(|| unknown(id))?, 0)
        })
        .await
    }

    /// What is needed to let somebody sign in: by the address and, where there is more than one company, its name.
    pub async fn credentials(&self, email: &str, organisation: Option<&str>) -> Result<Option<Credentials>> {
        let (email, organisation) = (email.to_owned(), organisation.map(str::to_owned));
        self.read(move |db| {
            let found = db.rows(
                "SELECT a.id, a.email, a.name, a.role, a.shop, a.created_at, a.disabled_at, a.organisation, a.password
                 FROM organisation o JOIN account a ON a.organisation = o.id AND a.email = $1
                 WHERE CAST($2 AS TEXT) IS NULL OR o.name = $2 LIMIT 2",
                params![&email, organisation.as_ref()],
            )?;
            // An address that two companies know says nothing without the company's name.
            let Ok([mut row]) = <[Row; 1]>::try_from(found) else { return Ok(None) };
            Ok(Some(Credentials { account: account(&mut row, 0)?, organisation: OrganisationId(row.id(7)?), password: row.maybe_text(8)? }))
        })
        .await
    }

    /// The hash of a person's password, none where the person signs in elsewhere; and until when none is tried, which is when the last failed where none is locked out.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn password(&self, organisation: OrganisationId, id: UserId) -> Result<(Option<String>, Millis)> {
        self.read(move |db| {
            let sql = "SELECT password, locked_until FROM account WHERE organisation = $1 AND id = $2";
            let mut found = db.row(sql, params![organisation.0, id.0])?.ok_or_else(|| unknown(id))?;
            Ok((found.maybe_text(0)?, found.millis(1)?))
        })
        .await
    }

    /// Notes that a sign-in failed. `locked` gets how many there were in a row, from whichever network and process, and says how long nobody is let in; where none failed since
    /// `quiet_since`, this one is the first.
    pub async fn sign_in_failed(
        &self,
        organisation: OrganisationId,
        id: UserId,
        locked: fn(failures: u32) -> Millis,
        quiet_since: Millis,
        now: Millis,
        deed: Deed,
    ) -> Result<()> {
        self.write(move |db| {
            // The end of the last lock is when the last one failed, where there was none.
            let counted = db.row(
                "UPDATE account SET failures = CASE WHEN locked_until < $3 THEN 1 ELSE failures + 1 END
                 WHERE organisation = $1 AND id = $2 RETURNING failures",
                params![organisation.0, id.0, quiet_since],
            )?;
            let failures = counted.ok_or_else(|| unknown(id))?.count(0)?;
            let until = Millis(now.0 + locked(failures).0);
            db.run("UPDATE account SET locked_until = $3 WHERE organisation = $1 AND id = $2", params![organisation.0, id.0, until])?;
            audit::note(db, organisation, &deed)
        })
        .await
    }

    /// Changes somebody's password; they are signed out everywhere.
    pub async fn set_password(&self, organisation: OrganisationId, id: UserId, password: &str, deed: Deed) -> Result<()> {
        let password = password.to_owned();
        self.write(move |db| {
            let changed = db.run(
                "UPDATE account SET password = $3, failures = 0, locked_until = 0 WHERE organisation = $1 AND id = $2",
                params![organisation.0, id.0, &password],
            )?;
            if changed == 0 {
                return Err(unknown(id));
            }
            db.run("DELETE FROM token WHERE organisation = $1 AND account = $2", params![organisation.0, id.0])?;
            audit::note(db, organisation, &deed)
        })
        .await
    }
}

/// Adds a person whose address nobody has, at a store that is there.
pub(super) fn create(db: &mut dyn Sql, organisation: OrganisationId, account: &NewAccount) -> Result<()> {
    if find(db, organisation, &account.email)?.is_some() {
        return Err(StoreError::Exists { kind: "account", id: account.email.clone() });
    }
    has_shop(db, organisation, account.shop)?;
    add(db, organisation, account)
}

/// Whether the company has this store.
pub(super) fn has_shop(db: &mut dyn Sql, organisation: OrganisationId, shop: Option<ShopId>) -> Result<()> {
    match shop {
        Some(shop) if db.row("SELECT 1 FROM shop WHERE organisation = $1 AND id = $2", params![organisation.0, shop.0])?.is_none() => {
            Err(StoreError::NotFound { kind: "store", id: shop.to_string() })
        }
        _ => Ok(()),
    }
}

/// By what somebody is looked for and sorted: their name, then their address, in small letters.
pub(super) fn search(name: &str, email: &str) -> String {
    format!("{} {email}", name.to_lowercase())
}

pub(super) fn add(db: &mut dyn Sql, organisation: OrganisationId, account: &NewAccount) -> Result<()> {
    db.run(
        "INSERT INTO account (organisation, id, email, name, role, shop, password, created_at, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            organisation.0,
            account.id.0,
            &account.email,
            &account.name,
            account.role.word(),
            account.shop.map(|shop| shop.0),
            account.password.as_ref(),
            account.created_at,
            &search(&account.name, &account.email),
        ],
    )?;
    Ok(())
}

/// A person by address.
pub(super) fn find(db: &mut dyn Sql, organisation: OrganisationId, email: &str) -> Result<Option<UserId>> {
    let row = db.row("SELECT id FROM account WHERE organisation = $1 AND email = $2", params![organisation.0, email])?;
    row.map(|row| row.id(0).map(UserId)).transpose()
}

/// A person in the columns from this one on.
pub(super) fn account(row: &mut Row, from: usize) -> Result<Account> {
    Ok(Account {
        id: UserId(row.id(from)?),
        email: row.text(from + 1)?,
        name: row.text(from + 2)?,
        role: role(row, from + 3)?,
        shop: row.maybe_id(from + 4)?.map(ShopId),
        created_at: row.millis(from + 5)?,
        disabled_at: row.maybe_millis(from + 6)?,
    })
}

pub(super) fn role(row: &mut Row, column: usize) -> Result<Role> {
    Role::read(&row.text(column)?).map_err(|_| StoreError::Value("a role"))
}

fn unknown(id: UserId) -> StoreError {
    StoreError::NotFound { kind: "account", id: id.to_string() }
}
