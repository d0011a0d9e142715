//! Sends what the customer says, in the time that it takes to say it.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

use super::{error::EndpointError, voice::RATE};

/// Samples of a frame: 20 ms.
const FRAME: usize = RATE / 50;
const FRAME_MS: u64 = 20;
/// The longest frame as it is coded, in bytes.
const LONGEST: usize = 1275;
/// A frame that is due so soon is sent now, in milliseconds: a clock that is looked at every 10 ms, now and then a little early, would send it 10 ms too late.
const SOON_MS: u64 = 2;
/// Frames that are sent at once at most, after a stall.
const MOST_AT_ONCE: usize = 10;

/// Something that is being said.
struct Utterance {
    response: String,
    item: String,
    sound: Vec<i16>,
    /// How much of it is made, in milliseconds.
    made_ms: u64,
    /// True once no more of it is made.
    complete: bool,
    sent: usize,
}

impl Utterance {
    fn sent_ms(&self) -> u64 {
        u64::try_from(self.sent).unwrap_or(0) * FRAME_MS
    }

    fn frame(&self, at: usize) -> Option<&[i16]> {
        let from = at * FRAME;
        if from >= self.sound.len() {
            return None;
        }
        self.sound.get(from..(from + FRAME).min(self.sound.len()))
    }
}

/// What happened while it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// This response begins to be heard.
    Started(String),
    /// This response is over.
    Stopped(String),
    /// A frame to be sent.
    Frame(Vec<u8>),
}

/// What was not said any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) response: String,
    pub(super) item: String,
    /// How much of it was heard, in milliseconds.
    pub(super) heard_ms: u64,
    /// True where it had begun.
    pub(super) started: bool,
}

/// Sends what the customer says.
pub(super) struct Mouth {
    encoder: opus::Encoder,
    queue: VecDeque<Utterance>,
    /// When the first in the queue began.
    began: Option<Instant>,
    playing: f64,
}

impl Mouth {
    pub(super) fn new(playing: f64) -> Result<Self, EndpointError> {
        let mut encoder = opus::Encoder::new(48_000, opus::Channels::Mono, opus::Application::Voip).map_err(std::io::Error::other)?;
        let set = [encoder.set_complexity(5), encoder.set_inband_fec(true), encoder.set_packet_loss_perc(5)];
        set.into_iter().collect::<Result<(), _>>().map_err(std::io::Error::other)?;
        Ok(Self { encoder, queue: VecDeque::new(), began: None, playing })
    }

    /// Begins to say something of which nothing is made yet.
    pub(super) fn say(&mut self, response: &str, item: &str, sound: Vec<i16>) {
        let (response, item) = (response.to_owned(), item.to_owned());
        self.queue.push_back(Utterance { response, item, sound, made_ms: 0, complete: false, sent: 0 });
    }

    /// So much of it is made by now.
    pub(super) fn made(&mut self, response: &str, ms: u64) {
        for utterance in self.queue.iter_mut().filter(|utterance| utterance.response == response) {
            utterance.made_ms = utterance.made_ms.max(ms);
        }
    }

    /// No more of it is made: it ends with what there is.
    pub(super) fn complete(&mut self, response: &str) {
        for utterance in self.queue.iter_mut().filter(|utterance| utterance.response == response) {
            utterance.complete = true;
        }
    }

    /// How much of it was sent, in milliseconds.
    pub(super) fn sent_ms(&self, response: &str) -> u64 {
        self.queue.iter().find(|utterance| utterance.response == response).map_or(0, Utterance::sent_ms)
    }

    /// Stops saying anything.
    pub(super) fn clear(&mut self) -> Vec<Cut> {
        let started = self.began.take().is_some();
        let cut = |(at, utterance): (usize, Utterance)| Cut {
            heard_ms: utterance.sent_ms(),
            response: utterance.response,
            item: utterance.item,
            started: started && at == 0,
        };
        self.queue.drain(..).enumerate().map(cut).collect()
    }

    /// What is due now.
    pub(super) fn tick(&mut self, now: Instant) -> Vec<Said> {
        let mut said = Vec::new();
        while let Some(utterance) = self.queue.front_mut() {
            if self.began.is_none() {
                if utterance.made_ms == 0 && !utterance.complete {
                    break;
                }
                self.began = Some(now);
                said.push(Said::Started(utterance.response.clone()));
            }
            let elapsed = self.began.map_or(Duration::ZERO, |began| now.saturating_duration_since(began)).mul_f64(self.playing);
            let due_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
            let mut at_once = 0;
            while utterance.sent_ms() <= due_ms + SOON_MS && utterance.sent_ms() < utterance.made_ms && at_once < MOST_AT_ONCE {
                let Some(sound) = utterance.frame(utterance.sent) else { break };
                let mut whole = sound.to_vec();
                whole.resize(FRAME, 0);
                utterance.sent += 1;
                at_once += 1;
                match self.encoder.encode_vec(&whole, LONGEST) {
                    Ok(frame) => said.push(Said::Frame(frame)),
                    Err(error) => tracing::debug!(%error, "a frame could not be coded"),
                }
            }
            let all = utterance.frame(utterance.sent).is_none() || utterance.sent_ms() >= utterance.made_ms;
            if !(utterance.complete && all && due_ms >= utterance.sent_ms()) {
                break;
            }
            said.push(Said::Stopped(utterance.response.clone()));
            self.queue.pop_front();
            self.began = None;
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_made_faster_is_still_said_in_its_own_time() {
        let mut mouth = Mouth::new(1.0).unwrap();
        mouth.say("resp_1", "item_1", vec![500; RATE / 10]);
        let start = Instant::now();
        assert!(mouth.tick(start).is_empty(), "nothing is made yet");
        mouth.made("resp_1", 100);
        mouth.complete("resp_1");
        let first = mouth.tick(start);
        assert_eq!(first.first(), Some(&Said::Started("resp_1".to_owned())));
        assert_eq!(first.len(), 2, "one frame is due");
        let rest = mouth.tick(start + Duration::from_millis(80));
        assert_eq!(rest.len(), 4, "{rest:?}");
        assert_eq!(mouth.tick(start + Duration::from_millis(100)), [Said::Stopped("resp_1".to_owned())]);
        assert_eq!(mouth.clear(), []);
    }

    #[tokio::test]
    async fn frames_leave_evenly_although_the_clock_is_looked_at_a_little_early_or_late() {
        let mut mouth = Mouth::new(1.0).unwrap();
        mouth.say("resp_1", "item_1", vec![500; RATE]);
        mouth.made("resp_1", 1000);
        let start = Instant::now();
        for (tenths, sent) in [(0, 2), (98, 0), (196, 1), (303, 0), (399, 1), (501, 0), (602, 1)] {
            assert_eq!(mouth.tick(start + Duration::from_micros(tenths * 100)).len(), sent, "after {tenths} tenths of a millisecond");
        }
    }

    #[tokio::test]
    async fn a_cut_says_how_much_was_heard() {
        let mut mouth = Mouth::new(1.0).unwrap();
        let start = Instant::now();
        mouth.say("resp_1", "item_1", vec![500; RATE]);
        mouth.made("resp_1", 1000);
        mouth.tick(start);
        mouth.tick(start + Duration::from_millis(100));
        let cuts = mouth.clear();
        assert_eq!(cuts, [Cut { response: "resp_1".to_owned(), item: "item_1".to_owned(), heard_ms: 120, started: true }]);
    }
}
