//! Calls through the company's hub: what it is asked, in which order, and what becomes of its refusals.

use std::time::{Duration, Instant};

use sellme_core::{Code, Error, session::Visibility, wire::HubSettings};
use sellme_voice::provider::{Attempt, Hub, HubCalls, Key, Opened, Patience, Provider, Target, key_test};
use serde_json::{Value, json};

use super::{
    ANSWER, OFFER,
    refusing::judged,
    server::{Reply, Server},
    session,
};

/// An access token of nobody: it begins like no key of a service.
const TOKEN: &str = "prt_Taos4Pecos7Rio9Grande1234";
const SESSION: &str = "0198c0de-7000-7000-8000-000000000061";

fn token() -> Key {
    Key::typed(TOKEN).unwrap()
}

fn target(address: &str) -> Target {
    Target::hub(&HubSettings { address: address.to_owned() }).unwrap()
}

fn attempt() -> Attempt {
    let session = SESSION.parse().unwrap();
    Attempt { session, scenario: "pilbara-skeptical-medium".to_owned(), visibility: Visibility::Practice }
}

fn calls(address: &str) -> HubCalls {
    Hub::new(target(address)).unwrap().calls_of(attempt())
}

/// The hub knows the attempt.
fn knows() -> Reply {
    let session = json!({ "id": SESSION, "scenarioId": "pilbara-skeptical-medium", "status": "IN_PROGRESS" });
    Reply::text(200, session.to_string()).with("content-type", "application/json")
}

fn took() -> Reply {
    let place = format!("/api/sessions/{SESSION}/realtime");
    Reply::text(201, ANSWER).with("content-type", "application/sdp").with("location", place)
}

fn refuses(status: u16, code: &str, message: &str) -> Reply {
    Reply::text(status, json!({ "code": code, "message": message, "details": [] }).to_string()).with("content-type", "application/json")
}

fn me() -> Reply {
    Reply::text(200, json!({ "id": "0198c0de-7000-7000-8000-000000000001", "name": "Dana", "role": "trainee" }).to_string())
}

async fn open(calls: &HubCalls) -> Result<Opened, Error> {
    calls.open(Some(&token()), &session(), OFFER).await
}

fn lines(server: &Server) -> Vec<String> {
    server.asked().into_iter().map(|asked| asked.line).collect()
}

/// Why a hub that answers like this takes no call.
async fn error_of(replies: impl IntoIterator<Item = Reply>) -> Error {
    let server = Server::answering(replies).await;
    judged(&server.host(), open(&calls(&server.origin())).await.unwrap_err())
}

#[tokio::test]
async fn the_hub_is_told_of_the_attempt_and_then_gets_the_offer_alone() {
    let server = Server::answering([knows(), took()]).await;
    assert_eq!(open(&calls(&format!("{}/sellme/", server.origin()))).await.unwrap().answer, ANSWER);
    assert_eq!(lines(&server), ["POST /sellme/api/sessions".to_owned(), format!("POST /sellme/api/sessions/{SESSION}/realtime")]);
    let asked = server.asked();
    assert!(asked.iter().all(|asked| asked.header("authorization") == format!("Bearer {TOKEN}")));
    assert_eq!(
        serde_json::from_str::<Value>(&asked[0].body).unwrap(),
        json!({ "scenarioId": "pilbara-skeptical-medium", "id": SESSION, "visibility": "practice" })
    );
    assert_eq!((asked[1].header("content-type"), asked[1].header("accept")), ("application/sdp", "application/sdp"));
    assert_eq!(asked[1].body, OFFER, "what the session is to be is the hub's to say");
}

#[tokio::test]
async fn a_lost_line_is_opened_again_for_the_same_attempt_and_the_earlier_one_ends_nothing_of_it() {
    let server = Server::answering([knows(), took(), knows(), took(), Reply::text(204, "")]).await;
    let calls = calls(&server.origin());
    let (first, second) = (open(&calls).await.unwrap().call.unwrap(), open(&calls).await.unwrap().call.unwrap());
    assert_eq!(server.asked()[0].body, server.asked()[2].body, "the same attempt");
    calls.hang_up(Some(&token()), &first).await.unwrap();
    assert_eq!(server.asked().len(), 4, "the hub knows one call of an attempt, and it is the second");
    calls.hang_up(Some(&token()), &second).await.unwrap();
    assert_eq!(server.asked()[4].line, format!("DELETE /api/sessions/{SESSION}/realtime"));
    assert_eq!(server.asked()[4].header("authorization"), format!("Bearer {TOKEN}"));
}

#[tokio::test]
async fn a_call_waits_until_the_earlier_one_is_ended_but_not_for_ever() {
    let server = Server::answering([knows(), took(), Reply::Silent, knows(), took()]).await;
    let (calls, token) = (calls(&server.origin()), token());
    let first = open(&calls).await.unwrap().call.unwrap();
    let next = async {
        while server.asked().len() < 3 {
            tokio::task::yield_now().await;
        }
        let begun = Instant::now();
        open(&calls).await.map(|_| begun.elapsed())
    };
    let waited = tokio::select! {
        waited = next => waited.unwrap(),
        ended = calls.hang_up(Some(&token), &first) => panic!("nobody answers: {ended:?}"),
    };
    assert!(waited >= Duration::from_secs(3), "{waited:?}");
    assert_eq!(lines(&server)[2..4], [format!("DELETE /api/sessions/{SESSION}/realtime"), "POST /api/sessions".to_owned()]);
}

