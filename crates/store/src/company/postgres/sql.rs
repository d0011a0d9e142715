//! Statements that PostgreSQL answers.

use std::{collections::HashMap, error::Error};

use postgres::{
    Client, Statement,
    types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};
use uuid::Uuid;

use super::{
    super::{
        sql::Sql,
        value::{Param, Row, Value},
    },
    refused,
};
use crate::Result;

/// How many statements a connection keeps prepared; lists with filters make new ones.
const STATEMENTS: usize = 256;

/// Statements that were prepared on a connection.
pub(super) type Prepared = HashMap<String, Statement>;

pub(super) struct Postgres<'a> {
    pub(super) client: &'a mut Client,
    pub(super) prepared: &'a mut Prepared,
}

impl Postgres<'_> {
    fn prepared(&mut self, statement: &str) -> Result<Statement> {
        if let Some(prepared) = self.prepared.get(statement) {
            return Ok(prepared.clone());
        }
        let prepared = self.client.prepare(statement).map_err(refused)?;
        if self.prepared.len() >= STATEMENTS {
            self.prepared.clear();
        }
        self.prepared.insert(statement.to_owned(), prepared.clone());
        Ok(prepared)
    }
}

impl Sql for Postgres<'_> {
    fn rows(&mut self, statement: &str, params: &[Param<'_>]) -> Result<Vec<Row>> {
        let statement = self.prepared(statement)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|param| param as _).collect();
        let rows = self.client.query(&statement, &params).map_err(refused)?;
        let read =
            |row: &postgres::Row| (0..row.len()).map(|column| row.try_get::<_, Value>(column)).collect::<std::result::Result<_, _>>();
        rows.iter().map(|row| read(row).map(Row).map_err(refused)).collect()
    }

    fn run(&mut self, statement: &str, params: &[Param<'_>]) -> Result<u64> {
        let statement = self.prepared(statement)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|param| param as _).collect();
        self.client.execute(&statement, &params).map_err(refused)
    }

    fn to_change(&self) -> &'static str {
        // Rows that refer to it can still be added meanwhile.
        " FOR NO KEY UPDATE"
    }
}

type Answer<T> = std::result::Result<T, Box<dyn Error + Sync + Send>>;

impl ToSql for Param<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Answer<IsNull> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) => number.to_sql_checked(kind, out),
            Self::Text(text) => text.to_sql_checked(kind, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(kind, out),
            Self::Id(id) => id.to_sql_checked(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        // What does not fit is refused by the value's own check.
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Answer<Self> {
        Ok(match *kind {
            Type::INT8 => Self::Integer(i64::from_sql(kind, raw)?),
            Type::INT4 => Self::Integer(i32::from_sql(kind, raw)?.into()),
            Type::UUID => Self::Id(Uuid::from_sql(kind, raw)?),
            Type::BYTEA => Self::Bytes(raw.to_vec()),
            _ => Self::Text(String::from_sql(kind, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Answer<Self> {
        Ok(Self::Null)
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::UUID, Type::BYTEA, Type::TEXT, Type::VARCHAR].contains(kind)
    }
}
