//! One file of queries for each noun, for both databases.

mod accounts;
mod attempts;
mod audit;
mod calls;
mod catalogs;
mod handing_in;
mod import;
mod leaderboard;
mod organisations;
mod sign_ins;
mod standing;
mod tokens;
pub(super) mod verification;
