//! What the built-in customer says in passing: sentences of its phrase book that raise no doubt, whatever words are in them.
//!
//! The rules for doubts are wide, since people put doubts in many ways. What the phrase book's author meant is known, as with a scenario's own lines.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
    sync::{LazyLock, Mutex, PoisonError},
};

use super::words::{Stems, Utterance, WordId};
use crate::{
    catalog::{Persona, Product, Scenario},
    customer::phrases_of,
};

/// Longest sentence that is looked up, in words.
const LONGEST: usize = 40;
/// Longest fact in a sentence, in words.
const LONGEST_FACT: usize = 12;
/// What a phrase leaves to the conversation, and the word that stands for it while phrases are read.
const SLOTS: [(&str, &str); 6] = [
    ("{price}", "zzprice"),
    ("{tag}", "zzprice"),
    ("{alt_price}", "zzprice"),
    ("{alt}", "zzalt"),
    ("{feature}", "zzfeature"),
    ("{matter}", "zzmatter"),
];
const PRICE: WordId = WordId::of("zzprice");
const MATTER: WordId = WordId::of("zzmatter");
const NAMES: [WordId; 2] = [WordId::of("zzalt"), WordId::of("zzfeature")];

/// The sentences of a persona.
#[derive(Debug, Default)]
struct Book {
    exact: HashSet<Vec<WordId>>,
    /// Sentences with a slot: what stands before it, the slot, and what follows.
    open: Vec<(Vec<WordId>, WordId, Vec<WordId>)>,
}

static BOOKS: LazyLock<Mutex<BTreeMap<Persona, Arc<Book>>>> = LazyLock::new(Mutex::default);

/// What the customer of a scenario says in passing about a product.
#[derive(Debug, Clone, Default)]
pub(super) struct Passing {
    book: Arc<Book>,
    /// Names of features and of the alternative.
    names: Vec<Vec<WordId>>,
}

impl Passing {
    pub(super) fn new(product: Option<&Product>, scenario: Option<&Scenario>, stems: &Stems) -> Self {
        let Some(scenario) = scenario else { return Self::default() };
        let mut books = BOOKS.lock().unwrap_or_else(PoisonError::into_inner);
        let book = Arc::clone(books.entry(scenario.persona).or_insert_with(|| Arc::new(Book::of(scenario.persona, stems))));
        let features = product.into_iter().flat_map(|product| &product.features).map(|feature| &feature.name);
        let alternative = scenario.alternative.iter().map(|other| &other.name);
        let names = features.chain(alternative).map(|name| Utterance::words_of(name, stems).iter().map(|word| word.id).collect()).collect();
        Self { book, names }
    }

    /// The sentences of a turn that are said in passing: first word, and the word after the last.
    pub(super) fn sentences(&self, said: &Utterance<'_>) -> Vec<(usize, usize)> {
        let sentences = said.sentences.iter().filter(|sentence| sentence.last - sentence.first <= LONGEST);
        sentences
            .filter(|sentence| self.holds(said, sentence.first, sentence.last))
            .map(|sentence| (sentence.first, sentence.last))
            .collect()
    }

    fn holds(&self, said: &Utterance<'_>, first: usize, last: usize) -> bool {
        let words = &said.words[first..last];
        let ids: Vec<WordId> = words.iter().map(|word| word.id).collect();
        self.book.exact.contains(&ids)
            || self.book.open.iter().any(|(before, slot, after)| {
                let Some(fact) = ids.strip_prefix(&before[..]).and_then(|rest| rest.strip_suffix(&after[..])) else { return false };
                match *slot {
                    PRICE => fact.len() == 1 && words[before.len()].number.is_some(),
                    MATTER => (1..=LONGEST_FACT).contains(&fact.len()) && before.len() + after.len() >= 2,
                    _ => self.names.iter().any(|name| name[..] == *fact),
                }
            })
    }
}

impl Book {
    fn of(persona: Persona, stems: &Stems) -> Self {
        let mut book = Self::default();
        let (mut doubts, mut open_doubts) = (HashSet::new(), Vec::new());
        for (raises_doubt, phrase) in phrases_of(persona) {
            let text = SLOTS.iter().fold(phrase.to_owned(), |text, (slot, word)| text.replace(slot, word));
            let read = Utterance::read(&text, stems);
            for sentence in &read.sentences {
                let ids: Vec<WordId> = read.words[sentence.first..sentence.last].iter().map(|word| word.id).collect();
                let slot = ids.iter().position(|id| *id == PRICE || *id == MATTER || NAMES.contains(id));
                match slot.map(|at| (ids[..at].to_vec(), ids[at], ids[at + 1..].to_vec())) {
                    Some(open) if raises_doubt => open_doubts.push(open),
                    Some(open) => book.open.push(open),
                    None if raises_doubt => drop(doubts.insert(ids)),
                    None => drop(book.exact.insert(ids)),
                }
            }
        }
        book.exact.retain(|ids| !doubts.contains(ids));
        book.open.retain(|open| !open_doubts.contains(open));
        book
    }
}
