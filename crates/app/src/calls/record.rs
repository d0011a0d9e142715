//! How the calls of an attempt went, for its debrief.

use sellme_core::{
    Millis,
    wire::{RecordedCall, RecordingView, VoiceRecord},
};
use sellme_store::StoredSession;
use sellme_voice::call::middle;

/// How the calls of an attempt went; `None` where nobody spoke. Those of `recorded` have sound.
pub(crate) fn record(stored: &StoredSession, recorded: Vec<RecordedCall>) -> Option<VoiceRecord> {
    let latencies = || stored.calls.iter().flat_map(|call| &call.latencies_ms).map(|ms| Millis(i64::from(*ms)));
    let begun = stored.recording.as_ref().filter(|_| !recorded.is_empty());
    let recording = begun.map(|begun| RecordingView { calls: recorded, goes_at: begun.goes_at });
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
