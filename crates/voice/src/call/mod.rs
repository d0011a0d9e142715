//! The life of a call, from the first offer to the last transcript, with time passed in.
