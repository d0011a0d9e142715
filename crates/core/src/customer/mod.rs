//! The customer: one policy, whoever speaks for it. `plan` is what is fixed before the start, `mind` what moves and on what, `partner` the built-in customer
//! that carries it out. What personas and difficulties turn, and every phrase that is not the scenario's own, is data in `data/customer/`.

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
mod price;
mod respond;
mod saying;
mod scene;
mod speech;
mod state;
mod tongue;
mod topic;
mod weigh;
mod words;

#[cfg(test)]
mod tests;

pub use knobs::{Knobs, knobs};
pub use partner::Partner;
pub(crate) use phrases::phrases_of;
pub use state::{CustomerState, Mood, Reply};
