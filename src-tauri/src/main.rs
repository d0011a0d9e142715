//! `sellme`: the window, or a command in the terminal.
#![cfg_attr(all(not(debug_assertions), windows), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    sellme_lib::main()
}
