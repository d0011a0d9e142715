//! Configuration: a file in the platform's folder, overridden by `SELLME_*` variables, overridden by flags.

use std::{
    fs,
    path::{Path, PathBuf},
};

use directories::{ProjectDirs, UserDirs};
use sellme_core::wire::Notice;
use sellme_store::Folder;
use serde::Deserialize;

/// What the file may say; flags and variables say the same.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Config {
    /// Where the data is, instead of the platform's usual folder.
    pub(crate) data_dir: Option<PathBuf>,
    /// A folder with another catalogue, for those who write it.
    pub(crate) catalog_dir: Option<PathBuf>,
    /// An address that stands in for OpenAI's: a company's proxy, or a server on this machine.
    pub(crate) realtime_url: Option<String>,
}

const KEYS: [&str; 3] = ["data_dir", "catalog_dir", "realtime_url"];

/// How variables of ours begin. After it comes the name of a setting, in capitals.
const PREFIX: &str = "SELLME_";

/// Variables that a build for tests knows besides (`window/guard.rs`, `window/page_script.rs`).
#[cfg(feature = "automation")]
const FOR_TESTS: &[&str] = &["SELLME_FAULT", "SELLME_PAGE_SCRIPT"];
#[cfg(not(feature = "automation"))]
const FOR_TESTS: &[&str] = &[];

/// Where the program finds and leaves things.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The data folder.
    pub(crate) data: PathBuf,
    /// A folder with another catalogue than the built-in one.
    pub(crate) catalog: Option<PathBuf>,
    /// The address that stands in for OpenAI's, as it was typed: [`sellme_voice::provider::Target::chosen`] checks it.
    pub(crate) realtime_url: Option<String>,
    /// What is to be said about the configuration file and the variables.
    pub(crate) notices: Vec<Notice>,
}

/// Flag or variable (clap reads both), then the file, then the platform's usual folder and the built-in catalogue.
pub(crate) fn place(flags: Config) -> Place {
    let (file, mut notices) = read();
    notices.extend(unknown_variables(std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned())));
    decide(flags, file, notices)
}

/// Variables that begin like ours and are none of ours: a slip of the pen that would otherwise be silent.
fn unknown_variables(names: impl Iterator<Item = String>) -> Vec<Notice> {
    let is_known = |name: &String| {
        let setting = name.strip_prefix(PREFIX).unwrap_or_default().to_ascii_lowercase();
        FOR_TESTS.contains(&name.as_str()) || KEYS.contains(&setting.as_str())
    };
    let mut unknown: Vec<_> = names.filter(|name| name.starts_with(PREFIX) && !is_known(name)).collect();
    unknown.sort();
    unknown.into_iter().map(|key| Notice::UnknownSetting { key }).collect()
}

fn decide(flags: Config, file: Config, notices: Vec<Notice>) -> Place {
    let data = flags.data_dir.or(file.data_dir).or_else(usual_folder);
    Place {
        data: data.unwrap_or_else(|| PathBuf::from("sellme-data")),
        catalog: flags.catalog_dir.or(file.catalog_dir),
        realtime_url: flags.realtime_url.or(file.realtime_url),
        notices,
    }
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
    downloads.filter(|folder| folder.is_dir()).unwrap_or_else(|| Folder::at(data).exports())
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
    fn an_unknown_variable_is_reported_like_an_unknown_setting() {
        let names = ["SELLME_DATA_DIR", "SELLME_DATADIR", "SELLME_CATALOG_DIR", "SELLME_REALTIME_URL", "HOME", "SELLME_", "sellme_x"]
            .map(str::to_owned);
        let keys = ["SELLME_", "SELLME_DATADIR"].map(|key| Notice::UnknownSetting { key: key.to_owned() });
        assert_eq!(unknown_variables(names.into_iter()), keys);
        // What only a build for tests knows is unknown to what ships.
        let for_tests = unknown_variables(["SELLME_FAULT".to_owned(), "SELLME_PAGE_SCRIPT".to_owned()].into_iter());
        assert_eq!(for_tests.is_empty(), cfg!(feature = "automation"), "{for_tests:?}");
    }

    #[test]
    fn a_file_that_cannot_be_read_leaves_the_defaults_and_says_so() {
        let (config, notices) = file("data_dir = ");
        assert_eq!(config, Config::default());
        assert!(matches!(notices[..], [Notice::ConfigUnreadable { .. }]));
    }

    #[test]
    fn a_flag_goes_before_the_file() {
        let url = |text: &str| Some(text.to_owned());
        let file =
            Config { data_dir: Some("/file".into()), catalog_dir: Some("/catalog".into()), realtime_url: url("https://file.example.com") };
        let flags = Config { data_dir: Some("/flag".into()), catalog_dir: None, realtime_url: url("http://localhost:8080/v1") };
        let place = decide(flags, file.clone(), Vec::new());
        assert_eq!((place.data.as_path(), place.catalog.as_deref()), (Path::new("/flag"), Some(Path::new("/catalog"))));
        assert_eq!(place.realtime_url, url("http://localhost:8080/v1"));
        let place = decide(Config::default(), file, Vec::new());
        assert_eq!((place.data.as_path(), place.realtime_url), (Path::new("/file"), url("https://file.example.com")));
    }

    #[test]
    fn the_file_may_name_what_stands_in_for_openai() {
        let (config, notices) = file("realtime_url = \"https://voice.example.com/v1\"");
        assert_eq!((config.realtime_url.as_deref(), notices), (Some("https://voice.example.com/v1"), Vec::new()));
    }
}
