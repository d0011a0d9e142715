//! Devices of stores: enrolled with a code, and what they may do.

use serde_json::json;

use crate::support::{Api, Client, SCENARIO, Stage, is_refusal};

/// What a device may ask the application for with its token; all else that needs one is for people.
const MAY: [&str; 4] = ["GET /api/products", "GET /api/products/{id}", "GET /api/scenarios", "GET /api/scenarios/{id}"];

#[tokio::test]
async fn a_device_reads_the_catalogue_and_nothing_of_people() {
    let stage = Stage::shared();
    let device = Client::new(&stage.url, stage.device_made().await["token"].as_str());
    for operation in Api::Application.operations() {
        let id = if operation.name.contains("products") { "the-gunner" } else { SCENARIO };
        let body = operation.body().map(|body| ("application/json", body.to_string().into_bytes()));
        let answer = device.ask(&operation.method, &operation.at(id), body).await;
        if MAY.contains(&operation.name.as_str()) {
            assert_eq!(answer.status, 200, "{}: {answer:?}", operation.name);
        } else if operation.said["security"].is_array() {
            assert_eq!(is_refusal(&answer, 403), "forbidden", "{}", operation.name);
        }
    }
}

#[tokio::test]
async fn a_code_enrols_one_device_and_a_device_that_was_let_go_is_out_at_once() {
    let stage = Stage::shared();
    let client = stage.admin_as(&stage.admin);
    let store = stage.store_made().await;
    let offered = stage.make("/api/admin/devices/codes", &json!({ "storeId": store })).await;
    let code = offered["code"].as_str().unwrap();
    assert_eq!(code.len(), 11, "short enough to be typed: {code}");
    let typed = json!({ "code": code.to_lowercase().replace('-', " "), "name": "Till" });
    let enrolled = stage.as_nobody().post("/api/devices/enrol", &typed).await.json();
    assert_eq!(enrolled["device"]["storeId"], *store);
    assert_eq!(is_refusal(&stage.as_nobody().post("/api/devices/enrol", &typed).await, 401), "sign_in_refused");
    let path = format!("/api/admin/devices/{}", enrolled["device"]["id"].as_str().unwrap());
    let rename = Some(("application/json", json!({ "name": "Boots, by the door" }).to_string().into_bytes()));
    assert_eq!(client.ask("PATCH", &path, rename).await.json()["name"], "Boots, by the door");
    let listed = client.get(&format!("/api/admin/devices?storeId={store}")).await.json();
    assert_eq!((&listed["total"], &listed["items"][0]["name"]), (&json!(1), &json!("Boots, by the door")));
    let device = Client::new(&stage.url, enrolled["token"].as_str());
    assert_eq!(device.get("/api/products").await.status, 200);
    assert_eq!(client.ask("DELETE", &path, None).await.status, 204);
    assert_eq!(is_refusal(&device.get("/api/products").await, 401), "not_signed_in");
    assert_eq!(is_refusal(&client.ask("DELETE", &path, None).await, 404), "not_found");
}

#[tokio::test]
async fn a_device_reads_the_catalogue_of_its_own_company() {
    let stage = Stage::shared();
    let token = stage.device_made().await["token"].as_str().unwrap().to_owned();
    // The secret names the company: with another's name in it, it is nobody's.
    let mut forged = token.clone();
    forged.replace_range(6..8, if &token[6..8] == "AA" { "BB" } else { "AA" });
    assert_eq!(Client::new(&stage.url, Some(&token)).get("/api/products").await.status, 200);
    for shown in [forged, token.replacen("smd_", "smp_", 1)] {
        assert_eq!(is_refusal(&Client::new(&stage.url, Some(&shown)).get("/api/products").await, 401), "not_signed_in");
    }
}
