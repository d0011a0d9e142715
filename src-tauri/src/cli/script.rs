//! A session played from a file: the device is made from the seed, so that the same script gives the same bytes.

use std::{
    fs,
    io::Read,
    path::Path,
    sync::atomic::{AtomicI64, AtomicU8, Ordering},
};

use sellme_app::Device;
use sellme_core::{
    Error, Millis,
    error::Result,
    session::{Speaker, Turn},
};
use sha2::{Digest, Sha256};

use crate::device::ThisDevice;

/// 2026-01-05, a Monday, 15:00 UTC: where the clock of a scripted session starts.
const START: i64 = 1_767_625_200_000;

/// What the rep says, one line per turn.
pub(super) fn lines(path: &Path) -> Result<Vec<String>> {
    let mut bytes = Vec::new();
    let read =
        if path == Path::new("-") { std::io::stdin().read_to_end(&mut bytes).map(|_| ()) } else { fs::read(path).map(|read| bytes = read) };
    read.map_err(|error| super::unreadable(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| Error::invalid(format!("The script {} is not UTF-8 text.", path.display())))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// A device whose clock and chance come from a seed, a scenario and a script.
pub(super) struct ScriptDevice {
    now: AtomicI64,
    chance: [u8; 10],
    /// What ids are drawn for: 0 the session, 1 the profile, from 2 on the session where those before are of other people.
    series: AtomicU8,
}

impl ScriptDevice {
    pub(super) fn new(seed: u32, scenario: &str, lines: &[String]) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_le_bytes());
        for text in std::iter::once(scenario).chain(lines.iter().map(String::as_str)) {
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        let hash = hash.finalize();
        let mut chance = [0; 10];
        chance.copy_from_slice(&hash[..10]);
        Self { now: AtomicI64::new(START + i64::from(seed % 1_000) * 60_000), chance, series: AtomicU8::new(0) }
    }

    /// Sets the clock to when the last of these turns was stored: the session was cut short there and goes on.
    pub(super) fn catch_up(&self, turns: &[Turn]) {
        let last_heard = usize::from(turns.last().is_some_and(|turn| turn.speaker == Speaker::Customer));
        // The customer's first line takes no time; what was heard last has not been spent yet.
        for turn in turns.iter().take(turns.len() - last_heard).skip(1) {
            self.spend(&turn.text);
        }
    }

    /// Draws ids for the profile while `make` runs: made at the same moment as the session, it needs another id.
    pub(super) async fn for_profile<T>(&self, make: impl Future<Output = T>) -> T {
        let before = self.series.swap(1, Ordering::Relaxed);
        let made = make.await;
        self.series.store(before, Ordering::Relaxed);
        made
    }

    /// From now on draws another id for the session: the one before is of somebody else, who played the same script on this device.
    pub(super) fn for_another_person(&self) -> Result<()> {
        let next = self.series.load(Ordering::Relaxed).max(1).checked_add(1);
        self.series
            .store(next.ok_or_else(|| Error::invalid("Too many people have played this script on this device."))?, Ordering::Relaxed);
        Ok(())
    }

    /// Lets as much time pass as saying it takes.
    pub(super) fn spend(&self, text: &str) {
        let words = i64::try_from(text.split_whitespace().count()).unwrap_or(i64::MAX).min(10_000);
        self.now.fetch_add(1_500 + words * 400, Ordering::Relaxed);
    }
}

impl Device for ScriptDevice {
    fn now(&self) -> Millis {
        Millis(self.now.load(Ordering::Relaxed))
    }

    fn utc_offset_minutes(&self) -> i32 {
        0
    }

    fn chance(&self) -> [u8; 10] {
        let mut chance = self.chance;
        chance[9] ^= self.series.load(Ordering::Relaxed);
        chance
    }

    fn real_now(&self) -> Millis {
        ThisDevice.now()
    }
}
