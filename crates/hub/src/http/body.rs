//! What comes with a request: its body up to a limit, its query, the id in its path. Where it cannot be understood, the field that is to blame is named.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, FromRequestParts, Path, Query, Request, rejection::BytesRejection},
    http::{StatusCode, request::Parts},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::error::{Answer, Refusal};

/// The bytes of a body.
pub(crate) struct Content(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Content {
    type Rejection = Refusal;

    async fn from_request(request: Request<Body>, state: &S) -> Answer<Self> {
        Bytes::from_request(request, state).await.map(Self).map_err(unread)
    }
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

/// The id in the path, as it was written.
pub(crate) struct Named(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(id)| Self(id)).map_err(|_| Refusal::new(StatusCode::NOT_FOUND, "not_found", "There is nothing with such an id."))
    }
}

fn unread(rejection: BytesRejection) -> Refusal {
    let status = rejection.status();
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        Refusal::new(status, "too_large", "That is too much at once: a body has at most 4 MB.")
    } else {
        Refusal::new(StatusCode::BAD_REQUEST, "invalid_input", "The body broke off before its end.")
    }
}

/// What the JSON says.
///
/// # Errors
/// 400 that names the field.
pub(crate) fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Answer<T> {
    if let Ok(read) = serde_json::from_slice(bytes) {
        return Ok(read);
    }
    // Read once more to find the place, which takes longer.
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Ok(read) => match deserializer.end() {
            Ok(()) => Ok(read),
            Err(error) => Err(Refusal::field("body", error.to_string())),
        },
        Err(error) => {
            let path = error.path().to_string();
            let field = if path == "." { "body".to_owned() } else { path };
            Err(Refusal::field(field, error.inner().to_string()))
        }
    }
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
            (br#"{"inner":null}"#, "body"),
            (br#"{"name":"a"} x"#, "body"),
            (b"{\"name\":\"\xff\"}", "name"),
            (&b"[".repeat(100_000), "body"),
        ] {
            let response = read::<Named>(body).unwrap_err();
            assert!(format!("{response:?}").contains(&format!("field: \"{field}\"")), "{response:?}");
            assert_eq!(response.into_response().status(), StatusCode::BAD_REQUEST);
        }
    }
}
