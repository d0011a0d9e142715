//! The use cases of SellMe PRT: what the window, the command line and the hub let a person do. Written against small traits ([`Store`], [`Device`]), so that it
//! knows neither SQL nor a clock.

mod browse;
mod calls;
mod clock;
#[cfg(feature = "company")]
pub mod company;
mod device;
mod export;
mod live;
mod people;
mod practice;
mod review;
mod seats;
mod spoken;
mod sqlite;
mod store;
mod views;

use std::{path::PathBuf, sync::Arc};

use sellme_core::{Error, catalog::Catalog, error::Result, id::UserId, session::Session};

pub use calls::{CallWish, Listener, Service, Told, VoiceHost};
pub use device::Device;
pub use practice::next_session_id;
pub use spoken::{Heard, Spoken, VoiceBrief};
pub use store::{EachSession, Store};

use calls::{Partings, Talk, Wishes};
use live::Live;
use seats::Seats;

/// The program without a host: everything a person can do, on one data folder.
pub struct App<S: Store> {
    store: S,
    catalog: Arc<Catalog>,
    device: Arc<dyn Device>,
    exports: PathBuf,
    live: Seats<Live>,
    /// The calls that are going on, one at most for an attempt.
    calls: Seats<Talk>,
    wishes: Wishes,
    partings: Partings,
}

impl<S: Store> App<S> {
    /// The use cases over this store. `exports` is the folder that exports are written to.
    pub fn new(store: S, catalog: Arc<Catalog>, device: Arc<dyn Device>, exports: PathBuf) -> Self {
        let (live, calls, wishes, partings) = (Seats::default(), Seats::default(), Wishes::default(), Partings::default());
        Self { store, catalog, device, exports, live, calls, wishes, partings }
    }

    /// The catalogue in use.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Who practises.
    async fn user(&self) -> Result<UserId> {
        Ok(self.store.chosen_profile().await?.ok_or_else(people::nobody)?.id)
    }

    /// Several people may practise on one laptop: to anybody but its own rep a session is not there. Whatever opens one by its id comes by here.
    async fn must_own(&self, session: &Session) -> Result<()> {
        if session.user_id == self.user().await? { Ok(()) } else { Err(Error::not_found("session", &session.id.to_string())) }
    }
}
