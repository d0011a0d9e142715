//! Ids of what a device creates: UUIDv7, ordered by time. Products and scenarios have readable ids of their own, given by the catalogue.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
        #[serde(transparent)]
        pub struct $name(#[cfg_attr(feature = "bindings", ts(type = "string"))] pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Uuid::parse_str(text).map(Self).map_err(|_| Error::not_found($kind, text))
            }
        }
    };
}

id!(
    /// One attempt at a scenario.
    SessionId,
    "session"
);
id!(
    /// A person who practises on this device.
    UserId,
    "profile"
);
id!(
    /// A company.
    OrganisationId,
    "organisation"
);
id!(
    /// A store of a company, where people sell.
    ShopId,
    "store"
);
id!(
    /// A token that somebody was given.
    TokenId,
    "token"
);
id!(
    /// A device on the floor of a store.
    DeviceId,
    "device"
);
