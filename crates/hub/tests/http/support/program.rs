//! The program itself: its commands, and as it serves.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread::{self, JoinHandle},
};

use serde_json::Value;

/// The program with this folder, and with nothing of what the surroundings say of another one.
pub(crate) fn hub(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sellme-hub"));
    command.env_clear().env("SELLME_HUB_DATA_DIR", folder).env("SELLME_HUB_LOG", "trace");
    command
}

/// The program as it serves, at addresses that the system gives.
pub(crate) fn serving(folder: &Path) -> Command {
    let mut command = hub(folder);
    command.args(["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"]);
    command
}

/// Runs the program to its end.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    hub(folder).args(arguments).env("SELLME_HUB_LOG", "error").stdin(Stdio::null()).output().unwrap()
}

/// What it printed, for whoever runs it.
pub(crate) fn printed(output: &Output) -> String {
    [&*String::from_utf8_lossy(&output.stdout), &*String::from_utf8_lossy(&output.stderr)].concat()
}

/// The program as it serves, and all that it logs.
pub(crate) struct Served {
    child: Child,
    first: String,
    log: JoinHandle<String>,
}

impl Served {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        while !first.contains("\"serving\"") {
            assert!(lines.read_line(&mut first).unwrap() > 0, "{first}");
        }
        let log = thread::spawn(move || {
            let mut rest = Vec::new();
            lines.read_to_end(&mut rest).unwrap();
            String::from_utf8_lossy(&rest).into_owned()
        });
        Self { child, first, log }
    }

    pub(crate) fn url(&self) -> String {
        let line: Value = serde_json::from_str(self.first.lines().last().unwrap()).unwrap();
        format!("http://{}", line["fields"]["listen"].as_str().unwrap())
    }

    /// Tells it to stop; gives all that it logged and printed.
    pub(crate) fn stop(mut self) -> String {
        let told = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success() && self.child.wait().unwrap().success());
        let mut printed = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        self.first + &self.log.join().unwrap() + &printed
    }
}

/// Has an admin of Pecos made, who may be refused.
pub(crate) fn ask_for_admin(folder: &Path, email: &str, name: &str, password: &str) -> Output {
    let arguments = ["admin", "create", "--organisation", "Pecos", "--email", email, "--name", name];
    let mut child = hub(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Makes an admin, Ada Reyes at `ada@example.com`. Gives all that was said of it.
pub(crate) fn create_admin(folder: &Path, password: &str) -> String {
    let output = ask_for_admin(folder, "ada@example.com", "Ada Reyes", password);
    assert!(output.status.success(), "{output:?}");
    printed(&output)
}

/// Every file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
