//! Bodies that are not right, for every operation of the document that takes one: each is refused in the one shape, and the server goes on answering.

use serde_json::{Map, Value, json};

use crate::support::{Answer, Api, Operation, SCENARIO, Stage, all_operations, fresh, is_refusal, made, spoken, talk, told};

/// What changes some of what there is: each of its fields may be left out.
const CHANGES: [&str; 3] = ["PATCH /api/me", "PATCH /api/admin/users/{id}", "PATCH /api/admin/settings"];

/// More than a body may have, and more than a catalogue may.
const TOO_MUCH: usize = 10 * 1024 * 1024;
const TOO_MUCH_OF_A_CATALOGUE: usize = 33 * 1024 * 1024;

/// Deeper than anybody nests.
const DEEP: usize = 100_000;

/// Operations that take a body in JSON.
fn taking() -> Vec<Operation> {
    let takes = |operation: &Operation| operation.said["requestBody"]["content"]["application/json"].is_object();
    all_operations().into_iter().filter(takes).collect()
}

/// What the document says of the body in JSON.
fn schema(operation: &Operation) -> Value {
    let schema = operation.said["requestBody"]["content"]["application/json"]["schema"].clone();
    match schema["$ref"].as_str() {
        Some(at) => operation.api.document().pointer(at.trim_start_matches('#')).unwrap().clone(),
        None => schema,
    }
}

/// True where the document says nothing of what the body is.
fn takes_anything(operation: &Operation) -> bool {
    schema(operation).get("properties").is_none()
}

/// Sends this to a fresh session of trainee A, where it is about one; or as the admin to what is fresh as well.
async fn send(stage: &Stage, operation: &Operation, body: Vec<u8>) -> Answer {
    let (id, person) = match operation.api {
        Api::Application if operation.path.contains("{id}") => (stage.begun(&stage.a).await, stage.a.clone()),
        // Whose password is asked for too often is locked out for a while.
        Api::Application if operation.path.contains("password") => (String::new(), stage.newcomer().await),
        Api::Application => (String::new(), stage.a.clone()),
        Api::Administration => (made(stage, operation).await, stage.admin.clone()),
    };
    let client = stage.client(operation.api, &person);
    let answer = client.ask(&operation.method, &operation.at(&id), Some(("application/json", fresh(&body)))).await;
    assert!(answer.status < 500, "{}: {answer:?}", operation.name);
    answer
}

/// The status of a body that is right: nobody's password or code is.
fn right(operation: &Operation) -> u16 {
    let secret = ["sign-in", "me/password", "invitations/accept", "devices/enrol"];
    if secret.iter().any(|secret| operation.name.ends_with(secret)) { 401 } else { 200 }
}

/// An example of what it takes, about what is there.
async fn example(stage: &Stage, operation: &Operation) -> Value {
    let body = operation.body().unwrap().to_string();
    let store = if body.contains("STORE") { stage.store_made().await } else { String::new() };
    serde_json::from_str(&body.replace("STORE", &store)).unwrap()
}

fn with(body: &Value, field: &str, value: Value) -> Vec<u8> {
    let mut body = body.clone();
    body[field] = value;
    body.to_string().into_bytes()
}

#[tokio::test]
async fn what_is_no_json_or_no_object_is_refused() {
    let stage = Stage::shared();
    let deep = [b"[".repeat(DEEP), b"]".repeat(DEEP)].concat();
    let bodies = [&b""[..], b"{", b"words", b"null", b"7", b"\"words\"", b"{}x", b"\0", b"\xff\xfe", &deep];
    for operation in taking() {
        for body in bodies {
            let answer = send(stage, &operation, body.to_vec()).await;
            let shown = String::from_utf8_lossy(&body[..body.len().min(12)]).into_owned();
            if takes_anything(&operation) {
                assert_eq!(answer.status, 200, "{} {shown}: {answer:?}", operation.name);
            } else {
                assert_eq!(is_refusal(&answer, 400), "invalid_input", "{} {shown}", operation.name);
                assert!(answer.json()["details"][0]["field"].is_string(), "{} {shown}: {answer:?}", operation.name);
            }
        }
    }
}

