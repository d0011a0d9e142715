//! Codes that are typed by hand, once and within minutes: ten signs of an alphabet without those that are taken for each other. Fifty bits are more than anybody tries in
//! that time, be it with the hash in hand.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::Device;

/// Crockford's: neither I, L and O, which are taken for figures, nor U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Signs of a code, half of them before the hyphen.
const SIGNS: usize = 10;

/// A code. It prints as nothing.
pub struct EnrolmentCode(Zeroizing<String>);

impl EnrolmentCode {
    /// A new one.
    pub(super) fn new(device: &dyn Device) -> Self {
        let chance = Zeroizing::new(device.chance());
        Self(Zeroizing::new(chance.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()))
    }

    /// What somebody typed, in whatever case, with or without hyphens and spaces; `None` for what is no code.
    pub(super) fn typed(text: &str) -> Option<Self> {
        let signs = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').map(|sign| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            sign => sign,
        });
        let code: String = signs.take(SIGNS + 1).collect();
        (code.len() == SIGNS && code.bytes().all(|sign| ALPHABET.contains(&sign))).then(|| Self(Zeroizing::new(code)))
    }

    /// The code as it is read out, for the one answer that shows it: `7K3QX-0M9TB`.
    #[must_use]
    pub fn reveal(&self) -> String {
        let (first, second) = self.0.split_at(SIGNS / 2);
        format!("{first}-{second}")
    }

    /// What is kept of it.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for EnrolmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EnrolmentCode")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sellme_core::Millis;

    use super::*;

    struct Fixed;

    impl Device for Fixed {
        fn now(&self) -> Millis {
            Millis(0)
        }

        fn utc_offset_minutes(&self) -> i32 {
            0
        }

        fn chance(&self) -> [u8; 10] {
            [0, 1, 31, 32, 255, 16, 17, 18, 19, 20]
        }
    }

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = EnrolmentCode::new(&Fixed);
        assert_eq!(code.reveal(), "01Z0Z-GHJKM");
        for typed in ["01Z0Z-GHJKM", "01z0zghjkm", " oiz0z ghj-km ", "OLZ0Z-GHJKM"] {
            assert_eq!(EnrolmentCode::typed(typed).unwrap().hash(), code.hash(), "{typed}");
        }
        assert_ne!(EnrolmentCode::typed("01Z0Z-GHJKN").unwrap().hash(), code.hash());
        assert_eq!(format!("{code:?}"), "EnrolmentCode");
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in ["", "01Z0Z-GHJK", "01Z0Z-GHJKMM", "01Z0Z-GHJKU", "01Z0Z-GHJK\0", "é1Z0Z-GHJKM", &"0".repeat(100_000)] {
            assert!(EnrolmentCode::typed(typed).is_none(), "{typed}");
        }
    }
}
