//! What each form asks, and what it takes for an answer.

use sellme_core::{
    Code,
    wire::{HangUpForm, KeyForm, OfferForm},
};
use sellme_voice::provider::{CallId, ModelListed, Opened, Provider, key_test};
use serde_json::{Value, json};

use super::{
    ANSWER, KEY, OFFER, compatible, key, open_ai,
    server::{Reply, Server},
    session,
};

fn took() -> Reply {
    Reply::text(201, ANSWER).with("content-type", "application/sdp").with("location", "/v1/realtime/calls/rtc_u1")
}

fn opened(call: Option<&str>) -> Opened {
    Opened { answer: ANSWER.to_owned(), call: call.and_then(CallId::new) }
}

#[tokio::test]
async fn openai_is_asked_in_parts_with_the_key() {
    let server = Server::answering([took()]).await;
    let provider = open_ai(&server.url());
    assert_eq!(provider.open(Some(&key()), &session(), OFFER).await.unwrap(), opened(Some("rtc_u1")));
    let asked = server.asked();
    assert_eq!((asked.len(), asked[0].line.as_str()), (1, "POST /v1/realtime/calls"));
    assert_eq!(asked[0].header("authorization"), format!("Bearer {KEY}"));
    assert_eq!((asked[0].header("accept"), asked[0].header("api-key"), asked[0].header("openai-beta")), ("application/sdp", "", ""));
    let parts = asked[0].parts();
    assert_eq!(parts.len(), 2, "no other parts are allowed: {parts:?}");
    assert_eq!(parts[0], ("sdp".into(), "application/sdp".into(), OFFER.into()));
    assert_eq!((parts[1].0.as_str(), parts[1].1.as_str()), ("session", "application/json"));
    assert_eq!(serde_json::from_str::<Value>(&parts[1].2).unwrap(), session());
}

#[tokio::test]
async fn a_server_that_takes_the_offer_alone_gets_it_alone() {
    let server = Server::answering([took()]).await;
    let provider = compatible(&server.url(), OfferForm::Sdp, KeyForm::None, HangUpForm::Delete);
    // A key that is there is not sent to a server that wants none.
    assert_eq!(provider.open(Some(&key()), &session(), OFFER).await.unwrap(), opened(Some("rtc_u1")));
    let asked = &server.asked()[0];
    assert_eq!((asked.line.as_str(), asked.body.as_str()), ("POST /v1/realtime/calls", OFFER));
    assert_eq!((asked.header("content-type"), asked.header("accept")), ("application/sdp", "application/sdp"));
    assert_eq!((asked.header("authorization"), asked.header("api-key")), ("", ""));
}

#[tokio::test]
async fn a_server_that_talks_json_is_asked_and_understood_in_json() {
    let json_answer = |more: Value| {
        let mut body = json!({ "sdp": ANSWER });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Reply::text(201, body.to_string()).with("content-type", "application/json")
    };
    let server = Server::answering([json_answer(json!({ "session_id": "sess_9" })), json_answer(json!({}))]).await;
    let provider = compatible(&server.url(), OfferForm::Json, KeyForm::ApiKey, HangUpForm::None);
    assert_eq!(provider.open(Some(&key()), &session(), OFFER).await.unwrap(), opened(Some("sess_9")));
    assert_eq!(provider.open(Some(&key()), &json!({ "type": "realtime" }), OFFER).await.unwrap(), opened(None));
    let asked = server.asked();
    assert_eq!((asked[0].line.as_str(), asked[0].header("content-type")), ("POST /v1/realtime/calls", "application/json"));
    assert_eq!((asked[0].header("api-key"), asked[0].header("authorization")), (KEY, ""));
    assert_eq!(serde_json::from_str::<Value>(&asked[0].body).unwrap(), json!({ "sdp": OFFER, "model": "gpt-realtime-2.1" }));
    assert_eq!(serde_json::from_str::<Value>(&asked[1].body).unwrap(), json!({ "sdp": OFFER }), "a server with a model of its own");
}

#[tokio::test]
async fn a_minted_call_shows_the_offer_only_the_key_for_one_call() {
    for body in [json!({ "value": "ek_68a1b2", "expires_at": 1, "session": {} }), json!({ "client_secret": { "value": "ek_68a1b2" } })] {
        let server = Server::answering([Reply::text(200, body.to_string()), took(), Reply::text(200, "")]).await;
        let provider = compatible(&server.url(), OfferForm::Minted, KeyForm::ApiKey, HangUpForm::Post);
        let call = provider.open(Some(&key()), &session(), OFFER).await.unwrap();
        assert_eq!(call, opened(Some("rtc_u1")));
        provider.hang_up(Some(&key()), &call.call.unwrap()).await.unwrap();
        let asked = server.asked();
        assert_eq!((asked[0].line.as_str(), asked[0].header("api-key")), ("POST /v1/realtime/client_secrets", KEY));
        assert_eq!(serde_json::from_str::<Value>(&asked[0].body).unwrap(), json!({ "session": session() }));
        assert_eq!((asked[1].line.as_str(), asked[1].body.as_str()), ("POST /v1/realtime/calls", OFFER));
        assert_eq!((asked[1].header("authorization"), asked[1].header("api-key")), ("Bearer ek_68a1b2", ""));
        assert_eq!(asked[1].header("content-type"), "application/sdp");
        assert_eq!((asked[2].line.as_str(), asked[2].header("api-key")), ("POST /v1/realtime/calls/rtc_u1/hangup", KEY));
    }
}

