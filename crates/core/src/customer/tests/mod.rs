//! What must hold of a customer, whoever it is.

#![allow(clippy::unwrap_used)]

mod behavior;
mod fixture;
mod plainly;
mod player;
mod promises;
mod reading;
mod talker;
