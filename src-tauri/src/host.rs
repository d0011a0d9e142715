//! The program on one data folder: what the window and the command line hold on to.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use sellme_app::{App, Device};
use sellme_core::{
    Code, Error,
    catalog::{Catalog, SourceFile},
    embedded,
    error::Result,
    wire::{Boot, Notice},
};
use sellme_store::SqliteStore;

use crate::config;

/// What a host does with its data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Practises: holds the folder's lock.
    Practise,
    /// Only reads, beside a window that may have the folder open.
    Read,
}

/// The use cases on the data folder, or why it could not be opened.
#[derive(Clone)]
pub(crate) struct Host {
    opened: Arc<Result<Opened>>,
}

struct Opened {
    app: App<SqliteStore>,
    folder: PathBuf,
    notices: Vec<Notice>,
}

impl Host {
    /// Opens the data folder. A folder that cannot be opened makes a host that says why at every call, so that the window can show it.
    pub(crate) fn start(folder: &Path, device: Arc<dyn Device>) -> Self {
        Self { opened: Arc::new(open(folder, device)) }
    }

    /// The use cases.
    pub(crate) fn app(&self) -> Result<&App<SqliteStore>> {
        match &*self.opened {
            Ok(opened) => Ok(&opened.app),
            Err(error) => Err(error.clone()),
        }
    }

    /// What the window needs to begin.
    pub(crate) async fn boot(&self) -> Result<Boot> {
        let opened = (*self.opened).as_ref().map_err(Clone::clone)?;
        Ok(Boot {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_dir: opened.folder.display().to_string(),
            catalog_revision: opened.app.catalog().revision,
            profile: opened.app.profile().await?,
            profiles: opened.app.profiles().await?,
            settings: opened.app.settings().await?,
            notices: opened.notices.clone(),
        })
    }
}

fn open(folder: &Path, device: Arc<dyn Device>) -> Result<Opened> {
    let (config, mut notices) = config::read();
    let catalog = match &config.catalog_dir {
        Some(folder) => Arc::new(read_catalog(folder)?),
        None => Arc::new(embedded::catalog()?.clone()),
    };
    fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    let opened = SqliteStore::open(folder, device.now())?;
    opened.store.index_products(&catalog)?;
    notices.extend(opened.notices);
    let app = App::new(opened.store, catalog, device, config::exports(folder));
    Ok(Opened { app, folder: folder.to_owned(), notices })
}

/// A catalogue from a folder of files, for those who write it.
pub(crate) fn read_catalog(folder: &Path) -> Result<Catalog> {
    let unreadable = |path: &Path, error: &std::io::Error| Error::new(Code::CatalogInvalid, format!("{}: {error}", path.display()));
    let mut texts = Vec::new();
    let mut read = |name: String| -> Result<()> {
        let path = folder.join(&name);
        texts.push((name, fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?));
        Ok(())
    };
    read("catalog.toml".to_owned())?;
    read("policies.toml".to_owned())?;
    let products = folder.join("products");
    for entry in fs::read_dir(&products).map_err(|error| unreadable(&products, &error))? {
        let name = entry.map_err(|error| unreadable(&products, &error))?.file_name();
        if let Some(name) = name.to_str().filter(|name| name.ends_with(".toml")) {
            read(format!("products/{name}"))?;
        }
    }
    texts.sort();
    let files: Vec<_> = texts.iter().map(|(path, text)| SourceFile { path, text }).collect();
    Catalog::from_files(&files).map_err(|error| Error::new(Code::CatalogInvalid, error.to_string()))
}

/// The data folder cannot be made or written.
pub(crate) fn unwritable(folder: &Path, error: &std::io::Error) -> Error {
    let code = if error.kind() == std::io::ErrorKind::StorageFull { Code::DiskFull } else { Code::ReadOnly };
    let folder = folder.display();
    Error::new(code, format!("The data folder {folder} cannot be written: {error}. Choose another with --data-dir, or mend its permissions."))
}
