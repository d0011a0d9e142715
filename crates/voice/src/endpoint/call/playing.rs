//! The customer's sound: what goes out, and what stops it.

use serde_json::json;
use tokio::time::Instant;

use super::Call;
use super::response::Why;
use crate::endpoint::mouth::Said;

/// Samples of a frame, at 48 kHz.
const FRAME: u32 = 960;

impl Call {
    /// Sends the sound that is due.
    pub(super) fn play(&mut self, now: Instant) {
        for said in self.mouth.tick(now) {
            match said {
                Said::Started(response) => {
                    self.session.spoke = true;
                    self.quiet_since = None;
                    self.emit("output_audio_buffer.started", json!({ "response_id": response }));
                }
                Said::Stopped(response) => {
                    self.quiet_since = Some(now);
                    self.emit("output_audio_buffer.stopped", json!({ "response_id": response }));
                }
                Said::Frame(frame) => {
                    if let Err(error) = self.peer.send_opus(frame, FRAME) {
                        tracing::debug!(%error, "a frame was not sent");
                    }
                }
            }
        }
    }

    /// The rep speaks: the customer stops.
    pub(super) fn interrupt(&mut self) {
        self.unanswered = false;
        self.stop_responding(Why::TurnDetected);
        self.fall_silent();
    }

    /// Nothing more of what was said is heard; what was not heard was not said.
    pub(super) fn fall_silent(&mut self) {
        for cut in self.mouth.clear() {
            if cut.started {
                self.emit("output_audio_buffer.cleared", json!({ "response_id": cut.response }));
            }
            // The last frame is filled up with quiet, so that more may have been sent than there is.
            let heard_ms = self.conversation.find(&cut.item).map_or(0, |item| cut.heard_ms.min(item.sound_ms));
            if self.conversation.truncate(&cut.item, heard_ms).is_ok() {
                let truncated = json!({ "item_id": cut.item, "content_index": 0, "audio_end_ms": heard_ms });
                self.emit("conversation.item.truncated", truncated);
            }
        }
    }
}
