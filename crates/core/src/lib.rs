//! The domain of SellMe PRT: what is sold (catalogue), to whom (customer; briefing, where a voice model plays it), what was said (session), what it was worth (scoring), what it adds up to
//! (progress), and who practises together (company). Pure: no I/O, no clock, no randomness but from a seed that the caller passes in.

pub mod briefing;
pub mod catalog;
pub mod company;
pub mod customer;
pub mod embedded;
pub mod error;
pub mod id;
pub mod money;
pub mod objects;
pub mod progress;
pub mod scoring;
pub mod session;
pub mod time;
pub mod wire;

pub use error::{Code, Error};
pub use money::Cents;
pub use time::{DAY_MS, Millis};
