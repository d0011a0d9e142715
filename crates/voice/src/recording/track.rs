//! One side of a recording (RFC 7845).

use std::{io::Write, time::Duration};

use ogg::writing::{PacketWriteEndInfo, PacketWriter};

use super::RecordingError;

/// Samples a second, whatever the packets were made from.
const RATE: u64 = 48_000;
/// 20 ms of silence, as Opus: what a gap is filled with.
const SILENCE: [u8; 3] = [0xf8, 0xff, 0xfe];
const SILENCE_SAMPLES: u64 = 960;
/// What a decoder leaves out at the start, in samples.
const PRE_SKIP: u16 = 312;
/// A page holds so much, in samples: 1 s. No more is lost where the program is killed.
const PAGE: u64 = RATE;
/// Packets that come less than this apart from their place are not moved, in samples: 60 ms, more than they come late and early by.
const SLACK: u64 = 60 * RATE / 1000;
/// A longer gap is another error: nothing is filled for more than an hour.
const LONGEST_GAP: u64 = 3600 * RATE;

/// Writes packets in their places on the timeline, whole pages at a time.
#[derive(Debug)]
pub struct OggTrack<W> {
    to: W,
    serial: u32,
    pages: Pages,
    /// Packets of the page that is not written yet, with their lengths in samples.
    waiting: Vec<(Vec<u8>, u64)>,
    waiting_samples: u64,
    /// The end of what is written, in samples.
    written: u64,
}

struct Pages(PacketWriter<'static, Vec<u8>>);

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pages")
    }
}

impl<W: Write> OggTrack<W> {
    /// Begins a file: its two headers are written.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn new(to: W, serial: u32) -> Result<Self, RecordingError> {
        let mut track =
            Self { to, serial, pages: Pages(PacketWriter::new(Vec::new())), waiting: Vec::new(), waiting_samples: 0, written: 0 };
        let mut head = b"OpusHead\x01\x01".to_vec();
        head.extend(PRE_SKIP.to_le_bytes());
        head.extend((RATE as u32).to_le_bytes());
        head.extend([0, 0, 0]);
        let vendor = b"SellMe PRT";
        let mut tags = b"OpusTags".to_vec();
        tags.extend((vendor.len() as u32).to_le_bytes());
        tags.extend(vendor);
        tags.extend(0_u32.to_le_bytes());
        for header in [head, tags] {
            track.pages.0.write_packet(header, serial, PacketWriteEndInfo::EndPage, 0)?;
        }
        track.flush()?;
        Ok(track)
    }

    /// A packet that begins `at` on the timeline. A gap before it is filled with silence; where the side ran ahead of the timeline, it is left out.
    ///
    /// # Errors
    /// Where a page cannot be written; the file ends with the page before.
    pub fn put(&mut self, at: Duration, payload: &[u8]) -> Result<(), RecordingError> {
        let samples = samples(payload);
        if samples == 0 {
            return Ok(());
        }
        let place = in_samples(at);
        if place > self.end() + SLACK {
            self.fill(place)?;
        }
        if self.end() > place + SLACK + samples {
            return Ok(());
        }
        self.add(payload.to_vec(), samples)
    }

    /// Fills with silence up to `at`, and writes what waits.
    ///
    /// # Errors
    /// Where a page cannot be written; the file ends with the page before.
    pub fn settle(&mut self, at: Duration) -> Result<(), RecordingError> {
        self.fill(in_samples(at))?;
        self.page(PacketWriteEndInfo::EndPage)
    }

    /// Ends the file at `at`.
    ///
    /// # Errors
    /// Where the last page cannot be written; the file ends with the page before and still plays.
    pub fn finish(mut self, at: Duration) -> Result<W, RecordingError> {
        self.fill(in_samples(at))?;
        if self.waiting.is_empty() {
            self.waiting.push((SILENCE.to_vec(), SILENCE_SAMPLES));
        }
        self.page(PacketWriteEndInfo::EndStream)?;
        Ok(self.to)
    }

    /// The end of what was put, in samples.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.written + self.waiting_samples
    }

    fn fill(&mut self, until: u64) -> Result<(), RecordingError> {
        let until = until.min(self.end() + LONGEST_GAP);
        while self.end() + SILENCE_SAMPLES <= until {
            self.add(SILENCE.to_vec(), SILENCE_SAMPLES)?;
        }
        Ok(())
    }

    fn add(&mut self, payload: Vec<u8>, samples: u64) -> Result<(), RecordingError> {
        self.waiting.push((payload, samples));
        self.waiting_samples += samples;
        if self.waiting_samples >= PAGE { self.page(PacketWriteEndInfo::EndPage) } else { Ok(()) }
    }

    fn page(&mut self, end: PacketWriteEndInfo) -> Result<(), RecordingError> {
        let count = self.waiting.len();
        for (n, (payload, samples)) in self.waiting.drain(..).enumerate() {
            self.written += samples;
            let end = if n + 1 == count { end } else { PacketWriteEndInfo::NormalPacket };
            self.pages.0.write_packet(payload, self.serial, end, self.written)?;
        }
        self.waiting_samples = 0;
        self.flush()
    }

    /// A page goes out in one piece: the file never ends in the middle of one that was not cut by the system itself.
    fn flush(&mut self) -> Result<(), RecordingError> {
        let bytes = std::mem::take(self.pages.0.inner_mut());
        if bytes.is_empty() {
            return Ok(());
        }
        self.to.write_all(&bytes)?;
        Ok(self.to.flush()?)
    }
}

