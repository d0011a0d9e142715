//! Ten thousand sessions of forty turns and ten thousand products: how long questions about them last, and how much room they take.
//! `cargo xtask bench store` runs it and judges what it prints: one JSON line for each measurement.
//!
//! `cargo run --release -p sellme-store --example bench -- FOLDER` (an empty folder on the disk that is to be measured)
#![allow(clippy::print_stdout, reason = "what it measured is read from what it prints")]

mod numbers;
mod products;
mod sessions;
mod talk;
mod timing;

use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("names no folder")?);
    sessions::measure(&folder.join("sessions"))?;
    products::measure(&folder.join("products"))
}
