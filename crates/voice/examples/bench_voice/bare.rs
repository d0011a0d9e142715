//! A client that is nothing but str0m and a socket: the floor of every call.

use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream, UdpSocket},
    sync::Arc,
    time::{Duration, Instant},
};

use sellme_voice::{
    data::{Choice, voice_data},
    peer::CHANNEL,
};
use str0m::{
    Candidate, Event, Input, Output, Rtc, RtcConfig,
    change::SdpAnswer,
    channel::ChannelId,
    crypto::from_feature_flags,
    format::Codec,
    media::{Direction, Frequency, MediaKind, MediaTime, Mid, Pt},
    net::{Protocol, Receive},
};

use crate::Outcome;

/// Longer than anything here takes.
const HANG: Duration = Duration::from_secs(20);
/// The socket takes no shorter time for one.
const SHORTEST: Duration = Duration::from_micros(200);

/// What happened on it.
pub(crate) enum Happened {
    Sound(Vec<u8>),
    Text(String),
}

/// A call.
pub(crate) struct Bare {
    /// When the offer was made.
    pub(crate) offered: Instant,
    rtc: Rtc,
    socket: UdpSocket,
    own: SocketAddr,
    sound: Mid,
    codec: Option<Pt>,
    channel: Option<ChannelId>,
    happened: Vec<Happened>,
}

impl Bare {
    /// Offers a call, posts the offer, takes the answer and waits for the data channel. It blocks.
    pub(crate) fn call(url: &str) -> Outcome<Self> {
        let mut rtc = RtcConfig::new()
            .set_crypto_provider(Arc::new(from_feature_flags()))
            .clear_codecs()
            .enable_opus(true, false)
            .build(Instant::now());
        let socket = UdpSocket::bind(("127.0.0.1", 0))?;
        let own = socket.local_addr()?;
        rtc.add_local_candidate(Candidate::host(own, "udp")?);
        let mut changes = rtc.sdp_api();
        let sound = changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        changes.add_channel(CHANNEL.to_owned());
        let (offer, pending) = changes.apply().ok_or("there is nothing to offer")?;
        let offer = offer.to_sdp_string();
        let offered = Instant::now();
        let answer = post(url, &offer)?;
        rtc.sdp_api().accept_answer(pending, SdpAnswer::from_sdp_string(&answer)?)?;
        let mut bare = Self { offered, rtc, socket, own, sound, codec: None, channel: None, happened: Vec::new() };
        let until = Instant::now() + HANG;
        while bare.channel.is_none() {
            bare.step(until)?;
            if Instant::now() >= until {
                return Err("the bare call does not open".into());
            }
        }
        Ok(bare)
    }

    /// Does what is due, and waits for the next packet, at most until then.
    pub(crate) fn step(&mut self, until: Instant) -> Outcome<Vec<Happened>> {
        let wake = self.drain()?.min(until);
        let wait = wake.saturating_duration_since(Instant::now());
        let mut bytes = [0; 2048];
        self.socket.set_read_timeout(Some(wait.max(SHORTEST)))?;
        let input = match self.socket.recv_from(&mut bytes) {
            Ok((length, source)) => {
                let contents = bytes.get(..length).unwrap_or_default().try_into()?;
                Input::Receive(Instant::now(), Receive { proto: Protocol::Udp, source, destination: self.own, contents })
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Input::Timeout(Instant::now()),
            Err(error) => return Err(error.into()),
        };
        self.rtc.handle_input(input)?;
        self.drain()?;
        Ok(std::mem::take(&mut self.happened))
    }

    fn drain(&mut self) -> Outcome<Instant> {
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(at) => return Ok(at),
                Output::Transmit(packet) => {
                    self.socket.send_to(&packet.contents, packet.destination)?;
                }
                Output::Event(Event::ChannelOpen(id, _)) => self.channel = Some(id),
                Output::Event(Event::ChannelData(data)) => self.happened.push(Happened::Text(String::from_utf8(data.data)?)),
                Output::Event(Event::MediaData(data)) if !data.data.is_empty() => self.happened.push(Happened::Sound(data.data.to_vec())),
                Output::Event(_) => {}
            }
        }
    }

    /// Sends a packet of Opus that begins at this sample.
    pub(crate) fn speak(&mut self, time: u64, packet: Vec<u8>) -> Outcome<()> {
        let Some(writer) = self.rtc.writer(self.sound) else { return Ok(()) };
        let found = || writer.payload_params().find(|params| params.spec().codec == Codec::Opus).map(|params| params.pt());
        let codec = self.codec.or_else(found).ok_or("there is no Opus")?;
        self.codec = Some(codec);
        writer.write(codec, Instant::now(), MediaTime::new(time, Frequency::FORTY_EIGHT_KHZ), packet)?;
        self.drain()?;
        Ok(())
    }

    /// Ends it, and tells the other side.
    pub(crate) fn close(mut self) -> Outcome<()> {
        self.rtc.close()?;
        let until = Instant::now() + Duration::from_millis(100);
        while self.rtc.is_alive() && Instant::now() < until {
            self.step(until)?;
        }
        Ok(())
    }
}

/// Between the parts of what is posted.
const BOUNDARY: &str = "of-the-measurement";

/// Posts an offer as plainly as can be, with the session that the program would ask for; gives the answer.
fn post(url: &str, offer: &str) -> Outcome<String> {
    let address = url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).ok_or("the address is no plain HTTP")?;
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let session = serde_json::to_string(&voice_data()?.session(&Choice::default()))?;
    let parts = [("sdp", "application/sdp", offer), ("session", "application/json", &session)];
    let part = |(name, kind, text): (&str, &str, &str)| {
        format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\ncontent-type: {kind}\r\n\r\n{text}\r\n")
    };
    let body = parts.map(part).concat() + "--" + BOUNDARY + "--\r\n";
    let (key, length) = (crate::connect::KEY, body.len());
    let head = format!(
        "POST /v1/realtime/calls HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\ncontent-type: multipart/form-data; boundary={BOUNDARY}\r\n\
         content-length: {length}\r\n\r\n"
    );
    stream.write_all((head + &body).as_bytes())?;
    let (mut read, mut bytes) = (String::new(), [0; 16_384]);
    loop {
        let count = stream.read(&mut bytes)?;
        read.push_str(&String::from_utf8_lossy(bytes.get(..count).unwrap_or_default()));
        if let Some((head, body)) = read.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
            if body.len() >= length.ok_or("the answer has no length")? {
                return Ok(body.to_owned());
            }
        }
        if count == 0 {
            return Err(format!("the endpoint answered {read:?}").into());
        }
    }
}
