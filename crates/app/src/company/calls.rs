//! Calls by voice that the company pays for: who may talk, for how long, as whose customer.

use sellme_core::{Code, Error, briefing::Brief, company::Holder, error::Result, id::SessionId, session::Status};
use sellme_store::company::{CallSeconds, NewCall};
use sellme_voice::{
    data::{Choice, voice_data},
    events::{SessionConfig, session::Tool},
};
use uuid::Uuid;

use super::{Company, not_yours};
use crate::device::new_id;

const DAY_MS: i64 = 86_400_000;

/// How many minutes of calls the company pays for on a day (UTC), and for how long one may last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallCaps {
    /// Of one person.
    pub person_minutes: u32,
    /// Of everybody at one store.
    pub shop_minutes: u32,
    /// Of the whole company.
    pub day_minutes: u32,
    /// Of one call.
    pub call_minutes: u32,
}

impl Default for CallCaps {
    fn default() -> Self {
        Self { person_minutes: 60, shop_minutes: 480, day_minutes: 2_400, call_minutes: 15 }
    }
}

/// A call that may be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct CallGrant {
    /// The call.
    pub id: Uuid,
    /// Its session.
    pub session: SessionId,
    /// What the service calls those of the same session that ended with this one.
    pub earlier: Vec<String>,
    /// What the customer is called.
    pub scenario: String,
    /// Who the voice is told to be, and how it listens.
    pub config: SessionConfig,
}

impl Company {
    /// Lets somebody talk with the customer of a session of their own that still goes on.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`; `WrongState` where the session is over; `LimitReached` where a cap leaves no room for another call.
    pub async fn grant_call(&self, holder: &Holder, session: SessionId, model: Option<&str>, caps: CallCaps) -> Result<CallGrant> {
        let attempt = self.store().attempt(holder.organisation, session).await?;
        if attempt.account != holder.account && holder.role < sellme_core::company::Role::Admin {
            return Err(not_yours());
        }
        if attempt.status != Status::InProgress {
            return Err(Error::new(Code::WrongState, "This session is over. Begin a new one to talk."));
        }
        let edition = self.catalog_at(holder.organisation, attempt.catalog_revision).await?;
        let catalog = &edition.catalog;
        let known = catalog.scenario(&attempt.scenario_id);
        let (product, scenario) = known.ok_or_else(|| Error::not_found("scenario", &attempt.scenario_id))?;
        // The same attempt has the same customer, however often it is called.
        let seed = session.0.as_fields().3.iter().fold(0_u32, |seed, byte| seed.rotate_left(5) ^ u32::from(*byte));
        let brief = Brief::new(product, scenario, &catalog.policies, seed);
        let data = voice_data()?;
        let now = self.device().now();
        let choice = Choice {
            model: model.map(str::to_owned),
            recogniser: Some(data.usual_recogniser(now).to_owned()),
            keywords: brief.keywords(),
            ..Choice::default()
        };
        let mut config = data.session(&choice);
        config.instructions = Some(brief.instructions());
        config.tools =
            Some(brief.tools().iter().map(|tool| Tool::function(tool.name, &tool.description, tool.parameters.clone())).collect());
        let call = NewCall {
            id: new_id(self.device()),
            session,
            account: attempt.account,
            shop: holder.shop,
            day: now.0.div_euclid(DAY_MS),
            opened_at: now,
            seconds: caps.call_minutes * 60,
        };
        let seconds = |minutes: u32| u64::from(minutes) * 60;
        let most = CallSeconds {
            account: seconds(caps.person_minutes),
            shop: seconds(caps.shop_minutes),
            organisation: seconds(caps.day_minutes),
        };
        let opened = self.store().open_call(holder.organisation, &call, fits, most).await?;
        let earlier = opened.ok_or_else(|| {
            Error::new(Code::LimitReached, "Today's minutes for talking by voice are used up. Practice by typing, or go on tomorrow.")
        })?;
        Ok(CallGrant { id: call.id, session, earlier, scenario: scenario.title.clone(), config })
    }

    /// Notes how the service answered.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn call_answered(&self, holder: &Holder, grant: &CallGrant, at_service: Option<&str>, taken: bool) -> Result<()> {
        Ok(self.store().call_answered(holder.organisation, grant.id, at_service, taken).await?)
    }

    /// Ends the calls of a session of somebody's own. Gives what the service calls them.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`.
    pub async fn end_calls(&self, holder: &Holder, session: SessionId) -> Result<Vec<String>> {
        let attempt = self.store().attempt(holder.organisation, session).await?;
        if attempt.account != holder.account && holder.role < sellme_core::company::Role::Admin {
            return Err(not_yours());
        }
        Ok(self.store().close_calls(holder.organisation, session, self.device().now()).await?)
    }
}

fn fits(used: CallSeconds, caps: CallSeconds) -> bool {
    used.account <= caps.account && used.shop <= caps.shop && used.organisation <= caps.organisation
}
