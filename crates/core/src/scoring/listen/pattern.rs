//! The language of patterns that the catalogue and the lexicon are written in: words match by stem, `a|b` is either word (`a_b|c` either phrase), `..` up to
//! three words between.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use super::{
    known::Known,
    words::{Stems, Utterance, WordId, WordMap, ids},
};

/// Most words that `..` stands for.
const REACH: usize = 3;
/// Words that `..` never stands for.
const NOT: [WordId; 2] = ids(["not", "never"]);

/// Patterns by their text: every conversation about a product asks for the same ones, and what a text means never changes.
static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

/// One step of a pattern.
#[derive(Debug, Clone)]
struct Step {
    /// Runs of stems, any of which will do; nearly always single words.
    any: Vec<Vec<WordId>>,
    /// True where other words may come before it.
    reach: bool,
}

/// A few words in order.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
    /// So many steps at the beginning end in one place at most.
    plain: usize,
}

impl Pattern {
    /// Reads a pattern. Contractions and number words are put in full and in digits, as in turns. A pattern without words matches nothing.
    pub(crate) fn parse(text: &str, stems: &Stems) -> Self {
        let mut steps = Vec::new();
        let mut reach = false;
        // number words that belong together ("twenty four") must be read together
        for run in text.split_whitespace().collect::<Vec<_>>().chunk_by(|a, b| is_plain(a) && is_plain(b)) {
            if run.first() == Some(&"..") {
                reach = true;
                continue;
            }
            let run = run.join(" ");
            if run.contains('|') {
                let mut any: Vec<Vec<_>> = run.split('|').map(|words| stems_of(&words.replace('_', " "), stems)).collect();
                any.retain(|words| !words.is_empty());
                any.sort_unstable();
                any.dedup();
                steps.push(Step { any, reach: std::mem::take(&mut reach) });
            } else {
                for stem in stems_of(&run, stems) {
                    steps.push(Step { any: vec![vec![stem]], reach: std::mem::take(&mut reach) });
                }
            }
        }
        if let Some(first) = steps.first_mut() {
            // It begins with its first word.
            first.reach = false;
        }
        let plain = steps.iter().take_while(|step| step.is_plain()).count();
        Self { steps, plain }
    }

    /// The stems that it may begin with.
    fn firsts(&self) -> Vec<WordId> {
        let mut firsts: Vec<_> =
            self.steps.first().map_or(&[][..], |step| &step.any).iter().filter_map(|words| words.first().copied()).collect();
        firsts.dedup();
        firsts
    }

    /// Where a match ends that begins at a word, before `end`. Of several, that which takes the earliest way at the first step where they part.
    ///
    /// Step by step, all places are kept that it leads to, in that order and each once: however many ways there are to one, the work is that of steps times words.
    fn match_at(&self, turn: &Utterance<'_>, at: usize, end: usize) -> Option<usize> {
        let (last, steps) = self.steps.split_last()?;
        let (plain, steps) = steps.split_at(self.plain.min(steps.len()));
        let at = plain.iter().try_fold(at, |at, step| step.ends(turn, at, end).next())?;
        let Some((first, steps)) = steps.split_first() else { return last.ways(turn, at, end).next() };
        let mut here = once_each(first.ways(turn, at, end).collect());
        for step in steps {
            here = once_each(here.iter().flat_map(|at| step.ways(turn, *at, end)).collect());
        }
        here.iter().find_map(|at| last.ways(turn, *at, end).next())
    }
}

/// These places without those that came before.
fn once_each(mut places: Vec<usize>) -> Vec<usize> {
    if places.len() > 1 {
        let mut seen = HashSet::with_capacity(places.len());
        places.retain(|at| seen.insert(*at));
    }
    places
}

impl Step {
    /// Whether it ends in one place at most.
    fn is_plain(&self) -> bool {
        !self.reach && self.any.windows(2).all(|two| two[0].len() == two[1].len())
    }

