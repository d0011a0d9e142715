//! The page at the door: what this is, how to come in, where the rest is written. And the page at which somebody accepts an invitation, which needs a script to keep its
//! code out of everybody's log. Every link is relative, so that they work under a prefix too.

use axum::{
    extract::State,
    http::{
        HeaderName, HeaderValue,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};

use super::{Hub, error::Answer, signed_in::PassingBy};

const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// The same for the page that sends what somebody typed.
const POLICY_OF_INVITATION: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const INVITATION: &str = include_str!("invitation.html");
const INVITATION_SCRIPT: &str = include_str!("invitation.js");

/// The page.
pub(super) async fn page(State(hub): State<Hub>, _: PassingBy) -> Answer<Response> {
    let elsewhere = if hub.0.oidc.is_some() { include_str!("page-oidc.html") } else { "" };
    let text = PAGE.replace("{elsewhere}", elsewhere).replace("{company}", &company(&hub).await?);
    Ok(headed("text/html; charset=utf-8", POLICY, text))
}

/// Where an invitation is accepted.
pub(super) async fn invitation(State(hub): State<Hub>, _: PassingBy) -> Answer<Response> {
    Ok(headed("text/html; charset=utf-8", POLICY_OF_INVITATION, INVITATION.replace("{company}", &company(&hub).await?)))
}

/// What that page does.
pub(super) async fn invitation_script() -> Response {
    headed("text/javascript; charset=utf-8", POLICY, INVITATION_SCRIPT.to_owned())
}

/// How they look.
pub(super) async fn style() -> Response {
    headed("text/css; charset=utf-8", POLICY, STYLE.to_owned())
}

/// The company's name. Of several, whose it should be nobody knows yet.
async fn company(hub: &Hub) -> Answer<String> {
    let known = hub.company().organisations().await?;
    Ok(match known.as_slice() {
        [only] => escaped(&only.name),
        _ => "The company’s hub".to_owned(),
    })
}

fn headed(kind: &'static str, policy: &'static str, text: String) -> Response {
    let headers: [(HeaderName, HeaderValue); 2] =
        [(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))];
    (headers, text).into_response()
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, letter| {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_text_whatever_is_in_it() {
        assert_eq!(escaped("<b>Tom & \"Jo's\"</b>"), "&lt;b&gt;Tom &amp; &quot;Jo&#39;s&quot;&lt;/b&gt;");
    }
}
