//! People as the administration sees them: listed, changed, signed out.

use sellme_core::{
    Millis,
    company::Role,
    id::{OrganisationId, UserId},
};

use super::{accounts, audit};
use crate::{
    Result, StoreError,
    columns::Word,
    company::{
        Changed, CompanyStore, Deed, NewAccount, NewInvitation, PeopleOrder, PeopleQuery, Person, PersonChange,
        queries::invitations,
        sql::Sql,
        value::{Row, only, params},
    },
};

const COLUMNS: &str = "a.id, a.email, a.name, a.role, a.shop, a.created_at, a.disabled_at, a.last_sign_in_at, s.name";
const FROM: &str = "account a LEFT JOIN shop s ON s.organisation = a.organisation AND s.id = a.shop";

impl CompanyStore {
    /// Some of a company's people, and how many there are in all.
    pub async fn people(&self, organisation: OrganisationId, query: &PeopleQuery, offset: u32, limit: u32) -> Result<(Vec<Person>, u32)> {
        let query = query.clone();
        self.read_at_once(move |db| {
            let matching = "a.organisation = $1 AND (CAST($2 AS TEXT) IS NULL OR a.role = $2) AND (CAST($3 AS UUID) IS NULL OR a.shop = $3)
                 AND (CAST($4 AS BIGINT) IS NULL OR (CAST($4 AS BIGINT) = 1) = (a.disabled_at IS NOT NULL))
                 AND (CAST($5 AS TEXT) IS NULL OR a.search LIKE $5 ESCAPE '\\')";
            let column = match query.order {
                PeopleOrder::Name => "a.search",
                PeopleOrder::Email => "a.email",
                PeopleOrder::CreatedAt => "a.created_at",
                PeopleOrder::LastSignIn => "coalesce(a.last_sign_in_at, 0)",
            };
            let way = if query.descending { "DESC" } else { "ASC" };
            let (role, shop) = (query.role.map(Word::word), query.shop.map(|shop| shop.0));
            let (disabled, text) = (query.disabled.map(i64::from), query.text.as_deref().map(containing));
            let counted = db.rows(
                &format!("SELECT count(*) FROM account a WHERE {matching}"),
                params![organisation.0, role, shop, disabled, text.as_ref()],
            )?;
            let rows = db.rows(
                &format!("SELECT {COLUMNS} FROM {FROM} WHERE {matching} ORDER BY {column} {way}, a.id {way} LIMIT $6 OFFSET $7"),
                params![organisation.0, role, shop, disabled, text.as_ref(), limit, offset],
            )?;
            Ok((rows.into_iter().map(person).collect::<Result<_>>()?, only(counted)?.count(0)?))
        })
        .await
    }

