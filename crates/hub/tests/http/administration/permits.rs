//! Who may administer what: every operation of the administration's document, asked by everybody.

use serde_json::Value;
use uuid::Uuid;

use crate::support::{Api, Client, Operation, Stage, fresh, is_refusal, made};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    /// No token.
    Nobody,
    Trainee,
    Manager,
    /// The admin, about what is the company's.
    Admin,
    /// The other company's admin, about the same.
    Foreign,
    /// A device that is enrolled at a store of the company.
    Device,
    /// The admin about what nobody has.
    Unknown,
    /// The admin with an id that is none.
    NoId,
}

use Asker::{Admin, Device, Foreign, Manager, NoId, Nobody, Trainee, Unknown};

const ASKERS: [Asker; 8] = [Nobody, Trainee, Manager, Admin, Foreign, Device, Unknown, NoId];

/// What each gets, in the order of `ASKERS`.
#[rustfmt::skip]
const EXPECTED: &[(&str, [u16; 8])] = &[
    //                                                nobody trainee manager admin foreign device unknown no id
    ("GET /health",                                   [200,  200,    200,    200,  200,    200,   200,    200]),
    ("GET /health/ready",                             [200,  200,    200,    200,  200,    200,   200,    200]),
    ("POST /api/sign-in",                             [401,  401,    401,    401,  401,    401,   401,    401]),
    ("GET /api/me",                                   [401,  200,    200,    200,  200,    403,   200,    200]),
    ("POST /api/sign-out",                            [401,  204,    204,    204,  204,    403,   204,    204]),
    ("GET /api/admin/users",                          [401,  403,    403,    200,  200,    403,   200,    200]),
    ("POST /api/admin/users",                         [401,  403,    403,    200,  200,    403,   200,    200]),
    ("POST /api/admin/users/import",                  [401,  403,    403,    200,  200,    403,   200,    200]),
    ("GET /api/admin/users/export",                   [401,  403,    403,    200,  200,    403,   200,    200]),
    ("GET /api/admin/users/{id}",                     [401,  403,    403,    200,  404,    403,   404,    404]),
    ("PATCH /api/admin/users/{id}",                   [401,  403,    403,    200,  404,    403,   404,    404]),
    ("POST /api/admin/users/{id}/sign-out",           [401,  403,    403,    204,  404,    403,   404,    404]),
    ("POST /api/admin/users/{id}/invitation",         [401,  403,    403,    200,  404,    403,   404,    404]),
    ("POST /api/admin/users/{id}/password-reset",     [401,  403,    403,    200,  404,    403,   404,    404]),
    ("GET /api/admin/stores",                         [401,  403,    200,    200,  200,    403,   200,    200]),
    ("POST /api/admin/stores",                        [401,  403,    403,    200,  200,    403,   200,    200]),
    ("PATCH /api/admin/stores/{id}",                  [401,  403,    403,    200,  404,    403,   404,    404]),
    ("DELETE /api/admin/stores/{id}",                 [401,  403,    403,    204,  404,    403,   404,    404]),
    ("GET /api/admin/devices",                        [401,  403,    403,    200,  200,    403,   200,    200]),
    // The store is in the body.
    ("POST /api/admin/devices/codes",                 [401,  403,    403,    200,  404,    403,   404,    400]),
    ("PATCH /api/admin/devices/{id}",                 [401,  403,    403,    200,  404,    403,   404,    404]),
    ("DELETE /api/admin/devices/{id}",                [401,  403,    403,    204,  404,    403,   404,    404]),
    ("GET /api/admin/audit",                          [401,  403,    403,    200,  200,    403,   200,    200]),
    ("GET /api/admin/audit/export",                   [401,  403,    403,    200,  200,    403,   200,    200]),
    ("GET /api/admin/catalog/editions",               [401,  403,    403,    200,  200,    403,   200,    200]),
    ("POST /api/admin/catalog/editions",              [401,  403,    403,    200,  200,    403,   200,    200]),
    // Every company has an edition of that revision, each its own.
    ("GET /api/admin/catalog/editions/{id}",          [401,  403,    403,    200,  200,    403,   404,    404]),
    ("POST /api/admin/catalog/editions/{id}/in-force", [401, 403,    403,    200,  200,    403,   404,    404]),
    ("POST /api/admin/catalog/check",                 [401,  403,    403,    200,  200,    403,   200,    200]),
    ("POST /api/admin/catalog/dry-run",               [401,  403,    403,    200,  200,    403,   200,    200]),
    ("GET /api/admin/sessions",                       [401,  403,    200,    200,  200,    403,   200,    200]),
    ("GET /api/admin/sessions/export",                [401,  403,    200,    200,  200,    403,   200,    200]),
    ("GET /api/admin/sessions/{id}",                  [401,  403,    200,    200,  404,    403,   404,    404]),
    ("PUT /api/admin/sessions/{id}/review",           [401,  403,    200,    200,  404,    403,   404,    404]),
    ("GET /api/admin/team",                           [401,  403,    200,    200,  200,    403,   200,    200]),
    ("GET /api/admin/team/export",                    [401,  403,    200,    200,  200,    403,   200,    200]),
    ("GET /api/admin/leaderboard",                    [401,  403,    200,    200,  200,    403,   200,    200]),
    ("GET /api/admin/leaderboard/export",             [401,  403,    200,    200,  200,    403,   200,    200]),
    ("GET /api/admin/settings",                       [401,  403,    403,    200,  200,    403,   200,    200]),
    ("PATCH /api/admin/settings",                     [401,  403,    403,    200,  200,    403,   200,    200]),
];

