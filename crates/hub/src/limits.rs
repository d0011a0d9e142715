//! How often somebody may ask: by address before it is known who asks, by person afterwards.

use std::{hash::Hash, net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use uuid::Uuid;

use crate::config::Config;

/// One limit for each kind of question.
#[derive(Debug)]
pub(crate) struct Limits {
    pub(crate) requests: Limit<Uuid>,
    pub(crate) strangers: Limit<IpAddr>,
    pub(crate) sign_ins: Limit<IpAddr>,
    pub(crate) calls: Limit<Uuid>,
}

impl Limits {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            requests: Limit::a_minute(config.rate),
            strangers: Limit::a_minute(config.rate),
            sign_ins: Limit::a_minute(config.sign_in_rate),
            calls: Limit::a_minute(config.call_rate),
        }
    }

    /// Lets go of everybody who has not asked for a while.
    pub(crate) fn forget_idle(&self) {
        self.requests.0.retain_recent();
        self.strangers.0.retain_recent();
        self.sign_ins.0.retain_recent();
        self.calls.0.retain_recent();
    }
}

/// So many times a minute, all at once or spread.
#[derive(Debug)]
pub(crate) struct Limit<K: Hash + Eq + Clone>(DefaultKeyedRateLimiter<K>);

impl<K: Hash + Eq + Clone> Limit<K> {
    fn a_minute(times: u32) -> Self {
        let times = NonZeroU32::new(times).unwrap_or(NonZeroU32::MIN);
        Self(RateLimiter::keyed(Quota::per_minute(times)))
    }

    /// Counts once more; `Err` is the number of seconds after which it would be taken.
    pub(crate) fn count(&self, who: &K) -> Result<(), u32> {
        self.0.check_key(who).map_err(|early| {
            let wait: Duration = early.wait_time_from(self.0.clock().now());
            u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_too_often_is_told_when_to_come_again_and_others_are_not() {
        let limit = Limit::a_minute(3);
        assert!((0..3).all(|_| limit.count(&"dana").is_ok()));
        let seconds = limit.count(&"dana").expect_err("the fourth");
        assert!((1..=21).contains(&seconds), "{seconds}");
        assert!(limit.count(&"lee").is_ok());
    }
}
