//! Ids that were dealt with: the newest of them, so that what comes twice is noticed and an hour takes no more room than a minute.

use std::collections::{HashSet, VecDeque};

/// How many are remembered. A service repeats itself at once or not at all, and an hour of talk has some two thousand items.
const MOST: usize = 4096;

/// A set that forgets its oldest.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    known: HashSet<String>,
    order: VecDeque<String>,
}

impl Memory {
    pub(super) fn has(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    /// Remembers it; false where it was known.
    pub(super) fn add(&mut self, id: &str) -> bool {
        if !self.known.insert(id.to_owned()) {
            return false;
        }
        self.order.push_back(id.to_owned());
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }

    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.order.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_forgets_only_its_oldest() {
        let mut memory = Memory::default();
        assert!((0..=MOST).all(|n| memory.add(&n.to_string())));
        assert!(!memory.has("0"));
        assert!(memory.has("1"));
        assert!(!memory.add(&MOST.to_string()));
        assert_eq!(memory.known.len(), MOST);
        assert_eq!(memory.order.len(), MOST);
    }
}
