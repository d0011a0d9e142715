//! Whoever asks for something and goes away before it is answered.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use rusqlite::Connection;
use serde_json::json;

use crate::{
    calls::{CALLS, HANG_UP, OFFER, records},
    support::{Client, KEY, PASSWORD, SCENARIO, Served, Stage, Voice, create_admin, serving, until},
};

const KEYS: &str = "/v1/realtime/client_secrets";

/// Sends a request with this token, without waiting for what is answered.
pub(crate) fn sent(url: &str, token: &str, head: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    let head = format!("{head}\r\nhost: hub\r\nauthorization: Bearer {token}\r\ncontent-length: {}", body.len());
    stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).unwrap();
    stream
}

/// Goes away before there is an answer, and sees that the server has noticed.
pub(crate) async fn leave(mut stream: TcpStream) {
    stream.shutdown(Shutdown::Write).unwrap();
    let answer = tokio::task::spawn_blocking(move || {
        let mut answer = Vec::new();
        // The server hangs up once it sees that nobody is there, which may be told as an error.
        let _ = stream.read_to_end(&mut answer);
        answer
    });
    assert_eq!(String::from_utf8_lossy(&answer.await.unwrap()), "", "nobody was there to be answered");
}

/// Asks for a call and goes away before it is answered: gives what was on the way when the server had noticed.
async fn gone(stage: &Stage, kind: &str, body: &str, asked: &str) -> tokio::sync::OwnedRwLockWriteGuard<()> {
    let id = stage.begun(&stage.a).await;
    let held = stage.voice.hold().await;
    let stream = sent(&stage.url, &stage.a.token, &format!("POST /api/sessions/{id}/realtime HTTP/1.1\r\ncontent-type: {kind}"), body);
    until("the service is not asked", || stage.voice.asked_for(asked) > 0).await;
    leave(stream).await;
    held
}

#[tokio::test]
async fn what_was_begun_is_seen_to_its_end_though_nobody_waits_for_it() {
    let stage = Stage::new(&[]);
    // A request that comes together with the end of its connection is not even begun: then once more.
    for _ in 0..20 {
        let writing = records(&stage);
        writing.execute_batch("BEGIN IMMEDIATE").unwrap();
        let stream = sent(&stage.url, &stage.a.token, "POST /api/sign-out HTTP/1.1", "");
        tokio::time::sleep(Duration::from_millis(100)).await;
        leave(stream).await;
        writing.execute_batch("COMMIT").unwrap();
        for _ in 0..20 {
            if stage.as_person(&stage.a).get("/api/me").await.status == 401 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    panic!("whoever signed out is still signed in");
}

#[tokio::test]
async fn a_call_whose_client_went_away_while_it_was_opened_is_noted_and_ended() {
    let stage = Stage::new(&[]);
    let held = gone(&stage, "application/sdp", OFFER, CALLS).await;
    assert_eq!(stage.voice.asked_for(HANG_UP), 0);
    drop(held);
    until("the call goes on", || stage.voice.asked_for(HANG_UP) > 0).await;
    let (at_service, is_closed): (String, bool) =
        records(&stage).query_row("SELECT at_service, closed_at IS NOT NULL FROM call", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!((at_service.as_str(), is_closed), ("rtc_1", true));
}

#[tokio::test]
async fn a_key_that_nobody_was_there_to_get_counts_for_nothing() {
    let stage = Stage::new(&[]);
    let held = gone(&stage, "application/json", "{}", KEYS).await;
    let calls = || records(&stage).query_row("SELECT count(*) FROM call", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(calls(), 1);
    drop(held);
    until("the key counts", || calls() == 0).await;
}

#[tokio::test]
async fn a_stop_waits_for_what_nobody_else_waits_for() {
    let kept = tempfile::tempdir().unwrap();
    let (folder, voice) = (kept.path().join("records"), Voice::start());
    create_admin(&folder, PASSWORD);
    let served = Served::start(serving(&folder).args(["--realtime-url", &voice.url]).env("OPENAI_API_KEY", KEY));
    let url = served.url();
    let ada = json!({ "email": "ada@example.com", "password": PASSWORD });
    let signed_in = Client::new(&url, None).post("/api/sign-in", &ada).await.json();
    let token = signed_in["token"].as_str().unwrap();
    let begun = Client::new(&url, Some(token)).post("/api/sessions", &json!({ "scenarioId": SCENARIO })).await.json();
    let held = voice.hold().await;
    let head = format!("POST /api/sessions/{}/realtime HTTP/1.1\r\ncontent-type: application/sdp", begun["id"].as_str().unwrap());
    let stream = sent(&url, token, &head, OFFER);
    until("the service is not asked", || voice.asked_for(CALLS) > 0).await;
    leave(stream).await;
    let stopping = tokio::task::spawn_blocking(|| served.stop());
    until("somebody is still let in", || TcpStream::connect(url.trim_start_matches("http://")).is_err()).await;
    drop(held);
    stopping.await.unwrap();
    assert_eq!(voice.asked_for(HANG_UP), 0);
    let of_call = "SELECT at_service, closed_at IS NOT NULL AND untold_since IS NOT NULL FROM call";
    let call: (Option<String>, bool) =
        Connection::open(folder.join("company.db")).unwrap().query_row(of_call, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(call, (Some("rtc_1".to_owned()), true), "whoever serves next ends the call that the service took");
}
