//! Both sides of a call's sound, without a device and without a network.

use std::{sync::Arc, time::Duration};

use super::{Canceller, Encoder, FRAME, Level, Meter, PACKET, Packet, Playout, SoundError, guard::Guard};

/// Frames of the customer in which the canceller surely finds out that nothing comes back of them: until then it takes who cuts in for an echo.
const FINDS_OUT: u32 = 400;
/// How much louder the microphone is meanwhile, as it would be made by the canceller: 6 dB.
const LOUDER: f32 = 2.0;

/// A packet to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Opus.
    pub payload: Arc<[u8]>,
    /// How long it lasts, in samples at 48 kHz.
    pub samples: u32,
}

/// What the microphone hears goes in, packets come out; packets go in, what the speaker plays comes out.
#[derive(Debug)]
pub struct Pipeline {
    canceller: Canceller,
    guard: Guard,
    encoder: Encoder,
    playout: Playout,
    muted: bool,
    /// How open the microphone was at the end of the last frame: 0 or 1.
    open: f32,
    /// How much of the last frame went around the canceller at its end: 0 or 1.
    around: f32,
    rep: Meter,
    customer: Meter,
}

impl Pipeline {
    /// A call that begins; `muted` with a shut microphone.
    ///
    /// # Errors
    /// [`SoundError::Codec`].
    pub fn new(muted: bool) -> Result<Self, SoundError> {
        Ok(Self {
            canceller: Canceller::new(),
            guard: Guard::new(),
            encoder: Encoder::new()?,
            playout: Playout::new()?,
            muted,
            open: if muted { 0.0 } else { 1.0 },
            around: 0.0,
            rep: Meter::new(),
            customer: Meter::new(),
        })
    }

    /// The microphone heard a frame of 10 ms; every second one makes a packet. While it is shut the packets are silent.
    ///
    /// # Errors
    /// [`SoundError::Codec`]; the frame is lost and the next may do.
    pub fn capture(&mut self, heard: &[f32]) -> Result<Option<Outgoing>, SoundError> {
        let mut clean = [0.0; FRAME];
        self.canceller.clean(heard, &mut clean)?;
        // Both go on learning while the microphone is shut. Shutting fades, so that it does not click.
        let passes = self.guard.passes(heard);
        let open = if self.muted || !passes { 0.0 } else { 1.0 };
        // While somebody speaks over the customer it stays as it is: what is heard says nothing of an echo then.
        let around = match self.guard.without_echo() {
            _ if self.guard.is_open() => self.around,
            Some(frames) if frames < FINDS_OUT => 1.0,
            _ => 0.0,
        };
        for (n, (sample, heard)) in clean.iter_mut().zip(heard).enumerate() {
            let part = n as f32 / FRAME as f32;
            let around = self.around + (around - self.around) * part;
            *sample = (*sample * (1.0 - around) + heard * LOUDER * around).clamp(-1.0, 1.0) * (self.open + (open - self.open) * part);
        }
        (self.open, self.around) = (open, around);
        self.rep.hear(&clean);
        let packet = self.encoder.push(&clean)?;
        Ok(packet.map(|payload| Outgoing { payload, samples: PACKET as u32 }))
    }

    /// A packet came at `now`.
    pub fn put(&mut self, now: Duration, packet: Packet) {
        self.playout.put(now, packet);
    }

    /// Fills a frame that goes to the speaker. Packets that are in it for the first time are given to `heard`.
    pub fn play(&mut self, now: Duration, frame: &mut [f32; FRAME], heard: impl FnMut(Packet)) {
        self.playout.frame(now, frame, heard);
        self.canceller.played(frame);
        self.guard.played(frame);
        self.customer.hear(frame);
    }

    /// Shuts or opens the microphone.
    pub fn mute(&mut self, on: bool) {
        self.muted = on;
    }

    /// The customer is silent at once; what waits is never heard.
    pub fn clear(&mut self) {
        self.playout.clear();
    }

    /// Another microphone or speaker: how loud its echo is has to be learned anew.
    pub fn other_device(&mut self) {
        self.guard = Guard::new();
    }

    /// True once where somebody speaks over the customer: nothing of it is sent before [`Pipeline::microphone_is_there`] is told, or a moment is over.
    pub fn asks_for_the_microphone(&mut self) -> bool {
        self.guard.asks()
    }

