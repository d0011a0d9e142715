//! Where the company's records are: in a folder, or at a PostgreSQL server whose address is as secret as the password in it.

use std::{fs::File, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use openidconnect::url::Url;
use sellme_store::{Folder, company::Place};

use crate::config::{HERE, credential, from_file};

/// The address's name among systemd's credentials.
const CREDENTIAL: &str = "database-url";

/// Where the company's records are.
#[derive(Debug, Clone, Args)]
pub struct Records {
    /// Folder of the company's records, where they are not in PostgreSQL
    #[arg(long, env = "SELLME_HUB_DATA_DIR", default_value = "/var/lib/sellme-hub")]
    pub data_dir: PathBuf,
    /// PostgreSQL instead of that folder: postgres://user:password@host/database
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// File with that address, readable by its owner alone; it goes before --database-url. Without either, the systemd credential “database-url”
    #[arg(long, env = "SELLME_HUB_DATABASE_URL_FILE")]
    pub database_url_file: Option<PathBuf>,
    /// File with the certificates of whoever vouches for the database server, as PEM; they are trusted instead of the machine's
    #[arg(long, env = "SELLME_HUB_DATABASE_CA")]
    pub database_ca: Option<PathBuf>,
}

impl Records {
    /// Those of a folder.
    #[must_use]
    pub fn in_folder(data_dir: PathBuf) -> Self {
        Self { data_dir, database_url: None, database_url_file: None, database_ca: None }
    }

    /// Where they are.
    ///
    /// # Errors
    /// An address that is none, or by which a password would cross a network unencrypted; a file that cannot be read, or that others may.
    pub fn place(&self) -> Result<Place> {
        let Some(address) = self.address()? else { return Ok(Place::Folder(Folder::at(&self.data_dir))) };
        if !address.starts_with("postgres://") && !address.starts_with("postgresql://") {
            bail!("DATABASE_URL begins with postgres://, or is left out to keep the records in a folder");
        }
        let address = match &self.database_ca {
            None => address,
            Some(file) => trusting(&address, file.to_str().context("--database-ca: the name of the file is no text")?),
        };
        let url = Url::parse(&address).context("DATABASE_URL is no address such as postgres://user:password@host/database")?;
        // Of several the last one holds.
        let mode = url.query_pairs().filter(|(name, _)| name == "sslmode").last();
        let encrypted = mode.is_some_and(|(_, mode)| ["require", "verify-full"].contains(&&*mode));
        if !encrypted && !stays_here(&url) {
            bail!(
                "DATABASE_URL leads to another machine, so that it needs ?sslmode=require: without it, passwords and transcripts could be read on the way"
            );
        }
        for (_, file) in url.query_pairs().filter(|(name, _)| name == "sslrootcert") {
            File::open(&*file).with_context(|| format!("the certificates in {file} cannot be read"))?;
        }
        Ok(Place::Postgres(address.replace("sslmode=verify-full", "sslmode=require")))
    }

    fn address(&self) -> Result<Option<String>> {
        let told = match (&self.database_url_file, &self.database_url) {
            (Some(file), _) => Some(from_file(file)?),
            (None, Some(address)) => Some(address.clone()),
            (None, None) => credential(CREDENTIAL)?,
        };
        Ok(told.map(|address| address.trim().to_owned()))
    }
}

/// The address with the file of certificates in it, as PostgreSQL's own programs have it.
fn trusting(address: &str, file: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    let file: String = file.bytes().map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    format!("{address}{}sslrootcert={file}", if address.contains('?') { '&' } else { '?' })
}

/// True where every host that it names is this machine.
fn stays_here(url: &Url) -> bool {
    let named = url.query_pairs().filter(|(name, _)| name == "host" || name == "hostaddr").map(|(_, hosts)| hosts.into_owned());
    let hosts: Vec<String> = url.host_str().map(str::to_owned).into_iter().chain(named).collect();
    let is_here = |host: &str| {
        // A path leads to a socket of this machine.
        host.is_empty() || host.starts_with('/') || host.to_ascii_lowercase().starts_with("%2f") || HERE.contains(&host)
    };
    hosts.iter().flat_map(|hosts| hosts.split(',')).all(is_here)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(address: &str) -> Records {
        Records { database_url: Some(address.to_owned()), ..Records::in_folder("/nowhere".into()) }
    }

    fn refused(records: &Records) -> String {
        format!("{:#}", records.place().unwrap_err())
    }

    fn address(records: &Records) -> String {
        match records.place().unwrap() {
            Place::Postgres(address) => address,
            Place::Folder(folder) => panic!("{folder:?}"),
        }
    }

    #[test]
    fn an_address_by_which_a_password_would_cross_a_network_is_refused() {
        for safe in [
            "postgres://a:b@127.0.0.1:5432/c",
            "postgres://localhost/c",
            "postgres://a@%2Fvar%2Frun%2Fpostgresql/c",
            "postgres://a:b@db.example.com/c?sslmode=require",
        ] {
            assert_eq!(address(&at(safe)), safe);
        }
        for (unsafe_one, reason) in [
            ("postgres://a:b@db.example.com/c", "sslmode=require"),
            ("mysql://a:b@127.0.0.1/c", "postgres://"),
            ("postgres://a:b@localhost.example.com/c", "sslmode=require"),
            ("postgres://a:b@127.0.0.1,db.example.com/c", "sslmode=require"),
            ("postgres://a:b@127.0.0.1/c?host=db.example.com", "sslmode=require"),
        ] {
            let said = refused(&at(unsafe_one));
            assert!(said.contains(reason) && !said.contains("a:b"), "{unsafe_one}: {said}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_address_comes_from_a_file_of_its_owners_alone_too() {
        use std::{
            fs::{self, Permissions},
            os::unix::fs::PermissionsExt,
        };
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("address");
        fs::write(&file, "postgres://a:b@127.0.0.1/c\n").unwrap();
        let told = Records { database_url_file: Some(file.clone()), ..at("postgres://other@127.0.0.1/d") };
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        assert!(refused(&told).contains("chmod 600"));
        fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        assert_eq!(address(&told), "postgres://a:b@127.0.0.1/c");
    }

    #[test]
    fn the_certificates_that_are_trusted_are_named_in_the_address() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("our ca.pem");
        let told = |address: &str| Records { database_ca: Some(file.clone()), ..at(address) };
        assert!(refused(&told("postgres://db.example.com/c?sslmode=require")).contains("our ca.pem cannot be read"));
        std::fs::write(&file, "").unwrap();
        let named = format!("sslrootcert={}/our%20ca.pem", folder.path().display());
        assert_eq!(
            address(&told("postgres://db.example.com/c?sslmode=require")),
            format!("postgres://db.example.com/c?sslmode=require&{named}")
        );
        assert_eq!(address(&told("postgres://127.0.0.1/c")), format!("postgres://127.0.0.1/c?{named}"));
    }
}
