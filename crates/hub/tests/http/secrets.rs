//! What is secret is in no log, in no answer that is not meant to show it, and in no file; and the files are for their owner alone.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use serde_json::json;

use crate::support::{Client, KEY, SCENARIO, Served, Voice, computed_session, create_admin, files, hub, is_refusal, serving, talk, told};

/// Passwords of the one person there is: the first, one that is wrong, the new one.
const FIRST: &str = "first-saddle-canyon-7f3a";
const WRONG: &str = "wrong-saddle-canyon-91bd";
const NEW: &str = "other-saddle-canyon-c02e";

/// What is said in confidence.
const SAID: &str = "My mother-in-law's knee, between us.";

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn neither_logs_nor_answers_nor_files_hold_a_secret() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("records");
    let voice = Voice::start();
    let mut log = create_admin(&folder, FIRST);
    let mut command = serving(&folder);
    let served = Served::start(command.args(["--realtime-url", &voice.url]).env("OPENAI_API_KEY", KEY));
    let url = served.url();
    let nobody = Client::new(&url, None);
    let sign_in = async |password: &str| nobody.post("/api/sign-in", &json!({ "email": "ada@example.com", "password": password })).await;
    let refused = sign_in(WRONG).await;
    let signed_in = sign_in(FIRST).await.json();
    let token = signed_in["token"].as_str().unwrap().to_owned();
    let client = Client::new(&url, Some(&token));
    let mut answers = vec![refused, client.get("/api/me").await, client.get("/api/tokens").await, client.get("/api/openapi.json").await];
    let session = client.post("/api/sessions", &json!({ "scenarioId": SCENARIO })).await;
    let id = session.json()["id"].as_str().unwrap().to_owned();
    let minted = client.post(&format!("/api/sessions/{id}/realtime"), &json!({})).await.json();
    let offer = client.ask("POST", &format!("/api/sessions/{id}/realtime"), Some(("application/sdp", b"v=0\r\n".to_vec()))).await;
    let mut turns = talk();
    turns[0]["text"] = SAID.into();
    let figures = json!({ "productKnowledge": 1, "objectionHandling": 1, "closingTechnique": 1, "rapport": 1 });
    let bad = client
        .ask("POST", &format!("/api/sessions/{id}/complete"), Some(("application/json", format!("{{\"password\":\"{NEW}\"").into_bytes())))
        .await;
    client.post(&format!("/api/sessions/{id}/complete"), &told(&figures, &turns)).await;
    computed_session(&client, &id).await;
    answers.extend([session, offer, bad, client.get("/api/sessions").await, client.get(&format!("/api/sessions?q={token}")).await]);
    answers.push(client.post("/api/me/password", &json!({ "oldPassword": WRONG, "newPassword": NEW })).await);
    answers.push(client.post("/api/me/password", &json!({ "oldPassword": FIRST, "newPassword": NEW })).await);
    answers.push(client.get("/api/me").await);
    answers.push(nobody.get(&format!("/api/{token}")).await);

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700, "nobody else reaches what is in it");
    for file in files(&folder) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    let mut stored: Vec<u8> = files(&folder).iter().flat_map(|file| fs::read(file).unwrap()).collect();
    log += &served.stop();
    stored.extend(files(&folder).iter().flat_map(|file| fs::read(file).unwrap()));

    let ephemeral = minted["ephemeralKey"].as_str().unwrap();
    for secret in [FIRST, WRONG, NEW, KEY, &token, ephemeral] {
        assert!(!holds(log.as_bytes(), secret), "{secret} is in the log");
        assert!(!holds(&stored, secret), "{secret} is in the records");
    }
    for secret in [FIRST, WRONG, NEW, KEY] {
        assert!(answers.iter().all(|answer| !answer.text.contains(secret)), "{secret} is in an answer");
    }
    // What somebody said, and who they are, is nothing for the log.
    for words in [SAID, "ada@example.com", "Ada Reyes"] {
        assert!(!holds(log.as_bytes(), words), "{words} is in the log");
    }
    assert!(
        log.contains("/api/sessions/{id}/realtime") && log.contains("TRACE") | log.contains("DEBUG"),
        "the log is there, and talkative: {log}"
    );
    assert!(holds(&stored, "ada@example.com") && holds(&stored, "$argon2id$"), "the records were looked at");
}

#[test]
fn the_key_is_not_shown_among_what_the_program_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let output = hub(folder.path())
        .args(["serve", "--help"])
        .env("DATABASE_URL", "postgres://a:secret-word@127.0.0.1/b")
        .env("OPENAI_API_KEY", KEY)
        .output()
        .unwrap();
    let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(shown.contains("--database-url") && !shown.contains("secret-word") && !shown.contains(KEY), "{shown}");
}

#[tokio::test]
async fn what_an_older_program_left_open_to_others_is_closed() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("records");
    create_admin(&folder, FIRST);
    for (path, mode) in [(folder.clone(), 0o755), (folder.join("company.db"), 0o644)] {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    let served = Served::start(&mut serving(&folder));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let all = files(&folder);
    assert!(all.iter().any(|file| file.ends_with("company.db-wal")), "{all:?}");
    for file in all {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    served.stop();
}

#[tokio::test]
async fn without_a_key_of_a_voice_service_nobody_talks_and_hears_why() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("records");
    create_admin(&folder, FIRST);
    let served = Served::start(&mut serving(&folder));
    let nobody = Client::new(&served.url(), None);
    let signed_in = nobody.post("/api/sign-in", &json!({ "email": "ada@example.com", "password": FIRST })).await.json();
    let client = Client::new(&served.url(), signed_in["token"].as_str());
    let begun = client.post("/api/sessions", &json!({ "scenarioId": SCENARIO })).await.json();
    let path = format!("/api/sessions/{}/realtime", begun["id"].as_str().unwrap());
    for answer in [client.post(&path, &json!({})).await, client.ask("DELETE", &path, None).await] {
        assert_eq!(is_refusal(&answer, 503), "key_missing");
    }
    served.stop();
}
