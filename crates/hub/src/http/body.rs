//! What comes with a request: its body up to a limit, its query, the id in its path. Where it cannot be understood, the field that is to blame is named.

use std::{
    ops::RangeInclusive,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Path, Query, Request},
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, EXPECT},
        request::Parts,
    },
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use sellme_core::{Millis, objects::Objects};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _},
};
use serde_json::error::Category;

use utoipa::IntoParams;

use super::error::{Answer, Refusal};

/// A million bytes, as computers count them.
const MEGABYTE: usize = 1024 * 1024;

/// Largest body: a transcript of a day.
const LARGEST: usize = 4 * MEGABYTE;

/// Largest catalogue.
pub(super) const LARGEST_CATALOG: usize = 32 * MEGABYTE;

/// How much of one that is too large is read all the same.
const PASSED_OVER: usize = 64 * MEGABYTE;

/// Whether the body of a request is still coming.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading(Arc<AtomicBool>);

impl Reading {
    pub(super) fn goes_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn is(&self, reading: bool) {
        self.0.store(reading, Ordering::Relaxed);
    }
}

/// The bytes of a body, so many at most.
pub(crate) struct Content<const MOST: usize = LARGEST>(pub(crate) Bytes);

impl<S: Sync, const MOST: usize> FromRequest<S> for Content<MOST> {
    type Rejection = Refusal;

    async fn from_request(request: Request<Body>, _: &S) -> Answer<Self> {
        let reading = request.extensions().get::<Reading>().cloned().unwrap_or_default();
        reading.is(true);
        let read = if length(&request).is_some_and(|length| length > MOST) {
            pass_over(request).await;
            Err(too_large(MOST))
        } else {
            let whole = Limited::new(request.into_body(), MOST).collect().await;
            whole
                .map(|whole| Self(whole.to_bytes()))
                .map_err(|why| if why.is::<LengthLimitError>() { too_large(MOST) } else { broken_off() })
        };
        reading.is(false);
        read
    }
}

/// How long the client says that the body is.
fn length(request: &Request<Body>) -> Option<usize> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads what nobody wants, up to a limit. Whoever is still sending would find the connection closed and never read why; whoever asks first may be told at once.
async fn pass_over(request: Request<Body>) {
    if request.headers().contains_key(EXPECT) {
        return;
    }
    let (mut body, mut passed) = (request.into_body(), 0);
    while let Some(Ok(frame)) = body.frame().await {
        passed += frame.data_ref().map_or(0, Bytes::len);
        if passed > PASSED_OVER {
            return;
        }
    }
}

fn too_large(most: usize) -> Refusal {
    let message = format!("That is too much at once: a body has at most {} MB.", most / MEGABYTE);
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
}

fn broken_off() -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "invalid_input", "The body broke off before its end.")
}

/// What is asked for in the query.
pub(crate) struct Asking<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asking<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Self> {
        let query = Query::try_from_uri(&parts.uri).map(|Query(asked)| Self(asked));
        query.map_err(|rejection| {
            let text = rejection.body_text();
            // What is said is: what failed, where, why.
            let mut said = text.splitn(3, ": ").skip(1);
            match (said.next(), said.next()) {
                (Some(field), Some(problem)) => Refusal::field(field, problem),
                (problem, _) => Refusal::field("query", problem.unwrap_or("it cannot be read")),
            }
        })
    }
}

/// How many a page has, where nobody says.
pub(crate) const PAGE: u32 = 50;

/// Most that a page has, and most that is passed over before it.
const LONGEST_PAGE: u32 = 200;
const FURTHEST: u32 = 1_000_000;

/// The last page that can be asked for.
const LAST_PAGE: u32 = 100_000;

/// How many are asked for: 1 to 200.
pub(crate) fn limit<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    within(from, 1..=LONGEST_PAGE)
}

/// Which page: from 1.
pub(crate) fn page<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    within(from, 1..=LAST_PAGE)
}

/// How many are passed over: up to a million.
fn offset<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    within(from, 0..=FURTHEST)
}

/// Which part of a list, where nobody speaks of pages.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PartAsked {
    /// How many are passed over.
    #[serde(default, deserialize_with = "offset")]
    #[param(minimum = 0, maximum = 1_000_000)]
    offset: Option<u32>,
    /// How many at most; 50 where nothing is said.
    #[serde(default, deserialize_with = "limit")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl PartAsked {
    pub(crate) fn offset(&self) -> u32 {
        self.offset.unwrap_or(0)
    }

    pub(crate) fn limit(&self) -> u32 {
        self.limit.unwrap_or(PAGE)
    }
}

