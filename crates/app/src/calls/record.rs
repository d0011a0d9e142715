//! How the calls of an attempt went, for its debrief.

use sellme_core::{
    Millis,
    wire::{RecordedCall, RecordingView, VoiceRecord},
};
use sellme_store::StoredSession;

/// How the calls of an attempt went; `None` where nobody spoke. Those of `recorded` have sound.
pub(crate) fn record(stored: &StoredSession, recorded: Vec<RecordedCall>) -> Option<VoiceRecord> {
    let mut latencies: Vec<u32> = stored.calls.iter().flat_map(|call| call.latencies_ms.iter().copied()).collect();
    latencies.sort_unstable();
    let millis = |ms: u32| Millis(i64::from(ms));
    let begun = stored.recording.as_ref().filter(|_| !recorded.is_empty());
    let recording = begun.map(|begun| RecordingView { calls: recorded, goes_at: begun.goes_at });
    // A program that was killed in its first call left a recording and no word of the call.
    if stored.calls.is_empty() && recording.is_none() {
        return None;
    }
    Some(VoiceRecord {
        answers: u32::try_from(latencies.len()).unwrap_or(u32::MAX),
        usual_latency: middle(&latencies).map(millis),
        slowest_latency: latencies.last().copied().map(millis),
        role_slips: stored.calls.iter().map(|call| call.role_slips).sum(),
        model: stored.calls.last().map(|call| call.model.clone()).unwrap_or_default(),
        cost_millicents: stored.calls.iter().map(|call| call.cost_millicents).sum(),
        recording,
    })
}

/// The middle of sorted numbers; of two, the mean.
fn middle(sorted: &[u32]) -> Option<u32> {
    let (low, high) = (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    Some(low.midpoint(*high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_two_is_their_mean_and_of_none_there_is_none() {
        for (sorted, expected) in
            [(&[][..], None), (&[7], Some(7)), (&[4, 8], Some(6)), (&[1, 2, 100], Some(2)), (&[1, 2, 5, 100], Some(3))]
        {
            assert_eq!(middle(sorted), expected, "{sorted:?}");
        }
    }
}
