//! What goes into a statement and comes out of it, whichever database answers.

use sellme_core::Millis;
use uuid::Uuid;

use crate::{Result, StoreError};

/// What a statement is asked with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Param<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Id(Uuid),
}

impl From<i64> for Param<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<u32> for Param<'_> {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<u8> for Param<'_> {
    fn from(value: u8) -> Self {
        Self::Integer(value.into())
    }
}

impl From<Millis> for Param<'_> {
    fn from(value: Millis) -> Self {
        Self::Integer(value.0)
    }
}

impl From<Uuid> for Param<'_> {
    fn from(value: Uuid) -> Self {
        Self::Id(value)
    }
}

impl<'a> From<&'a str> for Param<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Param<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Param<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a, T: Into<Param<'a>>> From<Option<T>> for Param<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The values of a statement in their order: `params![organisation, id]`.
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::company::value::Param::from($value)),*] };
}
pub(super) use params;

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Text(String),
    Bytes(Vec<u8>),
    Id(Uuid),
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row(pub(super) Vec<Value>);

impl Row {
    fn value(&self, column: usize) -> &Value {
        self.0.get(column).unwrap_or(&Value::Null)
    }

    pub(super) fn integer(&self, column: usize) -> Result<i64> {
        self.maybe_integer(column)?.ok_or(StoreError::Value("a number"))
    }

    pub(super) fn maybe_integer(&self, column: usize) -> Result<Option<i64>> {
        match self.value(column) {
            Value::Null => Ok(None),
            Value::Integer(number) => Ok(Some(*number)),
            _ => Err(StoreError::Value("a number")),
        }
    }

    pub(super) fn count(&self, column: usize) -> Result<u32> {
        u32::try_from(self.integer(column)?).map_err(|_| StoreError::Value("a count"))
    }

    /// A percentage.
    pub(super) fn maybe_score(&self, column: usize) -> Result<Option<u8>> {
        self.maybe_integer(column)?.map(u8::try_from).transpose().map_err(|_| StoreError::Value("a score"))
    }

    pub(super) fn millis(&self, column: usize) -> Result<Millis> {
        self.integer(column).map(Millis)
    }

    pub(super) fn maybe_millis(&self, column: usize) -> Result<Option<Millis>> {
        Ok(self.maybe_integer(column)?.map(Millis))
    }

    pub(super) fn text(&mut self, column: usize) -> Result<String> {
        self.maybe_text(column)?.ok_or(StoreError::Value("a text"))
    }

    /// Takes the text out of the row.
    pub(super) fn maybe_text(&mut self, column: usize) -> Result<Option<String>> {
        match self.0.get_mut(column).map(|value| std::mem::replace(value, Value::Null)) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(_) => Err(StoreError::Value("a text")),
        }
    }

    pub(super) fn bytes(&self, column: usize) -> Result<&[u8]> {
        match self.value(column) {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(StoreError::Value("bytes")),
        }
    }

    pub(super) fn id(&self, column: usize) -> Result<Uuid> {
        self.maybe_id(column)?.ok_or(StoreError::Value("an id"))
    }

    pub(super) fn maybe_id(&self, column: usize) -> Result<Option<Uuid>> {
        match self.value(column) {
            Value::Null => Ok(None),
            Value::Id(id) => Ok(Some(*id)),
            Value::Bytes(bytes) => Uuid::from_slice(bytes).map(Some).map_err(|_| StoreError::Value("an id")),
            _ => Err(StoreError::Value("an id")),
        }
    }
}

/// The one row of a count.
pub(super) fn only(rows: Vec<Row>) -> Result<Row> {
    rows.into_iter().next().ok_or(StoreError::Value("a count"))
}
