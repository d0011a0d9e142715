//! What a call used, and what that costs.

mod cost;
mod used;

pub use cost::{Prices, TranscriptionPrice, cost_millicents};
pub use used::Used;
