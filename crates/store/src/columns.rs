//! How the domain's values stand in columns.

use rusqlite::types::Type;
use sellme_core::{
    Millis,
    session::{Mode, Outcome, Speaker, Status, Visibility},
};
use uuid::Uuid;

use crate::{Result, StoreError};

/// A value that stands in its column as a word.
pub(crate) trait Word: Sized + Copy + 'static {
    const ALL: &'static [(Self, &'static str)];

    fn word(self) -> &'static str;

    fn read(word: &str) -> rusqlite::Result<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(value, _)| *value).ok_or_else(|| unreadable(Type::Text))
    }
}

macro_rules! words {
    ($kind:ident { $($variant:ident => $word:literal),+ }) => {
        impl $crate::columns::Word for $kind {
            const ALL: &'static [(Self, &'static str)] = &[$(($kind::$variant, $word)),+];

            fn word(self) -> &'static str {
                match self { $($kind::$variant => $word),+ }
            }
        }
    };
}

#[cfg(feature = "company")]
pub(crate) use words;

words!(Speaker { Rep => "rep", Customer => "customer" });
words!(Status { InProgress => "IN_PROGRESS", Completed => "COMPLETED", Abandoned => "ABANDONED" });
words!(Outcome { Sale => "sale", NoSale => "no_sale", Undecided => "undecided" });
words!(Mode { Typing => "typing", Voice => "voice" });
words!(Visibility { Practice => "practice", Submitted => "submitted" });

/// A word column.
pub(crate) fn word<W: Word>(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<W> {
    W::read(row.get_ref(column)?.as_str()?)
}

/// A word column that may be empty.
pub(crate) fn maybe_word<W: Word>(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<W>> {
    row.get_ref(column)?.as_str_or_null()?.map(W::read).transpose()
}

/// An id column.
pub(crate) fn uuid(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    Uuid::from_slice(row.get_ref(column)?.as_blob()?).map_err(|_| unreadable(Type::Blob))
}

/// A column of milliseconds.
pub(crate) fn millis(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Millis> {
    row.get(column).map(Millis)
}

/// A column of milliseconds that may be empty.
pub(crate) fn maybe_millis(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Option<Millis>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Millis))
}

/// A value as JSON.
pub(crate) fn json<T: serde::Serialize>(value: &T, what: &'static str) -> Result<String> {
    serde_json::to_string(value).map_err(|_| StoreError::Value(what))
}

/// A value from JSON.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Value(what))
}

/// The error for a column that holds what it should not.
pub(crate) fn unreadable(kind: Type) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, kind, Box::new(StoreError::Value("a column")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn same_as_on_the_wire<W: Word + serde::Serialize>() {
        for (value, word) in W::ALL {
            assert_eq!(serde_json::to_value(value).unwrap(), *word);
            assert_eq!(value.word(), *word);
        }
    }

    #[test]
    fn words_in_columns_are_the_words_on_the_wire() {
        same_as_on_the_wire::<Speaker>();
        same_as_on_the_wire::<Status>();
        same_as_on_the_wire::<Outcome>();
        same_as_on_the_wire::<Mode>();
        same_as_on_the_wire::<Visibility>();
    }
}
