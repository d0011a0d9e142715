//! Every statement of SQL that runs on an open data file, one file for each noun. A function takes a connection and typed values and gives typed values.

pub(crate) mod attempts;
pub(crate) mod calls;
pub(crate) mod catalog;
pub(crate) mod deletion;
pub(crate) mod device;
pub(crate) mod history;
pub(crate) mod import;
pub(crate) mod profiles;
pub(crate) mod recordings;
pub(crate) mod reports;
pub(crate) mod scores;
pub(crate) mod sessions;
pub(crate) mod signals;
pub(crate) mod tallies;
pub(crate) mod transcripts;
pub(crate) mod turns;
