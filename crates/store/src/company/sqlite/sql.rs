//! Statements that SQLite answers.

use rusqlite::{CachedStatement, Connection, ffi, types::ValueRef};

use super::super::{
    sql::Sql,
    value::{Param, Row, Value},
};
use crate::{Result, StoreError};

/// Names of the parameters. SQLite numbers them as they appear, so they are bound by name.
const NAMES: [&str; 24] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16", "$17", "$18", "$19", "$20",
    "$21", "$22", "$23", "$24",
];

pub(super) struct Sqlite<'a>(pub(super) &'a Connection);

impl Sqlite<'_> {
    fn bound(&self, statement: &str, params: &[Param<'_>]) -> Result<CachedStatement<'_>> {
        let mut prepared = self.0.prepare_cached(statement)?;
        for (param, name) in params.iter().zip(NAMES) {
            let Some(index) = prepared.parameter_index(name)? else { continue };
            match param {
                Param::Null => prepared.raw_bind_parameter(index, rusqlite::types::Null)?,
                Param::Integer(number) => prepared.raw_bind_parameter(index, number)?,
                Param::Text(text) => prepared.raw_bind_parameter(index, text)?,
                Param::Bytes(bytes) => prepared.raw_bind_parameter(index, bytes)?,
                Param::Id(id) => prepared.raw_bind_parameter(index, &id.as_bytes()[..])?,
            }
        }
        Ok(prepared)
    }
}

impl Sql for Sqlite<'_> {
    fn rows(&mut self, statement: &str, params: &[Param<'_>]) -> Result<Vec<Row>> {
        let mut prepared = self.bound(statement, params)?;
        let columns = prepared.column_count();
        let mut found = Vec::new();
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().map_err(refused)? {
            let values = (0..columns).map(|column| value(row.get_ref(column)?)).collect::<Result<_>>()?;
            found.push(Row(values));
        }
        Ok(found)
    }

    fn run(&mut self, statement: &str, params: &[Param<'_>]) -> Result<u64> {
        let changed = self.bound(statement, params)?.raw_execute().map_err(refused)?;
        u64::try_from(changed).map_err(|_| StoreError::Value("a count"))
    }

    fn to_change(&self) -> &'static str {
        // Whoever writes is alone from the beginning of the transaction.
        ""
    }
}

/// Why SQLite refused: a key that is taken, a row that is not there to refer to, or anything else.
fn refused(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error().map(|cause| cause.extended_code) {
        Some(ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE) => {
            StoreError::Exists { kind: "row", id: error.to_string() }
        }
        Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => StoreError::NotFound { kind: "row", id: error.to_string() },
        _ => error.into(),
    }
}

fn value(found: ValueRef<'_>) -> Result<Value> {
    Ok(match found {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(_) => return Err(StoreError::Value("a whole number")),
        ValueRef::Text(_) => Value::Text(found.as_str().map_err(|_| StoreError::Value("a text"))?.to_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}
