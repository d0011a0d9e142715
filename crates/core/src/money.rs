//! Money: integer US cents.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amount in US cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Cents(#[cfg_attr(feature = "bindings", ts(type = "number"))] pub i64);

impl fmt::Display for Cents {
    /// `$119.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}${}.{:02}", cents / 100, cents % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_shown_with_two_decimals() {
        assert_eq!(Cents(11_900).to_string(), "$119.00");
        assert_eq!(Cents(199).to_string(), "$1.99");
        assert_eq!(Cents(-5).to_string(), "-$0.05");
    }
}
