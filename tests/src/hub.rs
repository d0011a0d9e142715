//! The company's server as a process of its own, and clients that ask it over HTTP.

use std::{
    fmt,
    io::{BufRead, BufReader, Read, Write},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use reqwest::blocking::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::{
    company::{PASSWORD, Records},
    program,
};

/// How long something may take that only a broken server does not do.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running server. It is killed with this value.
#[derive(Debug)]
pub struct Hub {
    child: Child,
    /// Where the application is, such as `http://127.0.0.1:4711`.
    pub url: String,
    /// Where the administration is.
    pub admin_url: String,
    /// Reads what it logs to the end.
    log: Option<JoinHandle<String>>,
}

impl Hub {
    /// Starts one on these records and waits until it serves.
    ///
    /// # Panics
    /// Where it does not start.
    #[must_use]
    pub fn start(records: &Records) -> Self {
        Self::start_as(serving(records))
    }

    /// The same by a command that [`serving`] gave, perhaps inside another one.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    #[must_use]
    pub fn start_as(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("a program that starts");
        let mut log = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut said = String::new();
        let fields = loop {
            let begun = said.len();
            assert!(log.read_line(&mut said).expect("a log") > 0, "the server does not start:\n{said}");
            let Ok(line) = serde_json::from_str::<Value>(&said[begun..]) else { continue };
            if line["fields"]["message"] == "serving" {
                break line["fields"].clone();
            }
        };
        // Read to its end, so that the server never waits for somebody to read its log.
        let log = thread::spawn(move || {
            let mut rest = Vec::new();
            // Where it is killed, what it had logged until then is all.
            drop(log.read_to_end(&mut rest));
            said + &String::from_utf8_lossy(&rest)
        });
        let url = |name: &str| format!("http://{}", fields[name].as_str().expect("an address"));
        Self { child, url: url("listen"), admin_url: url("admin_listen"), log: Some(log) }
    }

    /// The process that was started.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a crash would.
    ///
    /// # Panics
    /// Where it does not end.
    pub fn kill(&mut self) {
        self.child.kill().expect("a killed process");
        self.child.wait().expect("a process that ended");
    }

    /// Asks it to end, and waits. Gives all that it logged.
    ///
    /// # Panics
    /// Where it does not end well.
    pub fn stop(mut self) -> String {
        let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        assert!(asked.expect("kill").success());
        self.wait();
        self.log.take().expect("a log").join().expect("a log that was read")
    }

    /// Waits until it has ended.
    ///
    /// # Panics
    /// Where it does not end well.
    pub fn wait(&mut self) {
        waits_until("the server does not stop", || self.child.try_wait().expect("a process").is_some());
        assert!(self.child.wait().expect("a process that ended").success());
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The command that serves these records, at addresses that the system gives, to as many requests as come.
#[must_use]
pub fn serving(records: &Records) -> Command {
    let mut command = program(&["serve"], records);
    command.args(["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--rate", "1000000", "--sign-in-rate", "1000000"]);
    command
}

fn program(what: &[&str], records: &Records) -> Command {
    let mut command = Command::new(program::hub());
    // Nothing of what the surroundings say of another server.
    command.env_clear().args(what).args(records.arguments());
    command
}

/// Adds somebody with [`PASSWORD`] from the command line, as on the server itself. Gives back their id.
///
/// # Panics
/// Where that is refused.
pub fn person(records: &Records, email: &str, role: &str) -> String {
    let mut command = program(&["admin", "create"], records);
    command.args(["--organisation", "Pecos River Traders", "--name", "Dana", "--role", role, "--email", email]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a program that starts");
    child.stdin.take().expect("a pipe").write_all(PASSWORD.as_bytes()).expect("a pipe that is read");
    let output = child.wait_with_output().expect("a program that ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("an id").trim().to_owned()
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// When to try again, where it says so: seconds.
    pub retry_after: Option<String>,
    /// The body.
    pub body: Value,
}

impl Answer {
    /// The body of what went well.
    ///
    /// # Panics
    /// Where it did not.
    #[must_use]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        self.body
    }

    /// True for 503 with this code, which says when to try again.
    #[must_use]
    pub fn is_put_off(&self, code: &str) -> bool {
        self.status == 503 && self.body["code"] == code && self.retry_after.as_ref().is_some_and(|seconds| seconds.parse::<u32>().is_ok())
    }
}

/// Why there was no answer.
pub type Unanswered = reqwest::Error;

/// Somebody who asks, one server after the other where there are several.
pub struct Caller {
    client: Client,
    urls: Vec<String>,
    next: AtomicUsize,
    /// The token.
    pub token: String,
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller").field("urls", &self.urls).finish_non_exhaustive()
    }
}

impl Caller {
    /// Somebody who has no token yet.
    ///
    /// # Panics
    /// Where there can be no client.
    #[must_use]
    pub fn new(urls: &[&str]) -> Self {
        // Said once; whoever comes second finds it done.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder().no_proxy().timeout(PATIENCE).build().expect("a client");
        Self { client, urls: urls.iter().map(|url| (*url).to_owned()).collect(), next: AtomicUsize::new(0), token: String::new() }
    }

    /// Somebody who is signed in at the first of the servers.
    ///
    /// # Panics
    /// Where that is refused.
    #[must_use]
    pub fn signed_in(urls: &[&str], email: &str) -> Self {
        let mut caller = Self::new(urls);
        let body = caller.post("/api/sign-in", &json!({"email": email, "password": PASSWORD})).expect("an answer").ok();
        caller.token = body["token"].as_str().expect("a token").to_owned();
        caller
    }

    /// The same person with the same token, at other servers.
    #[must_use]
    pub fn at(&self, urls: &[&str]) -> Self {
        Self { token: self.token.clone(), ..Self::new(urls) }
    }

    /// Asks.
    ///
    /// # Errors
    /// Where there was no whole answer.
    pub fn get(&self, path: &str) -> Result<Answer, Unanswered> {
        self.ask(self.client.get(self.url(path)))
    }

    /// Asks with a body.
    ///
    /// # Errors
    /// Where there was no whole answer.
    pub fn post(&self, path: &str, body: &Value) -> Result<Answer, Unanswered> {
        self.ask(self.client.post(self.url(path)).json(body))
    }

    /// What is not JSON, such as figures for whoever watches the server.
    ///
    /// # Panics
    /// Where there is no answer.
    #[must_use]
    pub fn text(&self, path: &str) -> String {
        self.client.get(self.url(path)).send().and_then(reqwest::blocking::Response::text).expect("an answer")
    }

    fn url(&self, path: &str) -> String {
        let next = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{}{path}", self.urls[next % self.urls.len()])
    }

    fn ask(&self, request: RequestBuilder) -> Result<Answer, Unanswered> {
        let request = if self.token.is_empty() { request } else { request.bearer_auth(&self.token) };
        let response = request.send()?;
        let status = response.status().as_u16();
        let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let bytes = response.bytes()?;
        Ok(Answer { status, retry_after, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
    }
}

/// Looks again and again until something is so.
///
/// # Panics
/// Where it is not in a minute.
pub fn waits_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "{what}");
        thread::sleep(Duration::from_millis(20));
    }
}
