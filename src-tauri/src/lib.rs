//! The desktop shell and the command line: both are hosts of `sellme-app`, in one program.

mod catalog;
mod cli;
mod config;
mod device;
mod exit;
mod host;
pub mod keys;
mod logs;
mod messages;
mod voice;
mod window;

use std::process::ExitCode;

/// Starts the window, or does what the command line says.
#[must_use]
pub fn main() -> ExitCode {
    cli::main()
}
