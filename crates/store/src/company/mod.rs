//! The records of a company: who belongs to it, what they practised, what it was worth. In one file of SQLite, or in PostgreSQL.
//!
//! [`CompanyStore::open`] is the way in. The queries are written once, for both: one file for each noun.

mod administration;
mod copies;
mod curation;
mod migrations;
mod postgres;
mod queries;
mod rows;
mod sql;
mod sqlite;
mod store;
mod value;

pub use administration::*;
pub use copies::{Versions, back_up, restore, versions};
pub use curation::*;
pub use rows::*;
pub use store::{CompanyStore, Place};
