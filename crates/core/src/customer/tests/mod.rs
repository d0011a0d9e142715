//! What must hold of a customer, whoever it is.

mod behavior;
mod fixture;
mod player;
mod promises;
mod reading;
mod talker;
