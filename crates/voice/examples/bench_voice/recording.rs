//! What the rep said and what the rep heard, on one clock.

/// Samples of a millisecond.
const MS: usize = 48;
/// Louder than this is sound: far below any tone of the customer, far above what the codec makes of silence.
const AUDIBLE: f32 = 0.02;
/// A pause within what the rep says is shorter.
const PAUSE: usize = 200 * MS;
/// Where the customer was heard so shortly before, it was interrupted: its words have shorter pauses.
const JUST_NOW: usize = 120 * MS;

/// Both sides, sample by sample, at 48 kHz.
#[derive(Debug, Default)]
pub(crate) struct Recording {
    pub(crate) said: Vec<f32>,
    pub(crate) heard: Vec<f32>,
}

impl Recording {
    /// From samples of both sides in turn.
    pub(crate) fn interleaved(samples: &[f32]) -> Self {
        let side = |side: usize| samples.iter().skip(side).step_by(2).copied().collect();
        Self { said: side(0), heard: side(1) }
    }

    /// Puts sound where it was heard, or after what is still being heard.
    pub(crate) fn hear(&mut self, at: usize, sound: &[f32]) {
        if self.heard.len() < at {
            self.heard.resize(at, 0.0);
        }
        self.heard.extend_from_slice(sound);
    }

    /// From the end of everything that the rep said to the first sound after it, and from the beginning of what the rep said into an answer to its last sound,
    /// in milliseconds.
    pub(crate) fn measure(&self) -> (Vec<f64>, Vec<f64>) {
        let (mut answers, mut silences) = (Vec::new(), Vec::new());
        let spoken = self.spoken();
        for (at, (begun, ended)) in spoken.iter().enumerate() {
            let next = spoken.get(at + 1).map_or(self.heard.len(), |(begun, _)| *begun);
            if let Some(first) = (*ended..next).find(|at| self.audible(*at)) {
                answers.push(ms(first - ended));
            }
            let interrupted = (begun.saturating_sub(JUST_NOW)..*begun).any(|at| self.audible(at));
            if let Some(last) = (*begun..*ended).rev().find(|at| self.audible(*at)).filter(|_| interrupted) {
                silences.push(ms(last - begun));
            }
        }
        (answers, silences)
    }

    /// Where the rep spoke, from sample to sample.
    fn spoken(&self) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, _) in self.said.iter().enumerate().filter(|(_, sample)| sample.abs() > AUDIBLE) {
            match found.last_mut() {
                Some((_, ended)) if at - *ended < PAUSE => *ended = at,
                _ => found.push((at, at)),
            }
        }
        found
    }

    fn audible(&self, at: usize) -> bool {
        self.heard.get(at).is_some_and(|sample| sample.abs() > AUDIBLE)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a minute of samples")]
fn ms(samples: usize) -> f64 {
    samples as f64 / MS as f64
}
