//! A company's proxy, which is named in the environment: the ignored test runs in a process that has one, started by the other.

use std::process::Command;

use sellme_core::Code;
use sellme_voice::provider::Provider;

use super::{
    ANSWER, KEY, OFFER, key, open_ai,
    server::{Reply, Server},
    session,
};

/// Where the process with a proxy finds a server on its own machine.
const LOCAL: &str = "SERVER_OF_THE_TEST";

#[tokio::test]
async fn a_proxy_is_used_and_sees_no_key_and_a_server_on_this_machine_is_reached_without() {
    let proxy = Server::answering([Reply::text(502, "")]).await;
    let local = Server::answering([Reply::text(201, ANSWER)]).await;
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "provider::proxy::where_there_is_a_proxy"]).env(LOCAL, local.url());
    for name in ["no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(name);
    }
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"] {
        command.env(name, format!("http://{}", proxy.host()));
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let asked = proxy.asked();
    assert_eq!(asked.iter().map(|asked| asked.line.as_str()).collect::<Vec<_>>(), ["CONNECT voice.example.com:443"]);
    assert!(!format!("{asked:?}").contains(KEY));
    assert_eq!(local.asked().len(), 1);
}

#[tokio::test]
#[ignore = "runs in a process that has a proxy, started by the test above"]
async fn where_there_is_a_proxy() {
    let error = open_ai("https://voice.example.com").open(Some(&key()), &session(), OFFER).await.unwrap_err();
    assert_eq!(error.code, Code::ServiceUnavailable, "{error}");
    let local = open_ai(&std::env::var(LOCAL).unwrap());
    assert_eq!(local.open(Some(&key()), &session(), OFFER).await.unwrap().answer, ANSWER);
}