fn in_samples(at: Duration) -> u64 {
    u64::try_from(at.as_micros() * u128::from(RATE) / 1_000_000).unwrap_or(u64::MAX)
}

/// How long a packet of Opus lasts, in samples at 48 kHz (RFC 6716, section 3.1); 0 where it is none.
fn samples(payload: &[u8]) -> u64 {
    let Some(&first) = payload.first() else { return 0 };
    let config = first >> 3;
    let frame = match config {
        0..=11 => [480, 960, 1920, 2880][usize::from(config & 3)],
        12..=15 => [480, 960][usize::from(config & 1)],
        _ => [120, 240, 480, 960][usize::from(config & 3)],
    };
    let frames = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => payload.get(1).map_or(0, |second| u64::from(second & 0x3f)),
    };
    let samples = frame * frames;
    if samples > 5760 { 0 } else { samples }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_packet_is_read_from_its_first_bytes() {
        assert_eq!(samples(&SILENCE), 960);
        assert_eq!(samples(&[]), 0);
        assert_eq!(samples(&[0x08]), 960, "SILK, narrow band, 20 ms");
        assert_eq!(samples(&[0x78]), 960, "hybrid, full band, 20 ms");
        assert_eq!(samples(&[0x79, 0]), 1920, "two frames");
        assert_eq!(samples(&[0x7b, 3]), 2880, "three frames");
        assert_eq!(samples(&[0x1b, 63]), 0, "longer than a packet may be");
    }

    #[test]
    fn a_gap_is_filled_and_a_packet_in_its_place_is_not_moved() {
        let mut track = OggTrack::new(Vec::new(), 1).unwrap();
        for n in 0..5_u64 {
            track.put(Duration::from_millis(n * 20 + [0, 15, 3, 18, 7][n as usize]), &SILENCE).unwrap();
        }
        assert_eq!(track.end(), 5 * 960);
        track.put(Duration::from_millis(1000), &SILENCE).unwrap();
        assert_eq!(track.end(), 51 * 960);
    }

    #[test]
    fn a_side_whose_clock_is_fast_stays_in_step() {
        let mut track = OggTrack::new(Vec::new(), 1).unwrap();
        for n in 0..50_000_u64 {
            track.put(Duration::from_micros(n * 19_990), &SILENCE).unwrap();
        }
        let late = (track.end() as f64 / 48.0) - 50_000.0 * 19.99;
        assert!((0.0..120.0).contains(&late), "{late} ms");
    }
}
