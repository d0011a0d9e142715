//! The page at the door: what this is, how to come in, where the rest is written. And those at which somebody accepts an invitation, whose code a script keeps out of
//! everybody's log, or makes a token for the program. Every link is relative, so that they work under a prefix too.

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
/// The same for a page that sends what somebody typed.
const POLICY_OF_FORMS: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a page has of its own.
struct Page {
    /// After the company's name.
    title: &'static str,
    lead: &'static str,
    main: String,
    /// Its script, where it has one.
    script: Option<&'static str>,
}

/// The page at the door.
pub(super) async fn door(State(hub): State<Hub>, _: PassingBy) -> Answer<Response> {
    let elsewhere = if hub.0.oidc.is_some() { include_str!("pages/door-oidc.html") } else { "" };
    let page = Page {
        title: "sales training",
        lead: "The server for sales training: people, practice sessions, scores and the catalogue.",
        main: include_str!("pages/door.html").replace("{elsewhere}", elsewhere),
        script: None,
    };
    page.answer(&hub).await
}

/// Where an invitation is accepted.
pub(super) async fn invitation(State(hub): State<Hub>, _: PassingBy) -> Answer<Response> {
    let page = Page {
        title: "your invitation",
        lead: "You are invited to practice selling: choose a password, then connect your program.",
        main: include_str!("pages/invitation.html").to_owned(),
        script: Some("invitation.js"),
    };
    page.answer(&hub).await
}

/// Where somebody who has a password makes a token.
pub(super) async fn token(State(hub): State<Hub>, _: PassingBy) -> Answer<Response> {
    let page = Page {
        title: "a token for your program",
        lead: "Sign in here to connect your program, or to give it a new access token.",
        main: include_str!("pages/token.html").to_owned(),
        script: Some("token.js"),
    };
    page.answer(&hub).await
}

/// What the page of invitations does.
pub(super) async fn invitation_script() -> Response {
    script(include_str!("pages/invitation.js"))
}

/// What the page of tokens does.
pub(super) async fn token_script() -> Response {
    script(include_str!("pages/token.js"))
}

/// What both do.
pub(super) async fn connect_script() -> Response {
    script(include_str!("pages/connect.js"))
}

/// How they look.
pub(super) async fn style() -> Response {
    headed("text/css; charset=utf-8", POLICY, include_str!("pages/style.css").to_owned())
}

impl Page {
    /// The whole page, with the company's name. Of several, whose it should be nobody knows yet.
    async fn answer(self, hub: &Hub) -> Answer<Response> {
        let known = hub.company().organisations().await?;
        let (company, of_several) = match known.as_slice() {
            [only] => (escaped(&only.name), "hidden"),
            _ => ("The company’s hub".to_owned(), ""),
        };
        let (policy, script, needs) = match self.script {
            Some(name) => {
                (POLICY_OF_FORMS, format!("<script src=\"{name}\" type=\"module\"></script>\n"), include_str!("pages/needs-script.html"))
            }
            None => (POLICY, String::new(), ""),
        };
        // The company's name last: whatever is in it is nothing to be replaced.
        let text = include_str!("pages/frame.html")
            .replace("{main}", &[needs, &self.main].concat())
            .replace("{connect}", include_str!("pages/connect.html"))
            .replace("{of-several}", of_several)
            .replace("{script}", &script)
            .replace("{title}", self.title)
            .replace("{lead}", self.lead)
            .replace("{company}", &company);
        Ok(headed("text/html; charset=utf-8", policy, text))
    }
}

fn script(text: &str) -> Response {
    headed("text/javascript; charset=utf-8", POLICY, text.to_owned())
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
