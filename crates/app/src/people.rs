//! Who practises on this device, and what they have chosen.

use sellme_core::{
    Code, Error,
    error::Result,
    id::UserId,
    session::Profile,
    wire::{Deleted, Settings},
};
use sellme_voice::provider::Target;

use crate::{App, Store, device};

/// Longest name in characters.
const NAME_LIMIT: usize = 60;

/// Nobody has said who they are yet.
pub(crate) fn nobody() -> Error {
    Error::new(Code::WrongState, "Say who is practicing first: there is no profile on this device yet.")
}

impl<S: Store> App<S> {
    /// Everybody who practises on this device, oldest first.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn profiles(&self) -> Result<Vec<Profile>> {
        self.store.profiles().await
    }

    /// Who practises, if anybody has said so.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn profile(&self) -> Result<Option<Profile>> {
        self.store.chosen_profile().await
    }

    /// Makes a profile and chooses it. A call of whoever practised before ends.
    ///
    /// # Errors
    /// An empty, too long or taken name; what was said last and cannot be stored yet.
    pub async fn create_profile(&self, name: &str) -> Result<Profile> {
        let name = self.free_name(name, None).await?;
        self.end_calls().await?;
        let profile = Profile { id: UserId(device::new_id(&*self.device)), name, created_at: self.device.now() };
        self.store.create_profile(&profile).await?;
        Ok(profile)
    }

    /// Changes a person's name.
    ///
    /// # Errors
    /// An unknown id; an empty, too long or taken name.
    pub async fn rename_profile(&self, id: UserId, name: &str) -> Result<Profile> {
        let name = self.free_name(name, Some(id)).await?;
        self.store.rename_profile(id, &name).await
    }

    /// From now on this person practises. A call of somebody else ends first, with its last words.
    ///
    /// # Errors
    /// An unknown id; what was said last and cannot be stored yet.
    pub async fn choose_profile(&self, id: UserId) -> Result<Profile> {
        if self.profile().await?.is_none_or(|profile| profile.id != id) {
            self.end_calls().await?;
        }
        self.store.choose_profile(id).await
    }

    /// What the person who practises has chosen; defaults before the first profile.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn settings(&self) -> Result<Settings> {
        match self.store.chosen_profile().await? {
            Some(profile) => self.store.settings(profile.id).await,
            None => Ok(Settings::default()),
        }
    }

    /// Keeps what the person has chosen.
    ///
    /// # Errors
    /// No profile yet; an address of a server that is new and cannot be used.
    pub async fn save_settings(&self, settings: &Settings) -> Result<Settings> {
        let user = self.user().await?;
        let (voice, before) = (&settings.voice, self.store.settings(user).await?.voice);
        let is_new = |address: &str, before: &str| !address.trim().is_empty() && address != before;
        if is_new(&voice.compatible.base_url, &before.compatible.base_url) {
            Target::compatible(&voice.compatible)?;
        }
        if is_new(&voice.hub.address, &before.hub.address) {
            Target::hub(&voice.hub)?;
        }
        self.store.save_settings(user, settings).await?;
        Ok(settings.clone())
    }

    /// Deletes everything of the person who practises, for good. `confirmation` is the person's name, as typed.
    ///
    /// # Errors
    /// [`Code::InvalidInput`] where the name does not match, or what the store refuses; nothing is deleted then.
    pub async fn delete_everything(&self, confirmation: &str) -> Result<Deleted> {
        let profile = self.profile().await?.ok_or_else(nobody)?;
        if confirmation.trim() != profile.name {
            return Err(Error::invalid(format!("Nothing was deleted: type the name “{}” exactly to confirm.", profile.name)));
        }
        // What could not be stored is deleted with everything else.
        let _ = self.end_calls().await;
        self.live.clear();
        self.store.delete_person(profile.id, self.device.now()).await
    }

    async fn free_name(&self, name: &str, own: Option<UserId>) -> Result<String> {
        let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(Error::invalid("A profile needs a name."));
        }
        if name.chars().count() > NAME_LIMIT {
            return Err(Error::invalid(format!("A name has at most {NAME_LIMIT} characters.")));
        }
        let taken = self
            .store
            .profiles()
            .await?
            .iter()
            .any(|profile| Some(profile.id) != own && profile.name.to_lowercase() == name.to_lowercase());
        if taken {
            return Err(Error::invalid(format!("“{name}” already practices on this device.")));
        }
        Ok(name)
    }
}
