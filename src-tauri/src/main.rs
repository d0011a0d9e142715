//! `sellme`: the window, or a command in the terminal.
fn main() {}