/// A moment as RFC 3339 writes it.
pub(crate) fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Millis>, D::Error> {
    let text = String::deserialize(from)?;
    let at: jiff::Timestamp = text.parse().map_err(|_| D::Error::custom("a time such as 2026-01-31T08:00:00Z is wanted"))?;
    Ok(Some(Millis(at.as_millisecond())))
}

/// A whole number of a body, however it is written: 20 and 20.0 are the same in JSON.
pub(crate) fn whole<'de, D: Deserializer<'de>, T: TryFrom<u64>>(from: D) -> Result<Option<T>, D::Error> {
    let Some(said) = Option::<serde_json::Number>::deserialize(from)? else { return Ok(None) };
    let number =
        said.as_u64().or_else(|| said.as_f64().filter(|number| number.fract() == 0.0).and_then(|number| format!("{number}").parse().ok()));
    number
        .and_then(|number| T::try_from(number).ok())
        .map(Some)
        .ok_or_else(|| D::Error::custom("a whole number is wanted, and none that is far too large"))
}

fn within<'de, D: Deserializer<'de>>(from: D, bounds: RangeInclusive<u32>) -> Result<Option<u32>, D::Error> {
    let asked = u32::deserialize(from)?;
    if bounds.contains(&asked) {
        Ok(Some(asked))
    } else {
        Err(D::Error::custom(format!("{} to {} is wanted", bounds.start(), bounds.end())))
    }
}

/// The id in the path, as it was written.
pub(crate) struct Named(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id)).map_err(|_| Refusal::new(StatusCode::NOT_FOUND, "not_found", "There is nothing with such an id."))
    }
}

/// What the JSON says.
///
/// # Errors
/// 400 that names the field.
pub(crate) fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Answer<T> {
    if bytes.trim_ascii_start().first().is_some_and(|first| *first != b'{') {
        return Err(Refusal::field("body", "a JSON object is wanted"));
    }
    let mut once = serde_json::Deserializer::from_slice(bytes);
    if let Ok(read) = T::deserialize(Objects(&mut once))
        && once.end().is_ok()
    {
        return Ok(read);
    }
    // Read once more to find the place, which takes longer.
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    match serde_path_to_error::deserialize::<_, T>(Objects(&mut deserializer)) {
        Ok(read) => match deserializer.end() {
            Ok(()) => Ok(read),
            Err(error) => Err(Refusal::field("body", error.to_string())),
        },
        Err(error) => {
            // What could not be told is a question mark.
            let path = error.path().to_string();
            let path = path.trim_end_matches('?').trim_end_matches('.');
            let problem = error.inner().to_string();
            if error.inner().classify() == Category::Eof {
                // Where the text itself breaks off, no field of it is to blame.
                return Err(Refusal::field("body", format!("it breaks off: {problem}")));
            }
            if let Some(missing) = missing(&problem) {
                let field = if path.is_empty() { missing.to_owned() } else { format!("{path}.{missing}") };
                return Err(Refusal::field(field, "it is missing"));
            }
            let field = if path.is_empty() { "body" } else { path };
            Err(Refusal::field(field, problem))
        }
    }
}

/// The field that is missing, where the reader says that one is: it tells no place for what is not there.
fn missing(problem: &str) -> Option<&str> {
    problem.strip_prefix("missing field `")?.split('`').next()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Named {
        name: String,
        #[serde(default)]
        inner: Option<Box<Named>>,
    }

    #[test]
    fn the_field_that_is_to_blame_is_named() {
        assert_eq!(read::<Named>(br#"{"name":"a","more":1}"#).unwrap(), Named { name: "a".into(), inner: None });
        for (body, field) in [
            (&br#"{"name":"a","inner":{"name":7}}"#[..], "inner.name"),
            (br#"{"#, "body"),
            (br#"{"name":"a","inner":{"name":"#, "body"),
            (b"", "body"),
            (br#"{"inner":null}"#, "name"),
            (br#"{"name":"a","inner":{}}"#, "inner.name"),
            (br#"{"name":"a"} x"#, "body"),
            (b"{\"name\":\"\xff\"}", "name"),
            (br#"["a"]"#, "body"),
            (br#"{"name":"a","inner":["b",null]}"#, "inner"),
            (br#"{"name":"a","inner":{"name":"b","inner":["c"]}}"#, "inner.inner"),
            (&b"[".repeat(100_000), "body"),
            (&br#"{"name":"#.repeat(100_000), "name"),
        ] {
            let response = read::<Named>(body).unwrap_err();
            assert!(format!("{response:?}").contains(&format!("field: \"{field}\"")), "{response:?}");
            assert_eq!(response.into_response().status(), StatusCode::BAD_REQUEST);
        }
    }
}
