//! Turns as words: lower case, blind to punctuation, contractions in full, numbers in digits, each with its exact place in the text.

mod asked;
mod contraction;
mod id;
mod number;
mod question;
mod scan;
mod sentence;

pub(crate) use id::{Stems, WordId, WordMap, ids};
pub(crate) use question::{Form, Question};
pub(crate) use scan::{Gap, Word};
pub(crate) use sentence::Sentence;

use crate::scoring::cue::Span;

/// How far around a match its clause is looked at where no punctuation bounds it, in words.
const NEAR: usize = 24;

/// A turn, read.
#[derive(Debug, Clone)]
pub(crate) struct Utterance<'a> {
    /// The turn's text.
    pub(crate) text: &'a str,
    /// Its words.
    pub(crate) words: Vec<Word>,
    /// Its sentences, in order; together they hold every word.
    pub(crate) sentences: Vec<Sentence>,
    /// For every word, the number of its clause.
    pub(crate) clauses: Vec<u32>,
    /// What is asked in it.
    pub(crate) questions: Vec<Question>,
}

impl<'a> Utterance<'a> {
    /// Reads a turn's text.
    pub(crate) fn read(text: &'a str, stems: &Stems) -> Self {
        let (raw, last_gap) = scan::scan(text, stems);
        let words = number::fold(&raw);
        let sentences = sentence::sentences(&words, last_gap);
        let questions = question::questions(&words, &sentences);
        let clauses = sentence::clauses(&words, &questions);
        Self { text, words, sentences, clauses, questions }
    }

    /// The words of a text alone, for texts that are no talk: patterns, names, facts.
    pub(crate) fn words_of(text: &str, stems: &Stems) -> Vec<Word> {
        number::fold(&scan::scan(text, stems).0)
    }

    /// The place of some words, `first` included, `last` not, and the text there.
    pub(crate) fn quote(&self, first: usize, last: usize) -> Option<(Span, &'a str)> {
        let from = self.words.get(first)?;
        let to = self.words.get(first.max(last.saturating_sub(1)))?;
        let text = self.text.get(from.from as usize..to.to as usize)?;
        Some((Span { start: from.start, end: to.end }, text))
    }

    /// The sentence of a word.
    pub(crate) fn sentence_of(&self, word: usize) -> Sentence {
        let at = self.sentences.partition_point(|sentence| sentence.last <= word);
        self.sentences.get(at).copied().unwrap_or(Sentence { first: 0, last: self.words.len(), asked: false })
    }

    /// The clause of a word: its first word, and the word after its last.
    pub(crate) fn clause_of(&self, word: usize) -> (usize, usize) {
        let Some(clause) = self.clauses.get(word) else { return (word, word) };
        (self.clauses.partition_point(|other| other < clause), self.clauses.partition_point(|other| other <= clause))
    }

    /// The part of a match's clause that stands near it: without punctuation a clause has no end.
    pub(crate) fn near(&self, first: usize, last: usize) -> (usize, usize) {
        let (start, end) = self.clause_of(first);
        (start.max(first.saturating_sub(NEAR)), end.min(last + NEAR))
    }

    /// The question that a word is in.
    pub(crate) fn question_at(&self, word: usize) -> Option<&Question> {
        let at = self.questions.partition_point(|question| question.last <= word);
        self.questions.get(at).filter(|question| question.first <= word)
    }

    /// The ids of some words.
    pub(crate) fn id(&self, word: usize) -> Option<WordId> {
        self.words.get(word).map(|word| word.id)
    }
}

#[cfg(test)]
mod tests;
