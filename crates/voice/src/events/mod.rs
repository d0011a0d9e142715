//! The events of the Realtime protocol.
