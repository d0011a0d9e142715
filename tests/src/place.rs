//! A fresh laptop: a home of its own and a data folder of its own.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::program;

/// An id that no session has.
pub const NOBODYS_ID: &str = "01980000-0000-7000-8000-000000000000";

/// A home and a data folder that nobody has used.
#[derive(Debug)]
pub struct Place {
    folder: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    fn new(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8");
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// The one JSON document that it printed.
    #[must_use]
    pub fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The JSON lines that it printed.
    #[must_use]
    pub fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
    }

    /// That it was refused with this exit code, and that the sentence is one for a person.
    pub fn refused(&self, code: i32) -> &str {
        assert_eq!(self.code, Some(code), "{self:?}");
        let said = self.err.trim();
        assert!(is_sentence(said), "not a sentence for a person: {said:?}");
        said
    }
}

/// True for what a person can read: a sentence with an end, and nothing of the machine in it.
#[must_use]
pub fn is_sentence(said: &str) -> bool {
    let machine = ["panicked", "Error {", "Err(", "SqliteFailure", "unwrap", "os error 0", "RUST_BACKTRACE", "src/", "StoreError"];
    said.chars().count() > 12
        && said.starts_with(|first: char| first.is_uppercase() || first.is_numeric() || first == '“' || first == '/')
        && said.ends_with(['.', '?', '!', ')'])
        && machine.iter().all(|word| !said.contains(word))
}

impl Default for Place {
    fn default() -> Self {
        Self::new()
    }
}

impl Place {
    /// A fresh one, gone when it is dropped.
    #[must_use]
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("sellme-test-").tempdir().expect("a temporary folder");
        for name in ["home", "data", "config", "share", "cache", "run"] {
            fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        Self { folder }
    }

    /// Everything of this place.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The data file.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.data().join("sellme.db")
    }

    /// Writes a file beside the data folder.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("a written file");
        path
    }

    /// A program at home here, without a display.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        for (name, folder) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "share"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"),
            ("SELLME_DATA_DIR", "data"),
        ] {
            command.env(name, self.folder.path().join(folder));
        }
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "SELLME_FAULT", "TAURI_WEBVIEW_AUTOMATION", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// `sellme` with these arguments, on this data folder.
    pub fn sellme(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(program::sellme());
        command.args(arguments);
        command
    }

    /// Runs `sellme` to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        end(&mut self.sellme(arguments))
    }

    /// Runs `sellme` with something to read.
    pub fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Ran {
        end_with(&mut self.sellme(arguments), input.as_ref())
    }
}

/// Runs a command to its end.
pub fn end(command: &mut Command) -> Ran {
    Ran::new(&command.output().expect("a program that starts"))
}

/// Runs a command that reads this input. One that ends without reading all of it is no failure of the test.
pub fn end_with(command: &mut Command, input: &[u8]) -> Ran {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a program that starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || pipe.write_all(&input));
    let output = child.wait_with_output().expect("a program that ends");
    drop(writer.join());
    Ran::new(&output)
}
