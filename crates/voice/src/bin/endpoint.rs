//! Starts the local endpoint.

fn main() {}
