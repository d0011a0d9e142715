//! Who may do what: every operation of the document, asked by everybody.

use sellme_app::company::NewPerson;
use sellme_core::company::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, Operation, PASSWORD, Person, SCENARIO, Stage, fresh, is_refusal, operations, talk, told};

/// Who asks, about whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    /// No token.
    Nobody,
    /// Something that is no token.
    Malformed,
    /// A token of trainee A that has ended.
    Ended,
    /// Trainee A about their own.
    Own,
    /// Trainee B about A's.
    Other,
    /// The manager about A's.
    Manager,
    /// The admin about A's.
    Admin,
    /// The other company's admin about A's.
    Foreign,
    /// Trainee A about what nobody has.
    Unknown,
    /// The admin about what nobody has.
    AdminUnknown,
    /// Trainee A with an id that is none.
    NoId,
}

use Asker::{Admin, AdminUnknown, Ended, Foreign, Malformed, Manager, NoId, Nobody, Other, Own, Unknown};

const ASKERS: [Asker; 11] = [Nobody, Malformed, Ended, Own, Other, Manager, Admin, Foreign, Unknown, AdminUnknown, NoId];

/// What each gets, in the order of `ASKERS`. Where there is no id in the path and none is asked with, whoever is signed in gets the same.
#[rustfmt::skip]
const EXPECTED: &[(&str, [u16; 11])] = &[
    //                                      nobody malformed ended  own other manager admin foreign unknown admin's no id
    ("GET /health",                         [200, 200, 200,  200, 200, 200, 200, 200,  200, 200, 200]),
    ("GET /health/ready",                   [200, 200, 200,  200, 200, 200, 200, 200,  200, 200, 200]),
    ("POST /api/sign-in",                   [401, 401, 401,  401, 401, 401, 401, 401,  401, 401, 401]),
    // Neither code is good.
    ("POST /api/invitations/accept",        [401, 401, 401,  401, 401, 401, 401, 401,  401, 401, 401]),
    ("POST /api/devices/enrol",             [401, 401, 401,  401, 401, 401, 401, 401,  401, 401, 401]),
    // The shared server has no sign-in service.
    ("GET /api/sign-in/oidc",               [404, 404, 404,  404, 404, 404, 404, 404,  404, 404, 404]),
    ("GET /api/sign-in/oidc/callback",      [404, 404, 404,  404, 404, 404, 404, 404,  404, 404, 404]),
    ("GET /api/me",                         [401, 401, 401,  200, 200, 200, 200, 200,  200, 200, 200]),
    ("PATCH /api/me",                       [401, 401, 401,  200, 200, 200, 200, 200,  200, 200, 200]),
    ("POST /api/me/password",               [401, 401, 401,  401, 401, 401, 401, 401,  401, 401, 401]),
    ("GET /api/tokens",                     [401, 401, 401,  200, 200, 200, 200, 200,  200, 200, 200]),
    ("POST /api/tokens",                    [401, 401, 401,  200, 200, 200, 200, 200,  200, 200, 200]),
    ("POST /api/sign-out",                  [401, 401, 401,  204, 204, 204, 204, 204,  204, 204, 204]),
    // Whose a token is, nobody else is told.
    ("DELETE /api/tokens/{id}",             [401, 401, 401,  204, 404, 404, 404, 404,  404, 404, 404]),
    ("GET /api/products",                   [401, 401, 401,  200, 200, 200, 200, 200,  200, 200, 200]),
    ("GET /api/products/{id}",              [401, 401, 401,  200, 200, 200, 200, 200,  404, 404, 404]),
    ("GET /api/scenarios",                  [401, 401, 401,  200, 200, 200, 200, 200,  404, 404, 404]),
    ("GET /api/scenarios/recommended",      [401, 401, 401,  200, 200, 200, 200, 200,  404, 404, 404]),
    ("GET /api/scenarios/{id}",             [401, 401, 401,  200, 200, 200, 200, 200,  404, 404, 404]),
    // To begin for somebody: a trainee is not told whether there is such a person.
    ("POST /api/sessions",                  [401, 401, 401,  200, 403, 403, 200, 404,  403, 404, 400]),
    ("GET /api/sessions",                   [401, 401, 401,  200, 403, 200, 200, 404,  403, 404, 400]),
    ("GET /api/sessions/{id}",              [401, 401, 401,  200, 403, 200, 200, 404,  404, 404, 404]),
    ("POST /api/sessions/{id}/complete",    [401, 401, 401,  200, 403, 403, 200, 404,  404, 404, 404]),
    ("GET /api/sessions/{id}/report",       [401, 401, 401,  200, 403, 200, 200, 404,  404, 404, 404]),
    ("POST /api/sessions/{id}/realtime",    [401, 401, 401,  200, 403, 403, 200, 404,  404, 404, 404]),
    ("DELETE /api/sessions/{id}/realtime",  [401, 401, 401,  204, 403, 403, 204, 404,  404, 404, 404]),
    ("GET /api/users/{id}/progress",        [401, 401, 401,  200, 403, 200, 200, 404,  403, 404, 404]),
    ("GET /api/leaderboard",                [401, 401, 401,  200, 200, 200, 200, 200,  200, 200, 200]),
];

