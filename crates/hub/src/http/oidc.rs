//! Signing in at the company's own sign-in service: there, and back.

use axum::{
    extract::State,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{COOKIE, LOCATION, SET_COOKIE, USER_AGENT},
    },
    response::{IntoResponse, Response},
};
use sellme_core::{Code, Error};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Hub,
    body::Asking,
    error::{Answer, ErrorBody, Refusal},
    sessions::json,
    sign_in::SignedInBody,
    signed_in::Entering,
};
use crate::oidc::{NotVouched, Oidc};

/// What the browser keeps while somebody is at the service.
const KEPT: &str = "sellme_sign_in";

/// Who wants to sign in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskedThere {
    /// Name of the company, where the hub serves more than one.
    organisation: Option<String>,
}

/// With what the service sends somebody back.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskedBack {
    /// What it vouches by.
    code: Option<String>,
    /// What it was sent.
    state: Option<String>,
}

/// Leads the browser to the company's sign-in service.
#[utoipa::path(get, path = "/api/sign-in/oidc", params(AskedThere),
    responses((status = 303, headers(("Location" = String))), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody), (status = 429, body = ErrorBody), (status = 500, body = ErrorBody), (status = 502, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub(super) async fn there(State(hub): State<Hub>, Entering(_network): Entering, Asking(asked): Asking<AskedThere>) -> Answer<Response> {
    let oidc = service(&hub)?;
    let begun = hub.company().begin_elsewhere(asked.organisation.as_deref()).await?;
    let url = oidc.leads_to(begun.state.reveal(), begun.browser.reveal()).await.map_err(|why| silent(&why))?;
    let kept = cookie(oidc, begun.browser.reveal(), begun.seconds)?;
    let location = HeaderValue::from_str(url.as_str()).map_err(|_| unclear())?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location), (SET_COOKIE, kept)]).into_response())
}

/// Where the service sends people back to: they are signed in where the company has an account of the address that it vouches for.
#[utoipa::path(get, path = "/api/sign-in/oidc/callback", params(AskedBack),
    responses((status = 200, body = SignedInBody), (status = 401, body = ErrorBody), (status = 404, body = ErrorBody), (status = 429, body = ErrorBody), (status = 500, body = ErrorBody), (status = 502, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub(super) async fn back(
    State(hub): State<Hub>,
    Entering(_network): Entering,
    headers: HeaderMap,
    Asking(asked): Asking<AskedBack>,
) -> Answer<Response> {
    let oidc = service(&hub)?;
    let signing_in = {
        let hub = hub.clone();
        async move {
            let signed_in = signed_in(&hub, service(&hub)?, &headers, &asked).await;
            signed_in.inspect_err(|_| {
                hub.0.metrics.sign_ins_refused.inc();
            })
        }
    };
    // Browsers come back with GET, but this is as much of a sign-in as one with a password: it is written down, and may end the oldest one.
    let signed_in = hub.see_through(signing_in).await.unwrap_or_else(|_| Err(unclear()))?;
    let mut response = json(&signed_in)?;
    response.headers_mut().insert(SET_COOKIE, cookie(oidc, "", 0)?);
    Ok(response)
}

async fn signed_in(hub: &Hub, oidc: &Oidc, headers: &HeaderMap, asked: &AskedBack) -> Answer<SignedInBody> {
    let browser = kept(headers).unwrap_or_default();
    let company = hub.company();
    let organisation = company.end_elsewhere(asked.state.as_deref().unwrap_or_default(), browser).await?;
    let Some(code) = &asked.code else { return Ok(company.refused_elsewhere(organisation, "the service let nobody in").await?) };
    let vouched = match oidc.vouched(code, browser).await {
        Ok(vouched) => vouched,
        Err(NotVouched::Untrusted(why)) => return Ok(company.refused_elsewhere(organisation, why).await?),
        Err(why) => return Err(silent(&why)),
    };
    let name = headers.get(USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or("unknown");
    Ok(SignedInBody::from(&company.sign_in_vouched(organisation, &vouched, name).await?))
}

fn service(hub: &Hub) -> Answer<&Oidc> {
    let none = || Refusal::new(StatusCode::NOT_FOUND, "not_found", "This hub has no sign-in service. Sign in with address and password.");
    hub.0.oidc.as_ref().ok_or_else(none)
}

fn silent(why: &NotVouched) -> Refusal {
    let (NotVouched::Silent(why) | NotVouched::Untrusted(why)) = why;
    tracing::warn!(why, "the sign-in service cannot be used");
    let message = "The company's sign-in service does not answer as it should. Try again in a while, or sign in with address and password.";
    Error::new(Code::ServiceUnavailable, message).into()
}

fn unclear() -> Refusal {
    Error::new(Code::Internal, "The sign-in did not come to its end. Begin again.").into()
}

/// Sent back by the browser only to where people come back, even from another site that leads there, and shown to no script.
fn cookie(oidc: &Oidc, value: &str, seconds: i64) -> Answer<HeaderValue> {
    let secure = if oidc.is_secure() { "; Secure" } else { "" };
    let text = format!("{KEPT}={value}; Path={}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", oidc.cookie_path());
    HeaderValue::from_str(&text).map_err(|_| unclear())
}

fn kept(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|cookies| cookies.to_str().ok());
    all.flat_map(|cookies| cookies.split(';')).find_map(|cookie| cookie.trim().strip_prefix(KEPT)?.strip_prefix('='))
}
