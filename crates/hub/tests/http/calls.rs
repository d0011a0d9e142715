//! How calls by voice end, whoever forgets to.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use rusqlite::Connection;
use serde_json::json;

use crate::support::{Stage, is_refusal, talk, told};

const CALLS: &str = "/v1/realtime/calls";
const KEYS: &str = "/v1/realtime/client_secrets";
/// Every call has the same name there.
const HANG_UP: &str = "/v1/realtime/calls/rtc_1/hangup";

const OFFER: &str = "v=0\r\n";

/// Waits for what surely comes.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = tokio::time::Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A session of trainee A that is called.
async fn called(stage: &Stage) -> String {
    let id = stage.begun(&stage.a).await;
    let offered = ("application/sdp", OFFER.as_bytes().to_vec());
    let answer = stage.as_person(&stage.a).ask("POST", &format!("/api/sessions/{id}/realtime"), Some(offered)).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    id
}

fn records(stage: &Stage) -> Connection {
    let db = Connection::open(stage.folder.join("company.db")).unwrap();
    db.busy_timeout(Duration::from_secs(10)).unwrap();
    db
}

#[tokio::test]
async fn a_call_is_ended_at_the_service_after_its_session_is_completed() {
    let stage = Stage::new(&[]);
    let (over, _) = (called(&stage).await, called(&stage).await);
    let figures = json!({ "productKnowledge": 1, "objectionHandling": 1, "closingTechnique": 1, "rapport": 1 });
    let completed = stage.as_person(&stage.a).post(&format!("/api/sessions/{over}/complete"), &told(&figures, &talk())).await;
    assert_eq!(completed.status, 200, "{completed:?}");
    until("the call goes on", || stage.voice.asked_for(HANG_UP) > 0).await;
    let open: i64 = records(&stage).query_row("SELECT count(*) FROM call WHERE closed_at IS NULL", [], |row| row.get(0)).unwrap();
    assert_eq!((open, stage.voice.asked_for(HANG_UP)), (1, 1), "the other session goes on");
}

#[tokio::test]
async fn a_call_is_ended_at_the_service_once_it_has_lasted_as_long_as_it_may() {
    let stage = Stage::new(&["--call-minutes", "5"]);
    called(&stage).await;
    // As if it had been opened earlier.
    let earlier = |seconds: i64| records(&stage).execute("UPDATE call SET opened_at = opened_at - ?1", [seconds * 1_000]).unwrap();
    assert_eq!(earlier(4 * 60), 1);
    called(&stage).await;
    assert_eq!(earlier(60), 2);
    until("the call goes on", || stage.voice.asked_for(HANG_UP) > 0).await;
    let open: i64 = records(&stage).query_row("SELECT count(*) FROM call WHERE closed_at IS NULL", [], |row| row.get(0)).unwrap();
    assert_eq!((open, stage.voice.asked_for(HANG_UP)), (1, 1), "the other has four minutes left");
}

/// Asks for a call and goes away before it is answered: gives what was on the way when the server had noticed.
async fn gone(stage: &Stage, kind: &str, body: &str, asked: &str) -> tokio::sync::OwnedRwLockWriteGuard<()> {
    let id = stage.begun(&stage.a).await;
    let held = stage.voice.hold().await;
    let head = format!(
        "POST /api/sessions/{id}/realtime HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer {}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
        stage.a.token,
        body.len()
    );
    let mut stream = TcpStream::connect(stage.url.trim_start_matches("http://")).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    until("the service is not asked", || stage.voice.asked_for(asked) > 0).await;
    stream.shutdown(Shutdown::Write).unwrap();
    let answer = tokio::task::spawn_blocking(move || {
        let mut answer = Vec::new();
        // The server hangs up once it sees that nobody is there, which may be told as an error.
        let _ = stream.read_to_end(&mut answer);
        answer
    });
    assert_eq!(String::from_utf8_lossy(&answer.await.unwrap()), "", "nobody was there to be answered");
    held
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
async fn a_call_whose_session_is_completed_while_it_is_opened_is_ended_and_whoever_opened_it_hears_why() {
    let stage = Stage::new(&[]);
    let id = stage.begun(&stage.a).await;
    let client = stage.as_person(&stage.a);
    let held = stage.voice.hold().await;
    let path = format!("/api/sessions/{id}/realtime");
    let opening = client.ask("POST", &path, Some(("application/sdp", OFFER.as_bytes().to_vec())));
    let completing = async {
        until("the service is not asked", || stage.voice.asked_for(CALLS) > 0).await;
        let figures = json!({ "productKnowledge": 1, "objectionHandling": 1, "closingTechnique": 1, "rapport": 1 });
        let completed = stage.as_person(&stage.a).post(&format!("/api/sessions/{id}/complete"), &told(&figures, &talk())).await;
        assert_eq!(completed.status, 200, "{completed:?}");
        let closed = || {
            records(&stage).query_row("SELECT count(*) FROM call WHERE closed_at IS NOT NULL", [], |row| row.get::<_, i64>(0)).unwrap() == 1
        };
        until("the call is not closed", closed).await;
        drop(held);
    };
    let (opened, ()) = tokio::join!(opening, completing);
    assert_eq!(is_refusal(&opened, 409), "wrong_state");
    assert_eq!(stage.voice.asked_for(HANG_UP), 1);
}
