//! The thread that works on a call's sound: every few milliseconds what the microphone heard goes out, and what the speaker wants comes from what came in.

use std::{
    sync::{
        Arc,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use sellme_core::wire::Track;

use super::{
    DeviceEvent, FRAME, Packet, Pipeline, SoundError,
    device::{Ends, Intake, Outlet},
};
use crate::{peer::PeerHandle, recording::Recorder};

/// How often it works.
const TURN: Duration = Duration::from_micros(2_500);
/// How often levels are told.
const LEVELS: Duration = Duration::from_millis(100);
/// A microphone that gives nothing for so long is silent meanwhile.
const STALLED: Duration = Duration::from_millis(60);
/// More than this waiting at the microphone is thrown away: it would be late for ever.
const BACKLOG: u32 = 200;
/// The time of a frame.
const FRAME_TIME: Duration = Duration::from_millis(10);

/// What the thread is told.
#[derive(Debug)]
pub(super) enum Order {
    /// The other side is there.
    Begin,
    /// A packet came.
    Put(Packet),
    /// A device is there or gone.
    Ends(Ends),
    /// The microphone is shut or open.
    Mute(bool),
    /// Nobody hears or speaks, or both do again.
    Hold(bool),
    /// The customer is silent at once.
    Clear,
    /// Everything is recorded from now on, or nothing.
    Record(Option<Arc<Recorder>>),
    /// It ends.
    Close,
}

/// What the thread tells.
#[derive(Debug)]
pub(super) enum Told {
    /// How loud the rep and the customer are, 0 to 1.
    Levels(f32, f32),
    /// A device is gone or back.
    Device(DeviceEvent),
    /// Whether the microphone is there has to be known, now.
    Unsure,
}

/// The thread of a call's sound. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Sound {
    pub(super) orders: Sender<Order>,
    thread: Option<JoinHandle<()>>,
}

impl Sound {
    /// A queue of orders, for devices that are opened before the thread begins.
    pub(super) fn queue() -> (Sender<Order>, Receiver<Order>) {
        mpsc::channel()
    }

    /// Begins to work once it is told to ([`Order::Begin`]).
    pub(super) fn start(
        (orders, receiver): (Sender<Order>, Receiver<Order>),
        muted: bool,
        peer: PeerHandle,
        tell: impl Fn(Told) + Send + 'static,
    ) -> Result<Self, SoundError> {
        let run = move || {
            // Until then nobody is there to speak with, and a connection is made sooner where nothing else needs the processor.
            let mut before = Vec::new();
            loop {
                match receiver.recv() {
                    Ok(Order::Begin) => break,
                    Ok(Order::Close) | Err(_) => return,
                    // It is too early to be of use, and its times would be.
                    Ok(Order::Put(_)) => {}
                    Ok(order) => before.push(order),
                }
            }
            let pipeline = match Pipeline::new(muted) {
                Ok(pipeline) => pipeline,
                Err(error) => {
                    tell(Told::Device(DeviceEvent::MicrophoneLost(error)));
                    // A call in which nobody is heard is none.
                    return peer.close();
                }
            };
            let mut work = Work {
                pipeline,
                peer,
                tell: Box::new(tell),
                intake: None,
                outlet: None,
                recorder: None,
                muted,
                held: false,
                began: Instant::now(),
                heard: Duration::ZERO,
                played: Duration::ZERO,
                told: Duration::ZERO,
            };
            before.into_iter().for_each(|order| work.take(order));
            work.forget_what_waits();
            work.run(&receiver);
        };
        let thread = thread::Builder::new().name("sellme-sound".to_owned()).spawn(run).map_err(|_| SoundError::Thread)?;
        Ok(Self { orders, thread: Some(thread) })
    }
}

impl Drop for Sound {
    fn drop(&mut self) {
        // It only fails where the thread has ended.
        let _ = self.orders.send(Order::Close);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing left to close.
            let _ = thread.join();
        }
    }
}

struct Work {
    pipeline: Pipeline,
    peer: PeerHandle,
    tell: Box<dyn Fn(Told) + Send>,
    intake: Option<Intake>,
    outlet: Option<Outlet>,
    recorder: Option<Arc<Recorder>>,
    muted: bool,
    held: bool,
    began: Instant,
    /// Until when the microphone was heard.
    heard: Duration,
    /// Until when the customer was played.
    played: Duration,
    /// When levels were told.
    told: Duration,
}

