//! The page at the door: what this is, how to come in, where the rest is written. No scripts, and every link is relative, so that it works under a prefix too.

use axum::{
    extract::State,
    http::{
        HeaderName, HeaderValue,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};

use super::{Hub, error::Answer};

const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");

/// The page.
pub(super) async fn page(State(hub): State<Hub>) -> Answer<Response> {
    let known = hub.company().organisations().await?;
    // Of several, whose name it should be nobody knows yet.
    let name = match known.as_slice() {
        [only] => escaped(&only.name),
        _ => "SellMe PRT".to_owned(),
    };
    let elsewhere = if hub.0.oidc.is_some() { include_str!("page-oidc.html") } else { "" };
    Ok(headed("text/html; charset=utf-8", PAGE.replace("{elsewhere}", elsewhere).replace("{company}", &name)))
}

/// How it looks.
pub(super) async fn style() -> Response {
    headed("text/css; charset=utf-8", STYLE.to_owned())
}

fn headed(kind: &'static str, text: String) -> Response {
    let headers: [(HeaderName, HeaderValue); 2] =
        [(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY))];
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
