//! The company: who belongs to it, what they may do, and what their handed-in sessions count.

mod claim;
mod device;
mod people;
mod standing;

pub use claim::{Claim, ClaimedMetrics, ClaimedTurn, claimed_score, turns};
pub use device::StoreDevice;
pub use people::{Account, Holder, Organisation, Role, TokenInfo};
pub use standing::{Badge, Standing, Sums, standing};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of the figures that a client handed in with a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// Not computed yet.
    Pending,
    /// The company computed the same from the transcript.
    Verified,
    /// The company computed something else; what it computed counts, what was claimed never does.
    Differs,
}
