//! Configuration: a file in the platform's folder, overridden by `SELLME_*` variables, overridden by flags.

use std::{
    fs,
    path::{Path, PathBuf},
};

use directories::{ProjectDirs, UserDirs};
use sellme_core::wire::Notice;
use serde::Deserialize;

/// What the file may say; flags and variables say the same.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Config {
    /// Where the data is, instead of the platform's usual folder.
    pub(crate) data_dir: Option<PathBuf>,
    /// A folder with another catalogue, for those who write it.
    pub(crate) catalog_dir: Option<PathBuf>,
}

const KEYS: [&str; 2] = ["data_dir", "catalog_dir"];

/// Where the program finds and leaves things.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The data folder.
    pub(crate) data: PathBuf,
    /// A folder with another catalogue than the built-in one.
    pub(crate) catalog: Option<PathBuf>,
    /// What is to be said about the configuration file.
    pub(crate) notices: Vec<Notice>,
}

/// Flag or variable (clap reads both), then the file, then the platform's usual folder and the built-in catalogue.
pub(crate) fn place(flags: Config) -> Place {
    let (file, notices) = read();
    decide(flags, file, notices)
}

fn decide(flags: Config, file: Config, notices: Vec<Notice>) -> Place {
    let data = flags.data_dir.or(file.data_dir).or_else(usual_folder);
    Place { data: data.unwrap_or_else(|| PathBuf::from("sellme-data")), catalog: flags.catalog_dir.or(file.catalog_dir), notices }
}

/// The file's settings, with what is to be said about the file.
fn read() -> (Config, Vec<Notice>) {
    match project().map(|project| project.config_dir().join("config.toml")) {
        Some(path) if path.is_file() => read_file(&path),
        _ => (Config::default(), Vec::new()),
    }
}

fn read_file(path: &Path) -> (Config, Vec<Notice>) {
    let unreadable = || (Config::default(), vec![Notice::ConfigUnreadable { path: path.display().to_string() }]);
    let Ok(text) = fs::read_to_string(path) else { return unreadable() };
    let Ok(table) = text.parse::<toml::Table>() else { return unreadable() };
    let unknown = table.keys().filter(|key| !KEYS.contains(&key.as_str()));
    let notices = unknown.map(|key| Notice::UnknownSetting { key: key.clone() }).collect();
    match toml::Value::Table(table).try_into() {
        Ok(config) => (config, notices),
        Err(_) => unreadable(),
    }
}

/// The platform's usual data folder.
pub(crate) fn usual_folder() -> Option<PathBuf> {
    project().map(|project| project.data_local_dir().to_owned())
}

/// Where exports go: the downloads of whoever is signed in, else a folder beside the data.
pub(crate) fn exports(data: &Path) -> PathBuf {
    let downloads = UserDirs::new().and_then(|user| user.download_dir().map(Path::to_owned));
    downloads.filter(|folder| folder.is_dir()).unwrap_or_else(|| data.join("exports"))
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("com", "Pecos River Traders", "SellMe PRT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (Config, Vec<Notice>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, text).unwrap();
        read_file(&path)
    }

    #[test]
    fn an_unknown_setting_is_reported_and_the_others_hold() {
        let (config, notices) = file("data_dir = \"/srv/sellme\"\ndatadir = \"/typo\"");
        assert_eq!(config.data_dir.as_deref(), Some(Path::new("/srv/sellme")));
        assert_eq!(notices, [Notice::UnknownSetting { key: "datadir".to_owned() }]);
    }

    #[test]
    fn a_file_that_cannot_be_read_leaves_the_defaults_and_says_so() {
        let (config, notices) = file("data_dir = ");
        assert_eq!(config, Config::default());
        assert!(matches!(notices[..], [Notice::ConfigUnreadable { .. }]));
    }

    #[test]
    fn a_flag_goes_before_the_file() {
        let file = Config { data_dir: Some("/file".into()), catalog_dir: Some("/catalog".into()) };
        let flags = Config { data_dir: Some("/flag".into()), catalog_dir: None };
        let place = decide(flags, file.clone(), Vec::new());
        assert_eq!((place.data.as_path(), place.catalog.as_deref()), (Path::new("/flag"), Some(Path::new("/catalog"))));
        assert_eq!(decide(Config::default(), file, Vec::new()).data, Path::new("/file"));
    }
}
