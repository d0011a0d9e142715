//! What is secret is in no log, in no answer that is not meant to show it, and in no file; and the files are for their owner alone.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::{self, JoinHandle},
};

use serde_json::{Value, json};

use crate::support::{Client, KEY, SCENARIO, Voice, computed_session, talk, told};

/// Passwords of the one person there is: the first, one that is wrong, the new one.
const FIRST: &str = "first-saddle-canyon-7f3a";
const WRONG: &str = "wrong-saddle-canyon-91bd";
const NEW: &str = "other-saddle-canyon-c02e";

/// What is said in confidence.
const SAID: &str = "My mother-in-law's knee, between us.";

/// The program itself.
fn hub(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sellme-hub"));
    command.env_remove("DATABASE_URL").env("SELLME_HUB_DATA_DIR", folder).env("SELLME_HUB_LOG", "trace");
    command
}

/// The program as it serves, and all that it logs.
struct Served {
    child: Child,
    first: String,
    log: JoinHandle<String>,
}

impl Served {
    fn start(folder: &Path, voice: &Voice) -> Self {
        let mut command = hub(folder);
        command.args(["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--realtime-url", &voice.url]);
        let mut child = command.env("OPENAI_API_KEY", KEY).stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        while !first.contains("\"serving\"") {
            assert!(lines.read_line(&mut first).unwrap() > 0, "{first}");
        }
        let log = thread::spawn(move || {
            let mut rest = Vec::new();
            lines.read_to_end(&mut rest).unwrap();
            String::from_utf8_lossy(&rest).into_owned()
        });
        Self { child, first, log }
    }

    fn url(&self) -> String {
        let line: Value = serde_json::from_str(self.first.lines().last().unwrap()).unwrap();
        format!("http://{}", line["fields"]["listen"].as_str().unwrap())
    }

    /// Tells it to stop; gives all that it logged and printed.
    fn stop(mut self) -> String {
        let told = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success() && self.child.wait().unwrap().success());
        let mut printed = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        self.first + &self.log.join().unwrap() + &printed
    }
}

fn create_admin(folder: &Path) -> String {
    let arguments = ["admin", "create", "--organisation", "Pecos", "--email", "ada@example.com", "--name", "Ada Reyes"];
    let mut child = hub(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(FIRST.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn neither_logs_nor_answers_nor_files_hold_a_secret() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("records");
    let voice = Voice::start();
    let mut log = create_admin(&folder);
    let served = Served::start(&folder, &voice);
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
