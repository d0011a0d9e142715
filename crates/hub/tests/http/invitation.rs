//! The pages at which an invitation is accepted and a token made, and the link that leads to the first.

use serde_json::Value;

use crate::support::Stage;

#[tokio::test]
async fn the_link_of_an_invitation_leads_to_the_hub_s_own_page_below_its_public_address() {
    for public in ["https://hub.example.com/sellme", "https://hub.example.com/sellme/"] {
        let stage = Stage::new(&["--public-url", public]);
        let made = stage.person_made("trainee").await;
        let code = made["invitation"]["code"].as_str().unwrap();
        assert_eq!(made["invitation"]["link"], Value::from(format!("https://hub.example.com/sellme/invitation#{code}")));
    }
}

#[tokio::test]
async fn the_pages_run_the_hub_s_own_scripts_alone_and_talk_to_the_hub_alone() {
    let client = Stage::shared().as_nobody();
    let shared = client.get("/connect.js").await;
    for (name, labelled) in [("invitation", vec!["code", "password"]), ("token", vec!["organisation", "who", "password"])] {
        let page = client.get(&format!("/{name}")).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert_eq!(
            page.header("content-security-policy"),
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        assert_eq!((page.header("referrer-policy"), page.header("cache-control")), ("no-referrer", "no-store"));
        let own = format!("<script src=\"{name}.js\" type=\"module\"></script>");
        assert_eq!((page.text.matches("<script").count(), page.text.matches(&own).count()), (1, 1));
        for never in ["style=", "onload", "onclick", "javascript:", "http://", "https://", "=\"/", "{"] {
            assert!(!page.text.contains(never), "{never}");
        }
        for needed in
            ["<html lang=\"en\">", "<title>", "<main>", "<h1>The company’s hub</h1>", "name=\"viewport\"", "color-scheme", "<noscript>"]
        {
            assert!(page.text.contains(needed), "{needed}");
        }
        for id in labelled.into_iter().chain(["address", "token"]) {
            assert!(page.text.contains(&format!("<label for=\"{id}\">")), "{id} has no name");
        }
        assert!(!page.text.contains("<div hidden>\n<label for=\"organisation\">"), "of two companies somebody says which");
        let script = client.get(&format!("/{name}.js")).await;
        for script in [&script, &shared] {
            assert_eq!((script.status, script.header("content-type")), (200, "text/javascript; charset=utf-8"));
            for part in script.text.split("part('").skip(1).filter_map(|rest| rest.split('\'').next()) {
                assert!(page.text.contains(&format!("id=\"{part}\"")), "the script knows of {part}");
            }
        }
    }
}