    /// A person.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn person(&self, organisation: OrganisationId, id: UserId) -> Result<Person> {
        self.read(move |db| find(db, organisation, id)).await
    }

    /// Those of these addresses that somebody of the company has.
    pub async fn known_addresses(&self, organisation: OrganisationId, emails: Vec<String>) -> Result<Vec<String>> {
        self.read_at_once(move |db| {
            let mut known = Vec::new();
            for email in &emails {
                if accounts::find(db, organisation, email)?.is_some() {
                    known.push(email.clone());
                }
            }
            Ok(known)
        })
        .await
    }

    /// Adds people who are invited: all or nobody.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where an address is taken, [`StoreError::NotFound`] where a store is not there.
    pub async fn invite_people(&self, organisation: OrganisationId, people: Vec<(NewAccount, NewInvitation, Deed)>) -> Result<()> {
        self.write_apart(move |db| {
            // So that no store is removed meanwhile.
            db.alone(organisation)?;
            for (account, invitation, deed) in &people {
                accounts::create(db, organisation, account)?;
                invitations::put(db, organisation, account.id, invitation)?;
                audit::note(db, organisation, deed)?;
            }
            Ok(())
        })
        .await
    }

    /// Changes a person. Whoever may not sign in any more is signed out everywhere, and no invitation of theirs is good any more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the person or the store is not there.
    pub async fn change_person(
        &self,
        organisation: OrganisationId,
        id: UserId,
        change: PersonChange,
        now: Millis,
        deed: Deed,
    ) -> Result<Changed> {
        self.write(move |db| {
            // Two admins who demote each other at once: one of them comes second, and sees it.
            db.alone(organisation)?;
            let mut after = find(db, organisation, id)?;
            let was_admin = acts_as_admin(&after);
            let was_disabled = after.account.disabled_at.is_some();
            apply(&mut after, &change, now);
            if was_admin && !acts_as_admin(&after) && admins(db, organisation)? <= 1 {
                return Ok(Changed::LastAdmin);
            }
            let account = &after.account;
            accounts::has_shop(db, organisation, account.shop)?;
            db.run(
                "UPDATE account SET name = $3, role = $4, shop = $5, disabled_at = $6, search = $7 WHERE organisation = $1 AND id = $2",
                params![
                    organisation.0,
                    id.0,
                    &account.name,
                    account.role.word(),
                    account.shop.map(|shop| shop.0),
                    account.disabled_at,
                    &accounts::search(&account.name, &account.email),
                ],
            )?;
            if account.disabled_at.is_some() && !was_disabled {
                signed_out(db, organisation, id)?;
                invitations::drop_of(db, organisation, id)?;
            }
            audit::note(db, organisation, &deed)?;
            Ok(Changed::Done(find(db, organisation, id)?))
        })
        .await
    }

    /// Ends all tokens of somebody.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn sign_out_everywhere(&self, organisation: OrganisationId, id: UserId, deed: Deed) -> Result<()> {
        self.write(move |db| {
            find(db, organisation, id)?;
            signed_out(db, organisation, id)?;
            audit::note(db, organisation, &deed)
        })
        .await
    }
}

fn apply(person: &mut Person, change: &PersonChange, now: Millis) {
    let account = &mut person.account;
    if let Some(name) = &change.name {
        account.name.clone_from(name);
    }
    account.role = change.role.unwrap_or(account.role);
    account.shop = change.shop.unwrap_or(account.shop);
    match change.disabled {
        Some(true) => account.disabled_at = account.disabled_at.or(Some(now)),
        Some(false) => account.disabled_at = None,
        None => {}
    }
}

fn acts_as_admin(person: &Person) -> bool {
    person.account.role == Role::Admin && person.account.disabled_at.is_none()
}

fn admins(db: &mut dyn Sql, organisation: OrganisationId) -> Result<u32> {
    let sql = "SELECT count(*) FROM account WHERE organisation = $1 AND role = 'admin' AND disabled_at IS NULL";
    only(db.rows(sql, params![organisation.0])?)?.count(0)
}

pub(super) fn signed_out(db: &mut dyn Sql, organisation: OrganisationId, id: UserId) -> Result<()> {
    db.run("DELETE FROM token WHERE organisation = $1 AND account = $2", params![organisation.0, id.0]).map(|_| ())
}

pub(super) fn find(db: &mut dyn Sql, organisation: OrganisationId, id: UserId) -> Result<Person> {
    let sql = format!("SELECT {COLUMNS} FROM {FROM} WHERE a.organisation = $1 AND a.id = $2");
    let found = db.row(&sql, params![organisation.0, id.0])?;
    person(found.ok_or_else(|| StoreError::NotFound { kind: "user", id: id.to_string() })?)
}

fn person(mut row: Row) -> Result<Person> {
    Ok(Person { account: accounts::account(&mut row, 0)?, last_sign_in_at: row.maybe_millis(7)?, shop_name: row.maybe_text(8)? })
}

/// The pattern of whatever contains this text; what means something in a pattern is looked for as it is.
fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if ['%', '_', '\\'].contains(&letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
