//! The OpenAPI document beyond what the handlers say of themselves: how a token is sent, and how every operation refuses.

use axum::{body::Bytes, http::StatusCode};
use utoipa::openapi::{
    Content, Header, OpenApi, Ref, RefOr, Response, ResponseBuilder,
    path::{Operation, ParameterIn, PathItem},
    schema::{Object, ObjectBuilder, Type},
    security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

/// What is said of a status, in whichever operation.
const STATUSES: &[(u16, &str)] = &[
    (200, "What was asked for."),
    (204, "It is done."),
    (303, "It goes on elsewhere."),
    (400, "The input is not right; `details` names the fields."),
    (401, "No token came, or one that has ended; or the address or the password is not right."),
    (403, "It is somebody else's."),
    (404, "There is no such thing."),
    (408, "The body took too long to come."),
    (409, "What was there before does not go with this."),
    (413, "The body is too large."),
    (429, "That was too often, or what the company allows for a day is used up."),
    (500, "Something went wrong. What was confirmed is kept."),
    (502, "The voice service or the sign-in service did not answer, or refused."),
    (503, "It cannot be done for now."),
];

/// Completes the document: the scheme of tokens, the refusals that follow from what an operation takes, and words for every status.
pub(super) fn complete(document: &mut OpenApi) {
    let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    document.components.get_or_insert_default().add_security_scheme("token", scheme);
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(name(method, path));
            refusals(operation);
        }
    }
}

/// The document as it is sent. Completed and written when somebody first asks for it: that takes several times the memory that a server which has just started uses.
pub(super) fn sent(document: &OpenApi) -> Bytes {
    document.to_json().unwrap_or_default().into()
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let operations = [
        ("get", &mut item.get),
        ("post", &mut item.post),
        ("put", &mut item.put),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ];
    operations.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// What programs that are made from the document call an operation: no two are called the same.
fn name(method: &str, path: &str) -> String {
    let words = path.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    [method].into_iter().chain(words).collect::<Vec<_>>().join("_")
}

fn refusals(operation: &mut Operation) {
    let parameters = operation.parameters.iter().flatten();
    let has = |place: ParameterIn| {
        let is = move |parameter: &RefOr<_>| matches!(parameter, RefOr::T(utoipa::openapi::path::Parameter { parameter_in, .. }) if *parameter_in == place);
        parameters.clone().any(is)
    };
    let mut statuses = Vec::new();
    if operation.security.is_some() {
        statuses.extend([401, 429, 500, 503]);
    }
    if has(ParameterIn::Query) {
        statuses.push(400);
    }
    if has(ParameterIn::Path) {
        statuses.push(404);
    }
    if operation.request_body.is_some() {
        statuses.extend([400, 408, 413]);
    }
    let responses = &mut operation.responses.responses;
    for status in statuses {
        responses.entry(status.to_string()).or_insert_with(|| RefOr::T(refusal()));
    }
    for (status, response) in responses {
        let RefOr::T(response) = response else { continue };
        let known = STATUSES.iter().find(|(known, _)| *status == known.to_string());
        if response.description.is_empty() {
            response.description = known.map_or_else(|| status.clone(), |(_, words)| (*words).to_owned());
        }
        for (name, header) in headers(status) {
            response.headers.entry(name.to_owned()).or_insert(RefOr::T(header));
        }
    }
}

fn refusal() -> Response {
    ResponseBuilder::new().content("application/json", Content::new(Some(Ref::from_schema_name("ErrorBody")))).build()
}

fn headers(status: &str) -> Vec<(&'static str, Header)> {
    let text = || Header::new(Object::with_type(Type::String));
    let seconds = || Header::new(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).build());
    match status.parse().ok().and_then(|status| StatusCode::from_u16(status).ok()) {
        Some(StatusCode::UNAUTHORIZED) => vec![("WWW-Authenticate", text())],
        Some(StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) => vec![("Retry-After", seconds())],
        _ => Vec::new(),
    }
}
