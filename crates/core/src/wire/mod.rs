//! What the window and the command line are shown: shapes that cross a boundary.

mod catalog;
mod history;
mod practice;
mod settings;
mod voice;

pub use catalog::{ProductSummary, ProductView, ScenarioSummary};
pub use history::{HistoryPage, HistoryQuery, HistoryRow, Period, ScoreBand, Snippet};
pub use practice::{Answered, Briefing, CustomerCard, Debrief, Hint, PracticeView, Recommendation, SessionView, Unfinished};
pub use settings::{Boot, Deleted, Exported, Notice, Settings, Theme};
pub use voice::{
    CallAnswer, CallControl, CallEnd, CallEvent, CallFigures, CallOffer, CallStage, Compatible, HangUpForm, HubSettings, KeyForm, KeyPlace,
    KeyState, KeyTest, Link, Microphone, MicrophoneEvent, OfferForm, ProviderKind, RecordedCall, RecordingView, Retirement, SoundDevices,
    Track, VoiceRecord, VoiceSettings, VoiceView,
};
