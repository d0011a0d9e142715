//! A client of the original document: its three routes of sessions, products, scenarios and health, and nothing new but a bearer token.

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::support::{SCENARIO, Stage, computed, computed_session, metrics, plain, talk, told, until};

/// The first of a list, which stands for all of them: every other one has the same fields.
fn first(list: &Value) -> &Value {
    let list = list.as_array().unwrap();
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert!(list.iter().all(|other| names(other) == names(&list[0])), "{list:?}");
    &list[0]
}

#[tokio::test]
async fn products_are_listed_by_category_found_by_a_piece_of_their_text_and_read_whole() {
    let stage = Stage::shared();
    let client = stage.as_person(&stage.a);
    let all = client.get("/api/products").await.json();
    assert_json_snapshot!("product_listed", plain(first(&all)));
    let names: Vec<&str> = all.as_array().unwrap().iter().map(|product| product["name"].as_str().unwrap()).collect();
    assert!(names.is_sorted(), "{names:?}");

    let category = all[0]["category"].as_str().unwrap();
    let of_category = client.get(&format!("/api/products?category={}", category.replace('&', "%26").replace(' ', "%20"))).await.json();
    let expected: Vec<&Value> = all.as_array().unwrap().iter().filter(|product| product["category"] == category).collect();
    assert_eq!(of_category.as_array().unwrap().iter().collect::<Vec<_>>(), expected);

    let found = client.get("/api/products?q=LEATHER").await;
    assert_json_snapshot!("product_found", plain(first(&found.json())));
    assert_eq!(found.header("x-total-count"), found.json().as_array().unwrap().len().to_string());

    let whole = client.get("/api/products/the-gunner").await.json();
    assert_json_snapshot!("product_whole", plain(&whole));
}

#[tokio::test]
async fn scenarios_come_with_what_is_sold() {
    let stage = Stage::shared();
    let client = stage.as_person(&stage.a);
    let all = client.get("/api/scenarios").await.json();
    first(&all);
    let one = client.get(&format!("/api/scenarios/{SCENARIO}")).await.json();
    assert_json_snapshot!("scenario", plain(&one));
    assert!(all.as_array().unwrap().contains(&one));
    let of_product = client.get("/api/scenarios?productId=the-gunner").await.json();
    assert!(of_product.as_array().unwrap().iter().all(|scenario| scenario["productId"] == "the-gunner"));
    assert!(of_product.as_array().unwrap().contains(&one));
}

#[tokio::test]
async fn a_session_is_begun_and_completed_and_counts_in_progress_and_on_the_board() {
    let stage = Stage::new(&[]);
    let client = stage.as_person(&stage.a);
    assert_json_snapshot!("recommended", plain(&client.get("/api/scenarios/recommended").await.json()));
    assert_json_snapshot!("progress_of_nobody", plain(&client.get(&format!("/api/users/{}/progress", stage.a.id)).await.json()));

    let begin = json!({ "userId": stage.a.id, "scenarioId": SCENARIO });
    let begun = client.post("/api/sessions", &begin).await.json();
    assert_json_snapshot!("session_begun", plain(&begun));
    let talk = talk();
    let claimed = json!({ "productKnowledge": 60, "objectionHandling": 55, "closingTechnique": 50, "rapport": 65 });
    let id = begun["id"].as_str().unwrap();
    let completed = client.post(&format!("/api/sessions/{id}/complete"), &told(&claimed, &talk)).await.json();
    assert_eq!(completed["overallScore"], 57, "30 % of 60, 25 % of 55 and of 50, 20 % of 65");
    assert_json_snapshot!("session_completed", plain(&completed));
    assert_json_snapshot!("session_computed", plain(&computed_session(&client, id).await["verification"]));

    // The board has those with three scored sessions or more.
    let honest = told(&metrics(&computed(&talk)), &talk);
    for _ in 0..2 {
        stage.completed(&stage.a, &honest).await;
    }
    assert_json_snapshot!("sessions", plain(first(&client.get("/api/sessions").await.json())));
    assert_json_snapshot!("report", plain(&client.get(&format!("/api/sessions/{id}/report")).await.json()));
    assert_json_snapshot!("progress", plain(&client.get(&format!("/api/users/{}/progress", stage.a.id)).await.json()));
    assert_json_snapshot!("leaderboard", plain(&client.get("/api/leaderboard?period=week").await.json()));
}

#[tokio::test]
async fn a_call_is_opened_with_the_company_s_key_and_the_client_gets_one_for_this_call_alone() {
    let stage = Stage::shared();
    let client = stage.as_person(&stage.a);
    let id = stage.begun(&stage.a).await;
    let minted = client.post(&format!("/api/sessions/{id}/realtime"), &json!({})).await;
    assert_json_snapshot!("realtime", plain(&minted.json()));

    let offer = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n";
    let path = format!("/api/sessions/{id}/realtime");
    let opened = client.ask("POST", &path, Some(("application/sdp", offer.into()))).await;
    assert_eq!((opened.status, opened.header("content-type"), opened.header("location")), (200, "application/sdp", path.as_str()));
    assert!(opened.text.starts_with("v=0\r\n"), "{opened:?}");
    assert_eq!(client.ask("DELETE", &path, None).await.status, 204);

    // The service is told of the end beside the answer.
    let hang_up = "/v1/realtime/calls/rtc_1/hangup";
    until("the call goes on", || stage.voice.asked_for(hang_up) > 0).await;
    let asked = stage.voice.asked();
    let key = format!("Bearer {}", crate::support::KEY);
    for place in ["/v1/realtime/client_secrets", "/v1/realtime/calls", hang_up] {
        assert!(asked.iter().any(|(path, its, _)| (path.as_str(), its) == (place, &key)), "{place}: {asked:?}");
    }
    assert!(asked.iter().any(|(_, _, body)| body.contains(offer)), "the offer goes on as it came");
}

#[tokio::test]
async fn health_says_ok_with_the_time() {
    let health = Stage::shared().as_nobody().get("/health").await.json();
    assert_json_snapshot!("health", plain(&health));
}
