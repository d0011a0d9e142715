//! A small HTTP client: one request a connection.

use std::collections::HashMap;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of a refusal, which has the shape of one.
    pub(crate) fn code(&self) -> String {
        let body = self.json();
        super::schema::check("refusal", &body);
        body["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Asks `base` (up to and with `/v1`) and reads the answer.
pub(crate) async fn ask(base: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let (host, prefix) = base.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let mut request =
        format!("{method} /{prefix}{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    request.push_str(body);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    Answer { status, headers, body: body.to_owned() }
}

/// The parts of a unified call.
pub(crate) fn multipart(parts: &[(&str, &str, &str)]) -> (String, String) {
    let mut body = String::new();
    for (name, kind, content) in parts {
        body.push_str(&format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n{content}\r\n"));
    }
    body.push_str("--edge--\r\n");
    ("multipart/form-data; boundary=edge".to_owned(), body)
}
