//! The jitter buffer: packets come when they come, and go out when they are due.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use super::{PACKET, RATE};

/// Arrivals that the depth is reckoned from: 5 s of packets.
const REMEMBERED: usize = 250;
/// Of a hundred packets, so many shall not come too late.
const IN_TIME: usize = 97;
/// Arrivals from which on it is known how punctual the network is: a second of packets.
const KNOWN: usize = 50;
/// A packet that has waited so long is followed in time by a punctual one, in samples: 15 ms. It is taken in frames of 10 ms, now and then a little sooner, and the
/// next packet is needed with the second of them.
const PUNCTUAL: u64 = RATE as u64 * 15 / 1000;
/// The least and the most that is held back, in samples: 40 and 240 ms.
const LEAST: u64 = 2 * PACKET as u64;
const MOST: u64 = 12 * PACKET as u64;
/// Packets that are kept at most: 2 s. What is older goes.
const KEPT: usize = 100;
/// Lost packets in a row that are concealed; what would follow is silence anyway.
const CONCEALED: u32 = 5;
/// A jump of the stream's clock that is taken for a new stream, in samples: 2 s.
const JUMP: u64 = 2 * RATE as u64;

/// A packet of sound as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// Where in the stream it begins, in samples at 48 kHz; it does not wrap.
    pub time: u64,
    /// Opus.
    pub payload: Arc<[u8]>,
}

/// What is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// This packet.
    Packet(Packet),
    /// A packet that is missing, so many samples long; the one after it, given here, may have a copy of it.
    Recover(Packet, usize),
    /// Sound that is missing, so many samples long.
    Conceal(usize),
    /// Nothing: the buffer fills.
    Nothing,
}

/// What became of packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JitterCounts {
    /// Went out.
    pub played: u64,
    /// Came after their moment.
    pub late: u64,
    /// Came twice.
    pub duplicate: u64,
    /// Were missing when they were due.
    pub missing: u64,
    /// Had no sound in them.
    pub empty: u64,
}

/// Holds packets back just long enough that most are there when they are due.
#[derive(Debug, Default)]
pub struct Jitter {
    waiting: BTreeMap<u64, Arc<[u8]>>,
    /// Where in the stream the next sample is; `None` while the buffer fills.
    cursor: Option<u64>,
    /// What went out last ended here.
    ended: Option<u64>,
    /// When filling began.
    filling_since: Option<Duration>,
    /// Of the latest packets, how long they were under way, with an arbitrary zero, in samples.
    transits: VecDeque<i64>,
    target: u64,
    /// How much later than the fastest packets most others come, in samples.
    spread: u64,
    /// A packet was late, not lost: what waits must become more.
    shallow: bool,
    /// Sound that was made up while nothing was there, in samples: where it turns out that it was lost, it is not made up again.
    made_up: u64,
    concealed: u32,
    counts: JitterCounts,
}

