//! The log as admins read it, and lists that they take elsewhere.

use serde_json::{Value, json};

use crate::support::Stage;

fn actions(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn every_act_of_an_admin_is_in_the_log_with_who_did_it_and_no_secret() {
    let stage = Stage::new(&[]);
    let client = stage.admin_as(&stage.admin);
    let person = stage.person_made("trainee").await;
    let store = stage.store_made().await;
    let device = stage.device_made().await;
    let (person_id, device_id) = (person["user"]["id"].as_str().unwrap(), device["device"]["id"].as_str().unwrap());
    let named = |name: &str| Some(("application/json", json!({ "name": name }).to_string().into_bytes()));
    for (method, path, body) in [
        ("PATCH", format!("/api/admin/users/{person_id}"), named("Kim")),
        ("POST", format!("/api/admin/users/{person_id}/sign-out"), None),
        ("POST", format!("/api/admin/users/{person_id}/invitation"), None),
        ("POST", format!("/api/admin/users/{person_id}/password-reset"), None),
        ("PATCH", format!("/api/admin/stores/{store}"), named("By the river")),
        ("DELETE", format!("/api/admin/stores/{store}"), None),
        ("PATCH", format!("/api/admin/devices/{device_id}"), named("Till")),
        ("DELETE", format!("/api/admin/devices/{device_id}"), None),
        ("GET", "/api/admin/users/export".to_owned(), None),
        ("GET", "/api/admin/audit/export".to_owned(), None),
        ("GET", "/api/admin/team/export".to_owned(), None),
        ("GET", "/api/admin/leaderboard/export".to_owned(), None),
    ] {
        let answer = client.ask(method, &path, body).await;
        assert!(answer.status < 300, "{method} {path}: {answer:?}");
    }
    let log = client.get(&format!("/api/admin/audit?actorId={}&size=200", stage.admin.id)).await;
    let mut done = actions(&log.json()).into_iter().map(str::to_owned).collect::<Vec<_>>();
    done.reverse();
    assert_eq!(
        done,
        [
            "sign_in",
            "account.created",
            "store.created",
            "store.created",
            "enrolment.offered",
            "account.changed",
            "tokens.ended",
            "account.invited",
            "password.reset",
            "store.renamed",
            "store.removed",
            "device.renamed",
            "device.revoked",
            "people.exported",
            "audit.exported",
            "team.exported",
            "leaderboard.exported"
        ]
    );
    assert_eq!(log.json()["items"][0]["actorName"], "Ada Reyes");
    for secret in ["smp_", "smd_", "smi_", person["invitation"]["code"].as_str().unwrap()] {
        assert!(!log.text.contains(secret), "{secret}");
    }
    let company = stage.company().await;
    for organisation in company.organisations().await.unwrap() {
        assert!(company.check_audit(organisation.id).await.unwrap().is_ok(), "the chain holds");
    }
    company.close();
}

#[tokio::test]
async fn the_log_is_filtered_by_who_what_and_when_and_paged() {
    let stage = Stage::new(&[]);
    let client = stage.admin_as(&stage.admin);
    for _ in 0..3 {
        stage.store_made().await;
    }
    let page = client.get("/api/admin/audit?action=store.created&size=2").await.json();
    assert_eq!((actions(&page).len(), &page["total"]), (2, &json!(3)));
    assert!(page["items"][0]["seq"].as_i64() > page["items"][1]["seq"].as_i64(), "the newest first");
    let rest = client.get("/api/admin/audit?action=store.created&size=2&page=2").await.json();
    assert_eq!(actions(&rest).len(), 1);
    let at = page["items"][0]["at"].as_str().unwrap();
    let until = client.get(&format!("/api/admin/audit?before={at}&size=200")).await.json();
    assert!(until["items"].as_array().unwrap().iter().all(|entry| entry["at"].as_str().unwrap() < at), "{until}");
    let from = client.get(&format!("/api/admin/audit?from={at}&action=store.created")).await.json();
    assert!(from["total"].as_u64() >= Some(1) && from["items"].as_array().unwrap().iter().all(|entry| entry["at"].as_str().unwrap() >= at));
    assert_eq!(client.get("/api/admin/audit?from=2100-01-01T00:00:00Z").await.json()["total"], 0);
    assert_eq!(client.get(&format!("/api/admin/audit?actorId={}&action=store.created", stage.a.id)).await.json()["total"], 0);
}

#[tokio::test]
async fn people_and_the_log_are_taken_elsewhere_as_json_or_as_a_table_without_formulas() {
    let stage = Stage::new(&[]);
    let client = stage.admin_as(&stage.admin);
    for name in ["=1+1", "+1", "-1", "@SUM(A1)", "Lake, \"Kim\""] {
        stage.make("/api/admin/users", &json!({ "email": "FRESH@example.com", "name": name, "role": "trainee" })).await;
    }
    let people = client.get("/api/admin/users/export").await.json();
    assert_eq!(people.as_array().unwrap().len(), 9);
    let trainees = client.get("/api/admin/users/export?role=trainee&sort=createdAt&order=desc").await.json();
    assert_eq!(trainees[0]["name"], "Lake, \"Kim\"");
    let table = client.get("/api/admin/users/export?format=csv").await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(table.header("content-disposition"), "attachment; filename=\"people.csv\"");
    assert!(table.text.starts_with("id,email,name,role,storeName,state,createdAt,lastSignInAt\r\n"), "{}", table.text);
    assert_eq!(table.text.lines().count(), 10);
    for cell in [",'=1+1,", ",'+1,", ",'-1,", ",'@SUM(A1),", ",\"Lake, \"\"Kim\"\"\","] {
        assert!(table.text.contains(cell), "{cell}: {}", table.text);
    }
    let log = client.get("/api/admin/audit/export").await.json();
    let numbers: Vec<_> = log.as_array().unwrap().iter().map(|entry| entry["seq"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>(), "all of it, the oldest first");
    let table = client.get("/api/admin/audit/export?format=csv&action=account.created").await;
    assert!(table.text.starts_with("seq,at,actorId,actorName,action,subject,detail\r\n"), "{}", table.text);
    assert_eq!(table.text.lines().count(), 10);
    assert_eq!(client.get("/api/admin/audit/export?action=nothing").await.json(), json!([]));
    assert_eq!(client.get("/api/admin/users/export?q=nobody-at-all").await.json(), json!([]));
}

#[tokio::test]
async fn a_log_of_many_pieces_is_taken_elsewhere_whole() {
    let stage = Stage::new(&[]);
    let company = stage.company().await;
    let ours = company.organisations().await.unwrap().into_iter().find(|ours| ours.name == "Pecos River Traders").unwrap();
    for number in 0..2_100 {
        company.add_shop(ours.id, None, &format!("Store {number}")).await.unwrap();
    }
    company.close();
    let log = stage.admin_as(&stage.admin).get("/api/admin/audit/export?action=store.created").await.json();
    assert_eq!(log.as_array().unwrap().len(), 2_100);
    assert!(log.as_array().unwrap().windows(2).all(|two| two[0]["seq"].as_u64() < two[1]["seq"].as_u64()));
}
