//! The company's server as it is built, asked at random by its own document: `schemathesis` looks whether every answer is one that the document says.

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

use super::{Totals, steps};
use crate::{
    command::{root, target, watch},
    setup::schemathesis,
};

/// How many examples each operation is asked with in each phase, unless this variable says more.
const EXAMPLES: &str = "SELLME_HUB_EXAMPLES";
const USUALLY: &str = "100";

/// The same questions every time.
const SEED: &str = "20261129";

/// What would end the token that everything is asked with. The hub's own tests ask it.
const NOT_ASKED: [&str; 2] = ["/api/sign-out", "/api/tokens/{id}"];

/// What takes more than its document can say: a whole catalogue that holds together, a table whose first line names its columns.
const NOT_SAID: [&str; 3] = ["POST /api/admin/catalog/dry-run", "POST /api/admin/catalog/editions", "POST /api/admin/users/import"];

const EMAIL: &str = "admin@example.com";

/// Starts the server in a folder of its own, and asks it.
pub(super) fn asked_at_random(totals: &mut Totals) -> Result<()> {
    steps::build()?;
    let folder = target().join("hub-test");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let records = folder.join("records");
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
    let password = format!("only for this run {since}");
    make_admin(&records, &password)?;
    let hub = Hub::start(&records, &folder.join("log"))?;
    let token = hub.sign_in(&password)?;
    let mut all_fine = true;
    for (name, address) in [("openapi", &hub.at.application), ("admin-openapi", &hub.at.administration)] {
        let report = folder.join(format!("{name}.xml"));
        let document = root().join("crates/hub").join(format!("{name}.json"));
        let (_, success) = watch(&mut asking(&document, address, &token, &report))?;
        let read = fs::read_to_string(&report).context("schemathesis left no report")?;
        let (asked, failed) = count(&read).context("its report cannot be read")?;
        println!("{name}: {asked} operations and chains of them were asked, {failed} answered otherwise than the document says");
        totals.passed += asked.saturating_sub(failed);
        totals.failed += failed;
        all_fine &= success;
    }
    hub.stop()?;
    if !all_fine {
        bail!("the server and a document of it differ, or the server failed; its log is {}", folder.join("log").display());
    }
    Ok(())
}

fn program() -> Command {
    let mut command = Command::new(target().join("debug").join(format!("sellme-hub{}", env::consts::EXE_SUFFIX)));
    command.current_dir(root()).env_remove("DATABASE_URL").env_remove("OPENAI_API_KEY");
    command
}

fn make_admin(records: &Path, password: &str) -> Result<()> {
    let mut command = program();
    command.args(["admin", "create", "--organisation", "Tests", "--email", EMAIL, "--name", "Admin", "--data-dir"]).arg(records);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().context("the hub could not be started")?;
    child.stdin.take().context("no standard input")?.write_all(password.as_bytes())?;
    if child.wait()?.success() { Ok(()) } else { bail!("no admin could be made") }
}

/// A hub that serves; it ends with this.
struct Hub {
    child: Child,
    at: Addresses,
}

/// Where a hub serves.
#[derive(Debug, PartialEq, Eq)]
struct Addresses {
    application: String,
    administration: String,
}

impl Hub {
    fn start(records: &Path, log: &Path) -> Result<Self> {
        let mut command = program();
        command.args(["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--data-dir"]).arg(records);
        command.args(["--rate", "10000000", "--sign-in-rate", "10000000", "--call-rate", "10000000"]);
        command.args(["--person-minutes", "10000000", "--store-minutes", "10000000", "--day-minutes", "10000000"]);
        command.args(["--realtime-url", &voice_service()?]).env("OPENAI_API_KEY", "nobody-s-key");
        let mut child = command.stderr(Stdio::piped()).spawn().context("the hub could not be started")?;
        let mut lines = BufReader::new(child.stderr.take().context("no standard error")?);
        let mut line = String::new();
        let at = loop {
            line.clear();
            if lines.read_line(&mut line)? == 0 {
                bail!("the hub ended at once");
            }
            if let Some(at) = served_at(&line) {
                break at;
            }
        };
        let mut log = fs::File::create(log)?;
        thread::spawn(move || io::copy(&mut lines, &mut log));
        Ok(Self { child, at })
    }

