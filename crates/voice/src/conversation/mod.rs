//! What was said, in order, from a stream of events.
