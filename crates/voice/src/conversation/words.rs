//! The words of one item, part by part, however they arrive.

use std::collections::HashSet;

/// One part.
#[derive(Debug, Clone)]
struct Part {
    index: u32,
    text: String,
    /// It was told whole; what still drips in is late.
    whole: bool,
}

/// Words of an item by the index of their part, so that no part is there twice.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    parts: Vec<Part>,
    /// Ids of the events that brought them drop by drop.
    seen: HashSet<String>,
}

impl Words {
    fn part(&mut self, index: u32) -> &mut Part {
        let at = match self.parts.binary_search_by_key(&index, |part| part.index) {
            Ok(at) => at,
            Err(at) => {
                self.parts.insert(at, Part { index, text: String::new(), whole: false });
                at
            }
        };
        &mut self.parts[at]
    }

    /// More of a part. False where the part is whole already, or where the event was there before.
    pub(super) fn add(&mut self, index: u32, delta: &str, event_id: &str) -> bool {
        if !event_id.is_empty() && !self.seen.insert(event_id.to_owned()) {
            return false;
        }
        let part = self.part(index);
        if !part.whole {
            part.text.push_str(delta);
        }
        !part.whole
    }

    /// All of a part: it takes the place of what dripped in. Where the sound was `cut`, the beginning of what is
    /// there is the service's own cutting, and what is there stays.
    /// Nothing never replaces something. True where it changed.
    pub(super) fn replace(&mut self, index: u32, text: &str, cut: bool) -> bool {
        let part = self.part(index);
        let shortened = cut && part.text.trim_start().starts_with(text.trim());
        let better = !text.trim().is_empty() && text != part.text && !shortened;
        if better {
            text.clone_into(&mut part.text);
        }
        part.whole |= !text.trim().is_empty();
        better
    }

    /// All words.
    pub(super) fn all(&self) -> String {
        let mut all = String::new();
        for part in &self.parts {
            let text = part.text.trim();
            if !all.is_empty() && !text.is_empty() {
                all.push(' ');
            }
            all.push_str(text);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_whole_replaces_what_dripped_in_and_is_never_there_twice() {
        let mut words = Words::default();
        assert!(words.add(0, "I like ", "e1"));
        assert!(!words.add(0, "I like ", "e1"));
        assert!(words.add(0, "the jackal", ""));
        assert_eq!(words.all(), "I like the jackal");
        assert!(words.replace(0, "I like the jacket.", false));
        assert!(!words.replace(0, "I like the jacket.", false));
        assert!(!words.add(0, " jacket", "e3"));
        assert!(!words.replace(0, "", false));
        words.replace(2, "It is warm.", false);
        words.replace(1, "Really.", false);
        assert_eq!(words.all(), "I like the jacket. Really. It is warm.");
    }

    #[test]
    fn after_a_cut_the_longer_text_stays() {
        let mut words = Words::default();
        words.add(0, "I like the jacket", "");
        assert!(!words.replace(0, "I like", true));
        assert_eq!(words.all(), "I like the jacket");
        assert!(words.replace(0, "I liked the jacket", true), "but what is not its beginning was told better");
    }
}
