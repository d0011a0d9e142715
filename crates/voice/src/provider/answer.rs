//! What a service answered to an offer, judged before anybody uses it.

use sellme_core::{Code, Error, Millis, error::Result};
use serde::Deserialize;
use serde_json::Value;

use super::{CallId, Key, Minted, ModelListed};

/// The session description in what the service answered.
///
/// # Errors
/// `ServiceUnavailable` for what is none: nothing, a page, an error in JSON, something that is no text.
pub(super) fn description(host: &str, body: &[u8]) -> Result<String> {
    let failed = |message: String| Err(Error::new(Code::ServiceUnavailable, message));
    let Ok(text) = std::str::from_utf8(body) else {
        return failed(format!(
            "{host} answered the call with something that is no text. Check the server's address in Settings → Voice, or try again."
        ));
    };
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with("v=0") && start["v=0".len()..].starts_with(['\r', '\n']) {
        return Ok(start.to_owned());
    }
    if start.is_empty() {
        return failed(format!("{host} took the call and answered with nothing. Try again; you can go on by typing meanwhile."));
    }
    if start.starts_with('<') {
        return Err(page(host));
    }
    failed(format!(
        "{host} answered the call with something that is no call. Check the server's address and form in Settings → Voice, or try again."
    ))
}

fn page(host: &str) -> Error {
    Error::new(
        Code::ServiceUnavailable,
        format!(
            "A web page came back instead of {host}'s answer: this network may want you to sign in, or the server's address in Settings → Voice is that of a page."
        ),
    )
}

/// The id of what a hub answers about: a person, an attempt.
///
/// # Errors
/// `ServiceUnavailable` for what no hub answers.
pub(super) fn identified(host: &str, body: &[u8]) -> Result<String> {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    answer["id"]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| if body.trim_ascii_start().starts_with(b"<") { page(host) } else { not_of_a_hub(host) })
}

/// It answered, and not as a hub does.
pub(super) fn not_of_a_hub(host: &str) -> Error {
    Error::new(
        Code::ServiceUnavailable,
        format!("{host} answered with something that no hub says. Check the hub's address in Settings → Voice, or try again."),
    )
}

/// The JSON form of an answer.
#[derive(Deserialize)]
struct InJson {
    sdp: String,
    #[serde(alias = "call_id", alias = "id", default)]
    session_id: Option<String>,
}

/// The session description in an answer in JSON, and what the server calls the call, if it says.
///
/// # Errors
/// As [`description`].
pub(super) fn description_in_json(host: &str, body: &[u8]) -> Result<(String, Option<CallId>)> {
    match serde_json::from_slice::<InJson>(body) {
        Ok(answer) => Ok((description(host, answer.sdp.as_bytes())?, answer.session_id.as_deref().and_then(CallId::new))),
        // One that answers in the other form all the same.
        Err(_) => Ok((description(host, body)?, None)),
    }
}

/// The call's id at the end of where the service says the call is. Only the id is used: the key must not follow to another host.
pub(super) fn call_at(location: &str) -> Option<CallId> {
    let path = location.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit('/').next().and_then(CallId::new)
}

/// The key for one call in what the service minted, and when it ends, where the service says that; `client_secret` is how it was called in older servers.
///
/// # Errors
/// `ServiceUnavailable` where there is none.
pub(super) fn minted(host: &str, body: &[u8]) -> Result<Minted> {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let inner = if answer["value"].is_string() { &answer } else { &answer["client_secret"] };
    let secret = inner["value"].as_str().and_then(Key::minted);
    let expires_at = inner["expires_at"].as_i64().map(|seconds| Millis(seconds.saturating_mul(1_000)));
    secret.map(|secret| Minted { secret, expires_at }).ok_or_else(|| {
        Error::new(
            Code::ServiceUnavailable,
            format!("{host} was asked for a key for this call and gave none. Choose another form of the offer in Settings → Voice, or try again."),
        )
    })
}

