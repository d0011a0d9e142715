//! Who is let in, and what is refused at the door.

use std::{sync::Arc, time::Duration};

use sellme_voice::{
    endpoint::{Config, EndpointError, Refusal, serve},
    provider::{Address, Http, Key, Provider as _, Target, has_model},
};
use serde_json::json;

use super::{
    client::{Client, KEY, offer, quick, session},
    http::{ask, multipart},
    schema::check,
};

const SDP: (&str, &str) = ("content-type", "application/sdp");

#[tokio::test]
async fn a_minted_secret_opens_a_call_with_the_session_that_was_bound_to_it() {
    let endpoint = Arc::new(serve(Config { token: Some("right".to_owned()), ..quick() }).await.unwrap());
    let right = ("authorization", "Bearer right");
    let body = json!({ "expires_after": { "anchor": "created_at", "seconds": 60 }, "session": session() }).to_string();
    let minted = ask(&endpoint.url, "POST", "/realtime/client_secrets", &[right, ("content-type", "application/json")], &body).await;
    assert_eq!(minted.status, 200);
    check("client_secret", &minted.json());
    let bearer = format!("Bearer {}", minted.json()["value"].as_str().unwrap());
    let (sdp, offered) = offer().await;
    let answer = ask(&endpoint.url, "POST", "/realtime/calls", &[("authorization", &bearer), SDP], &sdp).await;
    let client = Client::enter(endpoint, offered, &answer).await;
    assert_eq!(client.log[0]["session"]["instructions"], "You are the customer.");
    assert_eq!(client.log[0]["session"]["audio"]["output"]["voice"], "coral");
}

#[tokio::test]
async fn only_the_right_key_is_let_in() {
    let endpoint = serve(Config { token: Some("right".to_owned()), ..quick() }).await.unwrap();
    let (sdp, _offered) = offer().await;
    for headers in [vec![SDP], vec![("authorization", "Bearer wrong"), SDP], vec![("authorization", "Bearer ek_made_up"), SDP]] {
        for (method, path) in [("POST", "/realtime/calls"), ("POST", "/realtime/client_secrets"), ("GET", "/models")] {
            let answer = ask(&endpoint.url, method, path, &headers, &sdp).await;
            assert_eq!((answer.status, answer.code().as_str()), (401, "invalid_api_key"), "{headers:?} {path}");
        }
    }
    let models = ask(&endpoint.url, "GET", "/models", &[("authorization", "Bearer right")], "").await;
    check("models", &models.json());
    assert!(models.body.contains("2027-01-20"));
}

#[tokio::test]
async fn what_is_not_an_offer_is_refused_with_its_reason() {
    let endpoint = serve(quick()).await.unwrap();
    let (sdp, _offered) = offer().await;
    let post = async |kind: &str, body: &str| ask(&endpoint.url, "POST", "/realtime/calls", &[KEY, ("content-type", kind)], body).await;
    assert_eq!(post("application/json", "{}").await.status, 415);
    for bad in ["", "hello", "v=0\r\n"] {
        let answer = post("application/sdp", bad).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "invalid_offer"));
    }
    let with = |session: &str| multipart(&[("sdp", "application/sdp", &sdp), ("session", "application/json", session)]);
    let cases = [
        (json!({ "type": "realtime", "modalities": ["audio"] }).to_string(), "unknown_parameter", "session.modalities"),
        (json!({ "type": "realtime", "model": "gpt-live-1" }).to_string(), "invalid_model", "session.model"),
        ("{".to_owned(), "invalid_json", "session"),
    ];
    for (session, code, param) in &cases {
        let (kind, body) = with(session);
        let answer = post(&kind, &body).await;
        assert_eq!((answer.status, answer.code().as_str(), answer.json()["error"]["param"].as_str()), (400, *code, Some(*param)));
    }
    let (kind, body) = multipart(&[("sdp", "application/sdp", &sdp), ("model", "text/plain", "x")]);
    assert_eq!(post(&kind, &body).await.code(), "unknown_parameter");
    let (kind, body) = multipart(&[("session", "application/json", "{\"type\":\"realtime\"}")]);
    assert_eq!(post(&kind, &body).await.code(), "missing_required_parameter");
}

#[tokio::test]
async fn minting_does_not_look_at_the_model_but_at_everything_else() {
    let endpoint = serve(quick()).await.unwrap();
    let mint = async |body: serde_json::Value| ask(&endpoint.url, "POST", "/realtime/client_secrets", &[KEY], &body.to_string()).await;
    assert_eq!(mint(json!({ "session": { "type": "realtime", "model": "no-such" } })).await.status, 200);
    assert_eq!(mint(json!({ "expires_after": { "seconds": 5 } })).await.code(), "invalid_value");
    assert_eq!(mint(json!({ "session": { "type": "realtime", "voice": "coral" } })).await.code(), "unknown_parameter");
}

