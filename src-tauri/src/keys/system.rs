//! The keyring that the system has. It is looked for at every question, so that one that comes up later, or comes back, is found.

use std::{collections::HashMap, sync::Arc};

use keyring_core::{CredentialStore, Entry, Error};
use sellme_voice::provider::Key;

use super::keyring::{Keyring, Trouble};

/// What our entries are found by; the account is the service's origin.
const SERVICE: &str = "com.pecosrivertraders.sellme";

/// The platform's keyring.
pub(super) struct System;

impl Keyring for System {
    fn get(&self, account: &str) -> Result<Option<Key>, Trouble> {
        let text = match entry(account)?.get_password() {
            Err(Error::Ambiguous(entries)) => entries.first().map_or(Err(Error::NoEntry), Entry::get_password),
            other => other,
        };
        match text {
            // What somebody else put there in our name is no key of ours.
            Ok(text) => Ok(Key::typed(text).ok()),
            Err(Error::NoEntry | Error::BadEncoding(_) | Error::BadDataFormat(..)) => Ok(None),
            Err(error) => Err(trouble(&error)),
        }
    }

    fn set(&self, account: &str, key: &Key) -> Result<(), Trouble> {
        let entry = entry(account)?;
        match entry.set_password(key.reveal()) {
            Err(Error::Ambiguous(entries)) => {
                delete_all(&entries)?;
                entry.set_password(key.reveal())
            }
            other => other,
        }
        .map_err(|error| trouble(&error))
    }

    fn delete(&self, account: &str) -> Result<(), Trouble> {
        match entry(account)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(Error::Ambiguous(entries)) => delete_all(&entries),
            Err(error) => Err(trouble(&error)),
        }
    }
}

fn delete_all(entries: &[Entry]) -> Result<(), Trouble> {
    entries.iter().try_for_each(|entry| match entry.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(trouble(&error)),
    })
}

fn entry(account: &str) -> Result<Entry, Trouble> {
    let store = store().map_err(|error| trouble(&error))?;
    // How it is called where a person looks at the keyring; on Windows, that it stays on this machine.
    let label = format!("SellMe PRT: key of {account}");
    let more = if cfg!(target_os = "linux") {
        HashMap::from([("label", label.as_str())])
    } else if cfg!(windows) {
        HashMap::from([("persistence", "local")])
    } else {
        HashMap::new()
    };
    store.build(SERVICE, account, Some(&more)).map_err(|error| trouble(&error))
}

/// Of an error only its kind is used: what is in it may be what was to be kept.
fn trouble(error: &Error) -> Trouble {
    match error {
        Error::NoStorageAccess(_) => Trouble::Refused,
        _ => Trouble::Absent,
    }
}

#[cfg(target_os = "linux")]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Err(Error::NoDefaultStore)
}
