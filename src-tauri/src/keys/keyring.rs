//! What keeps keys from one run to the next.

use sellme_voice::provider::Key;

/// Why a keyring did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// None is there.
    Absent,
    /// One is there and is locked, or somebody closed its question.
    Refused,
    /// One is there and asks somebody who does not answer.
    Slow,
}

/// A keyring. Its answers can take as long as a person takes to type a password, so it is asked on a thread of its own ([`super::line::Line`]).
pub(super) trait Keyring: Send + Sync {
    /// The key of this account, if one is there.
    fn get(&self, account: &str) -> Result<Option<Key>, Trouble>;
    /// Keeps this key for this account, in the place of any other.
    fn set(&self, account: &str, key: &Key) -> Result<(), Trouble>;
    /// Forgets the key of this account. That none is there is fine.
    fn delete(&self, account: &str) -> Result<(), Trouble>;
}
