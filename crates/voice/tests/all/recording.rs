//! Recordings are read back as a player would.

use std::{
    io::{Cursor, ErrorKind, Write},
    sync::{Arc, Mutex, PoisonError, mpsc},
    time::Duration,
};

use ogg::reading::PacketReader;
use sellme_core::{Code, Error, wire::Track};
use sellme_voice::{
    native::{Decoder, Encoder, Next, PACKET, Packet},
    recording::{OggTrack, Recorder, RecordingError},
};

/// A disk: what was written, and how much fits.
#[derive(Clone)]
struct Disk {
    bytes: Arc<Mutex<Vec<u8>>>,
    fits: usize,
}

impl Disk {
    fn new(fits: usize) -> Self {
        Self { bytes: Arc::default(), fits }
    }

    fn content(&self) -> Vec<u8> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Write for Disk {
    fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let room = self.fits.saturating_sub(bytes.len()).min(piece.len());
        if room == 0 {
            return Err(ErrorKind::StorageFull.into());
        }
        bytes.extend(piece.iter().take(room));
        Ok(room)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Packets of a tone.
fn tone(hertz: f32, packets: usize) -> Vec<Arc<[u8]>> {
    let mut encoder = Encoder::new().unwrap_or_else(|error| panic!("{error}"));
    let sample = |n: usize| 0.4 * (std::f32::consts::TAU * hertz * n as f32 / 48_000.0).sin();
    (0..packets).filter_map(|p| encoder.push(&(p * PACKET..(p + 1) * PACKET).map(sample).collect::<Vec<_>>()).ok().flatten()).collect()
}

/// What a player makes of a file: its sound, and whether it says that it ends.
fn play(file: &[u8]) -> (Vec<f32>, bool) {
    let mut reader = PacketReader::new(Cursor::new(file));
    let mut decoder = Decoder::new().unwrap_or_else(|error| panic!("{error}"));
    let (mut sound, mut ended, mut number, mut granule) = (Vec::new(), false, 0, 0);
    while let Ok(Some(packet)) = reader.read_packet() {
        match number {
            0 => assert_eq!(&packet.data[..16], b"OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00", "{:?}", packet.data),
            1 => assert!(packet.data.starts_with(b"OpusTags")),
            _ => {
                let next = Next::Packet(Packet { time: 0, payload: Arc::from(packet.data.clone()) });
                sound.extend_from_slice(decoder.decode(&next));
                granule = packet.absgp_page();
                ended = packet.last_in_stream();
            }
        }
        number += 1;
    }
    assert_eq!(granule as usize, sound.len(), "the last page says how long it is");
    (sound, ended)
}

/// How loud this frequency is in a moment of a sound.
fn loud(sound: &[f32], hertz: f32, from_ms: usize, to_ms: usize) -> f32 {
    let part = &sound[from_ms * 48..to_ms * 48];
    let (mut sine, mut cosine) = (0.0, 0.0);
    for (n, sample) in part.iter().enumerate() {
        let phase = std::f32::consts::TAU * hertz * n as f32 / 48_000.0;
        sine += sample * phase.sin();
        cosine += sample * phase.cos();
    }
    2.0 * (sine * sine + cosine * cosine).sqrt() / part.len() as f32
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

#[test]
fn both_sides_are_as_long_and_each_sound_is_in_its_place() {
    let (rep, customer) = (Disk::new(usize::MAX), Disk::new(usize::MAX));
    let recorder = Recorder::into(Box::new(rep.clone()), Box::new(customer.clone()), |error| panic!("{error}")).unwrap();
    for (n, packet) in tone(440.0, 150).into_iter().enumerate() {
        recorder.put(Track::Rep, ms(n as u64 * 20), packet);
    }
    for (n, packet) in tone(1_000.0, 50).into_iter().enumerate() {
        recorder.put(Track::Customer, ms(1_000 + n as u64 * 20), packet);
    }
    recorder.finish();
    let ((rep, rep_ended), (customer, customer_ended)) = (play(&rep.content()), play(&customer.content()));
    assert!(rep_ended && customer_ended);
    assert!(rep.len().abs_diff(150 * PACKET) <= PACKET, "{}", rep.len());
    assert!(customer.len() >= 100 * PACKET, "{}", customer.len());
    assert!(loud(&rep, 440.0, 100, 2_900) > 0.3);
    assert!(loud(&customer, 1_000.0, 0, 990) < 0.001, "silence before it spoke");
    assert!(loud(&customer, 1_000.0, 1_050, 1_950) > 0.3);
}

#[test]
fn a_killed_program_loses_less_than_a_second() {
    let disk = Disk::new(usize::MAX);
    let mut track = OggTrack::new(disk.clone(), 1).unwrap();
    for (n, packet) in tone(440.0, 190).iter().enumerate() {
        track.put(ms(n as u64 * 20), packet).unwrap();
    }
    // The program is gone: nothing is finished, nothing is flushed.
    std::mem::forget(track);
    let (sound, ended) = play(&disk.content());
    assert!(!ended);
    assert_eq!(sound.len(), 150 * PACKET);
    assert!(loud(&sound, 440.0, 100, 2_900) > 0.3);
}

#[test]
fn a_full_disk_stops_the_recording_and_what_was_written_plays() {
    let (rep, customer) = (Disk::new(9_000), Disk::new(usize::MAX));
    let (told, stopped) = mpsc::channel();
    let recorder = Recorder::into(Box::new(rep.clone()), Box::new(customer), move |error| told.send(error).unwrap()).unwrap();
    for (n, packet) in tone(440.0, 400).into_iter().enumerate() {
        recorder.put(Track::Rep, ms(n as u64 * 20), packet);
    }
    assert_eq!(stopped.recv_timeout(Duration::from_secs(60)), Ok(RecordingError::DiskFull));
    assert_eq!(Error::from(RecordingError::DiskFull).code, Code::DiskFull);
    // The call goes on and puts more; nothing comes of it.
    recorder.put(Track::Rep, ms(9_000), [0xf8, 0xff, 0xfe]);
    recorder.finish();
    let (sound, ended) = play(&rep.content());
    assert!(!ended);
    assert!(sound.len() >= 48_000, "{}", sound.len());
    assert!(loud(&sound, 440.0, 100, 900) > 0.3);
}

#[test]
fn a_recording_does_not_write_over_another() {
    let folder = std::env::temp_dir().join(format!("sellme-recording-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (rep, customer) = (folder.join("rep.opus"), folder.join("customer.opus"));
    let recorder = Recorder::start(&rep, &customer, |error| panic!("{error}")).unwrap();
    recorder.put(Track::Rep, ms(0), [0xf8, 0xff, 0xfe]);
    recorder.finish();
    let before = std::fs::read(&rep).unwrap();
    assert!(matches!(Recorder::start(&rep, &customer, |_| {}), Err(RecordingError::Other(ErrorKind::AlreadyExists))));
    assert_eq!(std::fs::read(&rep).unwrap(), before);
    assert!(play(&before).1);
    let nowhere = folder.join("none/rep.opus");
    assert!(matches!(Recorder::start(&nowhere, &customer, |_| {}), Err(RecordingError::ReadOnly)));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_timeline_stands_still_in_a_pause() {
    let (rep, customer) = (Disk::new(usize::MAX), Disk::new(usize::MAX));
    let recorder = Recorder::into(Box::new(rep.clone()), Box::new(customer), |error| panic!("{error}")).unwrap();
    recorder.pause(true);
    let at = recorder.elapsed();
    recorder.put(Track::Rep, ms(5_000), [0xf8, 0xff, 0xfe]);
    assert_eq!(recorder.elapsed(), at);
    recorder.pause(true);
    assert_eq!(recorder.elapsed(), at);
    recorder.pause(false);
    recorder.pause(false);
    assert!(recorder.elapsed() >= at);
    recorder.finish();
    assert!(play(&rep.content()).0.len() < 48_000 * 4, "what came in the pause is left out");
}