    /// Where this step ends that follows what ended at a word, perhaps with other words in between.
    fn ways<'s>(&'s self, turn: &'s Utterance<'_>, at: usize, end: usize) -> impl Iterator<Item = usize> + 's {
        let furthest = if self.reach { (at + REACH).min(end) } else { at };
        // "It is not sterling" does not say "it is .. sterling": words that turn the meaning round are not passed over.
        let turned = (at..furthest).find(|at| turn.id(*at).is_some_and(|id| NOT.contains(&id)));
        (at..=turned.unwrap_or(furthest)).flat_map(move |at| self.ends(turn, at, end))
    }

    /// Where the words of this step end that begin at a word.
    fn ends<'s>(&'s self, turn: &'s Utterance<'_>, at: usize, end: usize) -> impl Iterator<Item = usize> + 's {
        work::step();
        let here = turn.words.get(at..end.min(turn.words.len())).unwrap_or_default();
        self.any
            .iter()
            .filter(move |words| words.len() <= here.len() && words.iter().zip(here).all(|(stem, word)| *stem == word.stem))
            .map(move |words| at + words.len())
    }
}

fn stems_of(text: &str, stems: &Stems) -> Vec<WordId> {
    Utterance::words_of(text, stems).iter().map(|word| word.stem).collect()
}

fn is_plain(word: &str) -> bool {
    word != ".." && !word.contains('|')
}

/// Where a pattern matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// What the pattern stands for.
    pub(crate) key: usize,
    /// First word.
    pub(crate) first: usize,
    /// After the last word.
    pub(crate) last: usize,
}

/// Many patterns, found by their first word. Each stands for a key, which several may share.
#[derive(Debug, Clone, Default)]
pub(crate) struct PatternIndex {
    patterns: Vec<(usize, Arc<Pattern>)>,
    by_first: WordMap<Vec<u32>>,
}

impl PatternIndex {
    /// Adds patterns for a key.
    pub(crate) fn add<'p>(&mut self, key: usize, patterns: impl IntoIterator<Item = &'p String>, stems: &Stems) {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        for text in patterns {
            let pattern = known.get(text, stems);
            let Ok(at) = u32::try_from(self.patterns.len()) else { return };
            for first in pattern.firsts() {
                self.by_first.entry(first).or_default().push(at);
            }
            self.patterns.push((key, pattern));
        }
    }

    /// Every match in a turn, in order of place. A match never crosses the end of a sentence.
    pub(crate) fn find(&self, turn: &Utterance<'_>) -> Vec<Match> {
        let mut found = Vec::new();
        if self.patterns.is_empty() {
            return found;
        }
        for sentence in &turn.sentences {
            self.find_between(turn, sentence.first, sentence.last, &mut found);
        }
        found
    }

    /// Every match between two words.
    pub(crate) fn find_in(&self, turn: &Utterance<'_>, first: usize, last: usize) -> Vec<Match> {
        let mut found = Vec::new();
        self.find_between(turn, first, last, &mut found);
        found
    }

    fn find_between(&self, turn: &Utterance<'_>, first: usize, last: usize, found: &mut Vec<Match>) {
        for at in first..last.min(turn.words.len()) {
            work::step();
            let Some(candidates) = self.by_first.get(&turn.words[at].stem) else { continue };
            for candidate in candidates {
                let (key, pattern) = &self.patterns[*candidate as usize];
                if let Some(end) = pattern.match_at(turn, at, last) {
                    found.push(Match { key: *key, first: at, last: end });
                }
            }
        }
    }

    /// Whether anything matches between two words.
    pub(crate) fn any_in(&self, turn: &Utterance<'_>, first: usize, last: usize) -> bool {
        (first..last.min(turn.words.len())).any(|at| {
            work::step();
            self.by_first.get(&turn.words[at].stem).is_some_and(|candidates| {
                candidates.iter().any(|candidate| self.patterns[*candidate as usize].1.match_at(turn, at, last).is_some())
            })
        })
    }
}

/// Words that were looked at, for tests that bound the work of a turn without a clock.
pub(super) mod work {
    #[cfg(test)]
    thread_local! {
        static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
    }

    /// Counts a word that is looked at.
    pub(in crate::scoring::listen) fn step() {
        #[cfg(test)]
        STEPS.set(STEPS.get() + 1);
    }

    /// The words that were looked at on this thread since the last call.
    #[cfg(test)]
    pub(in crate::scoring::listen) fn taken() -> u64 {
        STEPS.replace(0)
    }
}

#[cfg(test)]
mod tests;