/// What is A's, for one question.
async fn of_a(stage: &Stage, operation: &Operation, computed: &str) -> String {
    match operation.name.as_str() {
        "GET /api/products/{id}" => "the-gunner".to_owned(),
        "GET /api/scenarios/{id}" => SCENARIO.to_owned(),
        "GET /api/sessions/{id}/report" => computed.to_owned(),
        "GET /api/users/{id}/progress" => stage.a.id.clone(),
        "DELETE /api/tokens/{id}" => {
            let fresh = stage.as_person(&stage.sign_in(&stage.a).await).get("/api/tokens").await.json();
            let current = fresh.as_array().unwrap().iter().find(|token| token["current"] == true).unwrap();
            current["id"].as_str().unwrap().to_owned()
        }
        name if name.contains("/api/sessions/{id}") => stage.begun(&stage.a).await,
        _ => stage.a.id.clone(),
    }
}

/// The question, where the id is not in the path: in the query or in the body.
fn asked(operation: &Operation, asker: Asker, id: &str) -> (String, Option<Value>) {
    let product = if [Unknown, AdminUnknown, NoId].contains(&asker) { id } else { "the-gunner" };
    match operation.name.as_str() {
        "GET /api/scenarios" | "GET /api/scenarios/recommended" => (format!("{}?productId={product}", operation.path), None),
        "GET /api/sessions" => (format!("{}?userId={id}", operation.path), None),
        "POST /api/sessions" => (operation.path.clone(), Some(json!({ "scenarioId": SCENARIO, "userId": id }))),
        _ => (operation.at(id), operation.body()),
    }
}

