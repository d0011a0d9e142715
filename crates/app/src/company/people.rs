//! People: added, signed in, and their passwords.

use sellme_core::{
    Code, Error, Millis,
    company::{Account, Holder, Organisation, Role},
    embedded,
    error::Result,
    id::{OrganisationId, ShopId, UserId},
};
use sellme_store::{
    StoreError,
    company::{Deed, NewAccount},
};
use serde_json::json;

use super::{
    Company, Network, NotLetIn, Secret,
    guesses::{self, LetIn},
    password, tokens,
};
use crate::device::new_id;

/// Somebody to be added.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Address they sign in with.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they work.
    pub shop: Option<ShopId>,
    /// Their password; none where they sign in elsewhere.
    pub password: Option<String>,
}

impl NewPerson {
    /// Whether they can be added as they are described, before anything is.
    ///
    /// # Errors
    /// `InvalidInput` that names the field.
    pub fn check(&self) -> Result<()> {
        let email = email(&self.email)?;
        named("name", &self.name)?;
        self.password.as_deref().map_or(Ok(()), |password| password::check(password, &email))
    }
}

/// Somebody who has just signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// What they show from now on.
    pub secret: Secret,
    /// When it ends.
    pub expires_at: Millis,
    /// Who they are.
    pub account: Account,
}

impl Company {
    /// As [`Company::sign_in_from`], from this machine itself.
    ///
    /// # Errors
    /// `SignInRefused`, and `SignInLocked` after too many failures.
    pub async fn sign_in(&self, email: &str, password: &str, organisation: Option<&str>, name: &str) -> Result<SignedIn> {
        Ok(self.sign_in_from(Network::HERE, email, password, organisation, name).await?)
    }

    /// Lets somebody in who knows the password. `name` says what the token is for, such as a browser.
    ///
    /// # Errors
    /// `SignInRefused`, the same for an unknown address, for a wrong password and where too many failed from everywhere; `Locked` after too many failures from this network,
    /// whether anybody has the address or not.
    pub async fn sign_in_from(
        &self,
        network: Network,
        email: &str,
        password: &str,
        organisation: Option<&str>,
        name: &str,
    ) -> LetIn<SignedIn> {
        let email = email.trim().to_lowercase();
        let (now, guesses) = (self.device().now(), &self.0.guesses);
        // Looked at first: during a lock not even the right password says anything.
        guesses.unlocked(&email, network, now)?;
        // PostgreSQL takes no text with this sign, and nobody is called like that.
        let nobody = [Some(email.as_str()), organisation].into_iter().flatten().any(|text| text.contains('\0'));
        let found = if nobody { None } else { self.store().credentials(&email, organisation).await? };
        let kept = found.as_ref().and_then(|found| found.password.clone());
        let fits = self.0.passwords.is(password, kept).await?;
        // Passwords are looked at one after the other: what those locked who came before is locked for whoever waited meanwhile, the right password or not.
        let Some(found) = found else {
            guesses.failed(&email, network, now)?;
            return Err(refused().into());
        };
        let (organisation, account) = (found.organisation, found.account);
        let closed = match self.unlocked_everywhere(organisation, account.id).await {
            Ok(()) => false,
            // Said of nobody who is known: whoever is not known cannot be closed.
            Err(NotLetIn::Locked { .. }) => true,
            Err(why) => return Err(why),
        };
        if !fits || closed || account.disabled_at.is_some() {
            guesses.failed(&email, network, now)?;
            if !closed {
                let deed = self.deed(None, "sign_in.failed", &account.id, &json!({}));
                self.count_failure(organisation, account.id, now, deed).await?;
            }
            return Err(refused().into());
        }
        guesses.unlocked(&email, network, now)?;
        let signed_in = self.give_token(organisation, account, name).await?;
        guesses.forget(&email, network);
        Ok(signed_in)
    }

    /// That the account is not closed by what failed from everywhere.
    async fn unlocked_everywhere(&self, organisation: OrganisationId, account: UserId) -> LetIn<()> {
        let (_, locked_until) = self.store().password(organisation, account).await?;
        guesses::unlocked(locked_until, self.device().now())
    }

    async fn count_failure(&self, organisation: OrganisationId, account: UserId, now: Millis, deed: Deed) -> Result<()> {
        let quiet_since = Millis(now.0 - guesses::QUIET_MS);
        Ok(self.store().sign_in_failed(organisation, account, guesses::closed, quiet_since, now, deed).await?)
    }

    /// As [`Company::change_password_from`], from this machine itself.
    ///
    /// # Errors
    /// As there; `SignInLocked` after too many failures.
    pub async fn change_password(&self, holder: &Holder, old: &str, new: &str) -> Result<()> {
        Ok(self.change_password_from(Network::HERE, holder, old, new).await?)
    }

    /// Changes somebody's own password. They are signed out everywhere.
    ///
    /// # Errors
    /// `SignInRefused` where the old one does not fit, which counts like a sign-in that failed, and `Locked` after too many of them; `Forbidden` with a personal token;
    /// `InvalidInput` for a new one that is too easy.
    pub async fn change_password_from(&self, network: Network, holder: &Holder, old: &str, new: &str) -> LetIn<()> {
        tokens::signed_in(holder)?;
        let (now, guesses) = (self.device().now(), &self.0.guesses);
        guesses.unlocked(&holder.email, network, now)?;
        let (kept, _) = self.store().password(holder.organisation, holder.account).await?;
        let fits = self.0.passwords.is(old, kept).await?;
        self.unlocked_everywhere(holder.organisation, holder.account).await?;
        if !fits {
            guesses.failed(&holder.email, network, now)?;
            let deed = self.deed(Some(holder.account), "password.refused", &holder.account, &json!({}));
            self.count_failure(holder.organisation, holder.account, now, deed).await?;
            return Err(refused().into());
        }
        guesses.unlocked(&holder.email, network, now)?;
        let deed = self.deed(Some(holder.account), "password.changed", &holder.account, &json!({}));
        let password = self.hashed(new, &holder.email).await?;
        self.store().set_password(holder.organisation, holder.account, &password, deed).await?;
        self.0.holders.forget(holder.account);
        guesses.forget_all(&holder.email);
        Ok(())
    }