#[tokio::test]
async fn a_field_of_a_wrong_kind_or_without_a_value_is_refused_by_its_name() {
    let stage = Stage::shared();
    for operation in taking().iter().filter(|operation| !takes_anything(operation)) {
        let (schema, body) = (schema(operation), example(stage, operation).await);
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (field, said) in schema["properties"].as_object().unwrap() {
            let types = said["type"].to_string();
            let wrong = if types.contains("object") { json!([1]) } else { json!({ "a": 1 }) };
            let answer = send(stage, operation, with(&body, field, wrong)).await;
            assert_eq!(is_refusal(&answer, 400), "invalid_input", "{} {field}", operation.name);
            let named = answer.json()["details"][0]["field"].as_str().unwrap().to_owned();
            assert!(named.starts_with(field.as_str()), "{} {field}: {answer:?}", operation.name);

            let without = send(stage, operation, with(&body, field, Value::Null)).await;
            let expected = if types.contains("null") { right(operation) } else { 400 };
            assert_eq!(without.status, expected, "{} {field} is null: {without:?}", operation.name);

            let mut missing = body.clone();
            missing.as_object_mut().unwrap().remove(field);
            let missing = send(stage, operation, missing.to_string().into_bytes()).await;
            let expected = if required.contains(&field.as_str()) { 400 } else { right(operation) };
            assert_eq!(missing.status, expected, "{} {field} is missing: {missing:?}", operation.name);
            if expected == 400 {
                assert_eq!(is_refusal(&missing, 400), "invalid_input");
                assert_eq!(missing.json()["details"][0]["field"], field.as_str(), "{missing:?}");
            }
        }
        let more = send(stage, operation, with(&body, "somethingElse", json!({ "a": [1] }))).await;
        // Of a change nothing would be left, and nobody would know.
        let expected = if schema["additionalProperties"] == false { 400 } else { right(operation) };
        assert_eq!(more.status, expected, "{}: what is not known is passed over: {more:?}", operation.name);
        if CHANGES.contains(&operation.name.as_str()) {
            assert_eq!(more.json()["details"][0]["field"], "somethingElse", "{more:?}");
        }
    }
}

#[tokio::test]
async fn a_figure_or_a_turn_that_cannot_be_is_refused_by_its_place() {
    let stage = Stage::shared();
    let complete = taking().into_iter().find(|operation| operation.name.ends_with("/complete")).unwrap();
    let body = complete.body().unwrap();
    let figures = [json!(-1), json!(100.5), json!("60"), json!(true), json!([60]), json!({})];
    for name in ["productKnowledge", "objectionHandling", "closingTechnique", "rapport"] {
        for figure in &figures {
            let mut metrics = body["metrics"].clone();
            metrics[name] = figure.clone();
            let answer = send(stage, &complete, with(&body, "metrics", metrics)).await;
            assert_eq!(is_refusal(&answer, 400), "invalid_input");
            assert_eq!(answer.json()["details"][0]["field"], format!("metrics.{name}"), "{figure}");
        }
    }
    // Figures in the order of the fields say nothing of which is which.
    let listed = send(stage, &complete, with(&body, "metrics", json!([60, 55, 50, 65]))).await;
    assert_eq!(is_refusal(&listed, 400), "invalid_input");
    assert_eq!(listed.json()["details"][0]["field"], "metrics", "{listed:?}");
    for (turn, field) in [
        (json!(["rep", "a"]), "transcript[1]"),
        (json!({ "role": "owner", "text": "a" }), "transcript[1].role"),
        (json!({ "role": "rep", "text": 7 }), "transcript[1].text"),
        (json!({ "role": "rep" }), "transcript[1]"),
        (json!({ "role": "rep", "speaker": "rep", "text": "a" }), "transcript[1]"),
        (json!({ "role": "rep", "text": "a", "startedMs": "b" }), "transcript[1].startedMs"),
        (json!({ "role": "rep", "text": "x".repeat(20_001) }), "transcript[1].text"),
        (json!(null), "transcript[1]"),
    ] {
        let answer = send(stage, &complete, with(&body, "transcript", json!([{ "role": "rep", "text": "a" }, turn]))).await;
        assert_eq!(is_refusal(&answer, 400), "invalid_input");
        assert_eq!(answer.json()["details"][0]["field"], field, "{answer:?}");
    }
    let long = with(&body, "feedback", "x".repeat(20_001).into());
    assert_eq!(send(stage, &complete, long).await.json()["details"][0]["field"], "feedback");
    let many = vec![json!({ "role": "rep", "text": "a" }); 5_001];
    assert_eq!(send(stage, &complete, with(&body, "transcript", many.into())).await.json()["details"][0]["field"], "transcript");
}

