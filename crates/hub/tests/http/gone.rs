//! Whoever asks for something and goes away before it is answered.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use crate::{
    calls::{CALLS, HANG_UP, OFFER, records},
    support::{Stage, until},
};

const KEYS: &str = "/v1/realtime/client_secrets";

/// Sends a request of trainee A.
fn sent(stage: &Stage, head: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(stage.url.trim_start_matches("http://")).unwrap();
    let head = format!("{head}\r\nauthorization: Bearer {}\r\ncontent-length: {}", stage.a.token, body.len());
    stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).unwrap();
    stream
}

/// Goes away before there is an answer, and sees that the server has noticed.
async fn leave(mut stream: TcpStream) {
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
    let stream = sent(stage, &format!("POST /api/sessions/{id}/realtime HTTP/1.1\r\nhost: hub\r\ncontent-type: {kind}"), body);
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
        let stream = sent(&stage, "POST /api/sign-out HTTP/1.1\r\nhost: hub", "");
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