/// The models in a list. What has no name is left out; a list in a form of its own is an empty one.
///
/// # Errors
/// `ServiceUnavailable` for what is not JSON.
pub(super) fn models(host: &str, body: &[u8]) -> Result<Vec<ModelListed>> {
    let list: Value = serde_json::from_slice(body).map_err(|_| {
        Error::new(
            Code::ServiceUnavailable,
            format!(
                "{host} answered with something that is no list of models. Check the server's address in Settings → Voice, or try again."
            ),
        )
    })?;
    let entries = list["data"].as_array().or_else(|| list.as_array()).map(Vec::as_slice).unwrap_or_default();
    let listed = |entry: &Value| {
        let text = |name: &str| entry[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        Some(ModelListed { id: text("id")?, shutdown_date: text("shutdown_date") })
    };
    Ok(entries.iter().filter_map(listed).collect())
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    const CHROMIUM: &str = include_str!("../../../../tests/fixtures/sdp/chromium-offer.sdp");

    /// A description with a piece of anything somewhere in it, in the place of so much of it.
    fn harmed() -> impl Strategy<Value = Vec<u8>> {
        (0..=CHROMIUM.len(), 0..=CHROMIUM.len(), vec(any::<u8>(), 0..64)).prop_map(|(one, other, piece)| {
            let mut bytes = CHROMIUM.as_bytes().to_vec();
            drop(bytes.splice(one.min(other)..one.max(other), piece));
            bytes
        })
    }

    proptest! {
        #[test]
        fn anything_that_is_taken_begins_like_a_description_and_is_no_longer_than_what_came(
            body in prop_oneof![harmed(), vec(any::<u8>(), 0..200), "\\PC{0,80}".prop_map(String::into_bytes)]
        ) {
            let json = serde_json::json!({ "sdp": String::from_utf8_lossy(&body), "id": "rtc_1" }).to_string();
            let taken = [
                description("h", &body).ok(),
                description_in_json("h", &body).ok().map(|(sdp, _)| sdp),
                description_in_json("h", json.as_bytes()).ok().map(|(sdp, _)| sdp),
            ];
            for sdp in taken.into_iter().flatten() {
                prop_assert!(sdp.starts_with("v=0") && sdp.len() <= String::from_utf8_lossy(&body).len());
            }
        }
    }

    #[test]
    fn only_a_session_description_is_taken() {
        let good = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n";
        assert_eq!(description("h", good.as_bytes()).unwrap(), good);
        assert_eq!(description("h", format!("\u{feff}\n{good}").as_bytes()).unwrap(), good);
        for bad in
            [&b""[..], b"  \n", b"<!doctype html><p>v=0\r\n", b"{\"error\":{}}", b"v=1\r\n", b"v=0", b"v=01\r\n", b"\xff\xfe\x00", b"null"]
        {
            assert_eq!(description("h", bad).unwrap_err().code, Code::ServiceUnavailable, "{bad:?}");
        }
    }

    #[test]
    fn an_answer_in_json_may_name_the_call() {
        let answer = |body: &str| description_in_json("h", body.as_bytes());
        assert_eq!(answer(r#"{"sdp":"v=0\r\n","session_id":"sess_1"}"#).unwrap(), ("v=0\r\n".to_owned(), CallId::new("sess_1")));
        assert_eq!(answer(r#"{"sdp":"v=0\r\n","type":"answer"}"#).unwrap(), ("v=0\r\n".to_owned(), None));
        assert_eq!(answer("v=0\r\n").unwrap(), ("v=0\r\n".to_owned(), None));
        assert!(answer(r#"{"sdp":""}"#).is_err() && answer(r#"{"answer":"v=0"}"#).is_err() && answer("").is_err());
    }

    #[test]
    fn a_call_is_named_by_the_end_of_its_place() {
        for (place, id) in [
            ("/v1/realtime/calls/rtc_u1", Some("rtc_u1")),
            ("rtc_u1", Some("rtc_u1")),
            ("https://elsewhere.example.com/v1/realtime/calls/rtc_u1/?a=b", Some("rtc_u1")),
            ("/v1/realtime/calls/..", None),
            ("/", None),
            ("", None),
        ] {
            assert_eq!(call_at(place), id.and_then(CallId::new), "{place}");
        }
    }

    #[test]
    fn a_list_of_models_is_read_as_far_as_it_goes() {
        let body =
            br#"{"object":"list","data":[{"id":"a","shutdown_date":null},{"id":"b","shutdown_date":"2027-01-20"},{"object":"model"},7]}"#;
        let listed = |id: &str, date: Option<&str>| ModelListed { id: id.into(), shutdown_date: date.map(str::to_owned) };
        assert_eq!(models("h", body).unwrap(), [listed("a", None), listed("b", Some("2027-01-20"))]);
        assert_eq!(models("h", br#"[{"id":"c"}]"#).unwrap(), [listed("c", None)]);
        assert_eq!(models("h", b"{}").unwrap(), []);
        assert_eq!(models("h", b"<html>").unwrap_err().code, Code::ServiceUnavailable);
    }
}
