//! One connection, whichever database is behind it. The statements are the same for both, but for the end of those that lock a row: numbered parameters
//! (`$1`), `ON CONFLICT`, `RETURNING`, whole numbers, and no function that only one of them has.

use sellme_core::id::OrganisationId;

use super::value::{Param, Row};
use crate::Result;

/// Answers statements.
pub(super) trait Sql {
    /// The rows that a statement gives.
    fn rows(&mut self, statement: &str, params: &[Param<'_>]) -> Result<Vec<Row>>;

    /// How many rows a statement changed.
    fn run(&mut self, statement: &str, params: &[Param<'_>]) -> Result<u64>;

    /// What the statement ends with that reads a row in order to change it: nobody else changes it before this transaction is over.
    fn to_change(&self) -> &'static str;

    /// The first row, where there is one.
    fn row(&mut self, statement: &str, params: &[Param<'_>]) -> Result<Option<Row>> {
        Ok(self.rows(statement, params)?.into_iter().next())
    }

    /// Waits until no other transaction that asked for this is under way in this company: what is read from here on is still so when it is written.
    fn alone(&mut self, organisation: OrganisationId) -> Result<()> {
        let sql = format!("SELECT id FROM organisation WHERE id = $1{}", self.to_change());
        self.row(&sql, &[Param::Id(organisation.0)]).map(|_| ())
    }
}
