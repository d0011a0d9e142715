//! What the hub is told: by flags, or by variables of the same names. What would be unsafe is refused, with the reason.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use openidconnect::url::Url;
use sellme_app::company::CallCaps;
use sellme_voice::provider::{Address, Key, OPEN_AI};

use crate::oidc;
pub use crate::records::Records;

/// Where systemd puts what only this service may read.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// This machine.
pub(crate) const HERE: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// What `sellme-hub serve` is told.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Where the records are.
    #[command(flatten)]
    pub records: Records,
    /// Address of the application
    #[arg(long, env = "SELLME_HUB_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Address of the administration; on this machine only
    #[arg(long, env = "SELLME_HUB_ADMIN_LISTEN", default_value = "127.0.0.1:3001")]
    pub admin_listen: SocketAddr,
    /// The administration is listened for beyond this machine all the same: in a container, whose port is published on the machine's own 127.0.0.1 alone
    #[arg(long, env = "SELLME_HUB_ADMIN_IN_CONTAINER")]
    pub admin_in_container: bool,
    /// A proxy on this machine is in front: the client's address is the last in its X-Forwarded-For
    #[arg(long, env = "SELLME_HUB_BEHIND_PROXY")]
    pub behind_proxy: bool,
    /// Address of a further proxy of the company, nearer to the client: where the last address is this one, the client's is the one before. More than once for several
    #[arg(long, env = "SELLME_HUB_TRUSTED_PROXY", value_delimiter = ',', requires = "behind_proxy")]
    pub trusted_proxy: Vec<IpAddr>,
    /// Address of the voice service, up to and with /v1
    #[arg(long, env = "SELLME_HUB_REALTIME_URL", default_value = OPEN_AI)]
    pub realtime_url: String,
    /// Model of the voice service; without one, the program's data decides
    #[arg(long, env = "SELLME_HUB_REALTIME_MODEL")]
    pub realtime_model: Option<String>,
    /// File with the key of the voice service, readable by its owner alone. Else OPENAI_API_KEY, or the systemd credential “openai-api-key”
    #[arg(long, env = "SELLME_HUB_OPENAI_KEY_FILE")]
    pub openai_key_file: Option<PathBuf>,
    /// The company's sign-in service.
    #[command(flatten)]
    pub oidc: oidc::Told,
    /// Seconds that a request may take, with its body
    #[arg(long, env = "SELLME_HUB_REQUEST_SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    pub request_seconds: u32,
    /// Seconds that a connection may take to ask, the first time and each time after an answer; then it is let go
    #[arg(long, env = "SELLME_HUB_HEAD_SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    pub head_seconds: u32,
    /// Connections that are served at a time, of the application and of the administration each; further ones wait
    #[arg(long, env = "SELLME_HUB_CONNECTIONS", default_value_t = 4_096, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub connections: u32,
    /// Requests that one network or person may make in a minute, counted by each process for itself
    #[arg(long, env = "SELLME_HUB_RATE", default_value_t = 600)]
    pub rate: u32,
    /// Sign-ins that one network may try in a minute, counted by each process for itself
    #[arg(long, env = "SELLME_HUB_SIGN_IN_RATE", default_value_t = 10)]
    pub sign_in_rate: u32,
    /// Calls that one person may ask for in a minute, counted by each process for itself
    #[arg(long, env = "SELLME_HUB_CALL_RATE", default_value_t = 6)]
    pub call_rate: u32,
    /// Minutes of calls that one person may talk on a day
    #[arg(long, env = "SELLME_HUB_PERSON_MINUTES", default_value_t = CallCaps::default().person_minutes)]
    pub person_minutes: u32,
    /// Minutes of calls at one store on a day
    #[arg(long, env = "SELLME_HUB_STORE_MINUTES", default_value_t = CallCaps::default().shop_minutes)]
    pub store_minutes: u32,
    /// Minutes of calls of the whole company on a day
    #[arg(long, env = "SELLME_HUB_DAY_MINUTES", default_value_t = CallCaps::default().day_minutes)]
    pub day_minutes: u32,
    /// Page at which invitations are accepted, instead of the hub's own below --public-url: links to it have the code after a #. Without either, an invitation is its code alone
    #[arg(long, env = "SELLME_HUB_INVITATION_PAGE")]
    pub invitation_page: Option<String>,
    /// US cents that one person's calls may cost on a day, about; 0 for no calls
    #[arg(long, env = "SELLME_HUB_PERSON_COST", default_value_t = CallCaps::default().person_cents)]
    pub person_cost: u32,
    /// US cents that the calls at one store may cost on a day
    #[arg(long, env = "SELLME_HUB_STORE_COST", default_value_t = CallCaps::default().shop_cents)]
    pub store_cost: u32,
    /// US cents that the calls of the whole company may cost on a day
    #[arg(long, env = "SELLME_HUB_DAY_COST", default_value_t = CallCaps::default().day_cents)]
    pub day_cost: u32,
    /// Minutes that one call may last
    #[arg(long, env = "SELLME_HUB_CALL_MINUTES", default_value_t = CallCaps::default().call_minutes, value_parser = clap::value_parser!(u32).range(1..=60))]
    pub call_minutes: u32,
}

