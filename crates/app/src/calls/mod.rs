//! Talking by voice: the calls of an attempt, how they went, and its recording.

mod record;
mod recording;

pub(crate) use record::record;