    /// The microphone was looked for, and is there.
    pub fn microphone_is_there(&mut self) {
        self.guard.sure();
    }

    /// The microphone gave nothing for a while.
    pub fn missed(&mut self) {
        self.guard.missed();
    }

    /// See [`Canceller::set_delay`].
    pub fn set_delay(&mut self, milliseconds: u32) {
        self.canceller.set_delay(milliseconds);
    }

    /// How loud the rep and the customer were since this was asked last.
    pub fn levels(&mut self) -> (Level, Level) {
        (self.rep.read(), self.customer.read())
    }

    /// What was played, and what became of packets.
    #[must_use]
    pub fn playout(&self) -> &Playout {
        &self.playout
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::{
        Decoder, Next,
        synth::{Room, Voice, rms},
    };

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_shut_microphone_sends_silence_and_goes_on_sending() {
        let mut pipeline = Pipeline::new(false).unwrap();
        let (mut voice, mut decoder) = (Voice::new(5), Decoder::new().unwrap());
        let mut loud = [0.0_f32; 2];
        let mut packets = [0; 2];
        for n in 0..400 {
            if n == 200 {
                pipeline.mute(true);
            }
            let Some(out) = pipeline.capture(&voice.take(FRAME)).unwrap() else { continue };
            let sound = decoder.decode(&Next::Packet(Packet { time: 0, payload: out.payload }));
            let half = usize::from(n >= 206);
            loud[half] = loud[half].max(rms(sound));
            packets[half] += 1;
        }
        assert!(loud[0] > 0.02, "{loud:?}");
        assert!(loud[1] < 0.001, "{loud:?}");
        assert_eq!(packets[0] + packets[1], 200);
    }

    #[test]
    fn who_cuts_in_with_a_headset_within_the_customers_first_words_is_sent() {
        let mut far = Pipeline::new(false).unwrap();
        let mut near = Pipeline::new(false).unwrap();
        let (mut customer, mut rep, mut decoder) = (Voice::new(6), Voice::new(2), Decoder::new().unwrap());
        let (mut said, mut sent) = (Vec::new(), Vec::new());
        let mut frame = [0.0; FRAME];
        for n in 0..160_u64 {
            if let Some(out) = far.capture(&customer.take(FRAME)).unwrap() {
                near.put(ms(n * 10), Packet { time: n * 480, payload: out.payload });
            }
            near.play(ms(n * 10), &mut frame, |_| {});
            let heard = if n < 90 { vec![0.0; FRAME] } else { rep.take(FRAME) };
            said.extend(&heard);
            let out = near.capture(&heard).unwrap();
            if near.asks_for_the_microphone() {
                near.microphone_is_there();
            }
            let Some(out) = out else { continue };
            sent.extend_from_slice(decoder.decode(&Next::Packet(Packet { time: 0, payload: out.payload })));
        }
        // Not only the first of it.
        let from = 125 * FRAME;
        let (said, sent) = (rms(&said[from..]), rms(&sent[from..]));
        assert!(sent > 0.5 * said, "{sent} of {said} were sent");
    }

    #[test]
    fn the_customer_fed_back_into_the_microphone_is_not_taken_for_the_rep() {
        let mut far = Pipeline::new(false).unwrap();
        let mut near = Pipeline::new(false).unwrap();
        let (mut voice, mut room) = (Voice::new(6), Room::new(120, -12.0));
        let mut frame = [0.0; FRAME];
        let (mut customer, mut rep) = (0, 0);
        for n in 0..1_000_u64 {
            if let Some(out) = far.capture(&voice.take(FRAME)).unwrap() {
                near.put(ms(n * 10), Packet { time: n * 480, payload: out.payload });
            }
            near.play(ms(n * 10), &mut frame, |_| {});
            let echo: Vec<f32> = frame.iter().map(|sample| room.hear(*sample)).collect();
            near.capture(&echo).unwrap();
            if n % 10 == 9 {
                let (of_rep, of_customer) = near.levels();
                if n > 200 {
                    customer += i32::from(of_customer.speech);
                    rep += i32::from(of_rep.speech);
                }
            }
        }
        assert!(customer > 40, "the customer was heard {customer} times");
        assert_eq!(rep, 0, "the rep was heard although only the customer spoke");
    }
}
