//! One connection, whichever database is behind it. The statements are the same for both: numbered parameters (`$1`), `ON CONFLICT`, `RETURNING`, whole numbers, and
//! no function that only one of them has.

use super::value::{Param, Row};
use crate::Result;

/// Answers statements.
pub(super) trait Sql {
    /// The rows that a statement gives.
    fn rows(&mut self, statement: &str, params: &[Param<'_>]) -> Result<Vec<Row>>;

    /// How many rows a statement changed.
    fn run(&mut self, statement: &str, params: &[Param<'_>]) -> Result<u64>;

    /// The first row, where there is one.
    fn row(&mut self, statement: &str, params: &[Param<'_>]) -> Result<Option<Row>> {
        Ok(self.rows(statement, params)?.into_iter().next())
    }
}
