//! Wrong passwords: counted for an address and the network that they came from, whether anybody has that address or not, so that nobody learns by it who is known.
//! They are counted in memory, by each process for itself; what all networks together guess is counted in the records.

use std::{
    collections::{HashMap, hash_map::RandomState},
    hash::BuildHasher as _,
    sync::{Mutex, MutexGuard, PoisonError},
};

use sellme_core::{Code, Error, Millis};
use sellme_store::StoreError;

use super::Network;

/// Wrong ones in a row from one network that are still a slip of the fingers.
const SLIPS: u32 = 4;

/// How long nobody of that network is let in after one more, in milliseconds; doubles each time, up to an hour.
const LOCKED_MS: i64 = 60_000;
const LONGEST_LOCK_MS: i64 = 60 * 60_000;

/// Wrong ones in a row from all networks together that lock nothing, and how long nobody is let in after one more, in milliseconds. It does not double: others who go on
/// guessing are not to keep the person out.
const FROM_EVERYWHERE: u32 = 99;
const CLOSED_MS: i64 = 60_000;

/// How long after a wrong one the next is the first again, in milliseconds, where those from everywhere are counted. One network alone has to wait longer than that long
/// before it has guessed as often.
pub(super) const QUIET_MS: i64 = 30 * 60_000;

/// Most that are remembered. Those are forgotten first of which nothing was heard for longest.
const REMEMBERED: usize = 65_536;

/// Why somebody was not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotLetIn {
    /// Too many tries failed. None is made for so many seconds.
    Locked {
        /// From now on.
        seconds: u32,
    },
    /// Whatever else.
    Refused(Error),
}

/// What lets somebody in, or does not.
pub type LetIn<T> = Result<T, NotLetIn>;

impl From<Error> for NotLetIn {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<StoreError> for NotLetIn {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<NotLetIn> for Error {
    fn from(why: NotLetIn) -> Self {
        match why {
            NotLetIn::Locked { seconds } => {
                Self::new(Code::SignInLocked, format!("Too many sign-ins failed. Try again in {seconds} seconds."))
            }
            NotLetIn::Refused(error) => error,
        }
    }
}

/// What was tried for an address from a network.
#[derive(Debug, Clone, Copy)]
struct Tried {
    failures: u32,
    last: Millis,
    locked_until: Millis,
}

/// An address, as a hash of this process's own, and a network.
type Key = (u64, Network);

/// Who guessed lately, and where.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    tried: Mutex<HashMap<Key, Tried>>,
    hasher: RandomState,
}

impl Guesses {
    /// That this network may try this address.
    ///
    /// # Errors
    /// `Locked`.
    pub(super) fn unlocked(&self, email: &str, network: Network, now: Millis) -> LetIn<()> {
        let tried = self.tried();
        tried.get(&self.key(email, network)).map_or(Ok(()), |tried| unlocked(tried.locked_until, now))
    }

    /// Counts a wrong one.
    ///
    /// # Errors
    /// `Locked` where others were wrong so often meanwhile that this one is not looked at any more.
    pub(super) fn failed(&self, email: &str, network: Network, now: Millis) -> LetIn<()> {
        let (key, mut tried) = (self.key(email, network), self.tried());
        let before = tried.get(&key).copied();
        unlocked(before.map_or(Millis(0), |before| before.locked_until), now)?;
        if before.is_none() && tried.len() >= REMEMBERED {
            let oldest = tried.iter().min_by_key(|(_, tried)| tried.last).map(|(key, _)| *key);
            if let Some(oldest) = oldest {
                tried.remove(&oldest);
            }
        }
        let failures = before.map_or(0, |before| before.failures).saturating_add(1);
        tried.insert(key, Tried { failures, last: now, locked_until: Millis(now.0 + lock(failures).0) });
        Ok(())
    }

    /// Forgets the wrong ones of a network whose next one was right.
    pub(super) fn forget(&self, email: &str, network: Network) {
        self.tried().remove(&self.key(email, network));
    }

