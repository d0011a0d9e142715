//! One file of queries for each noun, for both databases.

mod accounts;
mod attempts;
mod audit;
mod calls;
mod catalogs;
mod devices;
mod handing_in;
mod import;
mod invitations;
mod leaderboard;
mod log;
mod organisations;
mod people;
mod shops;
mod standing;
mod tokens;
pub(super) mod verification;
