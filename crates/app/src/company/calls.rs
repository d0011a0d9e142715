//! Calls by voice that the company pays for: who may talk, for how long, as whose customer.

use sellme_core::{Cents, Code, DAY_MS, Error, Millis, briefing::Brief, company::Holder, error::Result, id::SessionId, session::Status};
use sellme_store::company::{CallCap, CallSum, CallsOfDay, NewCall, OverCall};
use sellme_voice::{
    data::{Choice, VoiceData, voice_data},
    events::{SessionConfig, session::Tool},
};
use uuid::Uuid;

use super::{Company, not_yours};
use crate::device::new_id;

/// Of how many calls that are over the service is told before it is looked again.
const TOLD_AT_ONCE: u32 = 100;

/// What the company pays for on a day (UTC): minutes of calls, and cents that they cost, about. And for how long one may last.
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
    /// Cents of one person; for nothing there are no calls.
    pub person_cents: u32,
    /// Cents of everybody at one store.
    pub shop_cents: u32,
    /// Cents of the whole company.
    pub day_cents: u32,
}

impl Default for CallCaps {
    fn default() -> Self {
        let (person_cents, shop_cents, day_cents) = (2_000, 10_000, 50_000);
        Self { person_minutes: 60, shop_minutes: 480, day_minutes: 2_400, call_minutes: 15, person_cents, shop_cents, day_cents }
    }
}

/// A call that may be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct CallGrant {
    /// The call.
    pub id: Uuid,
    /// Its session.
    pub session: SessionId,
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
        let shop = if attempt.account == holder.account {
            holder.shop
        } else {
            self.store().person(holder.organisation, attempt.account).await?.account.shop
        };
        let call = NewCall {
            id: new_id(self.device()),
            session,
            account: attempt.account,
            shop,
            day: now.0.div_euclid(DAY_MS),
            opened_at: now,
            seconds: caps.call_minutes * 60,
            millicents: longest_cost(data, config.model.as_deref(), caps.call_minutes),
        };
        let deed = self.on_behalf(holder, attempt.account, "call.opened", &session);
        if let Some(cap) = self.store().open_call(holder.organisation, &call, deed, beyond, caps.most()).await? {
            return Err(Error::new(Code::LimitReached, used_up(cap, caps, now)));
        }
        Ok(CallGrant { id: call.id, session, scenario: scenario.title.clone(), config })
    }

    /// Notes what the service calls a call that it took. Says whether the call is still open: it may have been closed while the service was asked.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn call_taken(&self, holder: &Holder, grant: &CallGrant, at_service: Option<&str>) -> Result<bool> {
        Ok(self.store().call_taken(holder.organisation, grant.id, at_service).await?)
    }

    /// Notes that the service took no call, or that nobody got the key for one: it counts for nothing.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn call_not_taken(&self, holder: &Holder, grant: &CallGrant) -> Result<()> {
        Ok(self.store().call_not_taken(holder.organisation, grant.id).await?)
    }

    /// Ends a call that nobody is there for any more.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn give_up_call(&self, holder: &Holder, grant: &CallGrant) -> Result<()> {
        Ok(self.store().close_call(holder.organisation, grant.id, self.device().now()).await?)
    }

    /// Ends the calls of a session of somebody's own.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`.
    pub async fn end_calls(&self, holder: &Holder, session: SessionId) -> Result<()> {
        let attempt = self.store().attempt(holder.organisation, session).await?;
        if attempt.account != holder.account && holder.role < sellme_core::company::Role::Admin {
            return Err(not_yours());
        }
        let deed = self.on_behalf(holder, attempt.account, "call.ended", &session);
        Ok(self.store().close_calls(holder.organisation, session, self.device().now(), deed).await?)
    }

    /// Ends the calls of everybody that have lasted as long as they may, or whose session is over. Gives those that are over, however they came to be, and of which the
    /// service has not been told yet: the same until [`call_told`](Self::call_told), in every process.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn over_calls(&self) -> Result<Vec<OverCall>> {
        self.store().close_overdue_calls(self.device().now()).await?;
        Ok(self.store().over_calls(TOLD_AT_ONCE).await?)
    }

    /// Notes that the service has been told of a call that is over.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn call_told(&self, call: &OverCall) -> Result<()> {
        Ok(self.store().call_told(call.organisation, call.id).await?)
    }
}