/// The body, and what kind it is.
fn body(operation: &Operation, store: &str) -> Option<(&'static str, Vec<u8>)> {
    match operation.body()? {
        Value::String(table) => Some(("text/csv", fresh(table.as_bytes()))),
        body => Some(("application/json", fresh(body.to_string().replace("STORE", store).as_bytes()))),
    }
}

async fn client(stage: &Stage, operation: &Operation, asker: Asker, device: &str) -> Client {
    let person = match asker {
        Nobody => return Client::new(&stage.admin_url, None),
        Device => return Client::new(&stage.admin_url, Some(device)),
        Trainee => &stage.a,
        Manager => &stage.manager,
        Admin | Unknown | NoId => &stage.admin,
        Foreign => &stage.foreign_admin,
    };
    // Whoever signs out has signed in for that.
    let ends = operation.name == "POST /api/sign-out";
    if ends { stage.admin_as(&stage.sign_in(person).await) } else { stage.admin_as(person) }
}

#[tokio::test]
async fn everybody_may_administer_what_the_table_says_and_every_operation_is_in_it() {
    let stage = Stage::shared();
    let device = stage.device_made().await["token"].as_str().unwrap().to_owned();
    let store = stage.store_made().await;
    let operations = Api::Administration.operations();
    for (name, _) in EXPECTED {
        assert!(operations.iter().any(|operation| operation.name == *name), "{name} is not in the document");
    }
    let mut wrong = Vec::new();
    for operation in &operations {
        let Some((_, expected)) = EXPECTED.iter().find(|(name, _)| *name == operation.name) else {
            panic!("say in the table who may do {}", operation.name);
        };
        for (asker, expected) in ASKERS.into_iter().zip(expected) {
            let (id, store) = match asker {
                Unknown => (Uuid::new_v4().to_string(), Uuid::new_v4().to_string()),
                NoId => ("no-such-thing".to_owned(), "no-such-thing".to_owned()),
                _ => (made(stage, operation).await, store.clone()),
            };
            let client = client(stage, operation, asker, &device).await;
            let answer = client.ask(&operation.method, &operation.at(&id), body(operation, &store)).await;
            if answer.status != *expected {
                wrong.push(format!("{} by {asker:?}: {} and not {expected}: {}", operation.name, answer.status, answer.text));
            } else if answer.status >= 400 {
                is_refusal(&answer, *expected);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn what_is_listed_at_the_administration_is_the_company_s_own() {
    let stage = Stage::shared();
    let device = stage.device_made().await["device"]["id"].clone();
    let store = stage.store_made().await;
    for (path, ours) in [("users", Value::from(stage.a.id.as_str())), ("stores", store.into()), ("devices", device)] {
        let listed = async |person| stage.admin_as(person).get(&format!("/api/admin/{path}?size=200")).await.json()["items"].clone();
        let has = |items: &Value| items.as_array().unwrap().iter().any(|item| item["id"] == ours);
        assert!(has(&listed(&stage.admin).await) && !has(&listed(&stage.foreign_admin).await), "{path}");
    }
    let theirs = stage.admin_as(&stage.foreign_admin).get("/api/admin/audit?size=200").await.json();
    assert!(theirs["items"].as_array().unwrap().iter().all(|entry| entry["actorId"] != *stage.admin.id), "{theirs}");
}
