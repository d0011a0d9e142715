//! Taking what is one's own along: sessions as JSON.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use sellme_core::{
    Code, Error,
    error::Result,
    id::SessionId,
    session::Profile,
    wire::Exported,
};
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
        let ids = self.store.session_ids(profile.id).await?;
        let settings = self.store.settings(profile.id).await?;
        let part = part(path);
        let mut out = create(&part)?;
        let mut put = |text: &[u8]| out.write_all(text).map_err(|error| unwritable(path, &error));
        put(b"{\"format\":\"sellme-export\",\"version\":1,\"profile\":")?;
        put(&json(profile)?)?;
        put(b",\"settings\":")?;
        put(&json(&settings)?)?;
        put(b",\"sessions\":[")?;
        for (position, id) in ids.iter().enumerate() {
            put(if position == 0 { b"\n" } else { b",\n" })?;
            put(&json(&record(&self.stored(*id).await?))?)?;
        }
        put(b"\n]}\n")?;
        finish(out, &part, path)?;
        Ok(u32::try_from(ids.len()).unwrap_or(u32::MAX))
    }
}

fn record(stored: &StoredSession) -> Record<'_> {
    Record { session: &stored.session, turns: &stored.turns, signals: &stored.signals, report: &stored.report }
}

fn file_name(profile: &Profile) -> String {
    let plain: String = profile.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    plain.to_lowercase()
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Error::new(Code::Internal, format!("The export could not be written: {error}")))
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