    /// Adds somebody to a company. `actor` is who does it; none on the server itself.
    ///
    /// # Errors
    /// `InvalidInput` that names the field, or where the address is taken.
    pub async fn add_person(&self, organisation: OrganisationId, actor: Option<UserId>, person: &NewPerson) -> Result<UserId> {
        let email = email(&person.email)?;
        let name = named("name", &person.name)?;
        let password = match &person.password {
            Some(password) => Some(self.hashed(password, &email).await?),
            None => None,
        };
        let id = UserId(new_id(self.device()));
        let deed = self.deed(actor, "account.created", &id, &json!({ "email": email, "role": person.role }));
        let created_at = self.device().now();
        let account = NewAccount { id, email, name, role: person.role, shop: person.shop, password, created_at };
        self.store().create_account(organisation, &account, deed).await?;
        Ok(id)
    }

    /// Every company of these records.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn organisations(&self) -> Result<Vec<Organisation>> {
        Ok(self.store().organisations().await?)
    }

    /// Adds a company, with the catalogue that the program brings.
    ///
    /// # Errors
    /// `InvalidInput` where one has that name.
    pub async fn add_organisation(&self, name: &str) -> Result<OrganisationId> {
        let catalog = embedded::catalog()?;
        let text = serde_json::to_string(catalog).map_err(|error| Error::new(Code::CatalogInvalid, error.to_string()))?;
        self.add_organisation_with(name, catalog.revision, &text).await
    }

    /// Adds a company with this catalogue, as JSON.
    ///
    /// # Errors
    /// `InvalidInput` where one has that name.
    pub async fn add_organisation_with(&self, name: &str, catalog_revision: u32, catalog: &str) -> Result<OrganisationId> {
        let name = named("organisation", name)?;
        let id = OrganisationId(new_id(self.device()));
        let deed = self.deed(None, "organisation.created", &id, &json!({ "name": name }));
        let organisation = Organisation { id, name, created_at: self.device().now(), catalog_revision };
        self.store().create_organisation(&organisation, catalog, deed).await?;
        Ok(id)
    }

    /// Adds a store to a company.
    ///
    /// # Errors
    /// `InvalidInput` for a name that is none, `WrongState` where one has it.
    pub async fn add_shop(&self, organisation: OrganisationId, actor: Option<UserId>, name: &str) -> Result<ShopId> {
        let name = named("name", name)?;
        let id = ShopId(new_id(self.device()));
        let deed = self.deed(actor, "store.created", &id, &json!({ "name": name }));
        self.store().create_shop(organisation, id, &name, self.device().now(), deed).await.map_err(|error| taken(error, &name))?;
        Ok(id)
    }

    pub(super) async fn hashed(&self, password: &str, email: &str) -> Result<String> {
        password::check(password, email)?;
        let mut salt = [0; 16];
        for piece in salt.chunks_mut(10) {
            piece.copy_from_slice(&self.device().chance()[..piece.len()]);
        }
        self.0.passwords.hash(password, salt).await
    }
}

/// The refusal of a store's name that another has.
pub(super) fn taken(error: StoreError, name: &str) -> Error {
    match error {
        StoreError::Exists { .. } => {
            Error::new(Code::WrongState, format!("There is a store “{name}” already. Nothing was changed; choose another name."))
        }
        error => error.into(),
    }
}

fn refused() -> Error {
    Error::new(
        Code::SignInRefused,
        "The address or the password is not right. If you are sure of both, name your company too, where the hub serves several, or try again in a few \
         minutes: after many wrong ones nobody is let in for a while.",
    )
}

/// An address, in small letters.
pub(super) fn email(text: &str) -> Result<String> {
    let email = text.trim().to_lowercase();
    let (name, place) = email.split_once('@').unwrap_or_default();
    let plain = |letter: char| !letter.is_whitespace() && !letter.is_control() && !"@<>\"',;:\\".contains(letter);
    let fits = !name.is_empty() && place.contains('.') && !place.starts_with('.') && !place.ends_with('.');
    if fits && email.chars().count() <= 254 && name.chars().chain(place.chars()).all(plain) {
        Ok(email)
    } else {
        Err(Error::invalid("email: that is no address"))
    }
}

/// A name: something that is left once the white space around it is gone.
pub(super) fn named(field: &str, text: &str) -> Result<String> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
        return Err(Error::invalid(format!("{field}: it needs 1 to 120 characters on one line")));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_small_letters_and_what_is_none_is_refused() {
        assert_eq!(email(" Dana.Ortiz@Example.com ").unwrap(), "dana.ortiz@example.com");
        for text in [
            "",
            "dana",
            "@example.com",
            "dana@",
            "dana@example",
            "da na@example.com",
            "dana@a.b@c.d",
            "<x>@example.com",
            "dana@example.com.",
        ] {
            assert!(email(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_name_is_on_one_line() {
        assert_eq!(named("name", "  Dana ").unwrap(), "Dana");
        for text in ["", "  ", "a\nb", &"x".repeat(121)] {
            assert!(named("name", text).is_err());
        }
    }
}
