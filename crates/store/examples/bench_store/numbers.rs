//! The same choices at every run.

/// A small generator of numbers.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x2545_F491_4F6C_DD1D)
    }

    /// A number below this one.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }

    /// One of these.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A word that is in no catalogue, as names and slips of the pen are; a few thousand different ones, the first far more often than the last.
    pub(crate) fn strange_word(&mut self) -> String {
        const SYLLABLES: [&str; 24] = [
            "ma", "ro", "li", "ten", "dar", "vi", "ko", "sa", "ber", "nel", "ju", "pa", "thi", "wen", "go", "rick", "la", "mon", "es",
            "tra", "hu", "ly", "ca", "bo",
        ];
        let mut rank = self.below(25_000).min(self.below(25_000)).min(self.below(25_000));
        let mut word = String::new();
        for _ in 0..3 {
            word.push_str(SYLLABLES[rank % SYLLABLES.len()]);
            rank /= SYLLABLES.len();
        }
        word
    }
}
