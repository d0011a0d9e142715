//! Queries, headers and connections that are not right.

use serde_json::Value;

use crate::support::{Api, Stage, all_operations, is_refusal, spoken};

/// Values that the document does not allow a parameter.
fn wrong(said: &Value) -> Vec<&'static str> {
    let schema = said["schema"].to_string();
    if schema.contains("integer") {
        vec!["-1", "x", "1.5", "99999999999", "", "1000001", "%00", "1&AGAIN=1"]
    } else if schema.contains("uuid") {
        vec!["x", "", "%00", "00000000-0000-4000-8000-00000000000g"]
    } else if schema.contains("date-time") {
        vec!["x", "", "%00", "2026-13-01T00:00:00Z", "2026-01-01", "1767225600000"]
    } else if schema.contains("boolean") {
        vec!["yes", "1", "", "%00"]
    } else if schema.contains("enum") || schema.contains("PeriodAsked") {
        vec!["never", "", "WEEK", "completed", "%00"]
    } else {
        Vec::new()
    }
}

#[tokio::test]
async fn what_a_query_may_not_ask_is_refused_by_the_parameter_s_name_and_unknown_ones_are_passed_over() {
    let stage = Stage::shared();
    let mut tried = 0;
    for operation in all_operations() {
        let person = if operation.api == Api::Application { &stage.a } else { &stage.admin };
        let client = stage.client(operation.api, person);
        let parameters = operation.said["parameters"].as_array().cloned().unwrap_or_default();
        for parameter in parameters.iter().filter(|parameter| parameter["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            for value in wrong(parameter) {
                // The same twice says nothing.
                let value = &value.replace("AGAIN", name);
                let answer = client.ask(&operation.method, &format!("{}?{name}={value}", operation.path), None).await;
                assert_eq!(is_refusal(&answer, 400), "invalid_input", "{} {name}={value}", operation.name);
                assert!(answer.text.contains(name) || value.contains('&'), "{} {name}={value}: {answer:?}", operation.name);
                tried += 1;
            }
        }
        if operation.name.starts_with("GET") && !operation.path.contains('{') {
            let answer = client.get(&format!("{}?nobody=knows&a[b]=c&%00&=&&", operation.path)).await;
            // The shared server has no sign-in service to lead to.
            let expected = if operation.path.contains("oidc") { 404 } else { 200 };
            assert_eq!(answer.status, expected, "{}: {answer:?}", operation.name);
        }
    }
    assert!(tried > 100, "{tried}");
    let client = stage.as_person(&stage.a);
    for query in ["limit=0", "limit=201", "offset=1000001", "limit=1&limit=2", "q=%ff"] {
        let answer = client.get(&format!("/api/products?{query}")).await;
        if query == "q=%ff" {
            assert_eq!(answer.status, 200, "{query}: {answer:?}");
        } else {
            assert_eq!(is_refusal(&answer, 400), "invalid_input", "{query}");
        }
    }
}

#[tokio::test]
async fn what_is_looked_for_is_text_and_nothing_else() {
    let stage = Stage::shared();
    let client = stage.as_person(&stage.a);
    let all = client.get("/api/products").await.json().as_array().unwrap().len();
    for piece in ["%27%20OR%201%3D1%20--", "%25", "_", "%00", "a%00", "*", "%3Cscript%3E", "%F0%9F%A4%A0", "%5C"] {
        let found = client.get(&format!("/api/products?q={piece}")).await;
        assert_eq!(found.status, 200, "{found:?}");
        assert!(found.json().as_array().unwrap().len() < all, "{piece} is no pattern");
        let of_category = client.get(&format!("/api/products?category={piece}")).await;
        assert_eq!(of_category.json(), Value::from(Vec::<Value>::new()), "{piece}");
    }
    for id in ["%00", "%ff", "..%2f..%2fetc%2fpasswd", "%27%20OR%201%3D1", "a%20b", &"x".repeat(5_000)] {
        for place in ["products", "scenarios", "sessions", "users"] {
            let rest = if place == "users" { "/progress" } else { "" };
            assert_eq!(is_refusal(&client.get(&format!("/api/{place}/{id}{rest}")).await, 404), "not_found", "{place}/{id}");
        }
    }
}

