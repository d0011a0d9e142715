//! What the window must never do, whatever a page asks for.

use std::{net::TcpListener, time::Duration};

use sellme_tests::{screen::Screen, window};
use serde_json::{Value, json};

use crate::window::danas;

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_breach_of_the_policy_and_an_error_are_noticed() {
    let (place, window) = danas().await;
    window.is_clean().await;
    window.ask("const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i)").await;
    window.until("the breach", "return document.__kept.some((one) => one.startsWith('policy'))").await;
    window.ask("const s = document.createElement('script'); s.textContent = 'document.__broken = true'; document.body.append(s)").await;
    assert_eq!(window.ask("return document.__broken ?? null").await, Value::Null, "a script in the page must not run");
    assert_eq!(window.attempt("{ return new Function('return 7')() }").await.get("ok"), None, "text must not become code");
    window.ask("console.error('made by the test')").await;
    window.ask("setTimeout(() => { throw new Error('made by the test too') })").await;
    window.until("both errors", "return ['console', 'error'].every((kind) => document.__kept.some((one) => one.startsWith(kind + ': ') && one.includes('made by the test')))").await;
    // An error that nobody caught is said, and is in the log.
    window.sees("internal").await;
    window.shoot("30-trouble").await;
    let deadline = std::time::Instant::now() + sellme_tests::screen::PATIENCE;
    while !window::logged(&place.data()).contains("window=true") {
        assert!(std::time::Instant::now() < deadline, "{}", window::logged(&place.data()));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    window.press("Carry on").await;
    window.until("it is gone", "return document.querySelector('.trouble') === null").await;
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn there_is_nowhere_else_to_go() {
    let (_place, window) = danas().await;
    let screen = Screen::new();
    let home = window.ask("return location.href").await;
    for away in [
        "http://example.com/",
        "https://example.com/",
        "file:///etc/passwd",
        "data:text/html,hello",
        "about:blank",
        "http://localhost:1420/",
    ] {
        window.ask(&format!("location.href = '{away}'")).await;
        window.ask(&format!("const a = document.createElement('a'); a.href = '{away}'; a.target = '_blank'; document.body.append(a); a.click(); a.remove()")).await;
        assert_eq!(window.ask(&format!("return window.open('{away}')")).await, Value::Null, "{away}");
        // Whatever was asked for has been decided once the page answers a round trip to its host.
        assert!(window.invoke("practice", &json!({})).await.get("ok").is_some(), "{away}");
        assert_eq!(window.ask("return location.href").await, home, "{away}");
    }
    assert_eq!(window.client.windows().await.unwrap().len(), 1);
    assert_eq!(screen.windows().len(), 1);
    window.sees("Recommended for you").await;
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn the_page_reaches_no_network() {
    let (_place, window) = danas().await;
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    server.set_nonblocking(true).unwrap();
    let port = server.local_addr().unwrap().port();
    for way in [
        format!("fetch('http://127.0.0.1:{port}/')"),
        format!(
            "new Promise((ok, no) => {{ const s = new WebSocket('ws://127.0.0.1:{port}/'); s.onopen = ok; s.onerror = () => no('refused') }})"
        ),
        format!(
            "new Promise((ok, no) => {{ const i = new Image(); i.onload = ok; i.onerror = () => no('refused'); i.src = 'http://127.0.0.1:{port}/x.png' }})"
        ),
        format!(
            "new Promise((ok, no) => {{ const x = new XMLHttpRequest(); x.onload = ok; x.onerror = () => no('refused'); x.open('GET', 'http://127.0.0.1:{port}/'); x.send() }})"
        ),
        format!(
            "new Promise((ok, no) => {{ const s = document.createElement('script'); s.onload = ok; s.onerror = () => no('refused'); s.src = 'http://127.0.0.1:{port}/x.js'; document.head.append(s) }})"
        ),
    ] {
        assert!(window.attempt(&way).await.get("error").is_some(), "{way}");
    }
    let before = window.collected().await.len();
    window.ask(&format!("const f = document.createElement('iframe'); f.src = 'http://127.0.0.1:{port}/'; document.body.append(f); navigator.sendBeacon('http://127.0.0.1:{port}/', 'x')")).await;
    // Both were tried, and held back by the policy, before it is looked at who came.
    window.until("both breaches", &format!("return document.__kept.length >= {}", before + 2)).await;
    assert!(window.invoke("practice", &json!({})).await.get("ok").is_some());
    assert!(server.accept().is_err(), "something was asked of the network");
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_command_that_is_not_listed_is_denied() {
    let (_place, window) = danas().await;
    for command in [
        "plugin:window|close",
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:webview|internal_toggle_devtools",
        "plugin:window-state|save_window_state",
        "plugin:event|listen",
        "plugin:app|version",
        "plugin:path|resolve_directory",
        "plugin:fs|read_file",
        "plugin:shell|execute",
        "run_sql",
    ] {
        let answer = window.invoke(command, &json!({ "label": "main", "value": "x", "event": "e", "handler": 1 })).await;
        assert!(answer.get("ok").is_none() && answer["error"].is_string(), "{command}: {answer}");
    }
    assert!(window.invoke("boot", &json!({})).await["ok"]["version"].is_string(), "a command that is listed is answered");
    let refused = window.invoke("say", &json!({ "id": "01980000-0000-7000-8000-000000000000", "text": "Hello" })).await;
    assert_eq!(refused["error"]["code"], "not_found");
    assert_eq!(refused["error"].as_object().unwrap().len(), 2);
}