impl Config {
    /// Whether it is safe to start like that.
    ///
    /// # Errors
    /// What is not, and what to do about it.
    pub fn check(&self) -> Result<()> {
        self.records.place()?;
        if !self.admin_listen.ip().is_loopback() && !self.admin_in_container {
            bail!(
                "the administration is served on this machine alone (--admin-listen 127.0.0.1:3001); reach it from elsewhere through SSH. In a container say --admin-in-container, and publish its port on 127.0.0.1 alone"
            );
        }
        if !self.listen.ip().is_loopback() && !self.behind_proxy {
            bail!(
                "--listen {} is open to the network without encryption: listen on 127.0.0.1 behind a proxy with TLS, or say --behind-proxy where one is in front (in a container)",
                self.listen
            );
        }
        self.invitations()?;
        Address::parse(&self.realtime_url).map_err(|error| anyhow::anyhow!("--realtime-url: {error}"))?;
        self.key()?;
        self.oidc.service()?;
        Ok(())
    }

    /// The page at which invitations are accepted, where there is one that anybody knows of.
    ///
    /// # Errors
    /// An address that is none, or not encrypted: whoever reads an invitation on the way could use it first.
    pub fn invitations(&self) -> Result<Option<Url>> {
        match &self.invitation_page {
            Some(page) => oidc::safe("--invitation-page", page).map(Some),
            None => Ok(self.oidc.public()?.map(|public| public.join("invitation")).transpose()?),
        }
    }

    /// What the company pays for.
    #[must_use]
    pub fn caps(&self) -> CallCaps {
        CallCaps {
            person_minutes: self.person_minutes,
            shop_minutes: self.store_minutes,
            day_minutes: self.day_minutes,
            call_minutes: self.call_minutes,
            person_cents: self.person_cost,
            shop_cents: self.store_cost,
            day_cents: self.day_cost,
        }
    }

    /// The key of the voice service: from the file, else the systemd credential, else the variable.
    ///
    /// # Errors
    /// A file that others may read, or what is no key.
    pub fn key(&self) -> Result<Option<Key>> {
        let source = Source { file: self.openai_key_file.as_deref(), credential: "openai-api-key", variable: "OPENAI_API_KEY" };
        let Some(text) = secret(&source)? else { return Ok(None) };
        // A compatible server on this machine may take any word.
        let local = Address::parse(&self.realtime_url).is_ok_and(|address| address.is_local());
        if local && let Some(key) = Key::minted(text.trim()) {
            return Ok(Some(key));
        }
        Key::typed(text).map(Some).map_err(|error| anyhow::anyhow!("the key of the voice service: {error}"))
    }
}

/// Where something secret may be.
pub(crate) struct Source<'a> {
    /// The file that was told.
    pub(crate) file: Option<&'a Path>,
    /// Its name among systemd's credentials.
    pub(crate) credential: &'a str,
    /// The variable.
    pub(crate) variable: &'a str,
}

/// Something secret: from the file, else the systemd credential, else the variable.
pub(crate) fn secret(source: &Source<'_>) -> Result<Option<String>> {
    if let Some(file) = source.file {
        return from_file(file).map(Some);
    }
    match credential(source.credential)? {
        None => Ok(std::env::var(source.variable).ok().filter(|text| !text.trim().is_empty())),
        found => Ok(found),
    }
}

/// Something secret from a file of its owner's alone.
pub(crate) fn from_file(file: &Path) -> Result<String> {
    only_its_owners(file)?;
    read(file)
}

/// Something secret that systemd gives, where it does.
pub(crate) fn credential(name: &str) -> Result<Option<String>> {
    let file = std::env::var_os(CREDENTIALS).map(|folder| Path::new(&folder).join(name)).filter(|path| path.is_file());
    file.map(|file| read(&file)).transpose()
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

#[cfg(unix)]
fn only_its_owners(file: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(file).with_context(|| format!("{} cannot be read", file.display()))?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!("{} may be read by others than its owner: chmod 600 {}", file.display(), file.display());
    }
    Ok(())
}

#[cfg(not(unix))]
fn only_its_owners(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Program {
        #[command(flatten)]
        config: Config,
    }

    /// What a hub is told by these flags, with its records in a folder.
    pub(crate) fn config(arguments: &[&str]) -> Config {
        let mut config = Program::parse_from([&["sellme-hub"], arguments].concat()).config;
        config.records.database_url = None;
        config
    }

    #[test]
    fn what_would_be_unsafe_is_refused_with_the_reason() {
        config(&[]).check().unwrap();
        config(&["--listen", "0.0.0.0:3000", "--behind-proxy"]).check().unwrap();
        config(&["--admin-listen", "0.0.0.0:3001", "--admin-in-container"]).check().unwrap();
        config(&["--invitation-page", "https://hub.example.com/join"]).check().unwrap();
        for (arguments, reason) in [
            (["--admin-listen", "0.0.0.0:3001"], "this machine alone"),
            (["--listen", "0.0.0.0:3000"], "without encryption"),
            (["--invitation-page", "http://localhost.example.com/join"], "https://"),
            (["--invitation-page", "http://hub.example.com/join"], "https://"),
            (["--realtime-url", "http://voice.example.com/v1"], "--realtime-url"),
        ] {
            let error = config(&arguments).check().unwrap_err().to_string();
            assert!(error.contains(reason), "{arguments:?}: {error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        fs::write(&file, "sk-0123456789abcdef\n").unwrap();
        let with_key = config(&["--openai-key-file", &file.to_string_lossy()]);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(with_key.check().unwrap_err().to_string().contains("chmod 600"));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(with_key.key().unwrap().unwrap().reveal(), "sk-0123456789abcdef");
    }
}