#[tokio::test]
async fn a_page_of_another_origin_may_ask_with_its_own_headers() {
    let endpoint = serve(quick()).await.unwrap();
    let headers =
        [("origin", "http://localhost:5173"), ("access-control-request-headers", "authorization,content-type,x-openai-agents-sdk")];
    let answer = ask(&endpoint.url, "OPTIONS", "/realtime/calls", &headers, "").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.headers["access-control-allow-headers"], "authorization,content-type,x-openai-agents-sdk");
    let refused = ask(&endpoint.url, "POST", "/realtime/calls", &[], "").await;
    assert_eq!(
        (refused.headers["access-control-allow-origin"].as_str(), refused.headers["access-control-expose-headers"].as_str()),
        ("*", "Location")
    );
}

#[tokio::test]
async fn every_refusal_has_its_own_status_and_code() {
    let endpoint = serve(quick()).await.unwrap();
    let (sdp, _offered) = offer().await;
    let cases = [
        ("key", 401, "invalid_api_key"),
        ("quota", 429, "insufficient_quota"),
        ("rate", 429, "rate_limit_exceeded"),
        ("model", 400, "invalid_model"),
        ("down", 503, "server_error"),
    ];
    let post = async || ask(&endpoint.url, "POST", "/realtime/calls", &[KEY, SDP], &sdp).await;
    for (name, status, code) in cases {
        endpoint.knobs.refuse(Refusal::named(name));
        let answer = post().await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code));
    }
    endpoint.knobs.refuse(Some(Refusal::Nonsense));
    let answer = post().await;
    assert!(answer.status == 201 && !answer.body.contains("v=0"));
    let root = endpoint.url.strip_suffix("v1").unwrap();
    assert_eq!(ask(root, "POST", "knobs", &[KEY], "{\"refuse\":null}").await.status, 204);
    assert_eq!(post().await.status, 201);
}

#[tokio::test]
async fn a_call_that_is_hung_up_is_over_at_once_and_unknown_afterwards() {
    let mut client = Client::start(quick(), &session()).await;
    let path = format!("/realtime/calls/{}/hangup", client.call);
    assert_eq!(ask(&client.endpoint.url, "POST", &path, &[KEY], "").await.status, 200);
    client.ended().await;
    assert_eq!(ask(&client.endpoint.url, "POST", &path, &[KEY], "").await.status, 404);
}

#[tokio::test]
async fn a_session_that_is_too_long_expires_and_ends() {
    let mut client = Client::start(Config { longest: Duration::from_millis(400), ..quick() }, &session()).await;
    let error = client.until("error").await;
    assert_eq!(error["error"]["code"], "session_expired");
    client.ended().await;
}

#[tokio::test]
async fn an_endpoint_without_a_customer_does_not_start() {
    let refused = serve(Config { scenario: "nobody".to_owned(), ..quick() }).await;
    assert!(matches!(refused, Err(EndpointError::NoScenario(_))), "{refused:?}");
}

#[tokio::test]
async fn a_model_that_is_gone_is_neither_listed_nor_talked_with_and_one_that_ends_has_its_day() {
    let endpoint = serve(quick()).await.unwrap();
    let turned = json!({ "models_gone": ["gpt-realtime-2"], "models_end": { "gpt-realtime-2.1": "2026-12-24" } }).to_string();
    let knobs = ask(endpoint.url.trim_end_matches("v1"), "POST", "knobs", &[KEY], &turned).await;
    assert_eq!(knobs.status, 204);
    let provider = Http::new(Target::open_ai(Address::parse(&endpoint.url).unwrap())).unwrap();
    let listed = provider.models(Key::typed("any-key-will-do".to_owned()).ok().as_ref()).await.unwrap();
    assert_eq!((has_model(&listed, "gpt-realtime-2"), has_model(&listed, "gpt-realtime-2.1")), (Some(false), Some(true)));
    let day = |id: &str| listed.iter().find(|one| one.id == id).unwrap().shutdown_date.clone();
    assert_eq!((day("gpt-realtime-2.1").as_deref(), day("gpt-realtime").as_deref()), (Some("2026-12-24"), Some("2027-01-20")));
    let (sdp, _offered) = offer().await;
    let session = json!({ "type": "realtime", "model": "gpt-realtime-2" }).to_string();
    let (kind, body) = multipart(&[("sdp", "application/sdp", &sdp), ("session", "application/json", &session)]);
    let answer = ask(&endpoint.url, "POST", "/realtime/calls", &[KEY, ("content-type", &kind)], &body).await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "invalid_model"));
}
