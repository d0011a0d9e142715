//! Talking by voice: what this device can do, what is chosen, what happens in a call, and how it went.

mod call;
mod ready;
mod record;
mod settings;

pub use call::{CallAnswer, CallControl, CallEnd, CallEvent, CallFigures, CallOffer, CallStage, Link};
pub use ready::{KeyPlace, KeyState, KeyTest, MicrophoneEvent, Retirement, SoundDevices, VoiceView};
pub use record::{RecordedCall, RecordingView, Track, VoiceRecord};
pub use settings::{Compatible, HangUpForm, HubSettings, KeyForm, Microphone, OfferForm, ProviderKind, VoiceSettings};