fn half_a_body(stage: &Stage) -> Vec<u8> {
    let head = format!(
        "POST /api/sessions HTTP/1.1\r\nhost: hub\r\nconnection: close\r\nauthorization: Bearer {}\r\ncontent-length: 1000\r\n\r\n",
        stage.a.token
    );
    [head.as_bytes(), b"{\"scenarioId\":"].concat()
}

#[tokio::test]
async fn a_body_that_does_not_come_to_its_end_holds_nobody_up() {
    let stage = Stage::new(&["--request-seconds", "1"]);
    let slow = spoken(&stage.url, &half_a_body(&stage), false);
    assert!(slow.starts_with("HTTP/1.1 408") && slow.contains("\"code\":\"timeout\""), "{slow}");
    let broken_off = spoken(&stage.url, &half_a_body(&stage), true);
    assert!(broken_off.is_empty() || broken_off.starts_with("HTTP/1.1 400"), "{broken_off}");
    assert_eq!(stage.as_nobody().get("/health").await.status, 200);
}

#[tokio::test]
async fn a_connection_on_which_nobody_asks_is_let_go() {
    let stage = Stage::new(&["--head-seconds", "1"]);
    let asked = b"GET /health HTTP/1.1\r\nhost: hub\r\n\r\n";
    for (sent, answers) in
        [(&b"GET /health HTTP/1.1\r\nhost: h"[..], 0), (&b""[..], 0), (&asked[..], 1), (&[&asked[..], b"GET /he"].concat(), 1)]
    {
        // Reads until the server hangs up, which it would never do.
        let begun = std::time::Instant::now();
        let answer = spoken(&stage.url, sent, false);
        assert_eq!(answer.matches("HTTP/1.1 200").count(), answers, "{answer}");
        assert!(begun.elapsed() >= std::time::Duration::from_millis(900), "it was given its time");
    }
    assert_eq!(stage.as_nobody().get("/health").await.status, 200);
}

#[tokio::test]
async fn what_is_no_http_ends_the_connection_and_nothing_else() {
    let stage = Stage::shared();
    let long = format!("GET /health HTTP/1.1\r\nhost: hub\r\nx: {}\r\n\r\n", "x".repeat(1_000_000));
    let sent: [&[u8]; 6] = [
        b"\0\0\0\0\r\n\r\n",
        b"GET /health HTTP/9.9\r\n\r\n",
        b"POST /api/sign-in HTTP/1.1\r\nhost: hub\r\ncontent-length: -1\r\n\r\n",
        b"POST /api/sign-in HTTP/1.1\r\nhost: hub\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\nzzzz\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        long.as_bytes(),
    ];
    for bytes in sent {
        let answer = spoken(&stage.url, bytes, true);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    assert_eq!(stage.as_nobody().get("/health").await.status, 200);
}

#[tokio::test]
async fn an_id_of_a_request_is_taken_where_it_is_plain_and_every_answer_is_safe_for_browsers() {
    let stage = Stage::shared();
    for (given, taken) in [("plain-id_1", true), ("a b", false), ("<script>", false), (&*"x".repeat(65), false)] {
        let request = format!("GET /api/nothing HTTP/1.1\r\nhost: hub\r\nconnection: close\r\nx-request-id: {given}\r\n\r\n");
        let answer = spoken(&stage.url, request.as_bytes(), false);
        assert_eq!(answer.contains(&format!("x-request-id: {given}\r\n")), taken, "{answer}");
        for header in [
            "x-content-type-options: nosniff",
            "x-frame-options: DENY",
            "cache-control: no-store",
            "content-security-policy: default-src 'none'",
        ] {
            assert!(answer.contains(header), "{answer}");
        }
    }
}
