//! Signing in at the company's own sign-in service: whom it vouches for comes in, and nobody by any other way.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    time::Duration,
};

use reqwest::{Client as Http, redirect::Policy};
use serde_json::json;

use crate::{
    calls::records,
    gone::{leave, sent},
    support::{Answer, CLIENT, CLIENT_SECRET, Client, Issuer, PASSWORD, Says, Stage, is_refusal},
};

/// In how many places somebody is signed in at most.
const MOST_SIGNED_IN: u32 = 50;

const COMPANY: &str = "organisation=Pecos%20River%20Traders";

/// A hub with such a service.
struct Door {
    stage: Stage,
    issuer: Issuer,
    browser: Http,
}

/// What the browser has when it comes back: the query, and what it kept.
#[derive(Debug, Clone)]
struct Back {
    query: String,
    cookie: String,
}

impl Door {
    fn new() -> Self {
        let issuer = Issuer::start();
        let stage = stage(&issuer.url);
        // Says which cryptography is used, as every client here does.
        drop(Client::new(&stage.url, None));
        let browser = Http::builder().no_proxy().tls_certs_only([]).redirect(Policy::none()).build().unwrap();
        Self { stage, issuer, browser }
    }

    async fn get(&self, url: &str, cookie: &str) -> Answer {
        let response = self.browser.get(url).header("cookie", cookie).send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    /// Goes there, is let in, and is sent back.
    async fn there(&self) -> Back {
        let begun = self.get(&format!("{}/api/sign-in/oidc?{COMPANY}", self.stage.url), "").await;
        assert_eq!(begun.status, 303, "{begun:?}");
        let kept = begun.header("set-cookie");
        for part in ["; HttpOnly", "; SameSite=Lax", "; Path=/sellme/api/sign-in/oidc", "; Max-Age=600"] {
            assert!(kept.contains(part), "{kept}");
        }
        let there = begun.header("location");
        assert!(there.starts_with(&format!("{}/authorize?", self.issuer.url)), "{there}");
        let sent_back = self.get(there, "").await;
        let (place, query) = sent_back.header("location").split_once('?').unwrap();
        assert_eq!(place, "http://127.0.0.1:1/sellme/api/sign-in/oidc/callback");
        Back { query: query.to_owned(), cookie: kept.split(';').next().unwrap().to_owned() }
    }

    async fn back(&self, back: &Back) -> Answer {
        self.get(&format!("{}/api/sign-in/oidc/callback?{}", self.stage.url, back.query), &back.cookie).await
    }

    /// All the way, while the service says this.
    async fn sign_in(&self, says: Says) -> Answer {
        self.issuer.say(says);
        self.back(&self.there().await).await
    }
}

fn stage(issuer: &str) -> Stage {
    let kept = tempfile::tempdir().unwrap();
    let secret = kept.path().join("secret");
    fs::write(&secret, CLIENT_SECRET).unwrap();
    fs::set_permissions(&secret, Permissions::from_mode(0o600)).unwrap();
    Stage::new(&[
        "--oidc-issuer",
        issuer,
        "--oidc-client-id",
        CLIENT,
        "--oidc-secret-file",
        &secret.to_string_lossy(),
        "--public-url",
        "http://127.0.0.1:1/sellme",
    ])
}

#[tokio::test]
async fn whoever_the_service_vouches_for_is_signed_in_as_with_a_password() {
    let door = Door::new();
    let email = &door.stage.a.email;
    let answer = door.sign_in(Says::good(&email.to_uppercase())).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(answer.header("set-cookie").contains("Max-Age=0"), "what the browser kept is let go");
    let by_password = door.stage.as_nobody().post("/api/sign-in", &json!({ "email": email, "password": PASSWORD })).await.json();
    let body = answer.json();
    assert_eq!(body["user"], by_password["user"]);
    assert_eq!(body.as_object().unwrap().keys().collect::<Vec<_>>(), by_password.as_object().unwrap().keys().collect::<Vec<_>>());
    let client = Client::new(&door.stage.url, body["token"].as_str());
    assert_eq!(client.get("/api/me").await.json()["id"], door.stage.a.id);
}

#[tokio::test]
async fn whatever_is_not_as_it_should_be_lets_nobody_in_and_is_refused_alike() {
    let door = Door::new();
    let good = Says::good(&door.stage.a.email);
    let company = door.stage.company().await;
    let ours = company.organisations().await.unwrap().into_iter().find(|known| known.name == "Pecos River Traders").unwrap();
    let before = company.check_audit(ours.id).await.unwrap().unwrap();
    let wrong = [
        Says { audience: "another-client", ..good.clone() },
        Says { nonce: Some("another-nonce"), ..good.clone() },
        Says { minutes: -1, ..good.clone() },
        Says { is_forged: true, ..good.clone() },
        Says { is_verified: Some(false), ..good.clone() },
        Says { is_verified: None, ..good.clone() },
        Says { email: None, ..good.clone() },
        Says::good("nobody@example.com"),
        // Of the other company.
        Says::good(&door.stage.stranger.email),
    ];
    let mut said = Vec::new();
    for says in &wrong {
        let answer = door.sign_in(says.clone()).await;
        assert_eq!(is_refusal(&answer, 401), "sign_in_refused", "{says:?}");
        said.push(answer.text);
    }
    said.dedup();
    assert_eq!(said.len(), 1, "a refusal does not say why: {said:?}");
    let noted = company.check_audit(ours.id).await.unwrap().unwrap() - before;
    assert_eq!(noted, i64::try_from(wrong.len()).unwrap(), "each is in the log of what was done");
    company.close();
    assert_eq!(door.sign_in(good).await.status, 200, "and the same way round it is right");
}

#[tokio::test]
async fn what_comes_back_is_taken_once_and_in_the_browser_that_was_sent_alone() {
    let door = Door::new();
    door.issuer.say(Says::good(&door.stage.a.email));
    let (mine, other) = (door.there().await, door.there().await);
    let state = |back: &Back| back.query.split("state=").nth(1).unwrap().to_owned();
    let code = |back: &Back| back.query.split('&').next().unwrap().to_owned();
    let changed = {
        let mut state = state(&mine);
        let last = if state.pop() == Some('A') { 'B' } else { 'A' };
        state.push(last);
        state
    };
    for (query, cookie) in [
        (mine.query.clone(), String::new()),
        (mine.query.clone(), other.cookie.clone()),
        (format!("{}&state={changed}", code(&mine)), mine.cookie.clone()),
        (format!("{}&state={}", code(&mine), state(&other)), mine.cookie.clone()),
        (code(&mine), mine.cookie.clone()),
        (String::new(), mine.cookie.clone()),
    ] {
        let answer = door.back(&Back { query, cookie }).await;
        assert_eq!(is_refusal(&answer, 401), "sign_in_refused");
    }
    assert_eq!(door.back(&mine).await.status, 200, "none of that ended the sign-in itself");
    assert_eq!(is_refusal(&door.back(&mine).await, 401), "sign_in_refused", "a second time");
    // Somebody else's code does not go with this browser.
    let third = door.there().await;
    let swapped = Back { query: format!("{}&state={}", code(&other), state(&third)), cookie: third.cookie.clone() };
    assert_eq!(is_refusal(&door.back(&swapped).await, 401), "sign_in_refused");
    let refused_there = door.there().await;
    let query = format!("error=access_denied&state={}", state(&refused_there));
    let answer = door.back(&Back { query, cookie: refused_there.cookie.clone() }).await;
    assert_eq!(is_refusal(&answer, 401), "sign_in_refused");
    assert_eq!(is_refusal(&door.back(&refused_there).await, 401), "sign_in_refused", "what was refused there is over");
}

#[tokio::test]
async fn while_the_service_is_down_passwords_let_in_and_it_is_used_again_once_it_is_back() {
    let door = Door::new();
    let good = Says::good(&door.stage.a.email);
    door.issuer.say(good.clone());
    let under_way = door.there().await;
    door.issuer.say(Says { is_down: true, ..good.clone() });
    let begun = door.get(&format!("{}/api/sign-in/oidc?{COMPANY}", door.stage.url), "").await;
    assert_eq!(is_refusal(&begun, 502), "service_unavailable");
    assert_eq!(is_refusal(&door.back(&under_way).await, 502), "service_unavailable");
    let body = json!({ "email": door.stage.a.email, "password": PASSWORD, "organisation": "Pecos River Traders" });
    assert_eq!(door.stage.as_nobody().post("/api/sign-in", &body).await.status, 200);
    assert_eq!(door.sign_in(good).await.status, 200);
    // One that never was there keeps no hub from starting.
    let stage = stage("http://127.0.0.1:9");
    assert_eq!(stage.as_nobody().post("/api/sign-in", &body).await.status, 200);
    assert_eq!(is_refusal(&stage.as_nobody().get(&format!("/api/sign-in/oidc?{COMPANY}")).await, 502), "service_unavailable");
}

#[tokio::test]
async fn which_company_is_meant_has_to_be_said_where_there_are_several() {
    let door = Door::new();
    let answer = door.get(&format!("{}/api/sign-in/oidc", door.stage.url), "").await;
    assert_eq!(is_refusal(&answer, 400), "invalid_input");
    assert_eq!(answer.json()["details"][0]["field"], "organisation");
    let answer = door.get(&format!("{}/api/sign-in/oidc?organisation=Nobody", door.stage.url), "").await;
    assert_eq!(is_refusal(&answer, 401), "sign_in_refused");
}

#[tokio::test]
async fn a_sign_in_whose_browser_went_away_ends_the_oldest_one_all_the_same() {
    let door = Door::new();
    let a = &door.stage.a;
    door.issuer.say(Says::good(&a.email));
    for _ in 1..MOST_SIGNED_IN {
        let again = "INSERT INTO token (organisation, hash, id, account, kind, name, created_at, expires_at)
            SELECT organisation, randomblob(32), randomblob(16), account, kind, name, created_at + 1, expires_at FROM token
            WHERE account = (SELECT id FROM account WHERE email = ?1) LIMIT 1";
        assert_eq!(records(&door.stage).execute(again, [&a.email]).unwrap(), 1);
    }
    // The server knows the oldest token by heart.
    assert_eq!(door.stage.as_person(a).get("/api/me").await.status, 200);
    // A request that comes together with the end of its connection is not even begun: then once more.
    for _ in 0..20 {
        let back = door.there().await;
        let writing = records(&door.stage);
        writing.execute_batch("BEGIN IMMEDIATE").unwrap();
        let head = format!("GET /api/sign-in/oidc/callback?{} HTTP/1.1\r\ncookie: {}", back.query, back.cookie);
        let stream = sent(&door.stage.url, &a.token, &head, "");
        tokio::time::sleep(Duration::from_millis(100)).await;
        leave(stream).await;
        writing.execute_batch("COMMIT").unwrap();
        for _ in 0..20 {
            if door.stage.as_person(a).get("/api/me").await.status == 401 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    panic!("the oldest is still signed in");
}
