//! People, as the administration sees to them.

use sellme_core::{
    Code, Error,
    company::Role,
    error::Result,
    id::{ShopId, UserId},
};
pub use sellme_store::company::{PeopleOrder, PeopleQuery, Person, PersonChange};
use sellme_store::{
    StoreError,
    company::{Changed, Deed, NewAccount, NewInvitation},
};
use serde_json::{Map, Value, json};

use super::{Admin, Invitation, Page, Paging};
use crate::{
    company::{
        Company,
        people::{email, named},
    },
    device::new_id,
};

/// Longest text that is looked for, in characters.
const LONGEST_TEXT: usize = 200;

/// Somebody to be added by an admin; they choose their password themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Address they will sign in with.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they work.
    pub shop: Option<ShopId>,
}

/// Somebody who can be added as they stand.
pub(super) struct ToBeAdded {
    pub(super) account: NewAccount,
    pub(super) kept: NewInvitation,
    pub(super) deed: Deed,
    pub(super) invitation: Invitation,
}

impl Company {
    /// A page of the company's people.
    ///
    /// # Errors
    /// `InvalidInput` for a text that is too long.
    pub async fn people(&self, by: &Admin, query: &PeopleQuery, paging: Paging) -> Result<Page<Person>> {
        if !can_be_found(query)? {
            return Ok(paging.page(Vec::new(), 0));
        }
        let (people, total) = self.store().people(by.holder().organisation, query, paging.offset(), paging.size).await?;
        Ok(paging.page(people, total))
    }

    /// Everybody whom the question means, to be taken elsewhere. It is written down that they were.
    ///
    /// # Errors
    /// As [`Company::people`].
    pub async fn export_people(&self, by: &Admin, query: &PeopleQuery) -> Result<Vec<Person>> {
        let holder = by.holder();
        let people = if can_be_found(query)? { self.store().people(holder.organisation, query, 0, u32::MAX).await?.0 } else { Vec::new() };
        let deed = self.deed(Some(holder.account), "people.exported", &holder.organisation, &json!({ "people": people.len() }));
        self.store().note(holder.organisation, deed).await?;
        Ok(people)
    }

    /// A person.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn person(&self, by: &Admin, id: UserId) -> Result<Person> {
        Ok(self.store().person(by.holder().organisation, id).await?)
    }

    /// Adds somebody, who gets an invitation.
    ///
    /// # Errors
    /// `Forbidden` with a personal token, `InvalidInput` that names the field, `WrongState` where somebody has the address, `NotFound` for a store that is not there.
    pub async fn invite_person(&self, by: &Admin, person: &Invited) -> Result<(Person, Invitation)> {
        let organisation = by.signed_in()?.organisation;
        let ToBeAdded { account, kept, deed, invitation } = self.to_be_added(by, person)?;
        let (id, email) = (account.id, account.email.clone());
        match self.store().invite_people(organisation, vec![(account, kept, deed)]).await {
            Err(StoreError::Exists { .. }) => {
                return Err(Error::new(Code::WrongState, format!("Somebody has the address “{email}” already, so nobody was added.")));
            }
            done => done?,
        }
        Ok((self.store().person(organisation, id).await?, invitation))
    }

    /// Changes a person; it holds from the next thing that they ask for. Whoever may not sign in any more is signed out everywhere.
    ///
    /// # Errors
    /// `Forbidden` with a personal token, `InvalidInput` that names the field, `NotFound`, `WrongState` where nobody would be left to see to the company.
    pub async fn change_person(&self, by: &Admin, id: UserId, mut change: PersonChange) -> Result<Person> {
        let holder = by.signed_in()?;
        change.name = change.name.map(|name| named("name", &name)).transpose()?;
        if change == PersonChange::default() {
            return self.person(by, id).await;
        }
        let deed = self.deed(Some(holder.account), "account.changed", &id, &said(&change));
        let changed = self.store().change_person(holder.organisation, id, change, self.device().now(), deed).await?;
        self.0.holders.forget(id);
        match changed {
            Changed::Done(person) => Ok(person),
            Changed::LastAdmin => Err(Error::new(
                Code::WrongState,
                "This is the last admin who may sign in, so nothing was changed. Make somebody else an admin first.",
            )),
        }
    }

    /// Ends all tokens of somebody.
    ///
    /// # Errors
    /// `Forbidden` with a personal token, `NotFound`.
    pub async fn sign_out_everywhere(&self, by: &Admin, id: UserId) -> Result<()> {
        let holder = by.signed_in()?;
        let deed = self.deed(Some(holder.account), "tokens.ended", &id, &json!({}));
        self.store().sign_out_everywhere(holder.organisation, id, deed).await?;
        self.0.holders.forget(id);
        Ok(())
    }

    /// Somebody as they are added, with what becomes of them, or why they cannot be.
    pub(super) fn to_be_added(&self, by: &Admin, person: &Invited) -> Result<ToBeAdded> {
        let id = UserId(new_id(self.device()));
        let (email, name) = (email(&person.email)?, named("name", &person.name)?);
        let (kept, invitation) = self.new_invitation(by);
        let said = json!({ "email": email, "role": person.role, "invited": true });
        let deed = self.deed(Some(by.holder().account), "account.created", &id, &said);
        let account = NewAccount { id, email, name, role: person.role, shop: person.shop, password: None, created_at: kept.created_at };
        Ok(ToBeAdded { account, kept, deed, invitation })
    }
}

/// False where nobody can have that in their name.
fn can_be_found(query: &PeopleQuery) -> Result<bool> {
    let text = query.text.as_deref().unwrap_or_default();
    if text.chars().nth(LONGEST_TEXT).is_some() {
        return Err(Error::invalid(format!("q: at most {LONGEST_TEXT} characters")));
    }
    // PostgreSQL takes no text with this sign.
    Ok(!text.contains('\0'))
}

/// The change, as the log has it.
fn said(change: &PersonChange) -> Value {
    let mut said = Map::new();
    if let Some(name) = &change.name {
        said.insert("name".to_owned(), json!(name));
    }
    if let Some(role) = change.role {
        said.insert("role".to_owned(), json!(role));
    }
    if let Some(shop) = change.shop {
        said.insert("storeId".to_owned(), json!(shop));
    }
    if let Some(disabled) = change.disabled {
        said.insert("disabled".to_owned(), json!(disabled));
    }
    said.into()
}
