//! The OpenAPI document: `crates/hub/openapi.json` is what the code says, and is complete.

use std::{fs, path::Path};

use serde_json::Value;

use crate::support::{Api, Stage, all_operations, document, is_refusal, operations};

/// What nobody needs a token for.
const OPEN: [&str; 5] =
    ["/api/sign-in", "/api/sign-in/oidc", "/api/sign-in/oidc/callback", "/api/invitations/accept", "/api/devices/enrol"];

/// Fails where the file is out of date, and writes it where `UPDATE_OPENAPI` is set.
#[test]
fn the_document_that_is_checked_in_is_what_the_code_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let said = format!("{}\n", sellme_hub::openapi().to_pretty_json().unwrap());
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&file, &said).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == said, "crates/hub/openapi.json is out of date: run `cargo xtask fmt`");
}

#[tokio::test]
async fn the_server_gives_the_same_document() {
    let given = Stage::shared().as_nobody().get("/api/openapi.json").await.json();
    assert_eq!(given, document());
}

#[test]
fn every_operation_says_how_it_refuses_and_in_which_shape() {
    for operation in all_operations() {
        let responses = operation.said["responses"].as_object().unwrap();
        let says = |status: &str| responses.contains_key(status);
        let name = &operation.name;
        let secured = operation.said["security"].is_array();
        assert_eq!(secured, name.contains("/api/") && !OPEN.contains(&operation.path.as_str()), "{name}");
        assert!(!secured || ["401", "429", "500", "503"].into_iter().all(says), "{name}");
        let takes_body = operation.said["requestBody"].is_object();
        assert!(!takes_body || ["400", "408", "413"].into_iter().all(says), "{name}");
        assert!(!operation.path.contains('{') || says("404"), "{name}");
        assert!(!operation.path.contains("{id}/") || !operation.path.contains("sessions") || says("403"), "{name}");
        for (status, response) in responses {
            assert!(!response["description"].as_str().unwrap().is_empty(), "{name} {status}");
            assert!(status.parse::<u16>().is_ok(), "{name}: each status is said on its own, not {status}");
            if status.as_str() >= "400" {
                assert_eq!(response["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/ErrorBody", "{name} {status}");
            }
        }
    }
}

#[test]
fn no_two_operations_of_a_document_have_the_same_name() {
    for api in Api::BOTH {
        let document = Api::document(api);
        let operations = document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values());
        let mut names: Vec<_> = operations.map(|operation| operation["operationId"].as_str().unwrap().to_owned()).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "{names:?}");
    }
}

#[test]
fn whatever_can_be_given_a_name_says_which_names_there_are() {
    let documents = Api::BOTH.map(Api::document);
    let schemas = documents.iter().flat_map(|document| document["components"]["schemas"].as_object().unwrap());
    let mut names = 0;
    for (schema, said) in schemas {
        let name = &said["properties"]["name"];
        // What is answered has no bounds.
        if name["maxLength"].is_number() {
            assert!(name["pattern"].is_string(), "{schema}");
            names += 1;
        }
    }
    assert!(names > 4, "{names}");
}

#[test]
fn every_time_and_every_id_says_its_form() {
    let documents = Api::BOTH.map(Api::document);
    let schemas = documents.iter().flat_map(|document| document["components"]["schemas"].as_object().unwrap());
    for (schema, said) in schemas {
        properties(said, &mut |name, property: &Value| {
            let expected = match name {
                "createdAt" | "updatedAt" | "expiresAt" | "startTime" | "endTime" | "timestamp" | "seenAt" | "lastSignInAt" => "date-time",
                "userId" | "sessionId" | "storeId" | "actorId" => "uuid",
                _ => return,
            };
            assert_eq!(property["format"], expected, "{schema}.{name}");
        });
    }
}

fn properties(schema: &Value, each: &mut impl FnMut(&str, &Value)) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        each(name, property);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        properties(part, each);
    }
}

#[tokio::test]
async fn what_is_nowhere_and_what_is_asked_with_a_wrong_method_is_refused_in_the_same_shape() {
    let stage = Stage::shared();
    let client = stage.as_person(&stage.a);
    for path in ["/api", "/api/nothing", "/api/sessions/", "/api/<script>", "/metrics", "/api/../etc/passwd"] {
        assert_eq!(is_refusal(&client.get(path).await, 404), "not_found", "{path}");
    }
    let operations = operations();
    for operation in &operations {
        let there = |method: &str| operations.iter().any(|other| other.path == operation.path && other.method == method);
        for method in ["PUT", "PATCH"].into_iter().filter(|method| !there(method)) {
            let answer = client.ask(method, &operation.at("x"), None).await;
            assert_eq!(is_refusal(&answer, 405), "method_not_allowed", "{method} {}", operation.path);
            assert!(answer.header("allow").contains(&operation.method), "{method} {}: {answer:?}", operation.path);
        }
    }
}