#[tokio::test]
async fn a_call_that_the_hub_no_longer_knows_is_over_and_one_that_it_does_not_end_is_said() {
    for (reply, code) in [
        (Reply::text(204, ""), None),
        (refuses(404, "not_found", "No call."), None),
        (refuses(401, "unauthorized", "Sign in."), Some(Code::KeyRefused)),
        (refuses(503, "unavailable", "Busy."), Some(Code::ServiceUnavailable)),
    ] {
        let server = Server::answering([knows(), took(), reply]).await;
        let calls = calls(&server.origin());
        let call = open(&calls).await.unwrap().call.unwrap();
        assert_eq!(calls.hang_up(Some(&token()), &call).await.err().map(|error| error.code), code);
    }
}

#[tokio::test]
async fn each_refusal_of_the_hub_has_its_code_and_a_way_on() {
    let echo = format!("No token {TOKEN} here.");
    for (reply, code, word) in [
        (refuses(401, "unauthorized", &echo), Code::KeyRefused, "does not take this access token"),
        (refuses(403, "forbidden", &echo), Code::KeyRefused, "knows this access token"),
        (refuses(404, "gone", &echo), Code::InvalidInput, "the hub's address"),
        (refuses(400, "invalid_input", "offer: is no session description"), Code::InvalidInput, "is no session description"),
        (refuses(409, "conflict", "The attempt is over."), Code::InvalidInput, "The attempt is over."),
        (refuses(413, "too_large", "Too large."), Code::InvalidInput, "Too large."),
        (refuses(429, "limit_reached", &format!("60 of 60 minutes of today are used. {TOKEN}")), Code::QuotaUsedUp, "60 of 60 minutes"),
        (refuses(429, "too_many_requests", "Slow down."), Code::ServiceUnavailable, "Wait a minute"),
        (refuses(502, "bad_gateway", &echo), Code::ServiceUnavailable, "status 502"),
        (refuses(503, "unavailable", &echo), Code::ServiceUnavailable, "status 503"),
        (Reply::text(200, "<!doctype html>"), Code::ServiceUnavailable, "web page"),
        (Reply::text(302, "").with("location", "https://elsewhere.example.com"), Code::InvalidInput, "another address"),
    ] {
        // As well where it says so of the attempt as where it says so of the call.
        assert_eq!(error_of([reply.clone()]).await.code, code, "{reply:?}");
        let error = error_of([knows(), reply]).await;
        assert!(error.code == code && error.message.contains(word), "{word}: {error:?}");
    }
}

#[tokio::test]
async fn a_customer_that_the_hub_does_not_have_is_not_there() {
    let error = error_of([refuses(404, "not_found", "There is no scenario “pilbara-skeptical-medium”.")]).await;
    assert!(error.code == Code::NotFound && error.message.contains("this customer"), "{error:?}");
}

#[tokio::test]
async fn an_attempt_of_another_id_is_not_talked_in() {
    let error = error_of([Reply::text(200, json!({ "id": "another" }).to_string())]).await;
    assert!(error.code == Code::ServiceUnavailable && error.message.contains("no hub"), "{error:?}");
}

#[tokio::test]
async fn an_access_token_is_tried_with_one_question_and_no_model_is_asked_for() {
    let server = Server::answering([me(), refuses(401, "unauthorized", "No."), Reply::text(200, "<html>"), Reply::text(200, "{}")]).await;
    let calls = calls(&server.origin());
    let test = key_test(&calls.models(Some(&token())).await, "");
    assert_eq!((test.accepted, test.has_model, test.refusal), (true, None, None));
    for code in [Code::KeyRefused, Code::ServiceUnavailable, Code::ServiceUnavailable] {
        let test = key_test(&calls.models(Some(&token())).await, "");
        assert_eq!((test.accepted, test.refusal.map(|error| judged(&server.host(), error).code)), (false, Some(code)));
    }
    assert!(lines(&server).iter().all(|line| line == "GET /api/me"));
    assert_eq!(server.asked()[0].header("authorization"), format!("Bearer {TOKEN}"));
}

#[tokio::test]
async fn without_an_access_token_no_hub_is_asked() {
    let server = Server::answering([]).await;
    let calls = calls(&server.origin());
    let error = calls.open(None, &session(), OFFER).await.unwrap_err();
    assert!(error.code == Code::KeyMissing && error.message.contains("access token"), "{error}");
    assert_eq!(calls.models(None).await.unwrap_err().code, Code::KeyMissing);
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_hub_that_does_not_answer_is_given_up_as_soon_as_any_other_service() {
    let patience = Patience { connect: Duration::from_secs(10), whole: Duration::from_millis(300) };
    // Slow with both questions, and with neither too slow.
    let slowly = |reply| Reply::Late(Duration::from_millis(200), Box::new(reply));
    let server = Server::answering([slowly(knows()), slowly(took())]).await;
    let calls = Hub::with_patience(target(&server.origin()), patience).unwrap().calls_of(attempt());
    let error = judged(&server.host(), open(&calls).await.unwrap_err());
    assert!(error.code == Code::ServiceUnavailable && error.message.contains("did not answer"), "{error}");
}
