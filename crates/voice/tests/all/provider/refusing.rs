//! What becomes of refusals, and of answers that are none.

use sellme_core::{Code, Error};
use sellme_voice::provider::Provider;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{
    ANSWER, KEY, OFFER, hurried, key, open_ai,
    server::{Reply, Server},
    session,
};

/// The error of a call that is answered like this.
async fn error_of(reply: Reply) -> Error {
    let server = Server::answering([reply]).await;
    let error = open_ai(&server.url()).open(Some(&key()), &session(), OFFER).await.unwrap_err();
    assert_eq!(server.asked().len(), 1, "it is asked once: {error}");
    judged(&server.host(), error)
}

/// That the sentence is one for a person, names who was asked, says what to do, and has nothing of the key.
pub(crate) fn judged(host: &str, error: Error) -> Error {
    let said = &error.message;
    assert!(said.contains(host) && said.ends_with(['.', '”']), "{said}");
    assert!(["Settings → Voice", "ry again", "by typing", "sk whoever"].iter().any(|way_on| said.contains(way_on)), "no way on: {said}");
    assert!(!said.contains(KEY) && !said.contains("1234"), "the key: {said}");
    assert!(!said.contains('<') && said.chars().all(|sign| !sign.is_control()), "{said}");
    error
}

fn named(status: u16, code: &str, message: &str) -> Reply {
    let body = serde_json::json!({ "error": { "message": message, "type": "invalid_request_error", "param": null, "code": code } });
    Reply::text(status, body.to_string()).with("content-type", "application/json")
}

#[tokio::test]
async fn each_refusal_has_its_code_and_a_way_on() {
    let echo = format!("Incorrect API key provided: {KEY}.");
    for (reply, code) in [
        (named(401, "invalid_api_key", &echo), Code::KeyRefused),
        (named(403, "unsupported_country", "Country not supported."), Code::KeyRefused),
        (named(404, "model_not_found", "The model does not exist."), Code::ModelUnknown),
        (named(400, "invalid_model", "Model is not supported in realtime mode."), Code::ModelUnknown),
        (named(400, "unknown_parameter", &format!("Unknown parameter: 'session.x' for {KEY}.")), Code::InvalidInput),
        (named(429, "insufficient_quota", "You exceeded your current quota."), Code::QuotaUsedUp),
        (named(429, "billing_hard_limit_reached", "Billing hard limit has been reached."), Code::QuotaUsedUp),
        (named(429, "rate_limit_exceeded", "Rate limit reached."), Code::ServiceUnavailable),
        (Reply::text(404, "<html><h1>Not found</h1>"), Code::InvalidInput),
        (Reply::text(415, ""), Code::InvalidInput),
        (Reply::text(500, format!("panic with {KEY}")), Code::ServiceUnavailable),
        (named(503, "server_error", &format!("All slots busy.\r\n\u{1b}[31m{KEY}")), Code::ServiceUnavailable),
    ] {
        let error = error_of(reply.clone()).await;
        assert_eq!(error.code, code, "{reply:?}: {error}");
    }
}

#[tokio::test]
async fn the_model_that_is_not_there_is_named() {
    let error = error_of(named(404, "model_not_found", "The model does not exist.")).await;
    assert!(error.message.contains("“gpt-realtime-2.1”"), "{error}");
}