#[tokio::test]
async fn what_is_nested_beyond_all_measure_is_refused_or_passed_over() {
    let stage = Stage::shared();
    let deep = [b"[".repeat(DEEP), b"]".repeat(DEEP)].concat();
    for operation in taking().iter().filter(|operation| !takes_anything(operation)) {
        let body = example(stage, operation).await;
        let fields: Vec<String> = schema(operation)["properties"].as_object().unwrap().keys().cloned().collect();
        for field in fields.iter().map(String::as_str).chain(["somethingElse"]) {
            let mut rest: Map<String, Value> = body.as_object().unwrap().clone();
            rest.remove(field);
            let rest = Value::from(rest).to_string();
            let whole = [format!("{{\"{field}\":").as_bytes(), &deep, b",", &rest.as_bytes()[1..]].concat();
            let answer = send(stage, operation, whole).await;
            let passed_over = field == "somethingElse" && !CHANGES.contains(&operation.name.as_str());
            let expected = if passed_over { right(operation) } else { 400 };
            assert_eq!(answer.status, expected, "{} {field}: {}", operation.name, answer.text);
        }
    }
}

#[tokio::test]
async fn a_text_that_is_no_utf_8_is_refused() {
    let stage = Stage::shared();
    for operation in taking().iter().filter(|operation| !takes_anything(operation)) {
        let body = example(stage, operation).await;
        for (field, value) in body.as_object().unwrap() {
            let Some(text) = value.as_str() else { continue };
            let whole = body.to_string();
            let (before, after) = whole.split_once(&format!("\"{field}\":\"{text}\"")).unwrap();
            let broken = [before.as_bytes(), format!("\"{field}\":\"").as_bytes(), b"a\xff\xc3\x28\"", after.as_bytes()].concat();
            let answer = send(stage, operation, broken).await;
            assert_eq!(is_refusal(&answer, 400), "invalid_input", "{} {field}", operation.name);
        }
    }
}

#[tokio::test]
async fn what_is_no_offer_of_a_call_is_refused_and_asks_for_none() {
    let stage = Stage::new(&[]);
    let client = stage.as_person(&stage.a);
    let path = format!("/api/sessions/{}/realtime", stage.begun(&stage.a).await);
    for kind in ["application/sdp", "application/sdp; charset=utf-8"] {
        for body in [&b""[..], b"v=1", b" v=0", b"{}", b"\0", b"v=0\r\n\xff"] {
            let answer = client.ask("POST", &path, Some((kind, body.to_vec()))).await;
            assert_eq!(is_refusal(&answer, 400), "invalid_input", "{kind} {body:?}");
            assert_eq!(answer.json()["details"][0]["field"], "body", "{answer:?}");
        }
        let too_much = client.ask("POST", &path, Some((kind, [&b"v=0"[..], &vec![b'a'; TOO_MUCH]].concat()))).await;
        assert_eq!(is_refusal(&too_much, 413), "too_large");
    }
    assert_eq!(stage.voice.asked(), [], "nobody was called");
}

