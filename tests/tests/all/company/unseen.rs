//! What is secret is in no log, no answer and no record, wherever the records are.

use sellme_tests::{
    company::{CLAIMED, PASSWORD, Records, claim},
    hub::{Caller, Hub, person, serving, waits_until},
    postgres::Postgres,
    script,
    secrets::Secret,
};
use serde_json::{Value, json};

const WRONG: &str = "quite another gulch 91bd";
const NEW: &str = "lantern by the wash c02e";
const KEY: &str = "sk-nobody-may-see-0123456789";

/// What is said in confidence.
const SAID: &str = "My mother-in-law's knee, between us.";

#[test]
fn in_a_folder() {
    nothing_secret_is_seen(&Records::folder());
}

#[test]
fn in_postgres() {
    nothing_secret_is_seen(&Records::postgres());
}

/// Where a secret is in the records.
fn traces(records: &Records, secret: &Secret) -> Vec<String> {
    match records {
        Records::Folder(folder) => secret.traces_under(folder.path()),
        Records::Postgres(url) => {
            let all = Postgres::shared().ask_at(url, "SET xmlbinary = hex; SELECT database_to_xml(true, true, '')");
            secret.traces_in(&[("the records", &all)])
        }
    }
}

fn nothing_secret_is_seen(records: &Records) {
    person(records, "ada@example.com", "admin");
    let mut command = serving(records);
    // Nobody is there to be called, which is no less a use of the key.
    command.args(["--realtime-url", "http://127.0.0.1:9/v1"]).env("OPENAI_API_KEY", KEY).env("SELLME_HUB_LOG", "trace");
    let hub = Hub::start_as(command);
    let mut answers = Vec::new();
    let mut ask = |caller: &Caller, path: &str, body: &Value| -> Value {
        let answer = caller.post(path, body).unwrap();
        answers.push(answer.body.to_string());
        answer.body
    };
    let nobody = Caller::new(&[&hub.url]);
    ask(&nobody, "/api/sign-in", &json!({ "email": "ada@example.com", "password": WRONG }));
    let ada = Caller::signed_in(&[&hub.url], "ada@example.com");
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{value}")).to_owned();
    let personal = ada.post("/api/tokens", &json!({ "name": "laptop", "days": 7 })).unwrap().ok();
    let invited =
        ada.at(&[&hub.admin_url]).post("/api/admin/users", &json!({ "email": "kim@example.com", "name": "Kim Lake", "role": "trainee" }));
    let code = text(&invited.unwrap().ok()["invitation"]["code"]);
    let accepted = nobody.post("/api/invitations/accept", &json!({ "code": code, "password": NEW, "name": "till" })).unwrap().ok();
    let mut kim = Caller::new(&[&hub.url]);
    kim.token = text(&accepted["token"]);
    ask(&kim, "/api/me/password", &json!({ "oldPassword": WRONG, "newPassword": PASSWORD }));
    let session = text(&ask(&kim, "/api/sessions", &json!({ "scenarioId": script::SCENARIO }))["id"]);
    ask(&kim, &format!("/api/sessions/{session}/realtime"), &json!({}));
    ask(&kim, &format!("/api/sessions/{session}/complete"), &json!({ "password": NEW }));
    let told = claim(CLAIMED, 3);
    let mut transcript: Value = serde_json::from_str(&told.transcript).unwrap();
    transcript[0]["text"] = SAID.into();
    let body = json!({ "metrics": told.metrics, "feedback": told.feedback, "transcript": transcript });
    ask(&kim, &format!("/api/sessions/{session}/complete"), &body);
    waits_until("the report is never computed", || {
        kim.get(&format!("/api/sessions/{session}")).unwrap().ok()["verification"]["state"] != "pending"
    });
    ask(&nobody, &format!("/api/{}", kim.token), &json!({}));
    ask(&kim, &format!("/api/nothing?token={}", kim.token), &json!({}));
    let (ada_token, kim_token) = (ada.token.clone(), kim.token.clone());
    let log = hub.stop();
    let answers = answers.join("\n");

    for (text, in_answers) in [
        (PASSWORD, &*answers),
        (WRONG, &answers),
        (NEW, &answers),
        (KEY, &answers),
        // Whoever has one of these may hear it again.
        (&ada_token, ""),
        (&kim_token, ""),
        (&text(&personal["secret"]), ""),
        (&code, ""),
    ] {
        let secret = Secret::new(text);
        let mut traces = traces(records, &secret);
        traces.extend(secret.traces_in(&[("the log", &log), ("an answer", in_answers)]));
        assert!(traces.is_empty(), "{text}: {traces:?}");
    }
    if let Records::Postgres(url) = records {
        let password = url.split(['@', ':']).nth(2).unwrap();
        assert!(!log.contains(password) && !answers.contains(password), "the password of the records");
    }
    for words in [SAID, "ada@example.com", "kim@example.com", "Kim Lake"] {
        assert!(!log.contains(words), "{words} is in the log");
    }
    assert!(!traces(records, &Secret::new("kim@example.com")).is_empty(), "the records were looked at");
    assert!(
        log.contains("/api/sessions/{id}/realtime") && log.contains("TRACE") | log.contains("DEBUG"),
        "the log is there, and talkative"
    );
}
