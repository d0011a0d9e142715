//! The command line. Nothing here needs a display.

mod catalog;
mod play;
mod practice;
mod progress;
mod schema;
mod score;
mod script;
mod sessions;
mod talk;
mod text;
mod transcript;

use std::{
    io,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use clap::{Parser, Subcommand};
use sellme_core::{Code, Error, error::Result, scoring::report::Message, wire::Notice};
use tempfile::TempDir;

use crate::{
    config::{self, Config, Place},
    device::ThisDevice,
    exit,
    host::{Host, Purpose},
    messages::Messages,
    window,
};

const EXAMPLES: &str = "\
Examples:
  sellme                                                    open the window
  sellme practice --scenario pilbara-skeptical-medium       practise in the terminal
  sellme practice --resume                                  go on with the attempt that was left open last
  sellme practice --scenario pilbara-skeptical-medium --script lines.txt --seed 7 --json
                                                            play a whole session from a file, the same bytes every time
  sellme score talk.txt                                     score any conversation (`Rep:` and `Customer:` lines)
  sellme catalog search oilskin                             what is sold
  sellme sessions list --json                               what was practised

Exit codes: 0 done, 2 wrong usage, 65 bad input, 66 not found, 68 wrong state, 69 no display, 70 internal, 73 read-only, 74 disk full, 75 busy or
already open, 76 data file not usable, 78 bad catalogue.";

/// Practise selling, offline.
#[derive(Debug, Parser)]
#[command(name = "sellme", version, after_help = EXAMPLES)]
struct Arguments {
    /// Folder with the data, instead of the usual one.
    #[arg(long, global = true, env = "SELLME_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,

    /// Folder with another catalogue, for those who write one.
    #[arg(long, global = true, env = "SELLME_CATALOG_DIR", value_name = "DIR")]
    catalog_dir: Option<PathBuf>,

    /// Address that stands in for OpenAI's, such as a company's proxy.
    #[arg(long, global = true, env = "SELLME_REALTIME_URL", hide_env_values = true, value_name = "URL")]
    realtime_url: Option<String>,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Practise in the terminal.
    Practice(practice::Practice),
    /// Score a conversation: a file, or `-` for standard input.
    Score(score::Score),
    /// What was practised.
    Sessions(sessions::Sessions),
    /// What it adds up to.
    Progress(progress::Progress),
    /// What is sold.
    Catalog(catalog::Catalog),
    /// Print the JSON Schemas of what is read and printed.
    Schema(schema::Schema),
    /// Serve the window's pages to a browser; only in a build for tests.
    #[cfg(feature = "browser")]
    #[command(hide = true)]
    Pages {
        /// Address and port; port 0 is a free one.
        #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS")]
        listen: std::net::SocketAddr,
    },
}

/// Does what the command line says; without a command, opens the window.
pub(crate) fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            return if error.print().is_ok() { ExitCode::from(code) } else { exit::of(Code::Internal) };
        }
    };
    let Arguments { data_dir, catalog_dir, realtime_url, .. } = arguments;
    let place = config::place(Config { data_dir, catalog_dir, realtime_url });
    let Some(command) = arguments.command else {
        return window::open(&place);
    };
    place.notices.iter().for_each(tell);
    match run(command, &place) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            exit::say(&error.message);
            exit::of(error.code)
        }
    }
}

fn run(command: Command, place: &Place) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::new(Code::Internal, format!("The program could not start its runtime: {error}")))?;
    runtime.block_on(async {
        match command {
            Command::Practice(practice) => practice.run(place).await,
            Command::Score(score) => score.run(place),
            Command::Sessions(sessions) => sessions.run(&here(place)).await,
            Command::Progress(progress) => progress.run(&here(place)).await,
            Command::Catalog(catalog) => catalog.run(place).await,
            Command::Schema(schema) => schema.run(),
            #[cfg(feature = "browser")]
            Command::Pages { listen } => window::serve(place, listen).await,
        }
    })
}

fn here(place: &Place) -> Host {
    Host::in_terminal(place, Arc::new(ThisDevice), Purpose::Read, tell)
}

/// The same place with an empty data folder, which goes away with what is given back beside it.
fn spare(place: &Place) -> Result<(Place, TempDir)> {
    let folder = tempfile::tempdir().map_err(|error| Error::new(Code::ReadOnly, format!("No temporary folder could be made: {error}")))?;
    Ok((Place { data: folder.path().to_owned(), ..place.clone() }, folder))
}

/// A sentence of the message catalogue for whoever sits at the terminal, on standard error.
fn news(id: &str) {
    exit::say(&Messages::english().word(id));
}

/// What the window shows as news, on standard error.
fn tell(notice: &Notice) {
    let said = match notice {
        Notice::Repaired { kept, missing, set_aside } => {
            Message::new("notice-repaired").with("kept", kept.to_string()).with("missing", missing.to_string()).with("path", set_aside)
        }
        Notice::UnknownSetting { key } => Message::new("notice-unknown-setting").with("key", key),
        Notice::ConfigUnreadable { path } => Message::new("notice-config-unreadable").with("path", path),
    };
    exit::say(&Messages::english().say(&said));
}

/// A file that was named and cannot be read, in words.
fn unreadable(path: &Path, error: &io::Error) -> Error {
    let file = path.display();
    let (code, sentence) = match error.kind() {
        io::ErrorKind::NotFound => (Code::NotFound, format!("There is no file “{file}”.")),
        io::ErrorKind::PermissionDenied => (Code::NotFound, format!("The file “{file}” may not be read by you.")),
        io::ErrorKind::IsADirectory => (Code::InvalidInput, format!("“{file}” is a folder, not a file.")),
        _ => (Code::NotFound, format!("The file “{file}” cannot be read ({error}).")),
    };
    Error::new(code, sentence)
}

/// A value as JSON, on a line or over several.
fn json(value: &impl serde::Serialize, pretty: bool) -> Result<()> {
    let text = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    let text = text.map_err(|error| Error::new(Code::Internal, format!("The answer could not be written as JSON: {error}")))?;
    line(&text)
}

/// A line on standard output.
fn line(text: &str) -> Result<()> {
    write(&format!("{text}\n"))
}

/// Words on standard output. A reader that has gone away (`| head`) ends the program quietly.
fn write(text: &str) -> Result<()> {
    use io::Write;
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => Err(Error::new(Code::DiskFull, format!("The answer could not be written: {error}"))),
        Ok(()) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Arguments::command().debug_assert();
    }
}
