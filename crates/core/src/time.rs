//! Time: UTC milliseconds. Nothing here reads a clock.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A day, in milliseconds.
pub const DAY_MS: i64 = 86_400_000;

/// A moment, in milliseconds since 1970-01-01 UTC, or a length in milliseconds where the field's name says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Millis(#[cfg_attr(feature = "bindings", ts(type = "number"))] pub i64);

impl Millis {
    /// Milliseconds from `earlier` to here; never negative, so that a clock that was set back cannot make a negative length.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self((self.0 - earlier.0).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_set_back_never_makes_a_negative_length() {
        assert_eq!(Millis(5).since(Millis(9)), Millis(0));
        assert_eq!(Millis(9).since(Millis(5)), Millis(4));
    }
}
