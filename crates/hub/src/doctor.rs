//! Looks whether the hub can work: a line for each thing, and what to do about what is not right. Nothing is changed by it.

use std::{fmt, path::Path};

use sellme_app::company::Company;
use sellme_core::Error;
use sellme_store::company::{Place, versions};
use sellme_voice::provider::Provider as _;

use crate::{
    config::Config,
    oidc::NotVouched,
    serve::{company_to_look, voice},
};

/// Room that has to be left on the disk, in bytes.
const ROOM: u64 = 1 << 30;

/// What was found about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// True where nothing has to be done.
    pub is_ok: bool,
    what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<8} {}", if self.is_ok { "ok" } else { "problem" }, self.what)
    }
}

fn ok(what: impl Into<String>) -> Finding {
    Finding { is_ok: true, what: what.into() }
}

fn problem(what: impl Into<String>) -> Finding {
    Finding { is_ok: false, what: what.into() }
}

/// Looks at all of it.
pub async fn doctor(config: &Config) -> Vec<Finding> {
    let mut found = vec![match config.check() {
        Ok(()) => ok("configuration: safe to serve with"),
        Err(error) => problem(format!("configuration: {error}")),
    }];
    match config.records.place() {
        // Said above already.
        Err(_) => return found,
        Ok(Place::Folder(folder)) => found.extend(place(folder.path())),
        Ok(Place::Postgres(_)) => {}
    }
    found.extend(records(config).await);
    found.push(voice_service(config).await);
    found.push(sign_in_service(config).await);
    found
}

/// The folder: whether it is there, its owner's alone, can be written, and has room.
fn place(folder: &Path) -> Vec<Finding> {
    let shown = folder.display();
    if !folder.is_dir() {
        return vec![ok(format!("folder: {shown} is not there yet; it is made at the first start"))];
    }
    let mut found = Vec::new();
    let open = open_to_others(folder);
    found.push(match open.as_slice() {
        [] => ok(format!("rights: {shown} and its files are their owner's alone")),
        [first, ..] => problem(format!("rights: others may read {first}; start the hub once, or: chmod -R go= {shown}")),
    });
    let probe = folder.join(format!("doctor-{}", std::process::id()));
    found.push(match std::fs::write(&probe, b"ok").and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) => ok("folder: it can be written"),
        Err(error) => {
            problem(format!("folder: {shown} cannot be written ({error}); run this as the hub's own user, or give the folder to it"))
        }
    });
    if let Some(free) = free(folder) {
        let megabytes = free >> 20;
        found.push(if free >= ROOM {
            ok(format!("room: {megabytes} MB are free"))
        } else {
            problem(format!("room: only {megabytes} MB are free; make room before nothing can be kept any more"))
        });
    }
    found
}

#[cfg(unix)]
fn free(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

/// What of a folder others than its owner may read, itself included.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> Vec<String> {
    use std::os::unix::fs::PermissionsExt;
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let open = |path: &std::path::PathBuf| std::fs::metadata(path).is_ok_and(|there| there.permissions().mode() & 0o077 != 0);
    [folder.to_owned()].into_iter().chain(entries).filter(open).map(|path| path.display().to_string()).collect()
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> Vec<String> {
    Vec::new()
}

/// The records: whether they can be read, of which version they are, who is in them, and whether their log is whole.
async fn records(config: &Config) -> Vec<Finding> {
    let Ok(place) = config.records.place() else { return Vec::new() };
    let looked = tokio::task::spawn_blocking(move || versions(&place)).await;
    let versions = match looked {
        Ok(Ok(Some(versions))) => versions,
        Ok(Ok(None)) => {
            return vec![problem(
                "records: there are none yet; make the first admin: sellme-hub admin create --organisation … --email … --name …",
            )];
        }
        Ok(Err(error)) => return vec![problem(format!("records: {}", Error::from(error)))],
        Err(_) => return vec![problem("records: they could not be looked at; try again")],
    };
    if versions.found > versions.newest {
        let (found, newest) = (versions.found, versions.newest);
        return vec![problem(format!("records: of version {found}, this program knows {newest}; install the newest sellme-hub"))];
    }
    if versions.found < versions.newest {
        let (found, newest) = (versions.found, versions.newest);
        return vec![ok(format!(
            "records: of version {found}; the next start leads them to {newest}, and keeps a copy first where they are in a folder"
        ))];
    }
    let mut found = vec![ok(format!("records: of the newest version, {}", versions.found))];
    match company_to_look(&config.records).await {
        Ok(company) => {
            found.extend(logs(&company).await);
            // Waits for the threads of the records, which may be those of PostgreSQL with a runtime of their own.
            let _ = tokio::task::spawn_blocking(move || company.close()).await;
        }
        Err(error) => found.push(problem(format!("records: {error:#}"))),
    }
    found
}

async fn logs(company: &Company) -> Vec<Finding> {
    let known = match company.organisations().await {
        Ok(known) if known.is_empty() => return vec![problem("companies: there is none; sellme-hub admin create makes the first")],
        Ok(known) => known,
        Err(error) => return vec![problem(format!("companies: {error}"))],
    };
    let mut found = Vec::new();
    for organisation in known {
        let name = &organisation.name;
        found.push(match company.check_audit(organisation.id).await {
            Ok(Ok(entries)) => ok(format!("log: of {name}, {entries} entries, none changed")),
            Ok(Err(entry)) => problem(format!(
                "log: of {name}, entry {entry} was changed or is missing; compare with a backup, and ask who was at the server"
            )),
            Err(error) => problem(format!("log: of {name}: {error}")),
        });
    }
    found
}

async fn voice_service(config: &Config) -> Finding {
    match voice(config) {
        Ok(None) => ok("voice: no key, so that nobody talks through this hub; they practice by typing"),
        Ok(Some((http, key))) => match http.models(key.as_ref()).await {
            Ok(_) => ok("voice: the service answers, and takes the key"),
            Err(error) => problem(format!("voice: {error}")),
        },
        Err(error) => problem(format!("voice: {error}")),
    }
}

async fn sign_in_service(config: &Config) -> Finding {
    match config.oidc.service() {
        Ok(None) => ok("sign-in: with address and password; no sign-in service is set"),
        Ok(Some(oidc)) => match oidc.ready().await {
            Ok(()) => ok("sign-in: the sign-in service answers"),
            Err(NotVouched::Silent(why) | NotVouched::Untrusted(why)) => problem(format!(
                "sign-in: the sign-in service cannot be used, {why}; check --oidc-issuer and the network. Passwords go on letting people in"
            )),
        },
        Err(error) => problem(format!("sign-in: {error}")),
    }
}
