//! A local Realtime endpoint for tests and demos.
