//! The key of a service: goes where it is sent and shows nowhere else.

use std::fmt;

use sellme_core::{Error, error::Result};
use zeroize::Zeroizing;

/// Fewest and most characters of a key that a person types.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=512;
/// Most characters of a key that a service hands out for one call; a proxy's can hold a whole encrypted token.
const LONGEST_MINTED: usize = 8_192;

/// A key. It prints as nothing and is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Zeroizing<String>);

impl Key {
    /// The key that a person typed or pasted, without the white space around it.
    ///
    /// # Errors
    /// `InvalidInput` for what cannot be a key: too short, too long, or with something in it that no key has.
    pub fn typed(text: impl Into<String>) -> Result<Self> {
        let text = Zeroizing::new(text.into());
        let key = text.trim();
        if !LENGTHS.contains(&key.chars().count()) {
            return Err(Error::invalid("That is no key or access token: one has 8 to 512 characters. Copy it again, all of it."));
        }
        if !is_plain(key) {
            return Err(Error::invalid(
                "That is no key or access token: there is a space, a line break or a sign in it that none has. Copy it again, and nothing else.",
            ));
        }
        Ok(Self(Zeroizing::new(key.to_owned())))
    }

    /// A key for one call that a service handed out; `None` for what cannot be one.
    #[must_use]
    pub fn minted(text: &str) -> Option<Self> {
        let is_key = !text.is_empty() && text.len() <= LONGEST_MINTED && is_plain(text);
        is_key.then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// The key itself, for those who send or keep it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Its last four characters, by which a person knows it again.
    #[must_use]
    pub fn last_four(&self) -> &str {
        // Plain ASCII, so that every place is one between characters.
        &self.0[self.0.len().saturating_sub(4)..]
    }
}

/// Visible ASCII: fits into a header, and into one line.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|sign| sign.is_ascii_graphic())
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key(…)")
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_key_is_trimmed_and_shows_four_characters() {
        let key = Key::typed("  sk-proj-abcdefgh1234\r\n").unwrap();
        assert_eq!((key.reveal(), key.last_four()), ("sk-proj-abcdefgh1234", "1234"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let (long, longest) = ("k".repeat(513), "k".repeat(512));
        for text in
            ["", "   ", "sk-1234", "sk-abc def-ghi", "sk-abc\ndef-ghi", "sk-schlüssel-1", "“sk-abcdefghij”", "sk-abc\u{0}defghi", &long]
        {
            assert_eq!(Key::typed(text).unwrap_err().code, sellme_core::Code::InvalidInput, "{text:?}");
        }
        assert!(Key::typed(longest).is_ok());
        assert!(Key::minted("").is_none() && Key::minted("ek_a b").is_none());
        assert!(Key::minted(&"k".repeat(5_000)).is_some());
    }

    proptest! {
        #[test]
        fn a_key_never_prints(text in "[!-~]{8,512}") {
            let key = Key::typed(text.clone()).unwrap();
            for printed in [format!("{key:?}"), format!("{key:#?}"), format!("{key}"), format!("{:?}", Some(&key))] {
                prop_assert!(!text.contains(&printed) && !printed.contains(&text) && !printed.contains(key.last_four()));
            }
        }
    }
}
