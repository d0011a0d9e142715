//! Starting up and settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::VoiceSettings;
use crate::session::Profile;

/// Light, dark, high contrast, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Contrast,
}

/// What a person has chosen. A choice that only a newer program knows is passed over, and the others hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Appearance.
    pub theme: Theme,
    /// Motion off, even where the system allows it.
    pub reduced_motion: bool,
    /// Single-letter shortcuts in a conversation.
    pub letter_keys: bool,
    /// Talking by voice.
    pub voice: VoiceSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: Theme::System, reduced_motion: false, letter_keys: true, voice: VoiceSettings::default() }
    }
}

/// Something that the user is told once after the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Notice {
    /// The data file was damaged and was repaired.
    Repaired {
        /// Sessions that are there again.
        kept: u32,
        /// Sessions that are known to be missing.
        missing: u32,
        /// Where the damaged file was set aside.
        set_aside: String,
    },
    /// A setting in the configuration file, or a variable that begins like ours, is not known.
    UnknownSetting {
        /// Its name.
        key: String,
    },
    /// The configuration file could not be read; defaults are used.
    ConfigUnreadable {
        /// Where it is.
        path: String,
    },
}

/// What the window needs to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Boot {
    /// Version of the program.
    pub version: String,
    /// Where the data is.
    pub data_dir: String,
    /// Revision of the catalogue.
    pub catalog_revision: u32,
    /// Who practises; `null` before the first profile is made.
    pub profile: Option<Profile>,
    /// Everybody who practises on this device.
    pub profiles: Vec<Profile>,
    /// What that person has chosen.
    pub settings: Settings,
    /// What the user is told once.
    pub notices: Vec<Notice>,
}

/// Where an export was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// The file.
    pub path: String,
    /// Sessions in it.
    pub sessions: u32,
}

/// What was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Deleted {
    /// Sessions that are gone.
    pub sessions: u32,
    /// True where something held up the removal of the last traces, such as another program that reads the data file or a full disk. Nobody can see
    /// them in the program any more; they go at the next start.
    pub traces_left: bool,
}
