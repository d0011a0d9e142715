//! How often somebody may ask: by network before it is known who asks, by person afterwards. Each process counts for itself.

use std::{
    collections::{HashSet, hash_map::RandomState},
    hash::{BuildHasher as _, Hash},
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};
use sellme_app::company::Network;
use uuid::Uuid;

use crate::config::Config;

/// Most tokens that are remembered as good.
const REMEMBERED: usize = 65_536;

/// One limit for each kind of question.
#[derive(Debug)]
pub(crate) struct Limits {
    pub(crate) requests: Limit<Uuid>,
    pub(crate) strangers: Limit<Network>,
    pub(crate) sign_ins: Limit<Network>,
    pub(crate) calls: Limit<Uuid>,
    pub(crate) good: GoodTokens,
}

impl Limits {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            requests: Limit::a_minute(config.rate),
            strangers: Limit::a_minute(config.rate),
            sign_ins: Limit::a_minute(config.sign_in_rate),
            calls: Limit::a_minute(config.call_rate),
            good: GoodTokens::default(),
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

/// Tokens that were good when they were shown last, as hashes of this process's own. They are looked up without being counted as a stranger's; whether they still are good is
/// looked up each time.
#[derive(Debug, Default)]
pub(crate) struct GoodTokens {
    shown: Mutex<HashSet<u64>>,
    hasher: RandomState,
}

impl GoodTokens {
    pub(crate) fn has(&self, token: &str) -> bool {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).contains(&self.hasher.hash_one(token))
    }

    pub(crate) fn note(&self, token: &str, is_good: bool) {
        let (hash, mut shown) = (self.hasher.hash_one(token), self.shown.lock().unwrap_or_else(PoisonError::into_inner));
        if !is_good {
            shown.remove(&hash);
            return;
        }
        if shown.len() >= REMEMBERED {
            shown.clear();
        }
        shown.insert(hash);
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
