//! The disk is full for a while.

use std::process::Command;

use sellme_tests::{
    company::Records,
    fault,
    hub::{Caller, Hub, person, serving},
    script,
};
use serde_json::{Value, json};

/// So much room that it is never used up.
const PLENTY: u64 = 1 << 40;

/// How far the files of a running process may grow from now on.
fn room(hub: &Hub, bytes: u64) {
    let limit = format!("--fsize={bytes}:{PLENTY}");
    assert!(Command::new("prlimit").args(["--pid", &hub.id().to_string(), &limit]).status().unwrap().success());
}

#[test]
fn while_the_disk_is_full_everybody_is_put_off_and_once_there_is_room_it_goes_on() {
    let records = Records::folder();
    let hub = Hub::start_as(fault::with_room_for(&serving(&records), PLENTY));
    let account = person(&records, "dana@example.com", "trainee");
    let caller = Caller::signed_in(&[&hub.url], "dana@example.com");
    let begin = || caller.post("/api/sessions", &json!({"scenarioId": script::SCENARIO})).unwrap();
    let claim = |number: usize| {
        json!({"metrics": {"productKnowledge": 61, "objectionHandling": 1, "closingTechnique": 99, "rapport": 3},
        "feedback": format!("Session {number} went well."), "transcript": [{"role": "rep", "text": "Hello. ".repeat(1_000)}]})
    };
    let mut kept: Vec<Value> = Vec::new();
    for (number, full) in [0, 4_096, 0].into_iter().enumerate() {
        let begun = begin().ok();
        let path = format!("/api/sessions/{}/complete", begun["id"].as_str().unwrap());
        room(&hub, full);
        for _ in 0..3 {
            for answer in [caller.post(&path, &claim(number)).unwrap(), begin()] {
                assert!(answer.is_put_off("disk_full"), "{answer:?}");
            }
        }
        let there = caller.get(path.trim_end_matches("/complete")).unwrap().ok();
        assert_eq!(there["status"], "IN_PROGRESS", "what was there can still be read, and nothing of what was put off is there");
        assert_eq!(there["startTime"], begun["startTime"]);
        room(&hub, PLENTY);
        kept.push(caller.post(&path, &claim(number)).unwrap().ok());
    }
    for completed in &kept {
        let there = caller.get(&format!("/api/sessions/{}", completed["id"].as_str().unwrap())).unwrap().ok();
        for field in ["status", "startTime", "endTime", "metrics", "feedback", "transcript"] {
            assert_eq!(there[field], completed[field]);
        }
    }
    let progress = format!("/api/users/{account}/progress");
    sellme_tests::hub::waits_until("the queue does not drain", || caller.get(&progress).unwrap().ok()["pendingSessions"] == 0);
    assert_eq!(caller.get(&progress).unwrap().ok()["totalSessions"], kept.len());
    hub.stop();
}
