//! What the listener must and must not notice.
