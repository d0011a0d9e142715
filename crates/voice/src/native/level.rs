//! How loud it is, and whether it is speech.

/// The bottom of the meter, in decibels below full scale.
const BOTTOM: f32 = -60.0;
/// Speech is at least so loud, in decibels below full scale.
const AUDIBLE: f32 = -48.0;
/// Speech is so much louder than the room, in decibels.
const ABOVE_ROOM: f32 = 9.0;
/// Frames that still count as speech after it: 250 ms.
const HANGOVER: u32 = 25;
/// The room is heard anew by so much a frame, in decibels: up slowly, for it might be speech, down at once.
const ROOM_RISE: f32 = 0.02;

/// How loud it was for a moment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Level {
    /// Root mean square on a meter's scale: 0 is −60 dB and below, 1 is full scale.
    pub level: f32,
    /// True where it is speech.
    pub speech: bool,
}

/// Measures frames of 10 ms.
#[derive(Debug)]
pub struct Meter {
    /// The room's own loudness, in decibels.
    room: f32,
    hangover: u32,
    squares: f64,
    samples: u32,
    spoken: bool,
}

impl Default for Meter {
    fn default() -> Self {
        Self { room: BOTTOM, hangover: 0, squares: 0.0, samples: 0, spoken: false }
    }
}

impl Meter {
    /// A meter that has heard nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Hears a frame. True where it is speech.
    pub fn hear(&mut self, frame: &[f32]) -> bool {
        let squares: f64 = frame.iter().map(|sample| f64::from(*sample).powi(2)).sum();
        let loud = decibels(squares, frame.len() as f64);
        if loud > AUDIBLE && loud > self.room + ABOVE_ROOM {
            self.hangover = HANGOVER;
        } else {
            self.hangover = self.hangover.saturating_sub(1);
        }
        self.room = loud.min(self.room + ROOM_RISE).max(BOTTOM);
        self.squares += squares;
        self.samples += u32::try_from(frame.len()).unwrap_or(0);
        let speech = self.hangover > 0;
        self.spoken |= speech;
        speech
    }

    /// What was heard since it was read last.
    pub fn read(&mut self) -> Level {
        let loud = decibels(self.squares, f64::from(self.samples));
        let level = Level { level: ((loud - BOTTOM) / -BOTTOM).clamp(0.0, 1.0), speech: self.spoken };
        self.squares = 0.0;
        self.samples = 0;
        self.spoken = self.hangover > 0;
        level
    }
}

/// How loud so many samples are whose squares add up to this, in decibels below full scale.
pub(super) fn decibels(squares: f64, samples: f64) -> f32 {
    if samples <= 0.0 {
        return BOTTOM;
    }
    ((10.0 * (squares / samples + 1e-12).log10()) as f32).max(BOTTOM)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(amplitude: f32) -> Vec<f32> {
        (0..480).map(|n| amplitude * (n as f32 * 0.13).sin()).collect()
    }

    #[test]
    fn silence_is_the_bottom_of_the_meter_and_a_full_tone_its_top() {
        let mut meter = Meter::new();
        meter.hear(&[0.0; 480]);
        assert_eq!(meter.read(), Level { level: 0.0, speech: false });
        meter.hear(&tone(1.0));
        let level = meter.read();
        assert!(level.level > 0.9 && level.speech, "{level:?}");
    }

    #[test]
    fn a_steady_hum_is_the_room_and_no_speech() {
        let mut meter = Meter::new();
        let hum = tone(0.02);
        for _ in 0..3_000 {
            meter.hear(&hum);
        }
        assert!(!meter.hear(&hum));
        assert!(meter.hear(&tone(0.2)));
    }

    #[test]
    fn a_short_pause_in_speech_is_speech_and_a_long_one_is_not() {
        let mut meter = Meter::new();
        meter.hear(&tone(0.2));
        assert!((0..20).all(|_| meter.hear(&[0.0; 480])));
        assert!(!(0..20).all(|_| meter.hear(&[0.0; 480])));
    }

    #[test]
    fn nothing_heard_is_silence() {
        assert_eq!(Meter::new().read(), Level::default());
    }
}
