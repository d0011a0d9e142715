//! The page at the door, under a prefix too.

use std::{net::SocketAddr, sync::mpsc, thread};

use axum::{Router, extract::State, http::Uri, response::IntoResponse};

use crate::support::{Client, Served, Stage, block_on, create_admin, serving};

/// A proxy that serves the hub under `/sellme/` and takes that off, as the sample for nginx does.
fn proxy(hub: &str) -> String {
    let routes = Router::new().nest("/sellme/", Router::new().fallback(passed_on).with_state(hub.to_owned()));
    let (say, said) = mpsc::channel::<SocketAddr>();
    thread::spawn(move || {
        block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            say.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, routes).await.unwrap();
        });
    });
    format!("http://{}", said.recv().unwrap())
}

async fn passed_on(State(hub): State<String>, uri: Uri) -> impl IntoResponse {
    let answer = Client::new(&hub, None).get(uri.path()).await;
    let kind = answer.header("content-type").to_owned();
    (axum::http::StatusCode::from_u16(answer.status).unwrap(), [("content-type", kind)], answer.text)
}

/// What the page leads to or takes in.
fn links(page: &str) -> Vec<&str> {
    let after = |name: &'static str| page.split(name).skip(1).map(|rest| rest.split('"').next().unwrap());
    ["href=\"", "src=\"", "action=\""].into_iter().flat_map(after).collect()
}

#[tokio::test]
async fn every_link_of_the_page_is_relative_and_works_under_a_prefix() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept.path().join("records");
    create_admin(&folder, "saddle boots canyon");
    let served = Served::start(&mut serving(&folder));
    let proxy = proxy(&served.url());
    for (base, prefix) in [(served.url(), "/"), (proxy, "/sellme/")] {
        let client = Client::new(&base, None);
        let page = client.get(prefix).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.text.contains("<h1>Pecos</h1>"), "{}", page.text);
        let links = links(&page.text);
        assert!(links.len() >= 4, "{links:?}");
        for link in links {
            assert!(!link.starts_with('/') && !link.contains(':') && !link.starts_with('.'), "{link} is not relative");
            assert_eq!(client.get(&format!("{prefix}{link}")).await.status, 200, "{prefix}{link}");
        }
        for page in ["invitation", "token"] {
            let page = client.get(&format!("{prefix}{page}")).await;
            assert!(page.text.contains("<h1>Pecos</h1>"), "{}", page.text);
            for link in self::links(&page.text) {
                assert_eq!(client.get(&format!("{prefix}{link}")).await.status, 200, "{prefix}{link}");
            }
        }
        let token = client.get(&format!("{prefix}token")).await;
        assert!(token.text.contains("<div hidden>\n<label for=\"organisation\">"), "of one company nobody has to say which");
    }
    served.stop();
}

#[tokio::test]
async fn the_page_runs_nothing_and_can_be_read_by_everybody() {
    let client = Stage::shared().as_nobody();
    let page = client.get("/").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<h1>The company’s hub</h1>"), "of two companies neither is named");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("script") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("style-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    for never in ["<script", "style=", "onload", "onclick", "javascript:", "http://", "https://"] {
        assert!(!page.text.contains(never), "{never}");
    }
    for needed in ["<html lang=\"en\">", "<title>", "<main>", "<h1>", "name=\"viewport\"", "color-scheme"] {
        assert!(page.text.contains(needed), "{needed}");
    }
    let headings = page.text.matches("<h2 id=").count();
    assert_eq!(headings, page.text.matches("aria-labelledby=").count(), "each part has a name");
    let style = client.get("/style.css").await;
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
    assert!(style.text.contains("prefers-color-scheme: dark") && style.text.contains(":focus-visible") && !style.text.contains("url("));
}
