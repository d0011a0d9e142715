//! Why a service did not do what it was asked, in our words and by our codes. Of the service's own words at most a short piece is passed on, and never a key.

use sellme_core::{Code, Error};
use serde_json::Value;

use super::Key;

/// Most characters of a service's words that are passed on.
const MOST_QUOTED: usize = 160;
/// A piece of a key that is shorter than this could be a word of the language.
const PIECE_OF_KEY: usize = 6;

/// What a service said with its refusal.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Its code, such as `insufficient_quota`; empty where it has none.
    pub(super) code: String,
    /// What of the session it is about, such as `session.audio.input.transcription.model`; empty where it did not say.
    about: String,
    /// Its words, as they may be passed on.
    words: Option<String>,
}

impl Said {
    /// Its words, to be put behind ours; empty where it has none.
    pub(super) fn quote(&self) -> String {
        self.words.as_deref().map(|words| format!(" It said: “{words}”")).unwrap_or_default()
    }
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Who was asked.
    pub(super) host: &'a str,
    /// For which model; empty where the service has one of its own, or none was asked for.
    pub(super) model: &'a str,
    /// With which keys: none of them may be in what is passed on.
    pub(super) keys: &'a [&'a Key],
}

/// The error for an answer with this status and body.
pub(super) fn refused(asked: Asked<'_>, status: u16, body: &[u8]) -> Error {
    let Asked { host, model, keys } = asked;
    let said = said(body, keys);
    let quote = said.quote();
    match (status, said.code.as_str()) {
        (_, "insufficient_quota" | "billing_hard_limit" | "billing_hard_limit_reached" | "billing_not_active") | (402, _) => Error::new(
            Code::QuotaUsedUp,
            format!(
                "The account at {host} has no money or quota left. Whoever manages it can add some; until then you can go on by typing."
            ),
        ),
        (_, "invalid_api_key" | "account_deactivated" | "token_expired") | (401, _) => Error::new(
            Code::KeyRefused,
            format!("{host} does not take the key. Check it in Settings → Voice and save it again; you can go on by typing."),
        ),
        (400..=499, _) if said.about.contains("transcription") => Error::new(
            Code::TranscriptionChanged,
            format!(
                "{host} does not write words down in the way that it was asked to, so that no call can be made there. Choose another service in Settings → Voice, or \
                 go on by typing.{quote}"
            ),
        ),
        (400..=404, "model_not_found" | "invalid_model" | "model_not_available") => Error::new(
            Code::ModelUnknown,
            if model.is_empty() {
                format!("{host} does not know the model, or not for this key. Choose one in Settings → Voice.{quote}")
            } else {
                format!("{host} has no model “{model}”, or not for this key. Choose another in Settings → Voice.")
            },
        ),
        (403, _) => Error::new(
            Code::KeyRefused,
            format!(
                "{host} knows the key and does not let it do this. Ask whoever manages the account, or save another key in Settings → Voice.{quote}"
            ),
        ),
        (404 | 405, _) => Error::invalid(format!(
            "{host} has nothing at this address that takes calls. Check the server's address and form in Settings → Voice.{quote}"
        )),
        (429, _) => Error::new(
            Code::ServiceUnavailable,
            format!("{host} takes no more calls of this account at the moment. Wait a minute and try again, or go on by typing."),
        ),
        (300..=399, _) => Error::invalid(format!(
            "{host} sends the call on to another address, and the key goes only to the one that it was saved for. If you trust the other, set it in Settings → Voice."
        )),
        (408 | 425 | 500..=599, _) => Error::new(
            Code::ServiceUnavailable,
            format!("{host} has a fault of its own (status {status}). Try again in a minute; you can go on by typing meanwhile.{quote}"),
        ),
        (415 | 422, _) => Error::invalid(format!("{host} does not take an offer in this form. Choose another in Settings → Voice.{quote}")),
        _ => Error::invalid(format!("{host} did not take the call as it was asked for (status {status}). Check Settings → Voice.{quote}")),
    }
}

/// What the service said, from any of the forms that servers answer in. Of what is not JSON nothing is passed on: it is a page, or meant for machines.
pub(super) fn said(body: &[u8], keys: &[&Key]) -> Said {
    let Ok(answer) = serde_json::from_slice::<Value>(body) else { return Said::default() };
    let error = if answer["error"].is_object() { &answer["error"] } else { &answer };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let code = text(&error["code"]).or_else(|| text(&error["type"])).unwrap_or_default();
    let words = [&error["message"], &answer["error"], &answer["detail"], &answer["message"]].into_iter().find_map(Value::as_str);
    let about = text(&error["param"]).unwrap_or_default();
    Said { code, about, words: words.map(|words| quotable(words, keys)).filter(|words| !words.is_empty()) }
}

