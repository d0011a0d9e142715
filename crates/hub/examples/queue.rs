//! Measures how far the queue of reports is behind while sessions come steadily, and how fast it is worked off after as many as come at once.
//!
//! `queue PROGRAM` starts the server's program in a folder of its own. A line of JSON a measurement.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a measurement that cannot be made says so")]

use std::{
    env,
    error::Error,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::{sync::Mutex, task::JoinSet, time};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Sessions a second that come steadily, and for how long.
const STEADY: u64 = 100;
const STEADILY: Duration = Duration::from_secs(10);

/// How many come at once, and for how long.
const AT_ONCE: usize = 32;
const BURST: Duration = Duration::from_secs(4);

/// How often the queue is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// How long the queue may take at the very most.
const PATIENCE: Duration = Duration::from_secs(300);

const EMAIL: &str = "admin@example.com";
const PASSWORD: &str = "only for this measurement";
const SCENARIO: &str = "the-gunner-friendly-easy";

#[tokio::main]
async fn main() -> Result<()> {
    // Said once; without it no client can be made, even for addresses that are not encrypted.
    drop(rustls::crypto::ring::default_provider().install_default());
    let program = env::args().nth(1).ok_or("the server's program is named first")?;
    let folder = env::temp_dir().join(format!("sellme-queue-{}", std::process::id()));
    let measured = measure(Path::new(&program), &folder).await;
    std::fs::remove_dir_all(&folder)?;
    measured
}

async fn measure(program: &Path, folder: &Path) -> Result<()> {
    let hub = Arc::new(Hub::start(program, folder).await?);
    let mut practising = JoinSet::new();
    let (begun, mut oldest) = (Instant::now(), 0_u64);
    let mut looked = begun;
    let mut ticks = time::interval(Duration::from_micros(1_000_000 / STEADY));
    while begun.elapsed() < STEADILY {
        ticks.tick().await;
        let hub_of_one = Arc::clone(&hub);
        practising.spawn(async move { hub_of_one.practise().await });
        if looked.elapsed() >= LOOK {
            looked = Instant::now();
            oldest = oldest.max(hub.figure("reports_oldest_wait_milliseconds").await?);
        }
        while let Some(done) = practising.try_join_next() {
            done??;
        }
    }
    while let Some(done) = practising.join_next().await {
        done??;
    }
    tell("oldest ms", oldest);
    hub.drained().await?;

    let until = Instant::now() + BURST;
    for _ in 0..AT_ONCE {
        let hub = Arc::clone(&hub);
        practising.spawn(async move {
            while Instant::now() < until {
                hub.practise().await?;
            }
            Ok(())
        });
    }
    while let Some(done) = practising.join_next().await {
        done??;
    }
    let (waiting, since) = (hub.figure("reports_waiting").await?, Instant::now());
    hub.drained().await?;
    tell("waiting after the burst", waiting);
    let rate = u128::from(waiting) * 1_000 / since.elapsed().as_millis().max(1);
    tell("drained /s", u64::try_from(rate)?);
    tell("missing", hub.missing().await?);
    Ok(())
}

fn tell(name: &str, value: u64) {
    println!("{}", json!({ "name": name, "value": value }));
}

/// A server that serves; it ends with this.
struct Hub {
    child: Child,
    client: Client,
    url: String,
    admin_url: String,
    token: String,
    claim: Value,
    /// Ids of the sessions whose end was confirmed.
    completed: Mutex<Vec<String>>,
}

impl Hub {
    async fn start(program: &Path, folder: &Path) -> Result<Self> {
        let command = |words: &[&str]| {
            let mut command = Command::new(program);
            command.args(words).arg("--data-dir").arg(folder).env_remove("DATABASE_URL").env("SELLME_HUB_LOG", "warn");
            command
        };
        let create = ["admin", "create", "--organisation", "Measurement", "--email", EMAIL, "--name", "Admin"];
        let mut made = command(&create).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        made.stdin.take().ok_or("no standard input")?.write_all(PASSWORD.as_bytes())?;
        if !made.wait()?.success() {
            return Err("no admin could be made".into());
        }
        let serve =
            ["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--rate", "10000000", "--sign-in-rate", "10000000"];
        let mut child = command(&serve).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no standard output")?).read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line)?;
        let at = |name: &str| said[name].as_str().map(str::to_owned).ok_or("the server does not say where it is");
        let claim: Value = serde_json::from_str(include_str!("../demo/complete.json"))?;
        let mut hub = Self {
            child,
            client: Client::new(),
            url: at("url")?,
            admin_url: at("adminUrl")?,
            token: String::new(),
            claim,
            completed: Mutex::default(),
        };
        let signed_in =
            hub.said(hub.client.post(format!("{}/api/sign-in", hub.url)).json(&json!({ "email": EMAIL, "password": PASSWORD }))).await?;
        hub.token = signed_in["token"].as_str().ok_or("no token")?.to_owned();
        hub.lengthen();
        Ok(hub)
    }

    /// A conversation of forty turns.
    fn lengthen(&mut self) {
        let turns = self.claim["transcript"].as_array().cloned().unwrap_or_default();
        self.claim["transcript"] = turns.iter().cycle().take(40).cloned().collect();
    }

    async fn said(&self, request: RequestBuilder) -> Result<Value> {
        let answer = request.bearer_auth(&self.token).send().await?;
        if answer.status() != StatusCode::OK && answer.status() != StatusCode::CREATED {
            return Err(format!("{}: {}", answer.status(), answer.text().await?).into());
        }
        Ok(answer.json().await?)
    }

    /// Begins a session and completes it.
    async fn practise(&self) -> Result<()> {
        let begun = self.said(self.client.post(format!("{}/api/sessions", self.url)).json(&json!({ "scenarioId": SCENARIO }))).await?;
        let id = begun["id"].as_str().ok_or("no session")?;
        self.said(self.client.post(format!("{}/api/sessions/{id}/complete", self.url)).json(&self.claim)).await?;
        self.completed.lock().await.push(id.to_owned());
        Ok(())
    }

    /// One of the server's own figures.
    async fn figure(&self, name: &str) -> Result<u64> {
        let text = self.client.get(format!("{}/metrics", self.admin_url)).send().await?.text().await?;
        let line = text.lines().find_map(|line| line.strip_prefix("sellme_hub_")?.strip_prefix(name)?.strip_prefix(' '));
        Ok(line.ok_or("no such figure")?.trim().parse()?)
    }

    /// Waits until nothing is left to be computed.
    async fn drained(&self) -> Result<()> {
        let drained = async {
            while self.figure("reports_waiting").await? > 0 {
                time::sleep(LOOK).await;
            }
            Ok(())
        };
        time::timeout(PATIENCE, drained).await?
    }

    /// Sessions whose end was confirmed and that have no report.
    async fn missing(&self) -> Result<u64> {
        let mut missing = 0;
        for id in &*self.completed.lock().await {
            let report = self.client.get(format!("{}/api/sessions/{id}/report", self.url)).bearer_auth(&self.token).send().await?;
            missing += u64::from(!report.status().is_success());
        }
        Ok(missing)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
