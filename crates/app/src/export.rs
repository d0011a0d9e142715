//! Taking what is one's own along: sessions as JSON.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use sellme_core::{Code, Error, error::Result, id::SessionId, session::Profile, wire::Exported};
use sellme_store::StoredSession;
use serde::Serialize;

use crate::{App, Store};

/// One exported session.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    session: &'a sellme_core::session::Session,
    turns: &'a [sellme_core::session::Turn],
    signals: &'a [(u32, sellme_core::session::Signal)],
    report: &'a Option<sellme_core::scoring::report::Report>,
}

impl<S: Store> App<S> {
    /// Writes one attempt as JSON.
    ///
    /// # Errors
    /// An unknown session; a folder that cannot be written.
    pub async fn export_session(&self, id: SessionId) -> Result<Exported> {
        let stored = self.stored(id).await?;
        let path = self.exports.join(format!("sellme-{id}.json"));
        write(&path, |out| Ok(serde_json::to_writer_pretty(out, &record(&stored))?))?;
        Ok(Exported { path: path.display().to_string(), sessions: 1 })
    }

    /// Writes everything of the person who practises as JSON, session by session.
    ///
    /// # Errors
    /// No profile yet; a folder that cannot be written.
    pub async fn export_all(&self) -> Result<Exported> {
        let profile = self.profile().await?.ok_or_else(crate::people::nobody)?;
        let path = self.exports.join(format!("sellme-{}-{}.json", file_name(&profile), crate::device::today(&*self.device)));
        let sessions = self.export_to(&path, &profile).await?;
        Ok(Exported { path: path.display().to_string(), sessions })
    }

    async fn export_to(&self, path: &Path, profile: &Profile) -> Result<u32> {
        let settings = self.store.settings(profile.id).await?;
        let part = part(path);
        let mut out = create(&part)?;
        let head = format!(
            "{{\"format\":\"sellme-export\",\"version\":1,\"profile\":{},\"settings\":{},\"sessions\":[",
            json(profile)?,
            json(&settings)?
        );
        out.write_all(head.as_bytes()).map_err(|error| unwritable(path, &error))?;
        // The sessions come one by one on the store's thread, so the file is shared with it.
        let shared = Arc::new(Mutex::new((out, Ok(()))));
        let theirs = Arc::clone(&shared);
        let mut separator = "\n";
        let each = move |stored: StoredSession| {
            let mut shared = theirs.lock().unwrap_or_else(PoisonError::into_inner);
            let written = json(&record(&stored))
                .and_then(|text| write!(shared.0, "{separator}{text}").map_err(|error| Error::new(Code::DiskFull, error.to_string())));
            separator = ",\n";
            let go_on = if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            shared.1 = written;
            go_on
        };
        let count = self.store.for_each_session(profile.id, Box::new(each)).await?;
        let (mut out, written) = Arc::into_inner(shared)
            .and_then(|shared| shared.into_inner().ok())
            .ok_or_else(|| Error::new(Code::Internal, "The export is still being written."))?;
        written?;
        out.write_all(b"\n]}\n").map_err(|error| unwritable(path, &error))?;
        finish(out, &part, path)?;
        Ok(count)
    }
}

fn record(stored: &StoredSession) -> Record<'_> {
    Record { session: &stored.session, turns: &stored.turns, signals: &stored.signals, report: &stored.report }
}

fn file_name(profile: &Profile) -> String {
    let plain: String = profile.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    plain.to_lowercase()
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::new(Code::Internal, format!("The export could not be written: {error}")))
}

fn part(path: &Path) -> PathBuf {
    path.with_extension("json.part")
}

fn create(path: &Path) -> Result<BufWriter<File>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| unwritable(path, &error))?;
    }
    Ok(BufWriter::new(File::create(path).map_err(|error| unwritable(path, &error))?))
}

/// The file takes its name once it is whole.
fn finish(out: BufWriter<File>, part: &Path, path: &Path) -> Result<()> {
    let file = out.into_inner().map_err(|error| unwritable(path, error.error()))?;
    file.sync_all().and_then(|()| fs::rename(part, path)).map_err(|error| unwritable(path, &error))
}

fn write(path: &Path, body: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>) -> Result<()> {
    let part = part(path);
    let mut out = create(&part)?;
    body(&mut out).map_err(|error| unwritable(path, &error))?;
    finish(out, &part, path)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge => Code::DiskFull,
        _ => Code::ReadOnly,
    };
    Error::new(code, format!("The export could not be written to {}: {error}. Nothing else changed.", path.display()))
}
