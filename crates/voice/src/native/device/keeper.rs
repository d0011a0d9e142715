//! Keeps a microphone and a speaker open for a call: sees when one is gone, and opens another.

use std::{
    sync::{
        atomic::Ordering,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{
    DeviceEvent, Intake, Outlet, Through,
    open::{Running, open_input, open_output},
    still_there,
};
use crate::native::SoundError;

/// How often it looks.
const LOOK: Duration = Duration::from_millis(200);
/// A device that does not call for so long is gone.
const SILENT: Duration = Duration::from_secs(2);
/// How often another is looked for, and the list of devices is looked through.
const AGAIN: Duration = Duration::from_secs(1);

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
    /// What a person should know.
    Event(DeviceEvent),
}

/// What the thread is told.
#[derive(Debug)]
pub(crate) enum Keep {
    /// Other devices from now on.
    Change(Wanted),
    /// It ends.
    Close,
}

/// The devices of a call. They are closed when it is dropped.
#[derive(Debug)]
pub(crate) struct Keeper {
    pub(crate) orders: Sender<Keep>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Opens both devices, and keeps them open from then on. Blocks while they are opened.
    ///
    /// # Errors
    /// Where one of them cannot be opened.
    pub(crate) fn start(wanted: Wanted, ends: impl Fn(Ends) + Send + 'static) -> Result<Self, SoundError> {
        let (orders, receiver) = mpsc::channel();
        let (opened, was_opened) = mpsc::channel();
        let run = move || {
            let mut state = State { wanted, ends: Box::new(ends), input: Side::new(), output: Side::new() };
            let result = state.open(true, true).and_then(|()| state.open(false, true));
            let go_on = result.is_ok();
            let told = opened.send(result).is_ok();
            if go_on && told {
                state.keep(&receiver);
            }
        };
        let thread = thread::Builder::new().name("sellme-devices".to_owned()).spawn(run).map_err(|_| SoundError::Thread)?;
        let keeper = Self { orders, thread: Some(thread) };
        was_opened.recv().map_err(|_| SoundError::Thread)??;
        Ok(keeper)
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // It only fails where the thread has ended.
        let _ = self.orders.send(Keep::Close);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to close.
            let _ = thread.join();
        }
    }
}

struct Side {
    running: Option<Running>,
    calls: usize,
    called: Instant,
    looked: Instant,
}

impl Side {
    fn new() -> Self {
        Self { running: None, calls: 0, called: Instant::now(), looked: Instant::now() }
    }
}

struct State {
    wanted: Wanted,
    ends: Box<dyn Fn(Ends) + Send>,
    input: Side,
    output: Side,
}

impl State {
    fn keep(&mut self, orders: &Receiver<Keep>) {
        loop {
            match orders.recv_timeout(LOOK) {
                Ok(Keep::Change(wanted)) => self.change(wanted),
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Keep::Close) | Err(RecvTimeoutError::Disconnected) => return,
            }
            self.look(true);
            self.look(false);
        }
    }

    fn change(&mut self, wanted: Wanted) {
        let (input, output) = (wanted.input != self.wanted.input, wanted.output != self.wanted.output);
        let both = wanted.through != self.wanted.through;
        self.wanted = wanted;
        for side in [(input || both).then_some(true), (output || both).then_some(false)].into_iter().flatten() {
            self.side(side).running = None;
            if let Err(error) = self.open(side, true) {
                self.lost(side, error);
            }
        }
    }

    fn side(&mut self, input: bool) -> &mut Side {
        if input { &mut self.input } else { &mut self.output }
    }

    /// Opens a side and hands its ring over.
    fn open(&mut self, input: bool, first: bool) -> Result<(), SoundError> {
        let through = self.wanted.through;
        let wanted = if input { self.wanted.input.clone() } else { self.wanted.output.clone() };
        let (running, end) = if input {
            let (running, intake) = open_input(through, wanted.as_deref())?;
            (running, Ends::Intake(Some(intake)))
        } else {
            let (running, outlet) = open_output(through, wanted.as_deref())?;
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
        let side = self.side(input);
        let due = side.looked.elapsed() >= AGAIN;
        if due {
            side.looked = Instant::now();
        }
        let Some(running) = &side.running else {
            // Why it cannot be opened yet is not told again and again.
            if due && self.open(input, false).is_ok() {
                tracing::info!(input, "a sound device is back");
            }
            return;
        };
        let calls = running.watch.calls.load(Ordering::Relaxed);
        if calls != side.calls {
            side.calls = calls;
            side.called = Instant::now();
        }
        let gone = running.is_lost() || side.called.elapsed() >= SILENT;
        let id = running.id.clone().filter(|_| due);
        if gone || id.is_some_and(|id| !still_there(self.wanted.through, &id)) {
            self.lost(input, SoundError::gone(input));
        }
    }

    fn lost(&mut self, input: bool, error: SoundError) {
        let side = self.side(input);
        side.running = None;
        side.looked = Instant::now();
        (self.ends)(if input { Ends::Intake(None) } else { Ends::Outlet(None) });
        (self.ends)(Ends::Event(if input { DeviceEvent::MicrophoneLost(error) } else { DeviceEvent::SpeakerLost(error) }));
    }
}
