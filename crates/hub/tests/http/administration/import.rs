//! Many people at once, from a table.

use serde_json::{Value, json};

use crate::support::{Answer, Stage, is_refusal};

async fn import(stage: &Stage, query: &str, table: &str) -> Answer {
    let body = Some(("text/csv", table.as_bytes().to_vec()));
    stage.admin_as(&stage.admin).ask("POST", &format!("/api/admin/users/import{query}"), body).await
}

async fn total(stage: &Stage) -> Value {
    stage.admin_as(&stage.admin).get("/api/admin/users?size=1").await.json()["total"].clone()
}

#[tokio::test]
async fn a_table_is_taken_in_as_a_whole_and_everybody_gets_an_invitation() {
    let stage = Stage::new(&[]);
    stage.make("/api/admin/stores", &json!({ "name": "Store 1" })).await;
    let table = "email,name,role,storeName\nkim@example.com,\"Lake, Kim\",manager,Store 1\nJo@Example.com,Jo,trainee,\n";
    let tried = import(&stage, "?dryRun=true", table).await.json();
    assert_eq!((&tried["dryRun"], &tried["people"][0]["invitation"]), (&json!(true), &Value::Null));
    assert_eq!(total(&stage).await, 4, "nobody was added");
    let done = import(&stage, "", table).await.json();
    let people = done["people"].as_array().unwrap();
    assert_eq!(people.iter().map(|person| person["email"].as_str().unwrap()).collect::<Vec<_>>(), ["kim@example.com", "jo@example.com"]);
    assert_eq!(total(&stage).await, 6);
    for person in people {
        let body = json!({ "code": person["invitation"]["code"], "password": "another saddle canyon" });
        assert_eq!(stage.as_nobody().post("/api/invitations/accept", &body).await.json()["user"]["id"], person["id"]);
    }
    let kim = stage.admin_as(&stage.admin).get("/api/admin/users?q=kim@").await.json();
    assert_eq!((&kim["items"][0]["name"], &kim["items"][0]["storeName"]), (&json!("Lake, Kim"), &json!("Store 1")));
}

#[tokio::test]
async fn one_bad_line_keeps_everybody_out_and_each_is_named() {
    let stage = Stage::new(&[]);
    let table = format!(
        "email,name,role,storeName\nkim@example.com,Kim,trainee,\nno address,,owner,Nowhere\n{},Dana,trainee,\nKIM@example.com,Kim,admin,\n",
        stage.a.email
    );
    for query in ["", "?dryRun=true"] {
        let refused = import(&stage, query, &table).await;
        assert_eq!(is_refusal(&refused, 400), "invalid_input");
        let details = refused.json()["details"].clone();
        let fields: Vec<_> = details.as_array().unwrap().iter().map(|detail| detail["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["line 3, email", "line 3, name", "line 3, role", "line 3, storeName", "line 4, email", "line 5, email"]);
    }
    assert_eq!(total(&stage).await, 4);
}

#[tokio::test]
async fn what_is_no_table_or_too_much_of_one_is_refused() {
    let stage = Stage::shared();
    let header = "email,name,role,storeName\n";
    let long = format!("{header}{}", "a@example.com,A,trainee,\n".repeat(2_001));
    let large = format!("{header}a@example.com,{},trainee,\n", "x".repeat(1_000_001));
    for table in ["", "{}", header, "a@example.com,A,trainee,", "email;name;role;storeName", "\0", &long, &large] {
        let refused = import(stage, "", table).await;
        assert_eq!(is_refusal(&refused, 400), "invalid_input", "{}", &table[..table.len().min(40)]);
    }
    assert_eq!(is_refusal(&import(stage, "", &"x".repeat(10_000_000)).await, 413), "too_large");
}
