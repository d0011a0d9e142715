//! One file of queries for each noun, for both databases.

mod accounts;
mod attempts;
mod audit;
mod calls;
mod catalogs;
mod devices;
mod editions;
mod handing_in;
mod import;
mod invitations;
mod leaderboard;
mod log;
mod objections;
mod organisations;
mod people;
mod reviews;
mod settings;
mod shops;
mod sign_ins;
mod standing;
mod submitted;
mod team;
mod tokens;
pub(super) mod verification;
