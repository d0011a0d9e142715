//! The task behind a connection: one change at a time, then everything that follows from it, then the next.

use std::{sync::Arc, time::Duration};

use str0m::{
    Event, IceConnectionState, Input, Output, Rtc,
    channel::ChannelId,
    format::Codec,
    media::{Frequency, MediaData, MediaTime, Mid, Pt},
    net::{Protocol, Receive},
};
use tokio::{sync::mpsc, time::Instant};

use super::{
    Ended, OpusPacket, PeerConfig, PeerEvent,
    handle::{Frame, Orders},
    network::{Network, Received},
    speech::Clock,
};

/// How long saying goodbye may take.
const FAREWELL: Duration = Duration::from_millis(500);
/// Sound is dropped once so many events wait, so that there is room for messages.
const SOUND_WAITING: usize = 512;

/// A message waits while so many bytes are on their way: the protocol looks through all of them for every packet.
const ON_THE_WAY: usize = 16 * 1024;

/// What happens next.
enum Step {
    Packet(Received),
    Text(String),
    Frame(Frame),
    Close,
    Time,
}

struct Driver {
    rtc: Rtc,
    network: Network,
    sound: Option<Mid>,
    codec: Option<Pt>,
    channel: Option<ChannelId>,
    /// A message that waits for the channel, or for room in it.
    unsent: Option<String>,
    clock: Clock,
    events: mpsc::Sender<PeerEvent>,
    config: PeerConfig,
    /// When something last came.
    heard: Instant,
    connected: bool,
    disconnected: bool,
    /// True where sound was dropped that nobody took.
    dropped: bool,
    /// Why it ends, and until when that is said to the other side.
    ending: Option<(Ended, Instant)>,
}

/// Drives a connection until it is over.
pub(super) async fn run(
    rtc: Rtc,
    network: Network,
    sound: Option<Mid>,
    config: PeerConfig,
    mut orders: Orders,
    events: mpsc::Sender<PeerEvent>,
) {
    let mut driver = Driver {
        rtc,
        network,
        sound,
        codec: None,
        channel: None,
        unsent: None,
        clock: Clock::default(),
        events,
        config,
        heard: Instant::now(),
        connected: false,
        disconnected: false,
        dropped: false,
        ending: None,
    };
    let ended = loop {
        let wake = match driver.drain() {
            Ok(wake) => wake,
            Err(error) => {
                tracing::warn!(%error, "a connection broke");
                break driver.ending.map_or(Ended::Broken, |(why, _)| why);
            }
        };
        if let Some(why) = driver.over() {
            break why;
        }
        if driver.send_unsent() {
            continue;
        }
        let step = driver.next(&mut orders, wake).await;
        driver.take(step);
    };
    // Whoever reads learns why, even where the queue is full: it is made room for by the reader.
    let _gone = driver.events.send(PeerEvent::Closed(ended)).await;
}

