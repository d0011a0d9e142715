//! “Acknowledged” means on the disk: synced after it was written and before anybody is answered.

use std::{fs, process::Command};

use sellme_tests::{
    company::{Records, transcript},
    hub::{Caller, Hub, person, serving},
    script,
    synced::{self, Seen},
};
use serde_json::{Value, json};

const SESSIONS: usize = 8;

#[test]
fn the_log_is_synced_between_a_request_that_writes_and_its_answer() {
    let records = Records::folder();
    person(&records, "dana@example.com", "trainee");
    let place = tempfile::tempdir().unwrap();
    let (trace, process) = (place.path().join("trace"), place.path().join("process"));
    let hub = serving(&records);
    let mut watched = Command::new("strace");
    watched.args(["-f", "-y", "-s", "40", "-e", synced::CALLS, "-o"]).arg(&trace);
    watched.args(["sh", "-c", "echo $$ >\"$0\"; exec \"$@\""]).arg(&process).arg(hub.get_program()).args(hub.get_args());
    let mut hub = Hub::start_as(watched);
    let caller = Caller::signed_in(&[&hub.url], "dana@example.com");
    let mut ids = Vec::new();
    // First only what nothing is computed for, so that every sync that is seen is that of a request.
    for _ in 0..SESSIONS {
        let begun = caller.post("/api/sessions", &json!({"scenarioId": script::SCENARIO})).unwrap().ok();
        ids.push(begun["id"].as_str().unwrap().to_owned());
    }
    let said: Value = serde_json::from_str(&transcript(2)).unwrap();
    let claim =
        json!({"metrics": {"productKnowledge": 61, "objectionHandling": 1, "closingTechnique": 99, "rapport": 3}, "transcript": said});
    for id in ids {
        let _ = caller.post(&format!("/api/sessions/{id}/complete"), &claim).unwrap().ok();
    }
    let server = fs::read_to_string(&process).unwrap();
    assert!(Command::new("kill").args(["-TERM", server.trim()]).status().unwrap().success());
    hub.wait();
    let seen = synced::seen(&fs::read_to_string(&trace).unwrap(), "company.db-wal", "HTTP/1.1 200");
    let mut checked = 0;
    for (at, _) in seen.iter().enumerate().filter(|(_, seen)| **seen == Seen::Answered) {
        let since = seen[..at].iter().rposition(|seen| *seen == Seen::Answered).map_or(0, |last| last + 1);
        let before = &seen[since..at];
        let written = before.iter().position(|seen| *seen == Seen::LogWritten);
        let written = written.unwrap_or_else(|| panic!("answer {checked} was given before anything was written"));
        assert!(before[written..].contains(&Seen::LogSynced), "answer {checked} was given before the log was synced");
        // While nothing is computed, nothing else writes.
        assert!(checked > SESSIONS || before.last() == Some(&Seen::LogSynced), "answer {checked}: {before:?}");
        checked += 1;
    }
    assert_eq!(checked, 1 + 2 * SESSIONS, "the watcher saw every answer");
}
