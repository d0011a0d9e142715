//! Where a server is, how its connections are set, and whom to trust there.

use std::{path::PathBuf, time::Duration};

use postgres::{Client, Config, config::SslMode};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::refused;
use crate::{Result, StoreError};

/// What each connection begins with; what the address says in `options` goes before it.
const SETTINGS: &str = "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=20000";

/// In an address: the file with the certificates that are trusted instead of the machine's.
const ROOTS: &str = "sslrootcert";

/// A server's address, ready to connect to. Clones share what is trusted.
#[derive(Clone)]
pub(super) struct Address {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Address {
    /// Reads `postgres://…`. Certificates are read with it, which takes a while: once for all connections.
    ///
    /// # Errors
    /// It is no address, or the certificates that it names cannot be read.
    pub(super) fn read(address: &str) -> Result<Self> {
        let (address, roots) = without_roots(address);
        let mut config: Config = address.parse().map_err(|_| StoreError::Value("DATABASE_URL"))?;
        let settings = [SETTINGS, config.get_options().unwrap_or_default()].join(" ");
        config
            .application_name("sellme-hub")
            .connect_timeout(Duration::from_secs(3))
            .tcp_user_timeout(Duration::from_secs(10))
            .keepalives_idle(Duration::from_secs(30))
            .options(&settings);
        let tls = tls(&config, roots)?;
        Ok(Self { config, tls })
    }

    /// The same, where nothing can be written.
    pub(super) fn looking(mut self) -> Self {
        let settings = [self.config.get_options().unwrap_or_default(), "-c default_transaction_read_only=on"].join(" ");
        self.config.options(&settings);
        self
    }

    pub(super) fn connect(&self) -> Result<Client> {
        self.config.connect(self.tls.clone()).map_err(refused)
    }
}

/// How connections are encrypted: the server has to prove by its certificate that it is the one that was named.
fn tls(config: &Config, roots: Option<PathBuf>) -> Result<MakeRustlsConnect> {
    // Said once; whoever comes second finds it done.
    drop(rustls::crypto::ring::default_provider().install_default());
    let mut trusted = RootCertStore::empty();
    match roots {
        _ if config.get_ssl_mode() == SslMode::Disable => {}
        Some(file) => {
            let unreadable = || StoreError::Value(ROOTS);
            for certificate in CertificateDer::pem_file_iter(file).map_err(|_| unreadable())? {
                trusted.add(certificate.map_err(|_| unreadable())?).map_err(|_| unreadable())?;
            }
            if trusted.is_empty() {
                return Err(unreadable());
            }
        }
        None => {
            trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    Ok(MakeRustlsConnect::new(ClientConfig::builder().with_root_certificates(trusted).with_no_client_auth()))
}

/// An address without the file of certificates, which the client does not know, and that file.
fn without_roots(address: &str) -> (String, Option<PathBuf>) {
    let Some((server, question)) = address.split_once('?') else { return (address.to_owned(), None) };
    let (mut rest, mut roots) = (Vec::new(), None);
    for pair in question.split('&') {
        match pair.split_once('=') {
            Some((ROOTS, file)) => roots = Some(PathBuf::from(decoded(file))),
            _ => rest.push(pair),
        }
    }
    let address = if rest.is_empty() { server.to_owned() } else { format!("{server}?{}", rest.join("&")) };
    (address, roots)
}

/// What `%2F` and the like stand for.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, after @ ..] = rest {
        let sign = after.get(..2).filter(|_| *first == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = sign.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_certificates_is_taken_out_of_an_address() {
        for (address, left, roots) in [
            ("postgres://a:b@c/d", "postgres://a:b@c/d", None),
            ("postgres://c/d?sslmode=require", "postgres://c/d?sslmode=require", None),
            ("postgres://c/d?sslrootcert=/etc/ca.pem", "postgres://c/d", Some("/etc/ca.pem")),
            (
                "postgres://c/d?sslmode=require&sslrootcert=%2Fetc%2Fmy%20ca.pem&options=x",
                "postgres://c/d?sslmode=require&options=x",
                Some("/etc/my ca.pem"),
            ),
        ] {
            assert_eq!(without_roots(address), (left.to_owned(), roots.map(PathBuf::from)), "{address}");
        }
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz%41"), "%zzA");
    }
}
