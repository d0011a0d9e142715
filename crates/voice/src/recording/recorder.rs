//! Both sides of a recording, written by a thread of their own: a slow disk does not hold up a call.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, SyncSender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use sellme_core::wire::Track;

use super::{OggTrack, RecordingError};

/// Packets that wait to be written: 5 s of both sides. More are left out, and the gap is silent.
const WAITING: usize = 500;
/// How often what waits is written where nothing comes.
const SETTLE: Duration = Duration::from_secs(1);
/// What may still be on its way is not filled with silence yet.
const ON_ITS_WAY: Duration = Duration::from_millis(500);

enum Order {
    Put(Track, Duration, Box<dyn AsRef<[u8]> + Send>),
    Finish(Duration),
}

/// A recording that runs. It is ended by [`Recorder::finish`], or when this is dropped.
pub struct Recorder {
    orders: SyncSender<Order>,
    clock: Mutex<Clock>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder").field("elapsed", &self.elapsed()).finish_non_exhaustive()
    }
}

/// A clock that can be stopped.
#[derive(Debug)]
struct Clock {
    before: Duration,
    since: Option<Instant>,
}

impl Clock {
    fn elapsed(&self) -> Duration {
        self.before + self.since.map_or(Duration::ZERO, |since| since.elapsed())
    }
}

impl Recorder {
    /// Begins to record into these two new files. `on_stop` is told where the recording stops by itself; the call goes on then.
    ///
    /// # Errors
    /// Where they cannot be made, or are there already.
    pub fn start(rep: &Path, customer: &Path, on_stop: impl FnOnce(RecordingError) + Send + 'static) -> Result<Self, RecordingError> {
        let (rep, customer) = (File::create_new(rep)?, File::create_new(customer)?);
        Self::into(Box::new(rep), Box::new(customer), on_stop)
    }

    /// As [`Recorder::start`], into anything that takes bytes.
    ///
    /// # Errors
    /// Where the headers cannot be written, or no thread is to be had.
    pub fn into(
        rep: Box<dyn Write + Send>,
        customer: Box<dyn Write + Send>,
        on_stop: impl FnOnce(RecordingError) + Send + 'static,
    ) -> Result<Self, RecordingError> {
        let tracks = Tracks { rep: OggTrack::new(rep, 1)?, customer: OggTrack::new(customer, 2)? };
        let (orders, receiver) = mpsc::sync_channel(WAITING);
        let began = Instant::now();
        let run = move || {
            if let Err(error) = tracks.write(&receiver) {
                on_stop(error);
            }
        };
        let thread = thread::Builder::new().name("sellme-recording".to_owned()).spawn(run)?;
        let clock = Clock { before: Duration::ZERO, since: Some(began) };
        Ok(Self { orders, clock: Mutex::new(clock), thread: Mutex::new(Some(thread)) })
    }

    /// How long it has run, without its pauses: the timeline.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }

    /// Stops the timeline, or lets it go on. What comes meanwhile is left out.
    pub fn pause(&self, on: bool) {
        let mut clock = self.clock.lock().unwrap_or_else(PoisonError::into_inner);
        let elapsed = clock.elapsed();
        *clock = Clock { before: elapsed, since: (!on).then(Instant::now) };
    }

    /// A packet that begins `at` on the timeline. Never blocks; does nothing once the recording stopped.
    pub fn put(&self, side: Track, at: Duration, payload: impl AsRef<[u8]> + Send + 'static) {
        if self.clock.lock().unwrap_or_else(PoisonError::into_inner).since.is_some() {
            // Full: the disk is slower than sound. Closed: it stopped.
            let _ = self.orders.try_send(Order::Put(side, at, Box::new(payload)));
        }
    }

    /// Ends both files at the same moment and waits until they are written. Blocks.
    pub fn finish(&self) {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(thread) = thread else { return };
        // It only fails where it stopped by itself.
        let _ = self.orders.send(Order::Finish(self.elapsed()));
        // A thread that panicked writes no more.
        let _ = thread.join();
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.finish();
    }
}

struct Tracks {
    rep: OggTrack<Box<dyn Write + Send>>,
    customer: OggTrack<Box<dyn Write + Send>>,
}

impl Tracks {
    fn write(mut self, orders: &Receiver<Order>) -> Result<(), RecordingError> {
        let mut latest = Duration::ZERO;
        let mut settled = Instant::now();
        loop {
            match orders.recv_timeout(SETTLE) {
                Ok(Order::Put(side, at, payload)) => {
                    latest = latest.max(at);
                    self.side(side).put(at, (*payload).as_ref())?;
                }
                Ok(Order::Finish(at)) => {
                    self.rep.finish(at)?;
                    self.customer.finish(at)?;
                    return Ok(());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(RecordingError::Other(io::ErrorKind::BrokenPipe)),
            }
            if settled.elapsed() >= SETTLE {
                // One side may be silent for long while the other speaks: its file keeps up.
                settled = Instant::now();
                let until = latest.saturating_sub(ON_ITS_WAY);
                self.rep.settle(until)?;
                self.customer.settle(until)?;
            }
        }
    }

    fn side(&mut self, side: Track) -> &mut OggTrack<Box<dyn Write + Send>> {
        match side {
            Track::Rep => &mut self.rep,
            Track::Customer => &mut self.customer,
        }
    }
}
