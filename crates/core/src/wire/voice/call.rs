//! A call: what is asked of it, where it stands, what happens in it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Code, Millis,
    customer::CustomerState,
    session::{Signal, Speaker, Turn},
};

/// What the window asks of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CallControl {
    /// The microphone is shut or open.
    Mute {
        /// Shut.
        on: bool,
    },
    /// Push-to-talk: the button is held.
    Press,
    /// Push-to-talk: the button is let go.
    Release,
    /// The customer stops talking.
    Quiet,
    /// The customer says its last line again.
    Repeat,
    /// The clock stops, nobody hears or speaks.
    Pause,
    /// It goes on.
    Resume,
    /// Ends the call; what is still being written down is waited for.
    HangUp,
}

/// What a webview's connection says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// The data channel is open.
    Open,
    /// Sound passes again after it had stopped.
    Connected,
    /// Nothing passes; it may come back.
    Disconnected,
    /// It does not come back.
    Failed,
    /// The microphone is gone.
    MicrophoneLost,
}

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CallStage {
    /// Not begun.
    Idle,
    /// The offer is out.
    Connecting,
    /// Talking.
    Live,
    /// The rep stopped the clock.
    Paused,
    /// The connection is lost and being made again.
    Reconnecting,
    /// Over; what is still being written down is waited for.
    Ending,
    /// Over.
    Done,
}

/// Why a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CallEnd {
    /// The rep ended it, or goes on by typing.
    HungUp,
    /// The customer decided and took leave.
    CustomerDone,
    /// The connection could not be made, or not again.
    ConnectionLost,
    /// The service refused: key, quota, model.
    Refused,
    /// The service's longest session is over.
    SessionExpired,
    /// Our own longest call is over.
    TimeCap,
    /// Our own most money is spent.
    CostCap,
    /// Nobody spoke for long.
    NobodySpoke,
    /// The microphone is gone.
    MicrophoneLost,
    /// The machine slept.
    Slept,
}

/// Figures of a call so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CallFigures {
    /// From the end of the rep's speech to the customer's first sound, the last answer, in milliseconds.
    pub latency: Option<Millis>,
    /// The same, the middle of all answers.
    pub usual_latency: Option<Millis>,
    /// What it cost so far, in thousandths of a cent; `null` where no price is known.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub cost_millicents: Option<u64>,
}

/// What happens in a call, as the window is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CallEvent {
    /// It stands elsewhere now.
    Stage {
        /// Where.
        stage: CallStage,
        /// Which try, while it is being made again; from 1.
        attempt: u32,
        /// Why it is over, once it is.
        end: Option<CallEnd>,
        /// What was refused, where something was.
        error: Option<crate::Error>,
    },
    /// The webview puts this on its data channel, as it is.
    Send {
        /// The message.
        message: String,
    },
    /// The webview makes a new connection: opens the call again with a new offer.
    Reconnect,
    /// The webview closes its connection.
    Close,
    /// Who speaks; `null` is nobody.
    Speaking {
        /// Who.
        speaker: Option<Speaker>,
    },
    /// Words of a turn that is not finished; each replaces the one before.
    Caption {
        /// Whose.
        speaker: Speaker,
        /// The words so far.
        text: String,
    },
    /// A turn is finished and stored.
    Turn {
        /// The turn.
        turn: Turn,
        /// What the customer did in it.
        signals: Vec<Signal>,
        /// How the customer stands.
        state: CustomerState,
    },
    /// What was said could not be understood; no turn came of it.
    Unclear,
    /// Something does not work as it should and the call goes on.
    Trouble {
        /// What.
        code: Code,
    },
    /// What did not work as it should works again.
    Recovered {
        /// What.
        code: Code,
    },
    /// The call will end for this reason, unless something changes.
    Soon {
        /// The reason.
        end: CallEnd,
        /// When, from now; `null` where it is not a question of time.
        left_ms: Option<Millis>,
    },
    /// How loud it is on both sides, 0 to 1 (only where the host carries the sound).
    Levels {
        /// The rep's microphone.
        rep: f32,
        /// The customer.
        customer: f32,
    },
    /// The call is recorded from now on, or no more: what was recorded until then is kept.
    Recording {
        /// It is.
        on: bool,
    },
    /// Figures of the call.
    Figures {
        /// So far.
        figures: CallFigures,
    },
}

/// How the webview's own sound is carried: an offer to be answered. Without one the host carries the sound itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CallOffer {
    /// The session description; `null` where the host carries the sound.
    pub sdp: Option<String>,
}

/// A call that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CallAnswer {
    /// The answer to the webview's offer.
    pub sdp: Option<String>,
}
