//! Invitations: given by an admin, accepted once.

use serde_json::{Value, json};

use crate::support::{Client, Stage, is_refusal};

const NEW: &str = "another saddle canyon";

async fn accept(stage: &Stage, code: &Value, password: &str) -> crate::support::Answer {
    stage.as_nobody().post("/api/invitations/accept", &json!({ "code": code, "password": password })).await
}

#[tokio::test]
async fn whoever_was_invited_sets_a_password_and_is_signed_in_once() {
    let stage = Stage::new(&["--invitation-page", "https://hub.example.com/join"]);
    let made = stage.person_made("trainee").await;
    let code = &made["invitation"]["code"];
    let link = made["invitation"]["link"].as_str().unwrap();
    assert_eq!(link, format!("https://hub.example.com/join#{}", code.as_str().unwrap()));
    let easy = accept(&stage, code, "short").await;
    assert_eq!((is_refusal(&easy, 400).as_str(), &easy.json()["details"][0]["field"]), ("invalid_input", &json!("password")));
    let accepted = accept(&stage, code, NEW).await.json();
    assert_eq!(accepted["user"]["id"], made["user"]["id"]);
    let client = Client::new(&stage.url, accepted["token"].as_str());
    assert_eq!(client.get("/api/me").await.json()["id"], made["user"]["id"]);
    assert_eq!(is_refusal(&accept(&stage, code, NEW).await, 401), "sign_in_refused", "it was used");
    let sign_in = json!({ "email": made["user"]["email"], "password": NEW });
    assert_eq!(stage.as_nobody().post("/api/sign-in", &sign_in).await.status, 200);
}

#[tokio::test]
async fn a_new_invitation_takes_the_place_of_the_one_before_and_disabling_ends_it() {
    let stage = Stage::new(&[]);
    let client = stage.admin_as(&stage.admin);
    let made = stage.person_made("trainee").await;
    let id = made["user"]["id"].as_str().unwrap();
    let path = format!("/api/admin/users/{id}/invitation");
    let second = client.ask("POST", &path, None).await.json();
    assert_eq!(second["link"], Value::Null, "the server was told of no page");
    assert_eq!(is_refusal(&accept(&stage, &made["invitation"]["code"], NEW).await, 401), "sign_in_refused");
    let disable = |disabled: bool| Some(("application/json", json!({ "disabled": disabled }).to_string().into_bytes()));
    let person = format!("/api/admin/users/{id}");
    assert_eq!(client.ask("PATCH", &person, disable(true)).await.status, 200);
    assert_eq!(is_refusal(&client.ask("POST", &path, None).await, 409), "wrong_state");
    assert_eq!(client.ask("PATCH", &person, disable(false)).await.status, 200);
    assert_eq!(is_refusal(&accept(&stage, &second["code"], NEW).await, 401), "sign_in_refused");
}

#[tokio::test]
async fn a_reset_ends_the_password_and_every_token_and_an_invitation_does_not() {
    let stage = Stage::new(&[]);
    let client = stage.admin_as(&stage.admin);
    let ask = async |what: &str| client.ask("POST", &format!("/api/admin/users/{}/{what}", stage.a.id), None).await.json();
    let invitation = ask("invitation").await;
    assert_eq!(stage.as_person(&stage.a).get("/api/me").await.status, 200);
    stage.sign_in(&stage.a).await;
    let reset = ask("password-reset").await;
    assert_eq!(is_refusal(&stage.as_person(&stage.a).get("/api/me").await, 401), "not_signed_in");
    let sign_in = json!({ "email": stage.a.email, "password": crate::support::PASSWORD });
    assert_eq!(is_refusal(&stage.as_nobody().post("/api/sign-in", &sign_in).await, 401), "sign_in_refused");
    assert_eq!(is_refusal(&accept(&stage, &invitation["code"], NEW).await, 401), "sign_in_refused");
    assert_eq!(accept(&stage, &reset["code"], NEW).await.status, 200);
}

#[tokio::test]
async fn whoever_guesses_invitations_or_codes_of_devices_is_slowed_down() {
    let stage = Stage::new(&["--sign-in-rate", "20"]);
    let nobody = stage.as_nobody();
    let mut statuses = Vec::new();
    for number in 0..30 {
        let (path, body) = if number % 2 == 0 {
            ("/api/invitations/accept", json!({ "code": "smi_guess", "password": NEW }))
        } else {
            ("/api/devices/enrol", json!({ "code": "00000-00000", "name": "Till" }))
        };
        statuses.push(nobody.post(path, &body).await.status);
    }
    assert!(statuses.contains(&401) && statuses.ends_with(&[429]), "{statuses:?}");
}
