//! Where in a rep's words a question begins: people type without marks, and a recogniser writes none.

use std::sync::LazyLock;

use super::words::{Pattern, Words};

/// Questions in one sentence that are heard one by one; nobody holds on to more.
const MOST: usize = 4;

/// So few words are a question as soon as they name a topic: "and the budget", "for you or a gift".
const BARE: usize = 5;

/// What a sentence begins with that asks, or asks to be told.
const OPENINGS: [&str; 14] = [
    "anything i|we can",
    "anything|anybody|anyone else",
    "any questions|thoughts|concerns|worries",
    "can|may|could i|we help",
    "need any|some|a help|hand",
    "looking for",
    "finding|find everything",
    "see anything",
    "tell me",
    "walk me through",
    "talk me through",
    "what|who|where|when|why|how",
    "and|so|but what|who|where|when|why|how",
    "do|does|did|would|could|can|are|is|have|will you|it|that|this|they",
];

/// What a question begins with in the middle of a sentence. Narrower: a statement has "what", "how" and "is it" too.
const TURNS: [&str; 12] = [
    "what is|are|do|does|did|would|will|kind|size|color|colour|brings|brought|else|happened|matters|bugs|bothers|gives|about|makes|made",
    "how much|many|long|often|soon|big|wide|do|does|did|would|will|is|are|was|about|come",
    "who is|are|else|would|will|gets|did|do|does",
    "where is|are|do|does|did|would|will",
    "when is|are|do|does|did|would|will",
    "why is|are|do|does|did|would|not",
    "which one|do|would|is|are",
    "do|did|would|could|are|were you",
    "is it|that|this for|a|something|just|mostly|mainly|more|important|okay|because|going|your|about|the|right",
    "does it|that|this|he|she|anybody|anyone",
    "any questions|thoughts|concerns|worries",
    "tell me about|what|more|how",
];

/// Words after which those are part of a statement: "that is what it does", "I know how you do it".
const TELLING: &str = "know|is|of|like|exactly|about|see|matter|understand|we|i|all|me|sure|thing|than|as|to|on|wonder|say|said|here|show";

/// What a question begins with that sounds like a statement until it names a topic: "you want it in brown or black".
const SOFT: &str = "you want|wanted|need|like|prefer|wear|looking|buying|shopping|got|have|thinking";

/// What a clause begins with that only says when something holds.
const CONDITIONS: [&str; 7] = ["when", "if", "while", "since", "after", "before", "where"];
const SUBJECTS: [&str; 8] = ["i", "you", "he", "she", "it", "we", "they", "there"];

struct Beginnings {
    openings: Vec<Pattern>,
    turns: Vec<Pattern>,
    telling: Pattern,
    soft: Pattern,
    open: Pattern,
}

static BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| Beginnings {
    openings: OPENINGS.map(Pattern::read).to_vec(),
    turns: TURNS.map(Pattern::read).to_vec(),
    telling: Pattern::read(TELLING),
    soft: Pattern::read(SOFT),
    open: Pattern::read("how|what|which|where|when|who|why"),
});

/// The sentence without what only says when it holds: "when you're out there, what gives you trouble?"
pub(super) fn main_clause(sentence: &str) -> &str {
    let Some((before, rest)) = sentence.split_once(',') else { return sentence };
    let mut words = before.split([' ', '\'', '’']).map(str::to_lowercase);
    let mut next = |among: &[&str]| words.next().is_some_and(|word| among.contains(&word.as_str()));
    let holds = next(&CONDITIONS) && next(&SUBJECTS) && !rest.trim().is_empty();
    if holds { rest.trim() } else { sentence }
}

/// True where the words begin as a question does, or ask to be told.
pub(super) fn opens_question(words: &Words) -> bool {
    BEGINNINGS.openings.iter().any(|pattern| pattern.begins(words))
}

/// True where the words ask as soon as they name something that can be asked about.
pub(super) fn may_ask(words: &Words) -> bool {
    BEGINNINGS.soft.begins(words) || words.len() <= BARE
}

/// True where a question wants more than yes or no.
pub(super) fn wants_more(question: &str) -> bool {
    BEGINNINGS.open.found_in(&Words::of(question))
}

/// The questions that begin in the middle of the words, each up to the next.
pub(super) fn questions_within(words: &Words) -> Vec<Words> {
    let mut starts: Vec<usize> = Vec::new();
    for at in 1..words.len().saturating_sub(1) {
        let told = BEGINNINGS.telling.begins_at(words, at - 1);
        let within = starts.last().is_some_and(|start| at < start + 3);
        if !told && !within && starts.len() < MOST && BEGINNINGS.turns.iter().any(|pattern| pattern.begins_at(words, at)) {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    starts.iter().zip(ends).map(|(start, end)| words.between(*start, end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_without_a_mark_is_heard_where_it_begins() {
        for (text, count) in [
            ("thank you for your service is it for you or somebody else", 1),
            ("ha ha forty shirts what would make this one worth it", 1),
            ("I hear you what bugs you most about the heat", 1),
            ("okay so who is it for and where will you wear it", 2),
            ("sounds rough did you have it long", 1),
        ] {
            assert_eq!(questions_within(&Words::of(text)).len(), count, "{text}");
        }
    }

    #[test]
    fn what_only_says_when_is_not_what_is_asked() {
        assert_eq!(main_clause("When you're out in it, what gives you trouble?"), "what gives you trouble?");
        assert_eq!(main_clause("When do you need it, by Friday?"), "When do you need it, by Friday?");
    }

    #[test]
    fn a_statement_that_holds_a_question_word_asks_nothing() {
        for text in [
            "that is what it is made for",
            "I know how it feels when they do that",
            "this is why we oil the cotton",
            "you can wear it when it rains and where you like",
            "it tells you how the leather will do",
            "I will show you what it is like",
        ] {
            assert_eq!(questions_within(&Words::of(text)).len(), 0, "{text}");
        }
    }
}
