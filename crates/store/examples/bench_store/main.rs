//! Ten thousand sessions of forty turns and ten thousand products: how long questions about them last, and how much room they take.
//! `cargo xtask bench store` runs it and judges what it prints: one JSON line for each measurement.
//!
//! `cargo run --release -p sellme-store --example bench_store -- FOLDER` (an empty folder on the disk that is to be measured; `sessions` or `products` after it leaves the other
//! out)
#![allow(clippy::print_stdout, reason = "what it measured is read from what it prints")]

mod numbers;
mod products;
mod sessions;
mod talk;
mod timing;

use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("names no folder")?);
    let only = std::env::args().nth(2);
    if only.as_deref() != Some("products") {
        sessions::measure(&folder.join("sessions"))?;
    }
    if only.as_deref() != Some("sessions") {
        products::measure(&folder.join("products"))?;
    }
    Ok(())
}
