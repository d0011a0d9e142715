//! One file of queries for each noun, for both databases.

mod accounts;
mod attempts;
mod audit;
mod calls;
mod catalogs;
mod editions;
mod handing_in;
mod import;
mod leaderboard;
mod objections;
mod organisations;
mod reviews;
mod settings;
mod shops;
mod standing;
mod submitted;
mod team;
mod tokens;
pub(super) mod verification;
