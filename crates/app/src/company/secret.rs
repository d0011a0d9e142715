//! The secret of a token: shown once, never kept. It names its company, so that the records are found by company first.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use sellme_core::id::OrganisationId;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::Device;

/// What a secret is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A person is signed in by it.
    Person,
    /// A device is enrolled by it.
    Device,
    /// Somebody is invited by it.
    Invitation,
}

impl Kind {
    /// What every such secret begins with, by which scanners for leaked secrets know it.
    fn prefix(self) -> &'static str {
        match self {
            Self::Person => "smp_",
            Self::Device => "smd_",
            Self::Invitation => "smi_",
        }
    }
}

/// Bytes of a company's id, then of chance.
const NAMED: usize = 16;
const CHANCE: usize = 32;

/// The secret of a token. It prints as nothing.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A new one of this company.
    pub(super) fn of_kind(kind: Kind, organisation: OrganisationId, device: &dyn Device) -> Self {
        let mut bytes = Zeroizing::new([0; NAMED + CHANCE]);
        bytes[..NAMED].copy_from_slice(organisation.0.as_bytes());
        for piece in bytes[NAMED..].chunks_mut(10) {
            piece.copy_from_slice(&device.chance()[..piece.len()]);
        }
        Self(Zeroizing::new(format!("{}{}", kind.prefix(), Base64UrlUnpadded::encode_string(&*bytes))))
    }

    /// The secret itself, for the one answer that shows it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub(super) fn hash(&self) -> [u8; 32] {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The company that a shown token names, and what is kept of such a token; `None` for what cannot be one.
pub(super) fn read(kind: Kind, shown: &str) -> Option<(OrganisationId, [u8; 32])> {
    let mut bytes = [0; NAMED + CHANCE];
    let decoded = Base64UrlUnpadded::decode(shown.strip_prefix(kind.prefix())?, &mut bytes).ok()?;
    let named = decoded.first_chunk::<NAMED>().filter(|_| decoded.len() == NAMED + CHANCE)?;
    Some((OrganisationId(Uuid::from_bytes(*named)), hash(shown)))
}

fn hash(shown: &str) -> [u8; 32] {
    Sha256::digest(shown.as_bytes()).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sellme_core::Millis;

    use super::*;

    struct Dice(std::sync::atomic::AtomicU8);

    impl Device for Dice {
        fn now(&self) -> Millis {
            Millis(0)
        }

        fn utc_offset_minutes(&self) -> i32 {
            0
        }

        fn chance(&self) -> [u8; 10] {
            [self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed); 10]
        }
    }

    #[test]
    fn a_token_names_its_company_and_is_kept_as_a_hash() {
        let device = Dice(7.into());
        let organisation = OrganisationId(Uuid::from_u128(42));
        let secret = Secret::of_kind(Kind::Person, organisation, &device);
        assert_eq!(read(Kind::Person, secret.reveal()), Some((organisation, secret.hash())));
        assert_eq!(read(Kind::Device, secret.reveal()), None, "a secret is of its kind alone");
        assert_eq!(secret.reveal().len(), 4 + 64);
        assert_ne!(secret.hash(), Secret::of_kind(Kind::Person, organisation, &device).hash(), "no two are the same");
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn what_is_no_token_is_none() {
        for shown in ["", "smp_", "smp_AAAA", "sk-abc", &format!("smp_{}", "A".repeat(65)), &format!("smp_{}", "!".repeat(64))] {
            assert_eq!(read(Kind::Person, shown), None, "{shown}");
        }
    }
}
