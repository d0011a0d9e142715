//! WebRTC in Rust.