#[tokio::test]
async fn the_key_that_a_service_echoes_is_not_passed_on() {
    for echo in [KEY.to_owned(), format!("{}****1234", &KEY[..8]), format!("Bearer {KEY}"), KEY[8..20].to_owned()] {
        let error = error_of(named(403, "denied", &format!("No access for {echo} here."))).await;
        assert!(error.message.contains("No access for") && error.message.contains("… here."), "{error}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::answering([Reply::text(201, ANSWER)]).await;
    for status in [301, 302, 303, 307, 308] {
        let error = error_of(Reply::text(status, "").with("location", format!("{}/realtime/calls", elsewhere.url()))).await;
        assert_eq!(error.code, Code::InvalidInput, "{error}");
        assert!(error.message.contains("another address"), "{error}");
    }
    assert!(elsewhere.asked().is_empty(), "the key has travelled: {:?}", elsewhere.asked());
}

#[tokio::test]
async fn what_is_no_session_description_is_not_passed_on() {
    let page = "<!doctype html><title>Sign in</title>".to_owned();
    for (reply, word) in [
        (Reply::text(201, ""), "nothing"),
        (Reply::text(200, page).with("content-type", "text/html"), "web page"),
        (named(200, "x", "An error with a status that says it is none."), "no call"),
        (Reply::Whole(201, Vec::new(), vec![0xff, 0xfe, 0x00]), "no text"),
        (Reply::Whole(201, Vec::new(), format!("v=0\r\n{}", "a=x\r\n".repeat(20_000)).into_bytes()), "far more"),
        (Reply::Endless, "far more"),
        (Reply::Broken, "broke off"),
    ] {
        let error = error_of(reply).await;
        assert_eq!(error.code, Code::ServiceUnavailable, "{error}");
        assert!(error.message.contains(word), "{word}: {error}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_finish_is_given_up() {
    for reply in [Reply::Silent, Reply::Slow(b"v=0\r\n".to_vec())] {
        let server = Server::answering([reply]).await;
        let error = hurried(&server.url()).open(Some(&key()), &session(), OFFER).await.unwrap_err();
        let error = judged(&server.host(), error);
        assert!(error.code == Code::ServiceUnavailable && error.message.contains("did not answer"), "{error}");
    }
}

#[tokio::test]
async fn a_refusal_that_does_not_finish_is_one_all_the_same() {
    let server = Server::answering([Reply::Whole(401, vec![("x-more", "no".into())], vec![b' '; 200_000])]).await;
    let error = open_ai(&server.url()).open(Some(&key()), &session(), OFFER).await.unwrap_err();
    assert_eq!(error.code, Code::KeyRefused, "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    drop(listener);
    let error = open_ai(&format!("http://{host}")).open(Some(&key()), &session(), OFFER).await.unwrap_err();
    let error = judged(&host, error);
    assert!(error.code == Code::ServiceUnavailable && error.message.contains("could not be reached"), "{error}");
}

#[tokio::test]
async fn a_connection_that_cannot_be_trusted_carries_no_key() {
    // It talks plainly where a certificate is expected.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 201 Said\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        let mut heard = Vec::new();
        // It ends when the other side has had enough.
        drop(stream.read_to_end(&mut heard).await);
        heard
    });
    let error = open_ai(&format!("https://{host}")).open(Some(&key()), &session(), OFFER).await.unwrap_err();
    let error = judged(&host, error);
    assert!(error.code == Code::ServiceUnavailable && error.message.contains("secure connection"), "{error}");
    let heard = heard.await.unwrap();
    assert!(!heard.is_empty() && !String::from_utf8_lossy(&heard).contains("Taos4Pecos7"));
}

#[tokio::test]
async fn minting_is_refused_like_a_call() {
    use sellme_core::wire::{HangUpForm, KeyForm, OfferForm};
    for (replies, code) in [
        (vec![named(401, "invalid_api_key", "")], Code::KeyRefused),
        (vec![Reply::text(200, "{}")], Code::ServiceUnavailable),
        (vec![Reply::text(200, r#"{"value":"ek_a b"}"#)], Code::ServiceUnavailable),
        (vec![Reply::text(200, r#"{"value":"ek_1"}"#), named(400, "invalid_model", "")], Code::ModelUnknown),
        (vec![Reply::text(200, r#"{"value":"tok-0123456789"}"#), named(400, "denied", "Not with tok-0123456789.")], Code::InvalidInput),
    ] {
        let server = Server::answering(replies).await;
        let provider = super::compatible(&server.url(), OfferForm::Minted, KeyForm::Bearer, HangUpForm::Post);
        let error = provider.open(Some(&key()), &session(), OFFER).await.unwrap_err();
        assert_eq!(error.code, code, "{error}");
        assert!(!error.message.contains("tok-0123456789"), "{error}");
    }
}

#[tokio::test]
async fn what_is_kept_of_a_provider_shows_no_key() {
    let server = Server::answering([Reply::text(201, ANSWER)]).await;
    let provider = open_ai(&server.url());
    let key = key();
    let opened = provider.open(Some(&key), &session(), OFFER).await;
    assert!(!format!("{provider:?} {opened:?} {key:?}").contains("Taos4Pecos7"));
}
