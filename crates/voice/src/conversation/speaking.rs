//! Who speaks now.

use sellme_core::session::Speaker;

use super::{Conversation, change::Change};

/// Who speaks, and who was said to. Where both do, the one who began last does: that is who cuts in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Voices {
    now: [Option<Speaker>; 2],
    said: Option<Speaker>,
}

impl Voices {
    pub(super) fn begin(&mut self, speaker: Speaker) {
        self.end(speaker);
        self.now = [Some(speaker), self.now[0]];
    }

    pub(super) fn end(&mut self, speaker: Speaker) {
        match self.now {
            [Some(first), second] if first == speaker => self.now = [second, None],
            [first, Some(second)] if second == speaker => self.now = [first, None],
            _ => {}
        }
    }

    /// Nobody speaks any more.
    pub(super) fn silent(self) -> Self {
        Self { now: [None; 2], said: self.said }
    }

    pub(super) fn speaks(&self, speaker: Speaker) -> bool {
        self.now.contains(&Some(speaker))
    }
}

impl Conversation {
    /// True while this side speaks.
    #[must_use]
    pub fn speaks(&self, speaker: Speaker) -> bool {
        self.voices.speaks(speaker)
    }

    pub(super) fn say_who_speaks(&mut self, out: &mut Vec<Change>) {
        let now = self.voices.now[0];
        if now != self.voices.said {
            self.voices.said = now;
            out.push(Change::Speaking(now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cuts_in_is_who_speaks() {
        let mut voices = Voices::default();
        voices.begin(Speaker::Customer);
        voices.begin(Speaker::Rep);
        voices.begin(Speaker::Rep);
        assert_eq!(voices.now, [Some(Speaker::Rep), Some(Speaker::Customer)]);
        voices.end(Speaker::Rep);
        assert_eq!(voices.now, [Some(Speaker::Customer), None]);
        voices.end(Speaker::Rep);
        assert!(voices.speaks(Speaker::Customer));
    }
}
