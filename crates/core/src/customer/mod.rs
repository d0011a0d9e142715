//! The customer: one policy, whoever speaks for it. `plan` is what is fixed before the start, `partner` the built-in customer that carries it out.

mod state;

pub use state::{CustomerState, Mood, Reply};