    /// Forgets the wrong ones of all networks, since there is a new password.
    pub(super) fn forget_all(&self, email: &str) {
        let address = self.hasher.hash_one(email);
        self.tried().retain(|(of, _), _| *of != address);
    }

    fn key(&self, email: &str, network: Network) -> Key {
        (self.hasher.hash_one(email), network)
    }

    fn tried(&self) -> MutexGuard<'_, HashMap<Key, Tried>> {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// That no lock holds. Of one that lasts longer than any, the clock was set back meanwhile.
pub(super) fn unlocked(until: Millis, now: Millis) -> LetIn<()> {
    let locked = until.since(now).0;
    if (1..=LONGEST_LOCK_MS).contains(&locked) {
        // A whole number of seconds, and none too few.
        return Err(NotLetIn::Locked { seconds: u32::try_from((locked + 999) / 1000).unwrap_or(u32::MAX) });
    }
    Ok(())
}

/// How long nobody of a network is let in after so many failures.
fn lock(failures: u32) -> Millis {
    let more = failures.saturating_sub(SLIPS);
    Millis(if more == 0 { 0 } else { LONGEST_LOCK_MS.min(LOCKED_MS << (more - 1).min(10)) })
}

/// How long nobody at all is let in after so many failures from everywhere.
pub(super) fn closed(failures: u32) -> Millis {
    Millis(if failures > FROM_EVERYWHERE { CLOSED_MS } else { 0 })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use super::*;

    fn network(number: u32) -> Network {
        IpAddr::from(Ipv4Addr::from_bits(number)).into()
    }

    #[test]
    fn the_fifth_failure_locks_for_a_minute_and_each_further_one_for_twice_as_long() {
        let minutes: Vec<i64> = (0..14).map(|failures| lock(failures).0 / 60_000).collect();
        assert_eq!(minutes, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(lock(u32::MAX), Millis(LONGEST_LOCK_MS));
    }

    #[test]
    fn one_network_alone_does_not_close_an_account_to_all_others() {
        let (mut now, mut in_a_row, mut most) = (0, 0, 0);
        for failures in 1..200 {
            in_a_row += 1;
            most = most.max(in_a_row);
            let wait = lock(failures).0;
            if wait > QUIET_MS {
                in_a_row = 0;
            }
            now += wait;
        }
        assert!(now > 7 * 86_400_000, "it took {now} ms");
        assert_eq!(closed(most), Millis(0), "{most} in a row");
    }

    #[test]
    fn a_lock_says_how_many_seconds_it_lasts_and_none_too_few() {
        for (locked, seconds) in [(1, 1), (1_000, 1), (1_001, 2), (60_000, 60), (LONGEST_LOCK_MS, 3_600)] {
            assert_eq!(unlocked(Millis(5_000 + locked), Millis(5_000)), Err(NotLetIn::Locked { seconds }));
        }
        for until in [0, 5_000, 5_001 + LONGEST_LOCK_MS] {
            assert_eq!(unlocked(Millis(until), Millis(5_000)), Ok(()));
        }
    }

    #[test]
    fn what_is_remembered_has_an_end_and_the_oldest_is_forgotten_first() {
        let guesses = Guesses::default();
        let from = |number: usize| network(u32::try_from(number).unwrap());
        for _ in 0..5 {
            guesses.failed("dana@example.com", from(0), Millis(0)).unwrap();
        }
        for number in 1..=REMEMBERED {
            assert!(guesses.unlocked("dana@example.com", from(0), Millis(1)).is_err(), "forgotten after {number}");
            guesses.failed("dana@example.com", from(number), Millis(1)).unwrap();
        }
        assert_eq!(guesses.tried().len(), REMEMBERED);
        assert_eq!(guesses.unlocked("dana@example.com", from(0), Millis(1)), Ok(()));
    }
}