#[tokio::test]
async fn a_call_is_hung_up_the_way_the_server_wants() {
    let call = CallId::new("rtc_u1").unwrap();
    for (form, lines) in [
        (HangUpForm::Post, vec!["POST /v1/realtime/calls/rtc_u1/hangup"]),
        (HangUpForm::Delete, vec!["DELETE /v1/realtime/calls/rtc_u1"]),
        (HangUpForm::None, vec![]),
    ] {
        let server = Server::answering([Reply::text(200, "")]).await;
        let provider = compatible(&server.url(), OfferForm::Sdp, KeyForm::Bearer, form);
        provider.hang_up(Some(&key()), &call).await.unwrap();
        let asked = server.asked();
        assert_eq!(asked.iter().map(|asked| asked.line.as_str()).collect::<Vec<_>>(), lines);
        assert!(asked.iter().all(|asked| asked.body.is_empty() && asked.header("authorization") == format!("Bearer {KEY}")));
    }
}

#[tokio::test]
async fn a_call_that_the_server_no_longer_knows_is_over() {
    let server = Server::answering([Reply::text(404, "{}"), Reply::text(410, ""), Reply::text(503, "")]).await;
    let (provider, call) = (open_ai(&server.url()), CallId::new("rtc_u1").unwrap());
    provider.hang_up(Some(&key()), &call).await.unwrap();
    provider.hang_up(Some(&key()), &call).await.unwrap();
    assert_eq!(provider.hang_up(Some(&key()), &call).await.unwrap_err().code, Code::ServiceUnavailable);
}

#[tokio::test]
async fn the_key_does_not_follow_to_where_the_call_is_said_to_be() {
    let elsewhere = Server::answering([Reply::text(200, "")]).await;
    let place = format!("{}/realtime/calls/rtc_u1", elsewhere.url());
    let server = Server::answering([Reply::text(201, ANSWER).with("location", place), Reply::text(200, "")]).await;
    let provider = open_ai(&server.url());
    let call = provider.open(Some(&key()), &session(), OFFER).await.unwrap().call.unwrap();
    provider.hang_up(Some(&key()), &call).await.unwrap();
    assert_eq!(server.asked()[1].line, "POST /v1/realtime/calls/rtc_u1/hangup");
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn a_status_of_200_and_no_place_are_taken() {
    let server = Server::answering([Reply::text(200, ANSWER).with("content-type", "text/plain")]).await;
    assert_eq!(open_ai(&server.url()).open(Some(&key()), &session(), OFFER).await.unwrap(), opened(None));
}

#[tokio::test]
async fn models_are_listed_with_the_day_they_end() {
    let list = json!({ "object": "list", "data": [{ "id": "gpt-realtime-2.1", "shutdown_date": null }, { "id": "gpt-realtime", "shutdown_date": "2027-01-20" }] });
    let server = Server::answering([list.to_string(), list.to_string(), list.to_string()].map(|list| Reply::text(200, list))).await;
    let provider = open_ai(&server.url());
    let listed = |id: &str, date: Option<&str>| ModelListed { id: id.into(), shutdown_date: date.map(str::to_owned) };
    let models = provider.models(Some(&key())).await.unwrap();
    assert_eq!(models, [listed("gpt-realtime-2.1", None), listed("gpt-realtime", Some("2027-01-20"))]);
    let asked = &server.asked()[0];
    assert_eq!((asked.line.as_str(), asked.header("authorization")), ("GET /v1/models", &*format!("Bearer {KEY}")));
    let test = key_test(&provider.models(Some(&key())).await, "gpt-realtime");
    assert_eq!((test.accepted, test.has_model, test.refusal), (true, Some(true), None));
    assert_eq!(key_test(&provider.models(Some(&key())).await, "gpt-live-1").has_model, Some(false));
}

#[tokio::test]
async fn a_key_is_tried_with_one_question() {
    let server = Server::answering([Reply::text(401, "{}"), Reply::text(200, "{}")]).await;
    let provider = open_ai(&server.url());
    let test = key_test(&provider.models(Some(&key())).await, "gpt-realtime-2.1");
    assert_eq!((test.accepted, test.has_model, test.refusal.map(|error| error.code)), (false, None, Some(Code::KeyRefused)));
    let test = key_test(&provider.models(Some(&key())).await, "");
    assert_eq!((test.accepted, test.has_model, test.refusal), (true, None, None));
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn without_a_key_nobody_is_asked() {
    let server = Server::answering([took()]).await;
    let provider = open_ai(&server.url());
    let error = provider.open(None, &session(), OFFER).await.unwrap_err();
    assert_eq!(error.code, Code::KeyMissing);
    assert_eq!(provider.models(None).await.unwrap_err().code, Code::KeyMissing);
    assert!(server.asked().is_empty());
}
