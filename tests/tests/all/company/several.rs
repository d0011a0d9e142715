//! Three processes on one database are one server.

use std::{
    sync::{Barrier, mpsc::channel},
    thread,
};

use sellme_tests::{
    company::{Records, transcript},
    hub::{Answer, Caller, Hub, person},
    script,
};
use serde_json::{Value, json};

use super::load::{Rep, Together};

fn urls(hubs: &[Hub]) -> Vec<&str> {
    hubs.iter().map(|hub| hub.url.as_str()).collect()
}

fn three() -> (Records, Vec<Hub>) {
    let records = Records::postgres();
    // All at once: each finds the tables, whoever made them.
    let hubs = thread::scope(|scope| {
        let starting = [(); 3].map(|()| scope.spawn(|| Hub::start(&records)));
        starting.into_iter().map(|hub| hub.join().unwrap()).collect()
    });
    (records, hubs)
}

#[test]
fn who_signs_in_at_one_is_signed_in_at_all_and_who_signs_out_at_one_at_none() {
    let (records, hubs) = three();
    let urls = urls(&hubs);
    let account = person(&records, "dana@example.com", "trainee");
    let caller = Caller::signed_in(&urls[..1], "dana@example.com");
    for _ in 0..2 {
        for url in &urls {
            assert_eq!(caller.at(&[*url]).get("/api/me").unwrap().ok()["id"], account.as_str());
        }
    }
    assert_eq!(caller.at(&urls[2..]).post("/api/sign-out", &Value::Null).unwrap().status, 204);
    for url in &urls {
        let answer = caller.at(&[*url]).get("/api/me").unwrap();
        assert_eq!((answer.status, &answer.body["code"]), (401, &"not_signed_in".into()));
    }
}

#[test]
fn what_two_are_asked_at_once_has_one_answer() {
    let (records, hubs) = three();
    let urls = urls(&hubs);
    let account = person(&records, "dana@example.com", "trainee");
    let caller = Caller::signed_in(&urls, "dana@example.com");
    let complete = |path: &str, lines: [usize; 3]| -> Vec<Answer> {
        let together = Barrier::new(3);
        thread::scope(|scope| {
            let asking: Vec<_> = urls
                .iter()
                .zip(lines)
                .map(|(url, lines)| {
                    let (caller, together) = (caller.at(&[*url]), &together);
                    scope.spawn(move || {
                        // The connection is there before it begins.
                        caller.get("/health").unwrap();
                        together.wait();
                        caller.post(path, &claim(lines)).unwrap()
                    })
                })
                .collect();
            asking.into_iter().map(|asking| asking.join().unwrap()).collect()
        })
    };
    let rounds = 6;
    for round in 0..rounds {
        let begun = caller.post("/api/sessions", &json!({"scenarioId": script::SCENARIO})).unwrap().ok();
        let path = format!("/api/sessions/{}/complete", begun["id"].as_str().unwrap());
        if round % 2 == 0 {
            let bodies: Vec<_> = complete(&path, [6, 6, 6]).into_iter().map(|answer| answered(answer.ok())).collect();
            assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:#?}");
        } else {
            let mut answers = complete(&path, [5, 6, 7]);
            answers.sort_by_key(|answer| answer.status);
            assert_eq!(answers.iter().map(|answer| answer.status).collect::<Vec<_>>(), [200, 409, 409], "{answers:#?}");
            let there = caller.get(path.trim_end_matches("/complete")).unwrap().ok();
            assert_eq!(there["transcript"], answers[0].body["transcript"], "what was acknowledged is what is kept");
        }
    }
    let progress = format!("/api/users/{account}/progress");
    sellme_tests::hub::waits_until("the queue does not drain", || caller.get(&progress).unwrap().ok()["pendingSessions"] == 0);
    assert_eq!(caller.get(&progress).unwrap().ok()["totalSessions"], rounds);
}

/// An answer without what is computed meanwhile.
fn answered(mut body: Value) -> Value {
    for computed in ["verification", "saleCompleted"] {
        body.as_object_mut().unwrap().remove(computed);
    }
    body
}

fn claim(lines: usize) -> Value {
    let said: Value = serde_json::from_str(&transcript(lines)).unwrap();
    json!({"metrics": {"productKnowledge": 61, "objectionHandling": 1, "closingTechnique": 99, "rapport": 3}, "transcript": said})
}

#[test]
fn behind_a_proxy_that_asks_one_after_the_other_they_compute_and_count_everything_once() {
    let (records, hubs) = three();
    let urls = urls(&hubs);
    let mut reps: Vec<_> = (0..3).map(|number| Rep::new(number, &records, &urls)).collect();
    let together = Together::default();
    let (acknowledges, acknowledged) = channel();
    thread::scope(|scope| {
        for rep in &mut reps {
            let (acknowledges, together) = (acknowledges.clone(), &together);
            scope.spawn(move || rep.practise(together, &acknowledges));
        }
        drop(acknowledges);
        for _ in 0..90 {
            acknowledged.recv().expect("somebody who is answered");
        }
        together.enough.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    for rep in &reps {
        rep.finds_everything();
        rep.finds_it_counted_once();
    }
    let completed: usize = reps.iter().map(Rep::completed).sum();
    let computed: Vec<usize> = hubs.iter().map(|hub| computed(&hub.admin_url)).collect();
    assert_eq!(computed.iter().sum::<usize>(), completed, "{computed:?}");
    for hub in hubs {
        hub.stop();
    }
}

/// How many reports a process has computed.
fn computed(admin_url: &str) -> usize {
    let figures = Caller::new(&[admin_url]).text("/metrics");
    let line = figures.lines().find_map(|line| line.strip_prefix("sellme_hub_reports_computed_total "));
    line.unwrap_or_else(|| panic!("{figures}")).parse().unwrap()
}
