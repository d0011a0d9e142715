//! Stores of the company.

use serde_json::json;

use crate::support::{Stage, is_refusal};

#[tokio::test]
async fn a_store_is_renamed_and_removed_when_nobody_is_in_it() {
    let stage = Stage::shared();
    let client = stage.admin_as(&stage.admin);
    let (store, other) = (stage.store_made().await, stage.store_made().await);
    let path = format!("/api/admin/stores/{store}");
    let named = |name: &str| Some(("application/json", json!({ "name": name }).to_string().into_bytes()));
    assert_eq!(client.ask("PATCH", &path, named("By the river")).await.json()["name"], "By the river");
    assert_eq!(client.ask("PATCH", &path, named("By the river")).await.status, 200, "its own name is no other's");
    let taken = client.ask("PATCH", &format!("/api/admin/stores/{other}"), named("By the river")).await;
    assert_eq!(is_refusal(&taken, 409), "wrong_state");
    let person = json!({ "email": "FRESH@example.com", "name": "Kim", "role": "trainee", "storeId": store });
    let person = stage.make("/api/admin/users", &person).await["user"]["id"].as_str().unwrap().to_owned();
    assert_eq!(is_refusal(&client.ask("DELETE", &path, None).await, 409), "wrong_state");
    let move_away = Some(("application/json", json!({ "storeId": null }).to_string().into_bytes()));
    let moved = client.ask("PATCH", &format!("/api/admin/users/{person}"), move_away).await.json();
    assert_eq!((&moved["storeId"], &moved["storeName"]), (&json!(null), &json!(null)));
    stage.make("/api/admin/devices/codes", &json!({ "storeId": store })).await;
    assert_eq!(client.ask("DELETE", &path, None).await.status, 204, "a code that waits is nobody");
    assert_eq!(is_refusal(&client.ask("DELETE", &path, None).await, 404), "not_found");
}