impl Work {
    fn run(mut self, orders: &Receiver<Order>) {
        let mut next = Instant::now() + TURN;
        loop {
            match orders.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(Order::Close) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(order) => {
                    self.take(order);
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => next = Instant::now() + TURN,
            }
            let now = self.began.elapsed();
            self.listen(now);
            if self.pipeline.asks_for_the_microphone() {
                (self.tell)(Told::Unsure);
            }
            self.play(now);
            if now.saturating_sub(self.told) >= LEVELS {
                self.told = now;
                let (rep, customer) = self.pipeline.levels();
                (self.tell)(Told::Levels(rep.level, customer.level));
            }
        }
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::Put(packet) if !self.held => self.pipeline.put(self.began.elapsed(), packet),
            Order::Put(_) | Order::Begin | Order::Close => {}
            Order::Ends(Ends::Intake(intake)) => {
                self.intake = intake;
                self.pipeline.other_device();
            }
            Order::Ends(Ends::Outlet(outlet)) => {
                self.outlet = outlet;
                self.pipeline.other_device();
            }
            Order::Ends(Ends::Larger(outlet)) => self.outlet = Some(outlet),
            Order::Ends(Ends::Listed) => self.pipeline.microphone_is_there(),
            Order::Ends(Ends::Event(event)) => (self.tell)(Told::Device(event)),
            Order::Mute(on) => {
                self.muted = on;
                self.pipeline.mute(self.muted || self.held);
            }
            Order::Hold(on) => {
                self.held = on;
                self.pipeline.mute(self.muted || self.held);
                self.clear();
            }
            Order::Clear => self.clear(),
            Order::Record(recorder) => self.recorder = recorder,
        }
    }

    /// What the microphone heard before there was anybody to hear it.
    fn forget_what_waits(&mut self) {
        let mut frame = [0.0; FRAME];
        while self.intake.as_mut().is_some_and(|intake| intake.frame(&mut frame)) {}
    }

    fn clear(&mut self) {
        self.pipeline.clear();
        if let Some(outlet) = &self.outlet {
            outlet.flush();
        }
    }

    /// What the microphone heard goes out; where none is there, silence does, so that the other side's clock runs on.
    fn listen(&mut self, now: Duration) {
        let mut frame = [0.0; FRAME];
        if let Some(mut intake) = self.intake.take() {
            while intake.waiting() > BACKLOG && intake.frame(&mut frame) {}
            while intake.frame(&mut frame) {
                self.send(&frame);
                self.heard = now;
            }
            let delay = intake.latency() + self.outlet.as_ref().map_or(0, Outlet::latency);
            self.pipeline.set_delay(delay);
            self.intake = Some(intake);
        }
        if now.saturating_sub(self.heard) > STALLED {
            self.pipeline.missed();
            let until = now.saturating_sub(STALLED);
            while self.heard < until {
                self.send(&[0.0; FRAME]);
                self.heard += FRAME_TIME;
            }
        }
    }

    fn send(&mut self, frame: &[f32; FRAME]) {
        let outgoing = match self.pipeline.capture(frame) {
            Ok(Some(outgoing)) => outgoing,
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, "a frame of the microphone is lost");
                return;
            }
        };
        if let Some(recorder) = &self.recorder {
            recorder.put(Track::Rep, recorder.elapsed(), Arc::clone(&outgoing.payload));
        }
        // Before the connection is there too much may wait, and once it is over nothing is taken: both are told elsewhere.
        let _ = self.peer.send_opus(outgoing.payload, outgoing.samples);
    }

    /// The speaker gets what it wants; where none is there, the customer speaks on unheard.
    fn play(&mut self, now: Duration) {
        let mut frame = [0.0; FRAME];
        if let Some(mut outlet) = self.outlet.take() {
            while outlet.wants(now) {
                self.next(now, &mut frame);
                outlet.play(&frame);
                self.played = now;
            }
            self.outlet = Some(outlet);
            return;
        }
        while self.played + FRAME_TIME <= now {
            self.next(now, &mut frame);
            self.played += FRAME_TIME;
        }
    }

    fn next(&mut self, now: Duration, frame: &mut [f32; FRAME]) {
        let recorder = &self.recorder;
        self.pipeline.play(now, frame, |packet| {
            if let Some(recorder) = recorder {
                recorder.put(Track::Customer, recorder.elapsed(), packet.payload);
            }
        });
    }
}
