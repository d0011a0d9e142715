//! The customer: one policy, whoever speaks for it. `plan` is what is fixed before the start, `mind` what moves and on what, `partner` the built-in customer
//! that carries it out, `shadow` the same behind a voice that somebody else has. What personas and difficulties turn, and every phrase that is not the scenario's own, is data in `data/customer/`.

mod answer;
mod asking;
mod close;
mod deed;
mod dice;
mod explain;
mod heard;
mod initiative;
mod knobs;
mod mind;
mod partner;
mod phrases;
mod plan;
mod policy;
mod price;
mod respond;
mod saying;
mod scene;
mod shadow;
mod speech;
mod state;
mod tongue;
mod topic;
mod weigh;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use knobs::challenges;
pub use knobs::{Knobs, knobs};
pub use partner::Partner;
pub(crate) use phrases::phrases_of;
pub(crate) use policy::{Policy, policy};
pub use shadow::Moved;
pub use state::{CustomerState, Mood, Reply};
pub(crate) use words::{Pattern, Words, any};
