//! Reps who practise as fast as they can, and know what was acknowledged to them.

use std::{
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::Sender,
    },
    thread,
    time::Duration,
};

use sellme_tests::{
    company::{Records, transcript},
    hub::{Caller, person, waits_until},
    script,
};
use serde_json::{Value, json};

/// How long a client waits that was put off; the server asks for more.
const AGAIN: Duration = Duration::from_millis(20);

/// What all reps know of each other.
#[derive(Debug, Default)]
pub(super) struct Together {
    /// Set where they are to stop.
    pub(super) enough: AtomicBool,
    /// How often one was put off.
    pub(super) put_off: AtomicUsize,
}

/// A session as far as its client heard of it.
#[derive(Debug)]
struct Heard {
    id: String,
    begun: Value,
    completed: Option<Value>,
}

/// Somebody who practises.
#[derive(Debug)]
pub(super) struct Rep {
    number: usize,
    account: String,
    caller: Caller,
    heard: Vec<Heard>,
}

impl Rep {
    pub(super) fn new(number: usize, records: &Records, urls: &[&str]) -> Self {
        let email = format!("rep{number}@example.com");
        let account = person(records, &email, "trainee");
        Self { number, account, caller: Caller::signed_in(urls, &email), heard: Vec::new() }
    }

    /// Goes on at other servers.
    pub(super) fn moves_to(&mut self, urls: &[&str]) {
        self.caller = self.caller.at(urls);
    }

    /// How many sessions were completed.
    pub(super) fn completed(&self) -> usize {
        self.heard.iter().filter(|heard| heard.completed.is_some()).count()
    }

    /// Practises until it is enough, or until there is no answer. What was under way then is asked for once more by the next call, word for word.
    pub(super) fn practise(&mut self, together: &Together, acknowledged: &Sender<()>) {
        while !together.enough.load(Ordering::SeqCst) {
            if self.heard.last().is_none_or(|heard| heard.completed.is_some()) {
                let id = format!("01990000-0000-7000-8000-{:04x}{:08x}", self.number, self.heard.len());
                let body = json!({"scenarioId": script::SCENARIO, "id": id});
                let Some(begun) = self.ask("/api/sessions", &body, together) else { return };
                self.heard.push(Heard { id, begun, completed: None });
                let _ = acknowledged.send(());
            }
            if !self.completes(together) {
                return;
            }
            let _ = acknowledged.send(());
        }
    }

    /// Completes what is under way, if anything is.
    pub(super) fn finishes(&mut self, together: &Together) {
        if self.heard.last().is_some_and(|heard| heard.completed.is_none()) {
            assert!(self.completes(together), "no answer");
        }
    }

    /// Completes the session that was begun last. False where there is no answer.
    fn completes(&mut self, together: &Together) -> bool {
        let last = self.heard.len() - 1;
        let path = format!("/api/sessions/{}/complete", self.heard[last].id);
        self.heard[last].completed = self.ask(&path, &claim(last), together);
        self.heard[last].completed.is_some()
    }

    fn ask(&self, path: &str, body: &Value, together: &Together) -> Option<Value> {
        loop {
            let answer = self.caller.post(path, body).ok()?;
            if answer.status == 200 {
                return Some(answer.body);
            }
            assert!(answer.is_put_off("database_busy"), "{answer:?}");
            together.put_off.fetch_add(1, Ordering::SeqCst);
            thread::sleep(AGAIN);
        }
    }

    /// Everything that was acknowledged is there as it was.
    pub(super) fn finds_everything(&self) {
        for (number, heard) in self.heard.iter().enumerate() {
            let there = self.caller.get(&format!("/api/sessions/{}", heard.id)).unwrap().ok();
            assert_eq!((&there["id"], &there["userId"]), (&heard.id.as_str().into(), &self.account.as_str().into()));
            assert_eq!(there["startTime"], heard.begun["startTime"]);
            let Some(completed) = &heard.completed else { continue };
            assert_eq!(there["status"], "COMPLETED", "{there}");
            for field in ["endTime", "metrics", "overallScore", "feedback", "transcript"] {
                assert_eq!(there[field], completed[field], "{field}");
            }
            assert_eq!((&there["overallScore"], &there["feedback"]), (&44.into(), &claim(number)["feedback"]));
        }
    }

    /// Every completed session gets its report, and the standing is what the reports add up to.
    pub(super) fn finds_it_counted_once(&self) {
        let path = format!("/api/users/{}/progress", self.account);
        waits_until("the queue does not drain", || self.caller.get(&path).unwrap().ok()["pendingSessions"] == 0);
        let progress = self.caller.get(&path).unwrap().ok();
        let mut scores = Vec::new();
        for heard in self.heard.iter().filter(|heard| heard.completed.is_some()) {
            let report = self.caller.get(&format!("/api/sessions/{}/report", heard.id)).unwrap().ok();
            let there = self.caller.get(&format!("/api/sessions/{}", heard.id)).unwrap().ok();
            assert_eq!(there["verification"]["state"], "differs");
            assert_eq!(there["verification"]["overallScore"], report["overallScore"]);
            scores.extend(report["overallScore"].as_u64());
        }
        let (count, sum) = (scores.len() as u64, scores.iter().sum::<u64>());
        assert!(count > 0, "nothing was scored");
        assert_eq!(progress["totalSessions"], self.completed());
        assert_eq!(progress["averageScore"], (2 * sum + count) / (2 * count));
        assert_eq!(progress["bestScore"], *scores.iter().max().unwrap());
    }
}

/// What ends the session of this number: no two are the same.
fn claim(number: usize) -> Value {
    let said: Value = serde_json::from_str(&transcript(number % 13)).unwrap();
    json!({
        "metrics": {"productKnowledge": 61, "objectionHandling": 1, "closingTechnique": 99, "rapport": 3},
        "feedback": format!("Session {number} went well."),
        "transcript": said,
    })
}