impl Jitter {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self { target: LEAST, ..Self::default() }
    }

    /// A packet came at `now`.
    pub fn put(&mut self, now: Duration, packet: Packet) {
        let Packet { time, payload } = packet;
        if payload.is_empty() {
            self.counts.empty += 1;
            return;
        }
        if let Some(reference) = self.cursor.or(self.ended)
            && (time + JUMP < reference || time > reference + JUMP)
        {
            self.restart();
        }
        let after_pause = self.cursor.is_none() && self.waiting.is_empty();
        self.measure(now, time, after_pause);
        if self.cursor.or(self.ended).is_some_and(|reference| time < reference) {
            self.counts.late += 1;
            self.shallow = self.cursor.is_some();
            return;
        }
        if self.waiting.insert(time, payload).is_some() {
            self.counts.duplicate += 1;
        }
        while self.waiting.len() > KEPT {
            self.waiting.pop_first();
            self.cursor = self.waiting.keys().next().copied();
        }
        if self.cursor.is_none() {
            self.filling_since.get_or_insert(now);
        }
    }

    /// What is due at `now`. Called whenever what it gave before is played.
    pub fn next(&mut self, now: Duration) -> Next {
        let Some((&first, _)) = self.waiting.first_key_value() else { return self.starve() };
        if self.cursor.is_none() && !self.filled(now) {
            return Next::Nothing;
        }
        let cursor = *self.cursor.get_or_insert(first);
        self.filling_since = None;
        if std::mem::take(&mut self.shallow) && self.depth() < self.target {
            // The cursor stays, and from here on everything has 20 ms more to come.
            return Next::Conceal(PACKET);
        }
        let covered = (first - cursor.min(first)).min(std::mem::take(&mut self.made_up));
        let cursor = cursor + covered;
        self.counts.missing += covered.div_ceil(PACKET as u64);
        if first > cursor {
            return self.bridge(cursor, first);
        }
        self.concealed = 0;
        let Some((time, payload)) = self.waiting.pop_first() else { return Next::Nothing };
        let end = time + samples(&payload);
        self.cursor = Some(end);
        self.ended = Some(end);
        self.counts.played += 1;
        Next::Packet(Packet { time, payload })
    }

    /// Forgets what waits: it is not to be heard any more. What comes later plays.
    pub fn clear(&mut self) {
        if let Some((&last, payload)) = self.waiting.last_key_value() {
            self.ended = Some(last + samples(payload));
        }
        self.waiting.clear();
        self.cursor = None;
        self.filling_since = None;
        self.concealed = 0;
        self.made_up = 0;
    }

    /// Drops the next packet unheard, to be sooner. True where there was one.
    pub fn skip(&mut self) -> bool {
        let Some((time, payload)) = self.waiting.pop_first() else { return false };
        let end = time + samples(&payload);
        self.cursor = Some(end);
        self.ended = Some(end);
        true
    }

    /// Sound that waits, in samples.
    #[must_use]
    pub fn depth(&self) -> u64 {
        let Some((&last, payload)) = self.waiting.last_key_value() else { return 0 };
        let from = self.cursor.or_else(|| self.waiting.keys().next().copied()).unwrap_or(last);
        (last + samples(payload)).saturating_sub(from)
    }

    /// Sound that should wait, in samples.
    #[must_use]
    pub fn target(&self) -> u64 {
        self.target
    }

    /// False while the buffer fills.
    #[must_use]
    pub fn playing(&self) -> bool {
        self.cursor.is_some()
    }

    /// What became of packets so far.
    #[must_use]
    pub fn counts(&self) -> JitterCounts {
        self.counts
    }

    /// Enough waits, or the oldest has waited as long as enough would take. Where the network is known, that is no longer than its packets differ.
    fn filled(&self, now: Duration) -> bool {
        let waited = self.filling_since.map_or(0, |since| in_samples(now.saturating_sub(since)));
        let enough = if self.transits.len() < KNOWN { self.target } else { self.target.min(self.spread + PUNCTUAL) };
        self.depth() >= self.target || waited >= enough
    }

    fn starve(&mut self) -> Next {
        if self.cursor.is_none() {
            return Next::Nothing;
        }
        if self.concealed >= CONCEALED {
            self.cursor = None;
            self.concealed = 0;
            self.made_up = 0;
            return Next::Nothing;
        }
        // The cursor stays: a packet that is merely late still plays, and the time that was bridged makes the buffer deeper.
        self.concealed += 1;
        self.made_up += PACKET as u64;
        Next::Conceal(PACKET)
    }

    fn bridge(&mut self, cursor: u64, first: u64) -> Next {
        let gap = first - cursor;
        if self.concealed >= CONCEALED || gap > u64::from(CONCEALED) * PACKET as u64 {
            // A pause of the sender, or more lost than can be made up: on with what there is.
            self.cursor = Some(first);
            self.concealed = 0;
            return self.next(Duration::MAX);
        }
        self.counts.missing += 1;
        self.concealed += 1;
        let length = gap.min(PACKET as u64);
        self.cursor = Some(cursor + length);
        self.ended = self.cursor;
        let samples = usize::try_from(length).unwrap_or(PACKET);
        match self.waiting.first_key_value() {
            Some((&time, payload)) if time == cursor + length => Next::Recover(Packet { time, payload: Arc::clone(payload) }, samples),
            _ => Next::Conceal(samples),
        }
    }

    fn restart(&mut self) {
        self.waiting.clear();
        self.cursor = None;
        self.ended = None;
        self.filling_since = None;
        self.concealed = 0;
        self.made_up = 0;
    }

    /// The depth that would have had most of the latest packets in time.
    fn measure(&mut self, now: Duration, time: u64, after_pause: bool) {
        let transit = i64::try_from(in_samples(now)).unwrap_or(i64::MAX).saturating_sub(i64::try_from(time).unwrap_or(i64::MAX));
        if after_pause {
            self.rebase(transit);
        }
        if self.transits.back().is_some_and(|last| last.abs_diff(transit) > JUMP) {
            self.transits.clear();
        }
        self.transits.push_back(transit);
        if self.transits.len() > REMEMBERED {
            self.transits.pop_front();
        }
        let sorted = self.sorted();
        let index = (sorted.len() * IN_TIME / 100).min(sorted.len().saturating_sub(1));
        let spread = match (sorted.first(), sorted.get(index)) {
            (Some(fastest), Some(slow)) => slow.abs_diff(*fastest),
            _ => 0,
        };
        self.spread = spread;
        self.target = (spread + PACKET as u64).clamp(LEAST, MOST);
    }

    /// Who speaks again after a pause does so at any moment between two packets of before: that says nothing of the network. The first packet is taken for a usual one.
    fn rebase(&mut self, transit: i64) {
        let sorted = self.sorted();
        if let Some(usual) = sorted.get(sorted.len() / 2) {
            let shift = transit.saturating_sub(*usual);
            self.transits.iter_mut().for_each(|transit| *transit = transit.saturating_add(shift));
        }
    }

    fn sorted(&self) -> Vec<i64> {
        let mut sorted: Vec<i64> = self.transits.iter().copied().collect();
        sorted.sort_unstable();
        sorted
    }
}

/// Samples of a time.
fn in_samples(time: Duration) -> u64 {
    u64::try_from(time.as_micros() * u128::from(RATE) / 1_000_000).unwrap_or(u64::MAX)
}

/// How long a packet of Opus lasts, in samples at 48 kHz.
fn samples(payload: &[u8]) -> u64 {
    opus::packet::get_nb_samples(payload, RATE)
        .ok()
        .and_then(|samples| u64::try_from(samples).ok())
        .filter(|samples| *samples > 0)
        .unwrap_or(PACKET as u64)
}

#[cfg(test)]
#[path = "jitter_tests.rs"]
mod tests;
