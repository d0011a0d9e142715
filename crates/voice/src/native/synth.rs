//! Sound for tests: something like a voice, and a room.

/// Something like a voice: words of 120 to 400 ms with pauses, a pitch that moves, hiss between. The same for the same seed.
pub(crate) struct Voice {
    seed: u64,
    pitch: f32,
    phase: f32,
    left: usize,
    length: usize,
    kind: u32,
    low: [f32; 2],
}

impl Voice {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, pitch: 120.0, phase: 0.0, left: 0, length: 1, kind: 0, low: [0.0; 2] }
    }

    fn random(&mut self) -> f32 {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed >> 40) as f32 / (1_u64 << 24) as f32
    }

    pub(crate) fn sample(&mut self) -> f32 {
        if self.left == 0 {
            self.kind = (self.random() * 5.0) as u32;
            self.length = 4_000 + (self.random() * 12_000.0) as usize;
            self.left = self.length;
            self.pitch = 95.0 + self.random() * 110.0;
        }
        self.left -= 1;
        let swell = (std::f32::consts::PI * self.left as f32 / self.length as f32).sin();
        self.phase = (self.phase + self.pitch / 48_000.0).fract();
        let noise = self.random() - 0.5;
        let source = match self.kind {
            0 => 0.0,
            1 => noise * 0.3,
            _ => (1.0 - 2.0 * self.phase) * 0.5 + noise * 0.02,
        };
        let bright = 0.15 + 0.1 * self.kind as f32;
        self.low[0] += (source - self.low[0]) * bright;
        self.low[1] += (self.low[0] - self.low[1]) * bright;
        self.low[1] * swell
    }

    pub(crate) fn take(&mut self, samples: usize) -> Vec<f32> {
        (0..samples).map(|_| self.sample()).collect()
    }
}

/// Root mean square.
pub(crate) fn rms(sound: &[f32]) -> f32 {
    (sound.iter().map(|s| s * s).sum::<f32>() / sound.len().max(1) as f32).sqrt()
}

/// A room: the sound comes back so much later and softer, and again from the walls.
pub(crate) struct Room {
    line: Vec<f32>,
    at: usize,
    taps: Vec<(usize, f32)>,
}

impl Room {
    pub(crate) fn new(delay_ms: usize, decibels: f32) -> Self {
        let gain = 10_f32.powf(decibels / 20.0);
        let delay = delay_ms * 48;
        let mut taps = vec![(delay, gain)];
        for n in 1..12_usize {
            let sign = if n % 2 == 0 { 1.0 } else { -1.0 };
            taps.push((delay + n * n * 11 + n * 37, sign * gain * 0.45 * 0.72_f32.powi(i32::try_from(n).unwrap_or(0))));
        }
        Self { line: vec![0.0; delay + 4_800], at: 0, taps }
    }

    pub(crate) fn hear(&mut self, played: f32) -> f32 {
        let length = self.line.len();
        self.line[self.at] = played;
        let heard = self.taps.iter().map(|(delay, gain)| self.line[(self.at + length - delay) % length] * gain).sum();
        self.at = (self.at + 1) % length;
        heard
    }
}
