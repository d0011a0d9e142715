//! Keeps a microphone and a speaker open for a call: sees when one is gone, and opens another.

use std::{
    sync::{
        atomic::Ordering,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::{
    DeviceEvent, Intake, Outlet, Through, alsa, host, known,
    open::{Found, Running, find, find_at},
    still_there,
};
use crate::native::SoundError;

/// How often it looks.
const LOOK: Duration = Duration::from_millis(200);
/// A device that does not call for so long is gone.
const SILENT: Duration = Duration::from_secs(2);
/// How often another is looked for, and the list of devices is looked through.
const AGAIN: Duration = Duration::from_secs(1);
/// Where the speaker ran out so often within this time, the machine is too busy for small pieces.
const TOO_OFTEN: usize = 4;
const WITHIN: Duration = Duration::from_secs(30);

/// Which devices, and how they are reached.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// The microphone's name; the system's own choice where `None` or not there.
    pub(crate) input: Option<String>,
    /// The speaker's name.
    pub(crate) output: Option<String>,
    /// The way to them.
    pub(crate) through: Through,
}

/// What changes for the thread that works on sound.
#[derive(Debug)]
pub(crate) enum Ends {
    /// Sound comes from here now; `None` from nowhere.
    Intake(Option<Intake>),
    /// Sound goes here now.
    Outlet(Option<Outlet>),
    /// The same speaker takes larger pieces, from here.
    Larger(Outlet),
    /// The microphone was looked for, and is there.
    Listed,
    /// What a person should know.
    Event(DeviceEvent),
}

/// The microphone is looked for at once.
#[derive(Debug)]
struct LookNow;

/// The devices of a call. They are closed soon after it is dropped: whoever has to know when calls [`Keeper::close`].
#[derive(Debug)]
pub(crate) struct Keeper {
    /// Has the thread look for the microphone at once; it ends with it.
    held: Sender<LookNow>,
    opened: Receiver<SoundError>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Finds both devices, and opens them and keeps them open from then on. Done once they are found: opening takes longer, since a sound server says that it is
    /// done with the first sound.
    ///
    /// # Errors
    /// Where one of them is not there.
    pub(crate) async fn start(wanted: Wanted, ends: impl Fn(Ends) + Send + 'static) -> Result<Self, SoundError> {
        let (held, dropped) = mpsc::channel();
        let (found, was_found) = oneshot::channel();
        let (opened, was_opened) = mpsc::channel();
        let run = move || {
            let mut state = State { wanted, ends: Box::new(ends), input: Side::new(), output: Side::new(), busy: false };
            let (both, told) = match state.find_both() {
                Ok(both) => (Some(both), found.send(Ok(()))),
                Err(error) => (None, found.send(Err(error))),
            };
            let Some((input, output)) = both.filter(|_| told.is_ok()) else { return };
            for (found, input) in [(input, true), (output, false)] {
                if let Err(error) = state.open(found, input, true) {
                    // Whoever still waits for the call is told so; else it is as if the device were lost.
                    drop(opened.send(error.clone()));
                    state.lost(input, error);
                }
            }
            state.keep(&dropped);
        };
        let thread = thread::Builder::new().name("sellme-devices".to_owned()).spawn(run).map_err(|_| SoundError::Thread)?;
        let keeper = Self { held, opened: was_opened, thread };
        was_found.await.map_err(|_| SoundError::Thread)??;
        Ok(keeper)
    }

    /// Looks whether the microphone is there, and says so ([`Ends::Listed`], or that it is lost).
    pub(crate) fn look_for_microphone(&self) {
        // It only fails where the thread is gone, and nothing is heard then.
        let _ = self.held.send(LookNow);
    }

    /// Closes them, and waits for it. A device that is being opened may take seconds.
    pub(crate) fn close(self) {
        drop(self.held);
        // A thread that panicked has nothing left to close.
        let _ = self.thread.join();
    }

    /// The same without holding up anybody else.
    pub(crate) async fn let_go(self) {
        // It only fails where the runtime ends, and the devices with it.
        let _ = tokio::task::spawn_blocking(|| self.close()).await;
    }

    /// Why a device cannot be opened, where that is known by now.
    pub(crate) fn refusal(&self) -> Option<SoundError> {
        self.opened.try_recv().ok()
    }
}

struct Side {
    running: Option<Running>,
    calls: usize,
    called: Instant,
    looked: Instant,
    /// Times that it had run out when they were last counted, and when that was.
    short: usize,
    counted: Instant,
}

impl Side {
    fn new() -> Self {
        let now = Instant::now();
        Self { running: None, calls: 0, called: now, looked: now, short: 0, counted: now }
    }
}

struct State {
    wanted: Wanted,
    ends: Box<dyn Fn(Ends) + Send>,
    input: Side,
    output: Side,
    /// True where the speaker takes larger pieces.
    busy: bool,
}

impl State {
    fn keep(&mut self, held: &Receiver<LookNow>) {
        let mut due = Instant::now() + LOOK;
        loop {
            match held.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(LookNow) => {
                    // One look answers all that were asked for.
                    while held.try_recv().is_ok() {}
                    self.look(true);
                    if self.input.running.is_some() {
                        (self.ends)(Ends::Listed);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.look(true);
                    self.look(false);
                    due = Instant::now() + LOOK;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn side(&mut self, input: bool) -> &mut Side {
        if input { &mut self.input } else { &mut self.output }
    }

    /// Finds both sides.
    fn find_both(&self) -> Result<(Found, Found), SoundError> {
        let both = |host: &cpal::Host| {
            let output = || find_at(host, self.wanted.output.as_deref(), false);
            find_at(host, self.wanted.input.as_deref(), true).and_then(|input| Ok((input, output()?)))
        };
        // Seeing first whether the server is still there takes as long as all the rest.
        if let Some(found) = known(self.wanted.through).and_then(|host| both(&host).ok()) {
            return Ok(found);
        }
        both(&*host(self.wanted.through)?)
    }

    /// Finds and opens a side again.
    fn reopen(&mut self, input: bool) -> Result<(), SoundError> {
        let wanted = if input { &self.wanted.input } else { &self.wanted.output };
        let found = find(self.wanted.through, wanted.as_deref(), input)?;
        self.open(found, input, false)
    }

    /// Opens a side and hands its ring over.
    fn open(&mut self, found: Found, input: bool, first: bool) -> Result<(), SoundError> {
        let (running, end) = if input {
            let (running, intake) = found.open_input()?;
            (running, Ends::Intake(Some(intake)))
        } else {
            let found = if self.busy { found.in_larger_pieces() } else { found };
            let (running, outlet) = found.open_output()?;
            (running, Ends::Outlet(Some(outlet)))
        };
        (self.ends)(end);
        if !first {
            let name = running.name.clone();
            (self.ends)(Ends::Event(if input { DeviceEvent::MicrophoneBack(name) } else { DeviceEvent::SpeakerBack(name) }));
        }
        *self.side(input) = Side { running: Some(running), ..Side::new() };
        Ok(())
    }

    fn look(&mut self, input: bool) {
        let small = !input && !self.busy;
        let side = self.side(input);
        let due = side.looked.elapsed() >= AGAIN;
        if due {
            side.looked = Instant::now();
        }
        let Some(running) = &side.running else {
            // Why it cannot be opened yet is not told again and again.
            if due && self.reopen(input).is_ok() {
                tracing::info!(input, "a sound device is back");
            }
            return;
        };
        let calls = running.watch.calls.load(Ordering::Relaxed);
        if calls != side.calls {
            side.calls = calls;
            side.called = Instant::now();
        }
        let short = running.watch.short.load(Ordering::Relaxed);
        if side.counted.elapsed() > WITHIN {
            (side.short, side.counted) = (short, Instant::now());
        }
        let too_busy = small && short - side.short >= TOO_OFTEN;
        let gone = running.is_lost() || side.called.elapsed() >= SILENT;
        let id = running.id.clone().filter(|_| due || input);
        if gone || id.is_some_and(|id| !still_there(self.wanted.through, &id)) {
            self.lost(input, SoundError::gone(input));
        } else if too_busy {
            tracing::info!("the speaker runs out: it takes larger pieces from now on");
            self.busy = true;
            if let Err(error) = self.enlarge() {
                self.lost(false, error);
            }
        }
    }

    /// Opens the speaker again, in larger pieces. What it holds is played meanwhile, but by ALSA, which opens it once only.
    fn enlarge(&mut self) -> Result<(), SoundError> {
        if self.output.running.as_ref().and_then(|running| running.id.as_ref()).is_none_or(|id| alsa(id.host())) {
            self.output.running = None;
        }
        let found = find(self.wanted.through, self.wanted.output.as_deref(), false)?;
        let (running, outlet) = found.in_larger_pieces().open_output()?;
        (self.ends)(Ends::Larger(outlet));
        self.output = Side { running: Some(running), ..Side::new() };
        Ok(())
    }

    fn lost(&mut self, input: bool, error: SoundError) {
        let side = self.side(input);
        side.running = None;
        side.looked = Instant::now();
        (self.ends)(if input { Ends::Intake(None) } else { Ends::Outlet(None) });
        (self.ends)(Ends::Event(if input { DeviceEvent::MicrophoneLost(error) } else { DeviceEvent::SpeakerLost(error) }));
    }
}
