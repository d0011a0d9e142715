//! How the calls of an attempt went, for its debrief.

use std::path::Path;

use sellme_core::{
    Millis,
    wire::{RecordingView, VoiceRecord},
};
use sellme_store::StoredSession;
use sellme_voice::call::middle;

use super::recording::tracks;

/// How the calls of an attempt went; `None` where nobody spoke. The sound of its recording is in `folder`.
pub(crate) fn record(stored: &StoredSession, folder: &Path) -> Option<VoiceRecord> {
    let latencies = || stored.calls.iter().flat_map(|call| &call.latencies_ms).map(|ms| Millis(i64::from(*ms)));
    let recording = stored.recording.as_ref().map(|recording| RecordingView {
        tracks: tracks(folder, &recording.media_type),
        media_type: recording.media_type.clone(),
        begins_ms: recording.begins_ms,
        goes_at: recording.goes_at,
    });
    let recording = recording.filter(|recording| !recording.tracks.is_empty());
    // A program that was killed in its first call left a recording and no word of the call.
    if stored.calls.is_empty() && recording.is_none() {
        return None;
    }
    Some(VoiceRecord {
        answers: u32::try_from(latencies().count()).unwrap_or(u32::MAX),
        usual_latency: middle(latencies()),
        slowest_latency: latencies().max(),
        role_slips: stored.calls.iter().map(|call| call.role_slips).sum(),
        model: stored.calls.last().map(|call| call.model.clone()).unwrap_or_default(),
        cost_millicents: stored.calls.iter().map(|call| call.cost_millicents).sum(),
        recording,
    })
}
