//! What a call is to be.

use sellme_core::{Millis, session::Speaker};

use crate::{
    events::{SessionConfig, session::Transcription},
    usage::{Prices, TranscriptionPrice},
};

/// Who writes down the rep's words where the first recogniser is refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Fallback {
    /// How it is asked for.
    pub transcription: Transcription,
    /// What it costs.
    pub price: Option<TranscriptionPrice>,
}

/// What a call is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The session. Without turn detection (`Some(None)`) it is push-to-talk.
    pub session: SessionConfig,
    /// The session is not told with the offer: it follows on the data channel.
    pub tell_session: bool,
    /// The customer speaks first. Not where something was said before.
    pub customer_begins: bool,
    /// What was said before the call, by typing.
    pub history: Vec<(Speaker, String)>,
    /// The longest talk, pauses left out.
    pub longest: Millis,
    /// The most that it may cost, in thousandths of a cent.
    pub most_millicents: Option<u64>,
    /// What the model costs, where that is known.
    pub prices: Option<Prices>,
    /// What the recogniser costs, where that is known.
    pub transcription_price: Option<TranscriptionPrice>,
    /// Another recogniser.
    pub fallback: Option<Fallback>,
}

impl Plan {
    /// A call with this session, told with the offer, in which the customer begins; fifteen minutes and no price.
    #[must_use]
    pub fn new(session: SessionConfig) -> Self {
        Self {
            session,
            tell_session: false,
            customer_begins: true,
            history: Vec::new(),
            longest: Millis(15 * 60 * 1000),
            most_millicents: None,
            prices: None,
            transcription_price: None,
            fallback: None,
        }
    }

    /// True where the rep speaks only while a button is held.
    #[must_use]
    pub fn is_push_to_talk(&self) -> bool {
        self.session.turn_detection() == Some(None)
    }
}