#[tokio::test]
async fn everybody_gets_what_the_table_says_and_every_operation_is_in_it() {
    let stage = Stage::shared();
    let ended = stage.sign_in(&stage.a).await;
    assert_eq!(stage.as_person(&ended).ask("POST", "/api/sign-out", None).await.status, 204);
    let session = stage
        .completed(&stage.a, &told(&json!({ "productKnowledge": 1, "objectionHandling": 1, "closingTechnique": 1, "rapport": 1 }), &talk()))
        .await;
    let computed = session["id"].as_str().unwrap();
    let operations = operations();
    for (name, _) in EXPECTED {
        assert!(operations.iter().any(|operation| operation.name == *name), "{name} is not in the document");
    }
    let mut wrong = Vec::new();
    for operation in &operations {
        let Some((_, expected)) = EXPECTED.iter().find(|(name, _)| *name == operation.name) else {
            panic!("say in the table who may do {}", operation.name);
        };
        for (asker, expected) in ASKERS.into_iter().zip(expected) {
            let id = match asker {
                Unknown | AdminUnknown => Uuid::new_v4().to_string(),
                NoId => "no-such-thing".to_owned(),
                _ => of_a(stage, operation, computed).await,
            };
            let client = client(stage, operation, asker, &ended).await;
            let (path, body) = asked(operation, asker, &id);
            let answer =
                client.ask(&operation.method, &path, body.map(|body| ("application/json", fresh(body.to_string().as_bytes())))).await;
            if answer.status != *expected {
                wrong.push(format!("{} by {asker:?}: {} and not {expected}: {}", operation.name, answer.status, answer.text));
            } else if answer.status >= 400 {
                is_refusal(&answer, *expected);
                assert_eq!(answer.headers.contains_key("www-authenticate"), answer.status == 401, "{answer:?}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn client(stage: &Stage, operation: &Operation, asker: Asker, ended: &Person) -> Client {
    let person = match asker {
        Nobody => return stage.as_nobody(),
        Malformed => &Person { token: "smp_no-token".to_owned(), ..stage.a.clone() },
        Ended => ended,
        Own | Unknown | NoId => &stage.a,
        Other => &stage.b,
        Manager => &stage.manager,
        Admin | AdminUnknown => &stage.admin,
        Foreign => &stage.foreign_admin,
    };
    let known = ![Malformed, Ended].contains(&asker);
    if known && operation.path.contains("password") {
        return stage.as_person(&stage.newcomer().await);
    }
    // Whoever signs out has signed in for that.
    let ends = operation.name == "POST /api/sign-out" && known;
    if ends { stage.as_person(&stage.sign_in(person).await) } else { stage.as_person(person) }
}

#[tokio::test]
async fn a_manager_sees_what_was_submitted_and_nobody_s_practice() {
    let stage = Stage::shared();
    let client = stage.as_person(&stage.b);
    let begun = client.post("/api/sessions", &json!({ "scenarioId": SCENARIO, "visibility": "practice" })).await.json();
    let path = format!("/api/sessions/{}", begun["id"].as_str().unwrap());
    assert_eq!(client.get(&path).await.status, 200);
    for person in [&stage.manager, &stage.admin] {
        assert_eq!(is_refusal(&stage.as_person(person).get(&path).await, 403), "forbidden");
        let listed = stage.as_person(person).get(&format!("/api/sessions?userId={}&limit=200", stage.b.id)).await.json();
        assert!(listed.as_array().unwrap().iter().all(|session| session["id"] != begun["id"]), "{listed}");
    }
}

#[tokio::test]
async fn what_is_listed_is_the_company_s_own() {
    let stage = Stage::shared();
    let ours = stage.begun(&stage.a).await;
    let theirs = stage.begun(&stage.stranger).await;
    for (person, of) in [(&stage.admin, &stage.a.id), (&stage.foreign_admin, &stage.stranger.id)] {
        let listed = stage.as_person(person).get("/api/sessions?limit=200").await.json();
        assert!(listed.as_array().unwrap().iter().any(|session| session["userId"] == **of), "{listed}");
        let foreign = if person.id == stage.admin.id { &theirs } else { &ours };
        assert!(listed.as_array().unwrap().iter().all(|session| session["id"] != **foreign), "{listed}");
    }
}

#[tokio::test]
async fn whoever_changes_the_password_is_signed_out_everywhere_also_where_two_companies_know_the_address() {
    let stage = Stage::new(&[]);
    let company = stage.company().await;
    let other = company.organisations().await.unwrap().into_iter().find(|other| other.name == "Dry Creek Outfitters").unwrap();
    let twin = NewPerson {
        email: stage.b.email.clone(),
        name: "Lee Park".to_owned(),
        role: Role::Trainee,
        shop: None,
        password: Some("a saddle of another company".to_owned()),
    };
    company.add_person(other.id, None, &twin).await.unwrap();
    company.close();
    let client = stage.as_person(&stage.b);
    let change = |old: &str| json!({ "oldPassword": old, "newPassword": "another saddle canyon" });
    let other_s = client.post("/api/me/password", &change("a saddle of another company")).await;
    assert_eq!(is_refusal(&other_s, 401), "sign_in_refused");
    assert_eq!(client.post("/api/me/password", &change(PASSWORD)).await.status, 204);
    assert_eq!(is_refusal(&client.get("/api/me").await, 401), "not_signed_in");
    let again =
        |organisation: Option<&str>, password: &str| json!({ "email": stage.b.email, "password": password, "organisation": organisation });
    let nobody = stage.as_nobody();
    assert_eq!(nobody.post("/api/sign-in", &again(Some("Pecos River Traders"), "another saddle canyon")).await.status, 200);
    assert_eq!(is_refusal(&nobody.post("/api/sign-in", &again(Some("Pecos River Traders"), PASSWORD)).await, 401), "sign_in_refused");
    assert_eq!(is_refusal(&nobody.post("/api/sign-in", &again(None, "another saddle canyon")).await, 401), "sign_in_refused");
}

#[tokio::test]
async fn a_personal_token_talks_and_practises_for_its_owner_and_sees_to_no_tokens_and_no_passwords() {
    let stage = Stage::shared();
    let owner = stage.newcomer().await;
    let made = stage.as_person(&owner).post("/api/tokens", &json!({ "name": "laptop", "days": 7 })).await.json();
    let secret = made["secret"].as_str().unwrap().to_owned();
    let client = Client::new(&stage.url, Some(&secret));
    assert_eq!(client.get("/api/me").await.json()["id"], owner.id);
    let begun = client.post("/api/sessions", &json!({ "scenarioId": SCENARIO })).await.json();
    let call = client.post(&format!("/api/sessions/{}/realtime", begun["id"].as_str().unwrap()), &json!({})).await;
    assert_eq!(call.status, 200, "as the window of a laptop asks with it: {call:?}");
    let listed = client.get("/api/tokens").await;
    assert!(!listed.text.contains(&secret), "it is shown once");
    let listed = listed.json();
    let kinds: Vec<_> =
        listed.as_array().unwrap().iter().map(|token| (token["kind"].as_str().unwrap(), token["current"] == true)).collect();
    assert_eq!(kinds, [("personal", true), ("sign_in", false)]);
    let other = format!("/api/tokens/{}", listed[1]["id"].as_str().unwrap());
    let change = json!({ "oldPassword": PASSWORD, "newPassword": "another saddle canyon" });
    for answer in [
        client.post("/api/tokens", &json!({ "name": "more" })).await,
        client.post("/api/me/password", &change).await,
        client.ask("DELETE", &other, None).await,
    ] {
        assert_eq!(is_refusal(&answer, 403), "forbidden");
    }
    let own = format!("/api/tokens/{}", made["id"].as_str().unwrap());
    assert_eq!(stage.as_person(&owner).ask("DELETE", &own, None).await.status, 204);
    assert_eq!(is_refusal(&client.get("/api/me").await, 401), "not_signed_in");
}
