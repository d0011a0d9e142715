//! What is kept of a conversation while it goes on: of every turn what the ledgers need, and every cue.

use std::{ops::Range, sync::Arc};

use super::{
    cue::{Cue, CueKind, Span},
    listen::{is_foreign, says_settled},
    material::Material,
    report::Quote,
};
use crate::session::{Speaker, Turn};

/// Characters of a turn that are quoted where no cue marks the words that count.
const LINE: usize = 120;

/// Where something was said: the turn's position in the transcript, then the first character.
pub(super) type Place = (usize, u32);

/// One turn as it was heard.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    pub(super) speaker: Speaker,
    pub(super) words: u32,
    /// Start and end of speech in milliseconds, where both were timed.
    pub(super) timed: Option<(i64, i64)>,
    pub(super) interrupted: bool,
    /// Its first words, to quote.
    pub(super) line: Option<Quote>,
    /// Words of the rep that answer an objection of the product, by its place there.
    pub(super) answers: Vec<(usize, Quote)>,
    /// True where the rep said it in a language that is not measured.
    pub(super) foreign: bool,
    /// True where the customer says that a doubt is settled.
    pub(super) settles: bool,
    cues: Range<usize>,
}

/// A conversation as far as it was heard.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) material: Arc<Material>,
    pub(super) turns: Vec<Heard>,
    pub(super) cues: Vec<Cue>,
    /// True once the customer objected; before that nothing can be settled.
    objected: bool,
    /// The rep's turn before this one, until something was objected.
    before: Option<Turn>,
}

impl Record {
    pub(super) fn new(material: Material) -> Self {
        Self { material: Arc::new(material), turns: Vec::new(), cues: Vec::new(), objected: false, before: None }
    }

    /// Takes in a turn with its cues, in order of place.
    pub(super) fn hear(&mut self, turn: &Turn, mut cues: Vec<Cue>) {
        if !self.objected && cues.iter().any(|cue| cue.kind == CueKind::Objection) {
            self.objected = true;
            // What the rep said just before the first doubt may have answered it already.
            if let Some(before) = self.before.take() {
                let answers = self.answers(&before);
                self.turns.last_mut().into_iter().for_each(|heard| heard.answers.clone_from(&answers));
            }
        }
        self.before = (!self.objected && turn.speaker == Speaker::Rep).then(|| turn.clone());
        let start = self.cues.len();
        self.cues.append(&mut cues);
        // Nobody begins before the turn that they answer has begun.
        let begun = self.turns.iter().rev().find_map(|heard| heard.timed).map_or(0, |(from, _)| from);
        let timed = turn.spoken_ms().filter(|(from, _)| *from >= begun);
        self.turns.push(Heard {
            speaker: turn.speaker,
            words: u32::try_from(turn.text.split_whitespace().count()).unwrap_or(u32::MAX),
            timed,
            interrupted: turn.interrupted,
            line: first_words(turn),
            answers: if self.objected && turn.speaker == Speaker::Rep { self.answers(turn) } else { Vec::new() },
            foreign: turn.speaker == Speaker::Rep && is_foreign(&turn.text),
            settles: self.objected && turn.speaker == Speaker::Customer && says_settled(&turn.text),
            cues: start..self.cues.len(),
        });
    }

    fn answers(&self, turn: &Turn) -> Vec<(usize, Quote)> {
        let found = self.material.answers().stated(&turn.text).into_iter();
        found.map(|(objection, span, text)| (objection, Quote { turn: turn.index, span, text })).collect()
    }

    /// The cues of the turn at this position.
    pub(super) fn cues_of(&self, turn: usize) -> &[Cue] {
        self.turns.get(turn).and_then(|heard| self.cues.get(heard.cues.clone())).unwrap_or(&[])
    }

    /// Positions of one side's turns.
    pub(super) fn turns_of(&self, speaker: Speaker) -> impl DoubleEndedIterator<Item = (usize, &Heard)> {
        self.turns.iter().enumerate().filter(move |(_, heard)| heard.speaker == speaker)
    }

    /// Every cue with the position of its turn.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &Cue)> {
        (0..self.turns.len()).flat_map(|turn| self.cues_of(turn).iter().map(move |cue| (turn, cue)))
    }

    /// The first words of the last turn of one side.
    pub(super) fn last_line(&self, speaker: Speaker) -> Option<Quote> {
        self.turns_of(speaker).rev().find_map(|(_, heard)| heard.line.clone())
    }

    /// The first words of the first turn of one side.
    pub(super) fn first_line(&self, speaker: Speaker) -> Option<Quote> {
        self.turns_of(speaker).find_map(|(_, heard)| heard.line.clone())
    }
}

/// The quote of a cue.
pub(super) fn quote(cue: &Cue) -> Quote {
    Quote { turn: cue.turn, span: cue.span, text: cue.quote.clone() }
}

/// Where a cue is.
pub(super) fn place(turn: usize, cue: &Cue) -> Place {
    (turn, cue.span.start)
}

/// True where the cue is one of these kinds.
pub(super) fn is(cue: &Cue, kinds: &[CueKind]) -> bool {
    kinds.contains(&cue.kind)
}

/// True where two cues of one turn share words.
pub(super) fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// The first sentence of a turn, or its first words where that is long.
fn first_words(turn: &Turn) -> Option<Quote> {
    let start = turn.text.chars().position(|letter| !letter.is_whitespace())?;
    let mut end = 0;
    let mut last_word = 0;
    let mut text = String::new();
    let mut letters = turn.text.chars().skip(start).take(LINE).peekable();
    while let Some(letter) = letters.next() {
        text.push(letter);
        end += 1;
        let next_is_space = letters.peek().is_none_or(|next| next.is_whitespace());
        if !letter.is_whitespace() && next_is_space {
            last_word = text.len();
            if matches!(letter, '.' | '!' | '?') {
                break;
            }
        }
    }
    let cut = end == LINE && turn.text.chars().nth(start + LINE).is_some_and(|next| !next.is_whitespace());
    let whole = if cut { text.trim_end_matches(|letter: char| !letter.is_whitespace()).trim_end() } else { &text[..last_word] };
    let text = if whole.is_empty() { text.trim_end().to_owned() } else { whole.to_owned() };
    let start = u32::try_from(start).ok()?;
    let end = start.checked_add(u32::try_from(text.chars().count()).ok()?)?;
    Some(Quote { turn: turn.index, span: Span { start, end }, text })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn line(text: &str) -> Option<Quote> {
        first_words(&Turn::typed(3, Speaker::Customer, text))
    }

    #[test]
    fn a_turn_is_quoted_by_its_first_sentence() {
        let quote = line("  Is it waterproof? I was told so.").unwrap();
        assert_eq!((quote.text.as_str(), quote.span), ("Is it waterproof?", Span { start: 2, end: 19 }));
        assert_eq!(line("all of it").unwrap().text, "all of it");
        assert_eq!(line(" \n\t"), None);
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_and_the_span_still_fits() {
        let text = format!(" {}", "número diez ".repeat(40));
        let quote = line(&text).unwrap();
        let there: String = text.chars().skip(quote.span.start as usize).take((quote.span.end - quote.span.start) as usize).collect();
        assert_eq!(there, quote.text);
        assert!(quote.text.chars().count() <= LINE && quote.text.ends_with(['o', 'z']));
        assert_eq!(line(&"x".repeat(500)).unwrap().text.len(), LINE);
    }
}