/// A service's words as they may be passed on: one short line without control characters, keys or pieces of keys.
fn quotable(words: &str, keys: &[&Key]) -> String {
    let mut words = words.to_owned();
    for key in keys {
        words = words.replace(key.reveal(), "…");
    }
    let of_key = |sign: char| sign.is_ascii_alphanumeric() || "-_*.".contains(sign);
    let mut clean = String::new();
    let mut rest = words.as_str();
    while let Some(first) = rest.chars().next() {
        let end = if of_key(first) { rest.find(|sign| !of_key(sign)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (word, after) = rest.split_at(end);
        rest = after;
        if !of_key(first) {
            // The quotes around it are ours.
            clean.push(if first.is_control() { ' ' } else { first });
        } else if is_of_key(word, keys) {
            clean.push('…');
        } else {
            clean.push_str(word);
        }
    }
    let line = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST_QUOTED {
        return line;
    }
    let cut: String = line.chars().take(MOST_QUOTED - 1).collect();
    format!("{}…", cut.trim_end())
}

/// True for what begins like a key, or is or has a piece of one of these; services show a key with stars in its middle.
fn is_of_key(word: &str, keys: &[&Key]) -> bool {
    let begins = ["sk-", "ek_", "eyJ"].iter().any(|start| word.starts_with(start) && word.len() > start.len());
    let pieces = || word.split(['*', '.']).filter(|piece| piece.len() >= PIECE_OF_KEY);
    begins
        || keys
            .iter()
            .any(|key| pieces().any(|piece| key.reveal().contains(piece)) || (word.contains('*') && word.ends_with(key.last_four())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(status: u16, body: &str) -> Code {
        refused(Asked { host: "api.openai.com", model: "gpt-realtime-2.1", keys: &[] }, status, body.as_bytes()).code
    }

    fn named(name: &str) -> String {
        format!(r#"{{"error":{{"message":"Something.","type":"invalid_request_error","param":null,"code":"{name}"}}}}"#)
    }

    #[test]
    fn a_refusal_has_the_code_that_the_window_acts_on() {
        for (status, body, expected) in [
            (401, "", Code::KeyRefused),
            (401, &*named("invalid_api_key"), Code::KeyRefused),
            (403, "", Code::KeyRefused),
            (403, &*named("model_not_found"), Code::ModelUnknown),
            (404, &*named("model_not_found"), Code::ModelUnknown),
            (400, &*named("invalid_model"), Code::ModelUnknown),
            (400, &*named("invalid_type"), Code::InvalidInput),
            (404, "<html>", Code::InvalidInput),
            (415, "", Code::InvalidInput),
            (307, "", Code::InvalidInput),
            (402, "", Code::QuotaUsedUp),
            (429, &*named("insufficient_quota"), Code::QuotaUsedUp),
            (429, &*named("billing_hard_limit_reached"), Code::QuotaUsedUp),
            (429, r#"{"error":{"type":"insufficient_quota","code":null}}"#, Code::QuotaUsedUp),
            (429, &*named("rate_limit_exceeded"), Code::ServiceUnavailable),
            (429, "slow down", Code::ServiceUnavailable),
            (500, "", Code::ServiceUnavailable),
            (503, &*named("server_error"), Code::ServiceUnavailable),
        ] {
            assert_eq!(code(status, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn a_recogniser_that_is_refused_is_not_taken_for_the_model() {
        for code in ["invalid_model", "model_not_found", "invalid_value", "unknown_parameter"] {
            let body = |param: &str| format!(r#"{{"error":{{"message":"No.","code":"{code}","param":"{param}"}}}}"#);
            let of = |param: &str| super::tests::code(400, &body(param));
            assert_eq!(of("session.audio.input.transcription.model"), Code::TranscriptionChanged, "{code}");
            assert_eq!(of("audio.input.transcription"), Code::TranscriptionChanged, "{code}");
            assert_ne!(of("session.model"), Code::TranscriptionChanged, "{code}");
        }
        let money = r#"{"error":{"code":"insufficient_quota","param":"session.audio.input.transcription.model"}}"#;
        assert_eq!(code(429, money), Code::QuotaUsedUp);
    }

    #[test]
    fn the_services_words_are_one_short_line_without_a_key() {
        let key = Key::typed("sk-proj-abcdEFGH5678WXYZ").unwrap();
        let house = Key::typed("summer-in-taos-2026").unwrap();
        for (words, passed_on) in [
            ("Incorrect key: sk-proj-abcdEFGH5678WXYZ.", "Incorrect key: …."),
            (
                "Incorrect API key provided: sk-proj-********WXYZ. See https://example.com/keys.",
                "Incorrect API key provided: … See https://example.com/keys.",
            ),
            ("key=\"ek_68a1\" and ********WXYZ", "key=\"…\" and …"),
            ("It begins with abcdEFGH, ends with summer-in-taos", "It begins with …, ends with …"),
            ("Two\r\nlines\u{7}\tand a bell", "Two lines and a bell"),
            ("sk- is how a key begins", "sk- is how a key begins"),
        ] {
            assert_eq!(quotable(words, &[&key, &house]), passed_on);
        }
        assert_eq!(quotable(&"long ".repeat(100), &[]).chars().count(), MOST_QUOTED);
    }

    #[test]
    fn other_servers_say_it_in_their_own_forms() {
        let words = |body: &str| said(body.as_bytes(), &[]).words;
        for body in
            [r#"{"error":"No slot."}"#, r#"{"detail":"No slot."}"#, r#"{"message":"No slot."}"#, r#"{"error":{"message":"No slot."}}"#]
        {
            assert_eq!(words(body).as_deref(), Some("No slot."), "{body}");
        }
        for body in ["", "<p>No slot.</p>", r#"{"detail":[{"msg":"No slot."}]}"#, "7", r#"{"error":{"message":" \n"}}"#] {
            assert_eq!(words(body), None, "{body}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_never_passed_on(key in "[!-~]{8,60}", before in "\\PC{0,40}", after in "\\PC{0,40}", status in 300_u16..600) {
            let key = Key::typed(key).unwrap();
            let body = serde_json::json!({ "error": { "message": format!("{before}{}{after}", key.reveal()), "code": "x" } }).to_string();
            let error = refused(Asked { host: "h.example.com", model: "", keys: &[&key] }, status, body.as_bytes());
            let ours = refused(Asked { host: "h.example.com", model: "", keys: &[] }, status, b"");
            prop_assert!(!error.message.contains(key.reveal()) || ours.message.contains(key.reveal()), "{}", error.message);
            prop_assert!(error.message.chars().count() < 420);
        }
    }
}
