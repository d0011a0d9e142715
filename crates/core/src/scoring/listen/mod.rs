//! The listener: what is noticed in a turn.
//!
//! `words` reads a turn (`Utterance`), `pattern` finds phrases in it, `lexicon` is what people say anywhere, `shelf` what is said of this product and by this
//! customer; `passing` knows what the built-in customer says without a doubt. `rep` and `customer` put it together into cues; `gather`
//! keeps them apart, quotes them, and drops what addresses the scorer.
//!
//! A discovery question is noted beside the open or closed question that it is; a benefit beside the feature that it ties; what is courtesy or could be meant
//! otherwise is `Weak`.

mod amount;
mod asking;
mod claims;
mod customer;
mod gather;
mod known;
mod language;
mod lexicon;
mod memory;
mod passing;
mod pattern;
mod phrases;
mod polarity;
mod price;
mod reflection;
mod rep;
mod rules;
mod shelf;
mod terms;
mod value;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use language::is_foreign;
pub(super) use phrases::{Phrases, Vocabulary, says_settled};

use gather::Gather;
use lexicon::Lexicon;
use memory::Memory;
use shelf::Shelf;
use words::{Utterance, ids};

use super::cue::Cue;
use crate::{
    catalog::{Claim, Product, Scenario},
    session::{Speaker, Turn},
};

/// Turns turns into cues, one after the other. Cheap to clone; owns all that it needs.
#[derive(Debug, Clone)]
pub struct Listener {
    shelf: std::sync::Arc<Shelf>,
    memory: Memory,
}

impl Listener {
    /// A listener for a conversation about a product, or about anything where there is none.
    #[must_use]
    pub fn new(product: Option<&Product>, scenario: Option<&Scenario>, policies: &[Claim]) -> Self {
        let lexicon = Lexicon::get();
        let shelf = Shelf::new(product, scenario, policies, lexicon);
        Self { shelf: std::sync::Arc::new(shelf), memory: Memory::default() }
    }

    /// The cues of the next turn, in order of place. Turns come in the order in which they were said.
    pub fn hear(&mut self, turn: &Turn) -> Vec<Cue> {
        let lexicon = Lexicon::get();
        let said = Utterance::read(&turn.text, &lexicon.stems);
        let mut gather = Gather::new(turn, &said, lexicon);
        match turn.speaker {
            Speaker::Rep => {
                let sums = rep::listen(&mut gather, &self.shelf, &self.memory, lexicon);
                let cues = gather.finish();
                self.memory.keep_rep(&cues, !said.questions.is_empty(), &sums);
                cues
            }
            Speaker::Customer => {
                let sums = customer::listen(&mut gather, &self.shelf, &self.memory, lexicon);
                let cues = gather.finish();
                self.memory.keep_customer(&cues, &said, |stem| !lexicon.is_light(stem), &sums);
                self.keep_names(&said);
                cues
            }
        }
    }

    /// "I am Wanda", "my name is Ray": a name that the rep may use. Where the customer was asked and answers with the scenario's name, that one.
    fn keep_names(&mut self, said: &Utterance<'_>) {
        const MOST_NAMES: usize = 4;
        let lexicon = Lexicon::get();
        for found in lexicon.patterns("gives_name").find(said) {
            if let Some(word) = said.words.get(found.last).filter(|word| word.capital && !lexicon.is_light(word.stem)) {
                self.remember_name(word.id, MOST_NAMES);
            }
        }
        for word in said.words.iter().filter(|word| self.shelf.names.contains(&word.id)) {
            if self.memory.names.len() < MOST_NAMES && !self.memory.names.contains(&word.id) {
                self.memory.names.push(word.id);
            }
        }
    }

    fn remember_name(&mut self, name: words::WordId, most: usize) {
        let never = ids(["i", "not", "just", "here", "looking", "sorry", "the", "a", "so", "interested"]);
        if self.memory.names.len() < most && !self.memory.names.contains(&name) && !never.contains(&name) {
            self.memory.names.push(name);
        }
    }
}

/// Groups of patterns of `words.toml` that the code asks for.
#[cfg(test)]
const GROUPS: [&str; 56] = [
    "sold_elsewhere",
    "own_past",
    "long_ago",
    "own_terms",
    "of_another",
    "remarks",
    "confirms",
    "about_them",
    "quoted",
    "lowering_after",
    "other_measure",
    "everyday",
    "asks_after",
    "not_asks_after",
    "well_being",
    "taken_back",
    "untrue",
    "against_question",
    "same_sum",
    "hedges",
    "balks",
    "returns_question",
    "too_low",
    "far_sum",
    "scorer",
    "reported",
    "no_negation",
    "unsaid",
    "not",
    "other_sum",
    "price",
    "strong_price",
    "question_price",
    "settled",
    "before",
    "discovery",
    "not_discovery",
    "reflection",
    "link",
    "telling",
    "foreign",
    "returning",
    "not_returning",
    "free_over",
    "speaks_to",
    "means_for_you",
    "direct_price",
    "about",
    "lowering",
    "price_after",
    "courtesy",
    "to_you",
    "takes_offer",
    "summary",
    "needing",
    "against",
];
