//! What is refused, as it crosses HTTP: a status, and `{ "code", "message" }`, with the fields that are to blame where it is the input.

use axum::{
    Json,
    body::Body,
    http::{
        HeaderValue, StatusCode,
        header::{RETRY_AFTER, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use sellme_app::company::NotLetIn;
use sellme_core::{Code, Error};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why something was refused or failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ErrorBody {
    /// What a program acts on, such as `not_found`.
    pub(crate) code: String,
    /// What happened and what to do next, for a person.
    pub(crate) message: String,
    /// The fields that are to blame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) details: Vec<FieldProblem>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// Where it is, such as `metrics.rapport` or `transcript[3].role`.
    pub(crate) field: String,
    /// What is wrong.
    pub(crate) problem: String,
}

/// A refusal on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: StatusCode,
    retry_after: Option<u32>,
    body: ErrorBody,
}

/// The code of a refusal, for the log; its words may have in them what somebody said.
#[derive(Debug, Clone)]
pub(super) struct RefusedAs(pub(super) String);

/// After how many seconds it is worth to ask again, where nobody knows better.
const SOON: u32 = 2;

/// After how many seconds a server that is stopped is there again, as a rule.
const STARTED_AGAIN: u32 = 5;

/// What a handler gives.
pub(crate) type Answer<T> = Result<T, Refusal>;

impl Refusal {
    /// A refusal that only HTTP knows.
    pub(crate) fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self { status, retry_after: None, body: ErrorBody { code: code.to_owned(), message: message.into(), details: Vec::new() } }
    }

    /// The input is not right, in this field.
    pub(crate) fn field(field: impl Into<String>, problem: impl Into<String>) -> Self {
        let (field, problem) = (field.into(), problem.into());
        let mut refusal = Self::new(StatusCode::BAD_REQUEST, "invalid_input", format!("{field}: {problem}"));
        refusal.body.details.push(FieldProblem { field, problem });
        refusal
    }

    /// The input is not right, in these fields.
    pub(crate) fn fields(message: &str, fields: impl Iterator<Item = (String, String)>) -> Self {
        let mut refusal = Self::new(StatusCode::BAD_REQUEST, "invalid_input", message);
        refusal.body.details.extend(fields.map(|(field, problem)| FieldProblem { field, problem }));
        refusal
    }

    /// Too often; after so many seconds again.
    pub(crate) fn too_often(seconds: u32) -> Self {
        let message = format!("That was too often. Try again in {seconds} s.");
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message) }
    }

    /// The body did not come in time.
    pub(crate) fn slow_body() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "timeout", "The body took too long to come, so nothing was done. Send it again.")
    }

    /// There is no answer in time.
    pub(crate) fn no_answer() -> Self {
        let message = "That took too long to be waited for. It may be done all the same: look before you try again.";
        Self { retry_after: Some(SOON), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", message) }
    }

    /// The server is being stopped.
    pub(crate) fn stopping() -> Self {
        let message = "The server is being stopped. What was confirmed is kept. Try again once it is there again.";
        Self { retry_after: Some(STARTED_AGAIN), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", message) }
    }

    /// Nobody is signed in, or not any more.
    pub(crate) fn not_signed_in() -> Self {
        Error::new(Code::NotSignedIn, "Sign in first: no token came with this, or one that has ended.").into()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let status = status(error.code);
        let retry_after = match error.code {
            Code::DatabaseBusy | Code::DiskFull | Code::ReadOnly => Some(SOON),
            _ => None,
        };
        let code = serde_json::to_value(error.code).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default();
        // Where input is refused, what is before the colon is the field.
        let details = match error.message.split_once(": ") {
            Some((field, problem)) if status == StatusCode::BAD_REQUEST && is_field(field) => {
                vec![FieldProblem { field: field.to_owned(), problem: problem.to_owned() }]
            }
            _ => Vec::new(),
        };
        Self { status, retry_after, body: ErrorBody { code, message: error.message, details } }
    }
}

impl From<NotLetIn> for Refusal {
    fn from(why: NotLetIn) -> Self {
        let retry_after = match why {
            NotLetIn::Locked { seconds } => Some(seconds),
            NotLetIn::Refused(_) => None,
        };
        let refusal = Self::from(Error::from(why));
        Self { retry_after: retry_after.or(refusal.retry_after), ..refusal }
    }
}

fn is_field(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"._[]".contains(&sign))
}

fn status(code: Code) -> StatusCode {
    match code {
        Code::InvalidInput => StatusCode::BAD_REQUEST,
        Code::NotSignedIn | Code::SignInRefused => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::WrongState => StatusCode::CONFLICT,
        Code::SignInLocked | Code::LimitReached => StatusCode::TOO_MANY_REQUESTS,
        Code::DatabaseBusy | Code::DiskFull | Code::ReadOnly | Code::KeyMissing => StatusCode::SERVICE_UNAVAILABLE,
        Code::ServiceUnavailable | Code::KeyRefused | Code::QuotaUsedUp | Code::ModelUnknown => StatusCode::BAD_GATEWAY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let refused = RefusedAs(self.body.code.clone());
        let mut response = (self.status, Json(self.body)).into_response();
        response.extensions_mut().insert(refused);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_before_the_colon_of_refused_input_is_the_field() {
        let refusal = Refusal::from(Error::invalid("transcript[3].role: unknown variant"));
        assert_eq!(refusal.body.details, [FieldProblem { field: "transcript[3].role".into(), problem: "unknown variant".into() }]);
        assert!(Refusal::from(Error::invalid("Sorry: no")).body.details.len() == 1);
        assert!(Refusal::from(Error::invalid("There is a profile “a: b” already.")).body.details.is_empty());
        assert!(Refusal::from(Error::not_found("session", "a: b")).body.details.is_empty());
    }

    #[test]
    fn whoever_is_locked_out_is_told_after_how_many_seconds_to_come_again() {
        let refusal = Refusal::from(NotLetIn::Locked { seconds: 241 });
        assert_eq!((refusal.status, refusal.retry_after), (StatusCode::TOO_MANY_REQUESTS, Some(241)));
        assert!(refusal.body.message.contains("in 241 seconds"), "{}", refusal.body.message);
        let busy = Refusal::from(NotLetIn::from(Error::new(Code::DatabaseBusy, "")));
        assert_eq!((busy.status, busy.retry_after), (StatusCode::SERVICE_UNAVAILABLE, Some(SOON)));
    }
}