impl Driver {
    /// Carries out what follows from the last change. Gives back when something is due by itself.
    fn drain(&mut self) -> Result<Instant, str0m::RtcError> {
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(at) => return Ok(Instant::from_std(at)),
                Output::Transmit(packet) => self.network.send(packet.source, packet.destination, packet.contents.to_vec()),
                Output::Event(event) => self.happened(event),
            }
        }
    }

    fn happened(&mut self, event: Event) {
        match event {
            Event::Connected => self.is_connected(),
            Event::MediaAdded(media) => self.sound = self.sound.or(Some(media.mid)),
            Event::MediaData(data) => self.heard_sound(&data),
            Event::ChannelOpen(id, _) if self.channel.is_none() => {
                self.channel = Some(id);
                self.tell(PeerEvent::ChannelOpen);
            }
            Event::ChannelData(data) if Some(data.id) == self.channel => match String::from_utf8(data.data) {
                Ok(text) => self.tell(PeerEvent::Text(text)),
                Err(_) => tracing::warn!("a message that is no text was left out"),
            },
            Event::ChannelClose(id) if Some(id) == self.channel => self.end(Ended::There),
            Event::Closed => self.end(Ended::There),
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) if self.connected => self.end(Ended::Lost),
            _ => {}
        }
    }

    fn is_connected(&mut self) {
        if !self.connected {
            self.connected = true;
            self.heard = Instant::now();
            self.tell(PeerEvent::Connected);
        }
    }

    fn heard_sound(&mut self, data: &MediaData) {
        // Padding that a browser probes the line with: decoding it would invent sound.
        if data.data.is_empty() || data.params.spec().codec != Codec::Opus {
            return;
        }
        let waiting = self.events.max_capacity() - self.events.capacity();
        if waiting >= SOUND_WAITING {
            self.dropped = true;
            return;
        }
        let packet = OpusPacket {
            time: data.time.rebase(Frequency::FORTY_EIGHT_KHZ).numer(),
            sequence: **data.seq_range.start(),
            contiguous: data.contiguous && !self.dropped,
            payload: Arc::clone(&data.data),
        };
        self.dropped = false;
        self.tell(PeerEvent::Opus(packet));
    }

    fn tell(&mut self, event: PeerEvent) {
        match self.events.try_send(event) {
            Ok(()) => {}
            Err(mpsc::error::TrySendError::Full(_)) => self.end(Ended::NotRead),
            Err(mpsc::error::TrySendError::Closed(_)) => self.end(Ended::Here),
        }
    }

    /// Begins to end; the first reason stays.
    fn end(&mut self, why: Ended) {
        if self.ending.is_some() {
            return;
        }
        self.ending = Some((why, Instant::now() + FAREWELL));
        if let Err(error) = self.rtc.close() {
            tracing::debug!(%error, "the goodbye could not be said");
        }
    }

    /// Why it is over, once it is; a connection that is silent for too long begins to end.
    fn over(&mut self) -> Option<Ended> {
        let now = Instant::now();
        if let Some((why, until)) = self.ending {
            return (!self.rtc.is_alive() && self.network.due().is_none() || now >= until).then_some(why);
        }
        if !self.rtc.is_alive() {
            return Some(if self.connected { Ended::There } else { Ended::NotConnected });
        }
        let silent = now.saturating_duration_since(self.heard);
        // Until it is connected, `heard` is when it began.
        if !self.connected && silent >= self.config.connect_within {
            return Some(Ended::NotConnected);
        }
        if self.connected && silent >= self.config.patience {
            return Some(Ended::Lost);
        }
        if self.connected && silent >= self.config.silence && !self.disconnected {
            self.disconnected = true;
            self.tell(PeerEvent::Disconnected);
        }
        None
    }

    /// Sends the message that waits. True where it went, and more may follow from it.
    fn send_unsent(&mut self) -> bool {
        if self.ending.is_some() {
            return false;
        }
        let Some(mut channel) = self.channel.and_then(|id| self.rtc.channel(id)) else { return false };
        let Some(text) = &self.unsent else { return false };
        if channel.buffered_amount() >= ON_THE_WAY {
            return false;
        }
        match channel.write(false, text.as_bytes()) {
            Ok(true) => {
                self.unsent = None;
                true
            }
            Ok(false) => false,
            Err(error) => {
                tracing::debug!(%error, "a message could not be sent");
                self.unsent = None;
                true
            }
        }
    }

    /// Waits for what happens next.
    async fn next(&mut self, orders: &mut Orders, wake: Instant) -> Step {
        let wake = self.wake(wake);
        let idle = self.ending.is_none();
        let may_send = idle && self.unsent.is_none();
        tokio::select! {
            biased;
            changed = orders.close.changed(), if idle => { let _dropped = changed.is_err(); Step::Close }
            () = self.events.closed(), if idle => Step::Close,
            Some(frame) = orders.frames.recv(), if idle => Step::Frame(frame),
            received = self.network.receive(wake) => received.map_or(Step::Time, Step::Packet),
            Some(text) = orders.texts.recv(), if may_send => Step::Text(text),
        }
    }

    /// When to look again, whatever the protocol says.
    fn wake(&self, protocol: Instant) -> Instant {
        let own = match self.ending {
            Some((_, until)) => until,
            None if !self.connected => self.heard + self.config.connect_within,
            None if self.disconnected => self.heard + self.config.patience,
            None => self.heard + self.config.silence.min(self.config.patience),
        };
        [Some(own), self.network.due()].into_iter().flatten().fold(protocol, Instant::min)
    }

    fn take(&mut self, step: Step) {
        let now = Instant::now();
        self.network.send_due(now);
        let taken = match step {
            Step::Packet(received) => self.receive(now, &received),
            Step::Frame(frame) => self.speak(now, frame),
            Step::Text(text) => {
                self.unsent = Some(text);
                Ok(())
            }
            Step::Close => {
                self.end(Ended::Here);
                Ok(())
            }
            Step::Time => self.rtc.handle_input(Input::Timeout(now.into_std())),
        };
        // What one packet or frame does wrong does not end a call.
        if let Err(error) = taken {
            tracing::debug!(%error, "a step of a connection failed");
        }
    }

    fn receive(&mut self, now: Instant, received: &Received) -> Result<(), str0m::RtcError> {
        if self.connected {
            self.heard = now;
            if std::mem::take(&mut self.disconnected) {
                self.tell(PeerEvent::Connected);
            }
        }
        let Ok(contents) = received.contents.as_slice().try_into() else { return Ok(()) };
        let packet = Receive { proto: Protocol::Udp, source: received.source, destination: received.destination, contents };
        self.rtc.handle_input(Input::Receive(now.into_std(), packet))
    }

    fn speak(&mut self, now: Instant, frame: Frame) -> Result<(), str0m::RtcError> {
        let place = self.clock.place(now, frame.samples);
        let Some(writer) = self.sound.filter(|_| self.connected).and_then(|mid| self.rtc.writer(mid)) else { return Ok(()) };
        let codec =
            self.codec.or_else(|| writer.payload_params().find(|params| params.spec().codec == Codec::Opus).map(|params| params.pt()));
        self.codec = codec;
        let Some(codec) = codec else { return Ok(()) };
        let time = MediaTime::new(place.time, Frequency::FORTY_EIGHT_KHZ);
        writer.start_of_talkspurt(place.first).write(codec, now.into_std(), time, frame.payload)
    }
}
