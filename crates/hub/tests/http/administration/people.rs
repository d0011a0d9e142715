//! People, as an admin sees to them.

use serde_json::{Value, json};

use crate::support::{Client, PASSWORD, Stage, is_refusal};

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect()
}

async fn patch(client: &Client, id: &str, body: &Value) -> crate::support::Answer {
    client.ask("PATCH", &format!("/api/admin/users/{id}"), Some(("application/json", body.to_string().into_bytes()))).await
}

#[tokio::test]
async fn people_are_filtered_sorted_and_paged_by_the_server() {
    let stage = Stage::new(&[]);
    let client = stage.admin_as(&stage.admin);
    let all = client.get("/api/admin/users").await.json();
    assert_eq!((names(&all), &all["total"]), (vec!["Ada Reyes", "Dana Ortiz", "Lee Park", "Max Boone"], &json!(4)));
    for (query, found) in [
        ("order=desc&size=2", vec!["Max Boone", "Lee Park"]),
        ("page=2&size=3", vec!["Max Boone"]),
        ("page=9", vec![]),
        ("role=trainee", vec!["Dana Ortiz", "Lee Park"]),
        ("q=%20pArK", vec!["Lee Park"]),
        ("q=ortiz@example.org", vec![]),
        ("q=ortiz@EXAMPLE.com", vec!["Dana Ortiz"]),
        ("q=%25", vec![]),
        ("q=_", vec![]),
        ("q=%5C", vec![]),
        ("q=a%00", vec![]),
        ("state=disabled", vec![]),
        ("sort=createdAt", vec!["Dana Ortiz", "Lee Park", "Max Boone", "Ada Reyes"]),
        ("sort=lastSignInAt&order=desc&size=1", vec!["Ada Reyes"]),
        ("sort=email&role=manager&state=active", vec!["Max Boone"]),
    ] {
        let page = client.get(&format!("/api/admin/users?{query}")).await;
        assert_eq!(page.status, 200, "{query}: {page:?}");
        assert_eq!(names(&page.json()), found, "{query}");
    }
    let long = client.get(&format!("/api/admin/users?q={}", "x".repeat(201))).await;
    assert_eq!((is_refusal(&long, 400).as_str(), &long.json()["details"][0]["field"]), ("invalid_input", &json!("q")));
}

#[tokio::test]
async fn whoever_is_disabled_is_out_at_once_and_a_changed_role_holds_at_once() {
    let stage = Stage::new(&[]);
    let (client, lee) = (stage.admin_as(&stage.admin), stage.as_person(&stage.b));
    assert_eq!(lee.get("/api/me").await.json()["role"], "trainee");
    let changed = patch(&client, &stage.b.id, &json!({ "role": "manager", "name": "Lee Parker" })).await.json();
    assert_eq!((&changed["role"], &changed["name"], &changed["state"]), (&json!("manager"), &json!("Lee Parker"), &json!("active")));
    let me = lee.get("/api/me").await.json();
    assert_eq!((&me["role"], &me["name"]), (&json!("manager"), &json!("Lee Parker")), "with the same token");
    assert_eq!(patch(&client, &stage.b.id, &json!({ "disabled": true })).await.json()["state"], "disabled");
    assert_eq!(is_refusal(&lee.get("/api/me").await, 401), "not_signed_in");
    let sign_in = json!({ "email": stage.b.email, "password": PASSWORD });
    assert_eq!(is_refusal(&stage.as_nobody().post("/api/sign-in", &sign_in).await, 401), "sign_in_refused");
    assert_eq!(patch(&client, &stage.b.id, &json!({ "disabled": false })).await.json()["state"], "active");
    assert_eq!(is_refusal(&lee.get("/api/me").await, 401), "not_signed_in", "what was ended stays ended");
    assert_eq!(stage.as_nobody().post("/api/sign-in", &sign_in).await.status, 200);
}

#[tokio::test]
async fn the_last_admin_who_may_sign_in_stays_one() {
    let stage = Stage::new(&[]);
    let client = stage.admin_as(&stage.admin);
    for change in [json!({ "role": "manager" }), json!({ "disabled": true })] {
        assert_eq!(is_refusal(&patch(&client, &stage.admin.id, &change).await, 409), "wrong_state");
    }
    assert_eq!(patch(&client, &stage.manager.id, &json!({ "role": "admin" })).await.status, 200);
    assert_eq!(patch(&client, &stage.admin.id, &json!({ "role": "trainee" })).await.status, 200);
    assert_eq!(is_refusal(&client.get("/api/admin/users").await, 403), "forbidden", "at once");
}

#[tokio::test]
async fn an_admin_ends_all_tokens_of_somebody() {
    let stage = Stage::new(&[]);
    let (first, second) = (stage.as_person(&stage.a), stage.as_person(&stage.sign_in(&stage.a).await));
    assert_eq!(second.get("/api/me").await.status, 200);
    let ended = stage.admin_as(&stage.admin).ask("POST", &format!("/api/admin/users/{}/sign-out", stage.a.id), None).await;
    assert_eq!(ended.status, 204, "{ended:?}");
    for client in [first, second] {
        assert_eq!(is_refusal(&client.get("/api/me").await, 401), "not_signed_in");
    }
    assert_eq!(stage.as_person(&stage.b).get("/api/me").await.status, 200, "others go on");
}

#[tokio::test]
async fn an_address_that_somebody_has_is_refused() {
    let stage = Stage::shared();
    let body = json!({ "email": stage.a.email.to_uppercase(), "name": "Dana", "role": "trainee" });
    let refused = stage.admin_as(&stage.admin).post("/api/admin/users", &body).await;
    assert_eq!(is_refusal(&refused, 409), "wrong_state");
    assert!(refused.text.contains(&stage.a.email), "{refused:?}");
}

#[tokio::test]
async fn what_a_person_or_a_store_is_called_comes_back_as_it_was() {
    let stage = Stage::shared();
    let client = stage.admin_as(&stage.admin);
    for name in ["'; DROP TABLE account; --", "<img src=x onerror=alert(1)>", "=HYPERLINK(1)", "𝔘🤠 Ñandú", "%s{0}${jndi:x}"] {
        let person = stage.make("/api/admin/users", &json!({ "email": "FRESH@example.com", "name": name, "role": "trainee" })).await;
        assert_eq!(person["user"]["name"], name);
        let found = client.get(&format!("/api/admin/users?q={}", encoded(name))).await.json();
        assert!(names(&found).contains(&name), "{found}");
    }
    for name in ["", " ", "a\nb", "a\0b", &"x".repeat(121)] {
        let body = json!({ "email": "nobody.yet@example.com", "name": name, "role": "trainee" });
        assert_eq!(is_refusal(&client.post("/api/admin/users", &body).await, 400), "invalid_input", "{name}");
        assert_eq!(is_refusal(&client.post("/api/admin/stores", &json!({ "name": name })).await, 400), "invalid_input", "{name}");
    }
}

/// For a query.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
