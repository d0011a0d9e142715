//! Lists that are taken elsewhere: as JSON, or as a table (CSV), a piece at a time.

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use csv::{Terminator, WriterBuilder};
use futures_util::{Stream, StreamExt as _, stream};
use sellme_core::Error;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::{admitted::AsAdmin, people_asked::Asked, users::PersonBody};
use crate::http::{
    Hub,
    body::Asking,
    error::{Answer, ErrorBody},
    words,
};

/// In which form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Format {
    #[default]
    Json,
    Csv,
}

/// In which form a list is taken elsewhere.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatAsked {
    /// JSON where nothing is said.
    #[serde(default)]
    #[param(schema_with = words::format, required = false)]
    pub(super) format: Format,
}

/// Some rows of a list, in its form.
pub(super) struct Piece(Vec<u8>);

impl Piece {
    /// These rows: as objects with a comma after each, or as lines of a table.
    pub(super) fn of<T: Serialize, const N: usize>(format: Format, rows: impl Iterator<Item = T>, cells: fn(&T) -> [String; N]) -> Self {
        match format {
            Format::Json => {
                let objects = rows.filter_map(|row| serde_json::to_vec(&row).ok());
                Self(objects.flat_map(|object| object.into_iter().chain([b','])).collect())
            }
            Format::Csv => Self(table(rows.map(|row| cells(&row)))),
        }
    }
}

/// An answer that is read into a file of this name: the pieces as they come. Where one does not, the connection breaks off, so that nobody takes it for the whole.
pub(super) fn streamed<const N: usize>(
    format: Format,
    name: &str,
    header: &[&str; N],
    pieces: impl Stream<Item = Result<Piece, Error>> + Send + 'static,
) -> Response {
    let (kind, ending, first) = match format {
        Format::Json => ("application/json", "json", b"[".to_vec()),
        Format::Csv => ("text/csv; charset=utf-8", "csv", table(std::iter::once(header.map(str::to_owned)))),
    };
    let last = if format == Format::Json { &b"]"[..] } else { b"" };
    // Each piece of JSON ends with a comma, which stands before the next one.
    let mut between = false;
    let pieces = pieces.map(move |piece| {
        piece.map(|Piece(mut bytes)| {
            if format == Format::Json && bytes.last() == Some(&b',') {
                bytes.pop();
                if std::mem::replace(&mut between, true) {
                    bytes.insert(0, b',');
                }
            }
            Bytes::from(bytes)
        })
    });
    let whole = stream::iter([Ok(Bytes::from(first))]).chain(pieces).chain(stream::iter([Ok(Bytes::from_static(last))]));
    let file = HeaderValue::try_from(format!("attachment; filename=\"{name}.{ending}\"")).unwrap_or(HeaderValue::from_static("attachment"));
    ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, file)], Body::from_stream(whole)).into_response()
}

/// Lines of a table.
fn table<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // Writing into memory does not fail, and every row is as long as the first.
        let _ = writer.write_record(row.map(harmless));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

impl PersonBody {
    fn cells(&self) -> [String; 8] {
        let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            self.id.to_string(),
            self.email.clone(),
            self.name.clone(),
            self.role.clone(),
            maybe(&self.store_name),
            self.state.to_owned(),
            self.created_at.clone(),
            maybe(&self.last_sign_in_at),
        ]
    }
}

/// People of the company, to be kept elsewhere. That they were taken is in the log.
#[utoipa::path(get, path = "/api/admin/users/export", params(Asked, FormatAsked), security(("token" = [])),
    responses((status = 200, content((Vec<PersonBody> = "application/json"), (String = "text/csv"))), (status = 403, body = ErrorBody)))]
pub(super) async fn people(
    State(hub): State<Hub>,
    AsAdmin(admin): AsAdmin,
    Asking(asked): Asking<Asked>,
    Asking(form): Asking<FormatAsked>,
) -> Answer<Response> {
    let people = hub.company().export_people(&admin, &asked.into()).await?;
    let header = ["id", "email", "name", "role", "storeName", "state", "createdAt", "lastSignInAt"];
    let piece = Piece::of(form.format, people.into_iter().map(PersonBody::from), PersonBody::cells);
    Ok(streamed(form.format, "people", &header, stream::iter([Ok(piece)])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_take_for_a_formula_is_a_text() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(cell.to_owned()), format!("'{cell}"));
        }
        for cell in ["", "Dana", "a=b", "'=1", "dana@example.com"] {
            assert_eq!(harmless(cell.to_owned()), cell);
        }
    }

    #[test]
    fn a_cell_with_anything_in_it_stays_one_cell() {
        let rows = [["a,b".to_owned(), "say \"hi\"\nand go".to_owned()]];
        assert_eq!(String::from_utf8_lossy(&table(rows.into_iter())), "\"a,b\",\"say \"\"hi\"\"\nand go\"\r\n");
    }
}