impl CallCaps {
    fn most(self) -> CallsOfDay {
        let sum = |account: u32, shop: u32, organisation: u32, each: u64| CallSum {
            account: u64::from(account) * each,
            shop: u64::from(shop) * each,
            organisation: u64::from(organisation) * each,
        };
        CallsOfDay {
            seconds: sum(self.person_minutes, self.shop_minutes, self.day_minutes, 60),
            millicents: sum(self.person_cents, self.shop_cents, self.day_cents, 1_000),
        }
    }
}

/// What the longest call with this model costs at most, about; nothing where its price is not known.
fn longest_cost(data: &VoiceData, model: Option<&str>, minutes: u32) -> u64 {
    let estimate = model.and_then(|model| data.estimate(model, minutes));
    estimate.map_or(0, |(_, most)| u64::try_from(most.0).unwrap_or(0) * 1_000)
}

/// The first cap that is in the way. Where nothing may be spent there are no calls, whatever they cost.
fn beyond(used: CallsOfDay, caps: CallsOfDay) -> Option<CallCap> {
    let (seconds, spent, most) = (used.seconds, used.millicents, caps.millicents);
    let over = |spent: u64, most: u64| spent > most || most == 0;
    [
        (seconds.account > caps.seconds.account, CallCap::PersonMinutes),
        (seconds.shop > caps.seconds.shop, CallCap::ShopMinutes),
        (seconds.organisation > caps.seconds.organisation, CallCap::DayMinutes),
        (over(spent.account, most.account), CallCap::PersonCost),
        (over(spent.shop, most.shop), CallCap::ShopCost),
        (over(spent.organisation, most.organisation), CallCap::DayCost),
    ]
    .into_iter()
    .find_map(|(is_over, cap)| is_over.then_some(cap))
}

/// Which cap is in the way, and when there is room again.
fn used_up(cap: CallCap, caps: CallCaps, now: Millis) -> String {
    let (what, most) = match cap {
        CallCap::PersonMinutes => ("your minutes for talking by voice", caps.person_minutes),
        CallCap::ShopMinutes => ("the minutes of your store for talking by voice", caps.shop_minutes),
        CallCap::DayMinutes => ("the company's minutes for talking by voice", caps.day_minutes),
        CallCap::PersonCost => ("what your talking by voice may cost", caps.person_cents),
        CallCap::ShopCost => ("what talking by voice may cost at your store", caps.shop_cents),
        CallCap::DayCost => ("what talking by voice may cost the company", caps.day_cents),
    };
    let is_cost = matches!(cap, CallCap::PersonCost | CallCap::ShopCost | CallCap::DayCost);
    let most_shown = if is_cost { Cents(most.into()).to_string() } else { format!("{most} minutes") };
    if most == 0 {
        return format!("The company pays for no talking by voice: {what} is set to {most_shown} a day. Practice by typing.");
    }
    let minutes = (DAY_MS - now.0.rem_euclid(DAY_MS)).div_euclid(60_000) + 1;
    format!(
        "Another call would go beyond {what} today ({most_shown}). There is room again in {} h {} min, at midnight UTC, or sooner where a call that is still open ends. \
         Practice by typing until then.",
        minutes / 60,
        minutes % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_cap_and_when_there_is_room_again() {
        let caps = CallCaps { person_cents: 250, ..CallCaps::default() };
        let noon = Millis(20_000 * DAY_MS + DAY_MS / 2);
        let said = used_up(CallCap::PersonCost, caps, noon);
        assert!(said.contains("your talking") && said.contains("$2.50") && said.contains("12 h 1 min"), "{said}");
        let said = used_up(CallCap::ShopMinutes, caps, Millis(noon.0 + DAY_MS / 2 - 1));
        assert!(said.contains("your store") && said.contains("480 minutes") && said.contains("0 h 1 min"), "{said}");
        assert!(used_up(CallCap::DayCost, CallCaps { day_cents: 0, ..caps }, noon).contains("pays for no talking"));
    }

    #[test]
    fn what_has_no_known_price_counts_for_nothing_but_is_not_let_through_where_nothing_may_be_spent() {
        let data = voice_data().expect("data");
        assert_eq!(longest_cost(data, Some("somebody-elses"), 15), 0);
        assert!(longest_cost(data, Some(&data.defaults.model), 15) > 0);
        let caps = CallCaps { day_cents: 0, ..CallCaps::default() };
        assert_eq!(beyond(CallsOfDay::default(), caps.most()), Some(CallCap::DayCost));
        assert_eq!(beyond(CallsOfDay::default(), CallCaps::default().most()), None);
    }
}
