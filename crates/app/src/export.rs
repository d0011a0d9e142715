//! Taking what is one's own along: sessions as JSON.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use sellme_core::{Code, Error, error::Result, id::SessionId, session::Profile, wire::Exported};
use sellme_store::StoredSession;
use serde::Serialize;

use crate::{App, Store, device};

/// One exported session.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    session: &'a sellme_core::session::Session,
    turns: &'a [sellme_core::session::Turn],
    signals: &'a [(u32, sellme_core::session::Signal)],
    report: &'a Option<sellme_core::scoring::report::Report>,
    calls: &'a [sellme_core::session::CallRecord],
}

impl<S: Store> App<S> {
    /// Writes one attempt as JSON.
    ///
    /// # Errors
    /// An unknown session; a folder that cannot be written.
    pub async fn export_session(&self, id: SessionId) -> Result<Exported> {
        let stored = self.stored(id).await?;
        let mut export = Export::replacing(self.exports.join(format!("sellme-{id}.json")))?;
        export.add(&pretty(&record(&stored))?)?;
        Ok(Exported { path: export.finish()?, sessions: 1 })
    }

    /// Writes everything of the person who practises as JSON, session by session, beside what was exported before.
    ///
    /// # Errors
    /// No profile yet; a folder that cannot be written.
    pub async fn export_all(&self) -> Result<Exported> {
        let profile = self.profile().await?.ok_or_else(crate::people::nobody)?;
        let name = format!("sellme-{}-{}", file_name(&profile), device::date(device::today(&*self.device)));
        let mut export = Export::beside(&self.exports, &name)?;
        let settings = self.store.settings(profile.id).await?;
        export.add(&format!(
            "{{\"format\":\"sellme-export\",\"version\":1,\"profile\":{},\"settings\":{},\"sessions\":[",
            json(&profile)?,
            json(&settings)?
        ))?;
        // The sessions come one by one on the store's thread, so the file is shared with it.
        let shared = Arc::new(Mutex::new((export, Ok(()))));
        let theirs = Arc::clone(&shared);
        let mut separator = "\n";
        let each = move |stored: StoredSession| {
            let mut shared = theirs.lock().unwrap_or_else(PoisonError::into_inner);
            let written = json(&record(&stored)).and_then(|text| shared.0.add(&format!("{separator}{text}")));
            separator = ",\n";
            let go_on = if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
            shared.1 = written;
            go_on
        };
        let sessions = self.store.for_each_session(profile.id, Box::new(each)).await?;
        let (mut export, written) = Arc::into_inner(shared)
            .and_then(|shared| shared.into_inner().ok())
            .ok_or_else(|| Error::new(Code::Internal, "The export is still being written."))?;
        written?;
        export.add("\n]}\n")?;
        Ok(Exported { path: export.finish()?, sessions })
    }
}

/// A file that takes its name once it is whole. Where that does not come about, nothing of it is left. Until then it is written under a name that it alone has.
struct Export {
    out: BufWriter<File>,
    part: PathBuf,
    path: PathBuf,
}

impl Export {
    /// One that takes the place of an earlier one of this name.
    fn replacing(path: PathBuf) -> Result<Self> {
        let parts = std::iter::once(part(&path)).chain((2..).map(|number: u32| path.with_extension(format!("{number}.json.part"))));
        for part in parts {
            if let Some(out) = create(&part).map_err(|error| unwritable(&path, &error))? {
                return Ok(Self { out, part, path });
            }
        }
        Err(unwritable(&path, &io::ErrorKind::AlreadyExists.into()))
    }

    /// One under the first name that nothing has, and that no other export is about to take: what was exported earlier on the same day stays.
    fn beside(folder: &Path, name: &str) -> Result<Self> {
        let numbered = (2..).map(|number: u32| format!("{name}-{number}.json"));
        for path in std::iter::once(format!("{name}.json")).chain(numbered).map(|name| folder.join(name)) {
            if path.exists() {
                continue;
            }
            let part = part(&path);
            let Some(out) = create(&part).map_err(|error| unwritable(&path, &error))? else { continue };
            let export = Self { out, part, path };
            // Whoever wrote under this name before may have finished between the two.
            if !export.path.exists() {
                return Ok(export);
            }
        }
        Err(unwritable(&folder.join(name), &io::ErrorKind::AlreadyExists.into()))
    }

    fn add(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(|error| unwritable(&self.path, &error))
    }

    /// Gives back where it is.
    fn finish(mut self) -> Result<String> {
        let finish = |out: &mut BufWriter<File>, part: &Path, path: &Path| {
            out.flush()?;
            out.get_ref().sync_all()?;
            fs::rename(part, path)
        };
        finish(&mut self.out, &self.part, &self.path).map_err(|error| unwritable(&self.path, &error))?;
        Ok(self.path.display().to_string())
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        // What is there under this name was not finished, and has a person's words in it. After a finished one nothing is.
        drop(fs::remove_file(&self.part));
    }
}

fn record(stored: &StoredSession) -> Record<'_> {
    Record { session: &stored.session, turns: &stored.turns, signals: &stored.signals, report: &stored.report, calls: &stored.calls }
}

fn file_name(profile: &Profile) -> String {
    let plain: String = profile.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    plain.to_lowercase()
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::new(Code::Internal, format!("The export could not be written: {error}")))
}

fn pretty(value: &impl Serialize) -> Result<String> {
    serde_json::to_string_pretty(value).map_err(|error| Error::new(Code::Internal, format!("The export could not be written: {error}")))
}

/// A file that nobody has yet; none where somebody has it.
fn create(part: &Path) -> io::Result<Option<BufWriter<File>>> {
    part.parent().map_or(Ok(()), fs::create_dir_all)?;
    match File::create_new(part) {
        Ok(file) => Ok(Some(BufWriter::new(file))),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(error),
    }
}

fn part(path: &Path) -> PathBuf {
    path.with_extension("json.part")
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    // In our words: the system's are in the language of whoever set it up, with a number in them.
    let (code, why) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            (Code::DiskFull, "there is no room left on the disk")
        }
        _ => (Code::ReadOnly, "that place cannot be written"),
    };
    Error::new(code, format!("The export could not be written to {}: {why}. Nothing else changed.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_write_says_what_refused_it() {
        let code = |kind| unwritable(Path::new("there.json"), &io::Error::from(kind)).code;
        assert_eq!(code(io::ErrorKind::StorageFull), Code::DiskFull);
        assert_eq!(code(io::ErrorKind::PermissionDenied), Code::ReadOnly);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_disk_that_fills_up_in_the_middle_is_said_in_words() {
        let out = BufWriter::with_capacity(4, File::create("/dev/full").unwrap());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sellme-dana.json");
        let mut export = Export { out, part: part(&path), path };
        let error = export.add("more than fits").unwrap_err();
        assert_eq!(error.code, Code::DiskFull);
        assert!(error.message.ends_with("Nothing else changed."), "{error:?}");
    }
}
