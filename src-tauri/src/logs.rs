//! The log: a file a day in the data folder, fourteen kept. What a person said, names and keys never go in.

use std::path::Path;

use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{Builder, Rotation},
};
use tracing_subscriber::EnvFilter;

/// Logs to files until the guard is dropped; where the folder cannot be written the program goes on without.
pub(crate) fn to_files(folder: &Path) -> Option<WorkerGuard> {
    let files = Builder::new().rotation(Rotation::DAILY).filename_prefix("sellme").filename_suffix("log").max_log_files(14);
    // Made first: the appender would complain on the terminal about a folder that is not there yet.
    std::fs::create_dir_all(folder.join("logs")).ok()?;
    let files = files.build(folder.join("logs")).ok()?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let filter = EnvFilter::new("warn,sellme=info,sellme_lib=info,sellme_app=info,sellme_store=info");
    tracing_subscriber::fmt().with_ansi(false).with_env_filter(filter).with_writer(writer).try_init().ok()?;
    Some(guard)
}
