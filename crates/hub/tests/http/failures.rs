//! What is answered where the server itself fails or does not come to an answer in time, and what is logged of it.

use rusqlite::Connection;
use sellme_store::Folder;
use serde_json::json;

use crate::support::{Client, SCENARIO, Served, Stage, create_admin, is_refusal, serving};

const PASSWORD: &str = "saddle boots canyon";

#[tokio::test]
async fn whoever_waits_for_the_records_in_vain_is_told_to_come_again() {
    let stage = Stage::new(&["--request-seconds", "1"]);
    let records = Connection::open(Folder::at(&stage.folder).company_file()).unwrap();
    records.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = stage.as_person(&stage.a).post("/api/sessions", &json!({ "scenarioId": SCENARIO })).await;
    assert_eq!(is_refusal(&refused, 503), "timeout");
    assert_eq!(refused.header("retry-after"), "2");
    records.execute_batch("ROLLBACK").unwrap();
    assert_eq!(stage.as_person(&stage.a).post("/api/sessions", &json!({ "scenarioId": SCENARIO })).await.status, 200);
}

#[tokio::test]
async fn what_fails_within_is_logged_by_its_code_with_route_and_request_and_without_its_words() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("records");
    create_admin(&folder, PASSWORD);
    let records = Connection::open(Folder::at(&folder).company_file()).unwrap();
    records.execute("UPDATE catalog SET body = x'00'", []).unwrap();
    drop(records);
    let served = Served::start(&mut serving(&folder));
    let signed_in =
        Client::new(&served.url(), None).post("/api/sign-in", &json!({ "email": "ada@example.com", "password": PASSWORD })).await;
    let client = Client::new(&served.url(), signed_in.json()["token"].as_str());
    let failed = client.get("/api/products").await;
    let code = is_refusal(&failed, 500);
    let (message, request) = (failed.json()["message"].as_str().unwrap().to_owned(), failed.header("x-request-id").to_owned());
    let log = served.stop();
    let line = log.lines().find(|line| line.contains(&request) && line.contains("\"ERROR\"")).unwrap_or_else(|| panic!("{log}"));
    assert!(line.contains(&format!("\"code\":\"{code}\"")) && line.contains("\"route\":\"/api/products\""), "{line}");
    assert!(!log.contains(&message), "{log}");
}
