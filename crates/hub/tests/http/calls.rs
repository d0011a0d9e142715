//! How calls by voice end, whoever forgets to.

use std::time::Duration;

use rusqlite::Connection;
use serde_json::json;

use crate::support::{Stage, is_refusal, talk, told, until};

pub(crate) const CALLS: &str = "/v1/realtime/calls";
/// Every call has the same name there.
pub(crate) const HANG_UP: &str = "/v1/realtime/calls/rtc_1/hangup";

pub(crate) const OFFER: &str = "v=0\r\n";

/// A session of trainee A that is called.
async fn called(stage: &Stage) -> String {
    let id = stage.begun(&stage.a).await;
    let offered = ("application/sdp", OFFER.as_bytes().to_vec());
    let answer = stage.as_person(&stage.a).ask("POST", &format!("/api/sessions/{id}/realtime"), Some(offered)).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    id
}

pub(crate) fn records(stage: &Stage) -> Connection {
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
    until("the call goes on", || stage.voice.asked_for(HANG_UP) > 0).await;
}
