//! Answers as tables: the cells of a CSV, and rows that are sent as they are read, so that a million of them are never in memory.

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use http_body_util::channel::Channel;
use sellme_core::error::Result;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Format {
    /// Comma-separated values, with a line of names first.
    Csv,
    /// JSON.
    Json,
}

/// A cell.
pub(super) enum Cell {
    /// Words, which a spreadsheet must not take for a formula.
    Text(String),
    /// A figure.
    Number(f64),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u8> for Cell {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A line of a table.
pub(super) fn line(cells: impl IntoIterator<Item = Cell>) -> String {
    let mut line = cells.into_iter().map(|cell| match cell {
        Cell::Text(text) => quoted(&text),
        Cell::Number(number) => number.to_string(),
        Cell::Empty => String::new(),
    });
    let mut text = line.next().unwrap_or_default();
    for cell in line {
        text.push(',');
        text.push_str(&cell);
    }
    text + "\r\n"
}

/// A text as a cell. What a spreadsheet would take for a formula gets a mark that makes it text.
fn quoted(text: &str) -> String {
    let formula = text.trim_start_matches([' ', '\u{feff}', '"', '\'']).starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// A whole table that is small.
pub(super) fn table(name: &str, text: String) -> Response {
    headed(Format::Csv, name, Body::from(text))
}

/// Rows that are read a piece at a time: `next` gets the last piece, and gives nothing at the end. Where it fails on the way, the connection is closed before the end, by
/// which a client knows that not all has come.
pub(super) fn streamed<T, N, F>(format: Format, name: &str, head: &str, first: Vec<T>, next: N, line: fn(&T) -> String) -> Response
where
    T: Serialize + Send + Sync + 'static,
    N: Fn(&T) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Vec<T>>> + Send,
{
    let (mut sender, body) = Channel::<Bytes, std::io::Error>::new(1);
    let head = if format == Format::Csv { head.to_owned() } else { "[".to_owned() };
    tokio::spawn(async move {
        let (mut piece, mut text, mut begun) = (first, head, false);
        loop {
            for row in &piece {
                if format == Format::Csv {
                    text.push_str(&line(row));
                } else {
                    text.push_str(if begun { ",\n" } else { "\n" });
                    text.push_str(&serde_json::to_string(row).unwrap_or_default());
                }
                begun = true;
            }
            let Some(last) = piece.last() else { break };
            // Waits until the client has taken what was sent before; nobody there any more ends it.
            if sender.send_data(Bytes::from(std::mem::take(&mut text))).await.is_err() {
                return;
            }
            match next(last).await {
                Ok(read) => piece = read,
                Err(error) => {
                    tracing::warn!(code = ?error.code, "a table broke off");
                    return sender.abort(std::io::Error::other("the records do not answer"));
                }
            }
        }
        if format == Format::Json {
            text.push_str("\n]\n");
        }
        drop(sender.send_data(Bytes::from(text)).await);
    });
    headed(format, name, Body::new(body))
}

fn headed(format: Format, name: &str, body: Body) -> Response {
    let (kind, end) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Json => ("application/json", "json"),
    };
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{end}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    ([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, disposition)], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_carry_out_is_text_and_figures_stay_figures() {
        let cells = ["=1+1", "+1", "-1", "@a", "\ta", " =1", "a=b", "", "a,b", "say \"hi\"", "a\nb", "=\"a\",b"];
        let line = line(cells.map(Cell::from).into_iter().chain([Cell::Number(-3.5), Cell::Empty, Cell::from(7_u8)]));
        assert_eq!(line, "'=1+1,'+1,'-1,'@a,'\ta,' =1,a=b,,\"a,b\",\"say \"\"hi\"\"\",\"a\nb\",\"'=\"\"a\"\",b\",-3.5,,7\r\n");
    }
}
