//! The use cases, over real records and a line that does what a test says.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may end with a panic, as it should")]

mod calls;
mod catalogue;
mod deletion;
mod export;
mod hanging_up;
mod hub;
mod people;
mod practice;
mod recording;
mod spoken;
mod support;
mod switching;