#[tokio::test]
async fn ten_megabytes_are_too_much_for_every_operation_and_33_for_a_catalogue() {
    let stage = Stage::shared();
    for operation in taking() {
        let size = if operation.path.contains("/catalog/") { TOO_MUCH_OF_A_CATALOGUE } else { TOO_MUCH };
        let body = json!({ "feedback": "x".repeat(size) }).to_string().into_bytes();
        assert_eq!(is_refusal(&send(stage, &operation, body).await, 413), "too_large", "{}", operation.name);
    }
}

#[tokio::test]
async fn a_catalogue_of_more_than_a_transcript_s_size_is_taken_from_an_admin_and_read_from_nobody_else() {
    let stage = Stage::shared();
    let check = taking().into_iter().find(|operation| operation.name.ends_with("/catalog/check")).unwrap();
    let body = || [check.body().unwrap().to_string().into_bytes(), b" ".repeat(TOO_MUCH)].concat();
    assert_eq!(send(stage, &check, body()).await.status, 200);
    // Refused before anything of it has come.
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: hub\r\nconnection: close\r\nauthorization: Bearer {}\r\ncontent-length: {TOO_MUCH}\r\n\r\n",
        check.path, stage.manager.token
    );
    let answer = spoken(&stage.admin_url, head.as_bytes(), false);
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}

#[tokio::test]
async fn whatever_a_text_is_it_comes_back_as_it_was_and_is_never_carried_out() {
    let stage = Stage::shared();
    let client = stage.as_person(&stage.b);
    for text in TEXTS {
        let mut turns = talk();
        turns[0]["text"] = (*text).into();
        turns[1]["at"] = json!({ "said": text });
        let mut body = told(&json!({ "productKnowledge": null, "objectionHandling": 1.5, "closingTechnique": 0, "rapport": 100 }), &turns);
        // One sign cannot be kept by every database, which is said; within the JSON of a transcript it can.
        let feedback = text.replace('\0', "");
        if feedback != *text {
            body["feedback"] = (*text).into();
            let path = format!("/api/sessions/{}/complete", stage.begun(&stage.b).await);
            assert_eq!(is_refusal(&client.post(&path, &body).await, 400), "invalid_input");
        }
        body["feedback"] = feedback.as_str().into();
        let session = stage.completed(&stage.b, &body).await;
        assert_eq!((&session["feedback"], &session["transcript"]), (&json!(feedback), &Value::from(turns)));
        let begun = client.post("/api/sessions", &json!({ "scenarioId": text })).await;
        assert_eq!(is_refusal(&begun, 404), "not_found");
        let sign_in = json!({ "email": text, "password": text, "organisation": text, "name": text });
        assert_eq!(is_refusal(&stage.as_nobody().post("/api/sign-in", &sign_in).await, 401), "sign_in_refused");
        let change = json!({ "oldPassword": text, "newPassword": text });
        assert_eq!(is_refusal(&stage.as_person(&stage.newcomer().await).post("/api/me/password", &change).await, 401), "sign_in_refused");
    }
    assert_eq!(client.get(&format!("/api/scenarios/{SCENARIO}")).await.status, 200, "nothing was dropped");
}

/// Texts that are something to somebody: to a database, a browser, a shell, a terminal, a format, JSON.
const TEXTS: &[&str] = &[
    "'; DROP TABLE session; --",
    "\" OR 1=1 --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a\0b",
    "$(reboot) `reboot` | reboot",
    "\u{1b}[2J\u{7}\r\n",
    "%s%n{0}{{7*7}}${jndi:ldap://127.0.0.1/a}",
    "\u{202e}\u{feff}\u{200b}𝔘🤠\u{301}",
    "\\u0000\\\"}],\"score\":100",
];
