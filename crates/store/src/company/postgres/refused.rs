//! Why a server refused, as the store says it.

use std::error::Error as _;

use postgres::{
    error::{DbError, SqlState},
    types::{WasNull, WrongType},
};

use crate::StoreError;

/// Why the server refused, or that it does not answer.
pub(super) fn refused(error: postgres::Error) -> StoreError {
    let Some(code) = error.code() else {
        // A value that is not of its column's kind is a fault of ours, which no waiting mends.
        let misfit = error.source().is_some_and(|cause| cause.is::<WrongType>() || cause.is::<WasNull>());
        return if misfit { StoreError::Postgres(error) } else { StoreError::Unreachable(error.to_string()) };
    };
    match code.code() {
        // Two transactions got in each other's way; or somebody else was quicker to write the same key.
        "40001" | "40P01" | "55P03" => StoreError::Busy(error.to_string()),
        // The connection is as good as before.
        _ if *code == SqlState::QUERY_CANCELED => StoreError::TimedOut(error.to_string()),
        _ if *code == SqlState::UNIQUE_VIOLATION => StoreError::Exists { kind: "row", id: constraint(&error) },
        _ if *code == SqlState::FOREIGN_KEY_VIOLATION => StoreError::NotFound { kind: "row", id: constraint(&error) },
        _ if *code == SqlState::DISK_FULL => StoreError::Full(error.to_string()),
        // A newer program changed a table that statements were prepared for on this connection; on a new one they are prepared anew.
        _ if error.as_db_error().and_then(DbError::routine) == Some("RevalidateCachedQuery") => StoreError::Unreachable(error.to_string()),
        _ if *code == SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::Unreachable(error.to_string()),
        // Connections that are cut, a server that starts or shuts down, one that has too many connections.
        code if code.starts_with("08") || code.starts_with("57P") || code.starts_with("53") => StoreError::Unreachable(error.to_string()),
        _ => StoreError::Postgres(error),
    }
}

fn constraint(error: &postgres::Error) -> String {
    error.as_db_error().and_then(|error| error.constraint()).unwrap_or_default().to_owned()
}