    /// A token of the admin's.
    fn sign_in(&self, password: &str) -> Result<String> {
        let body = json!({ "email": EMAIL, "password": password }).to_string();
        let mut stream = TcpStream::connect(&self.at.application)?;
        let length = body.len();
        write!(
            stream,
            "POST /api/sign-in HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}",
            self.at.application
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").context("no answer")?;
        let said: Value = serde_json::from_str(body).map_err(|_| anyhow!("the admin is not let in: {answer}"))?;
        said["token"].as_str().map(str::to_owned).with_context(|| format!("the admin is not let in: {answer}"))
    }

    fn stop(mut self) -> Result<()> {
        if let Some(ended) = self.child.try_wait()? {
            bail!("the hub ended by itself with {ended}");
        }
        Ok(())
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A voice service that mints a key for whoever asks. Gives its address.
fn voice_service() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}/v1", listener.local_addr()?);
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(mint(stream))));
    Ok(address)
}

fn mint(stream: TcpStream) -> io::Result<()> {
    let (mut lines, mut line, mut length) = (BufReader::new(stream), String::new(), 0);
    while lines.read_line(&mut line)? > "\r\n".len() {
        if let Some(said) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = said.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    io::copy(&mut lines.by_ref().take(length), &mut io::sink())?;
    let body = r#"{"value":"ek_for_one_call"}"#;
    write!(lines.get_mut(), "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Where the hub serves, in the line of its log that says so.
fn served_at(line: &str) -> Option<Addresses> {
    let line: Value = serde_json::from_str(line).ok()?;
    let fields = &line["fields"];
    let at = |name: &str| fields[name].as_str().map(str::to_owned);
    if fields["message"] == "serving" { Some(Addresses { application: at("listen")?, administration: at("admin_listen")? }) } else { None }
}

fn asking(document: &Path, address: &str, token: &str, report: &Path) -> Command {
    let mut command = Command::new(schemathesis());
    command.current_dir(report.parent().unwrap_or(report)).arg("run").arg(document);
    command.args(["--url", &format!("http://{address}"), "--header", &format!("Authorization: Bearer {token}"), "--no-color"]);
    command.args(["--checks", "all", "--seed", SEED, "--workers", "1", "--continue-on-failure", "--generation-database", "none"]);
    command.args(["--max-examples", &env::var(EXAMPLES).unwrap_or_else(|_| USUALLY.to_owned()), "--suppress-health-check", "all"]);
    command.args(["--warnings", "off"]);
    NOT_ASKED.iter().for_each(|path| {
        command.args(["--exclude-path", path]);
    });
    NOT_SAID.iter().for_each(|name| {
        command.args(["--exclude-name", name]);
    });
    // One after the other: Python's parser, which it reads its own code with, does not bear two at a time.
    command.arg("--report").arg("junit").arg("--report-junit-path").arg(report);
    command
}

/// How many were asked and how many failed, by the head of a report in JUnit's form.
fn count(report: &str) -> Option<(u32, u32)> {
    let head = report.split_once("<testsuite ")?.1.split_once('>')?.0;
    let number = |name: &str| head.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0.parse::<u32>().ok();
    Some((number("tests")?, number("failures")? + number("errors")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_report_says_how_many_were_asked_and_how_many_failed() {
        let report = r#"<?xml version="1.0" ?><testsuites><testsuite name="schemathesis" errors="1" failures="2" skipped="0" tests="18" time="7.1"><testcase name="x"/>"#;
        assert_eq!(count(report), Some((18, 3)));
        assert_eq!(count("nothing"), None);
    }

    #[test]
    fn the_line_that_says_where_the_hub_serves_is_found() {
        let line = r#"{"level":"INFO","fields":{"message":"serving","listen":"127.0.0.1:4711","admin_listen":"127.0.0.1:4712"}}"#;
        let at = Addresses { application: "127.0.0.1:4711".to_owned(), administration: "127.0.0.1:4712".to_owned() };
        assert_eq!(served_at(line), Some(at));
        assert_eq!(served_at("words"), None);
        assert_eq!(served_at(r#"{"fields":{"message":"stopping"}}"#), None);
    }
}
