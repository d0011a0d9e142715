//! What a connection is told to do.

use std::sync::Arc;

use tokio::sync::{mpsc, watch};

use super::PeerError;

/// The most messages that wait to be sent.
const TEXTS: usize = 1024;
/// The most frames of sound that wait to be sent: more than that and it is late anyway.
const FRAMES: usize = 64;

/// Sound to be sent.
pub(super) struct Frame {
    pub(super) payload: Arc<[u8]>,
    /// How long it lasts, in samples at 48 kHz.
    pub(super) samples: u32,
}

/// Holds a connection: it is closed when the last copy is dropped.
#[derive(Debug, Clone)]
pub struct PeerHandle {
    texts: mpsc::Sender<String>,
    frames: mpsc::Sender<Frame>,
    close: Arc<watch::Sender<bool>>,
    limit: usize,
}

/// The other end of a handle.
pub(super) struct Orders {
    pub(super) texts: mpsc::Receiver<String>,
    pub(super) frames: mpsc::Receiver<Frame>,
    pub(super) close: watch::Receiver<bool>,
}

/// A handle and its other end. `limit` is the longest message, in bytes.
pub(super) fn orders(limit: usize) -> (PeerHandle, Orders) {
    let (texts, text_orders) = mpsc::channel(TEXTS);
    let (frames, frame_orders) = mpsc::channel(FRAMES);
    let (close, close_order) = watch::channel(false);
    let orders = Orders { texts: text_orders, frames: frame_orders, close: close_order };
    (PeerHandle { texts, frames, close: Arc::new(close), limit }, orders)
}

impl PeerHandle {
    /// Sends a message on the data channel. Before it is open, messages wait.
    ///
    /// # Errors
    /// Where it is longer than the other side takes, where too many wait, and where the connection is over.
    pub fn send_text(&self, text: impl Into<String>) -> Result<(), PeerError> {
        let text = text.into();
        if text.len() > self.limit {
            return Err(PeerError::TooLong { length: text.len(), limit: self.limit });
        }
        self.texts.try_send(text).map_err(|error| refusal(&error))
    }

    /// Sends a frame of Opus that lasts so many samples at 48 kHz (960 are 20 ms). An empty frame is not sent.
    ///
    /// # Errors
    /// Where too many wait, and where the connection is over.
    pub fn send_opus(&self, payload: impl Into<Arc<[u8]>>, samples: u32) -> Result<(), PeerError> {
        let payload = payload.into();
        if payload.is_empty() {
            return Ok(());
        }
        self.frames.try_send(Frame { payload, samples }).map_err(|error| refusal(&error))
    }

    /// The longest message that is taken, in bytes.
    #[must_use]
    pub fn longest_text(&self) -> usize {
        self.limit
    }

    /// Closes the connection; the other side is told at once.
    pub fn close(&self) {
        self.close.send_replace(true);
    }
}

fn refusal<T>(error: &mpsc::error::TrySendError<T>) -> PeerError {
    match error {
        mpsc::error::TrySendError::Full(_) => PeerError::Busy,
        mpsc::error::TrySendError::Closed(_) => PeerError::Over,
    }
}
