//! Sentences and clauses, with or without punctuation.

use super::{
    id::{WordId, ids},
    question::Question,
    scan::{Gap, Word},
};

/// The words between two full stops; in recogniser text, the whole turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// First word.
    pub(crate) first: usize,
    /// After the last word.
    pub(crate) last: usize,
    /// True where it ends in a question mark.
    pub(crate) asked: bool,
}

pub(super) fn sentences(words: &[Word], last_gap: Gap) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut first = 0;
    for at in 1..=words.len() {
        let gap = words.get(at).map_or(last_gap.max(Gap::Stop), |word| word.gap);
        if gap >= Gap::Stop {
            out.push(Sentence { first, last: at, asked: gap == Gap::Asked });
            first = at;
        }
    }
    out
}

/// Words that begin a clause wherever they stand.
const OPENERS: [WordId; 14] =
    ids(["but", "because", "so", "which", "although", "though", "if", "whether", "unless", "while", "however", "except", "until", "cause"]);
/// Words that begin a clause after "and", "or" or "then".
const SUBJECTS: [WordId; 21] = ids([
    "i", "you", "we", "they", "he", "she", "it", "this", "that", "these", "those", "there", "what", "how", "do", "does", "is", "are",
    "can", "would", "the",
]);
const JOINERS: [WordId; 4] = ids(["and", "or", "then", "plus"]);
/// Pronouns that begin a clause when a verb follows and nothing before them asks for a clause of its own.
const PRONOUNS: [WordId; 7] = ids(["i", "you", "we", "they", "it", "this", "that"]);
const VERBS: [WordId; 24] = ids([
    "am", "is", "are", "was", "were", "will", "would", "can", "could", "have", "has", "had", "do", "does", "did", "need", "want", "like",
    "get", "got", "take", "think", "know", "guess",
]);
/// After these a pronoun belongs to what was said before it.
const HOLDS: [WordId; 59] = ids([
    "for", "to", "with", "of", "about", "on", "at", "from", "by", "let", "help", "give", "show", "that", "what", "how", "when", "where",
    "why", "who", "if", "whether", "because", "as", "than", "and", "or", "but", "so", "think", "know", "say", "said", "hear", "heard",
    "mean", "see", "sure", "guess", "hope", "like", "do", "does", "did", "is", "are", "can", "could", "would", "will", "should", "shall",
    "may", "have", "not", "all", "the", "promise", "claim",
]);

/// "I will not tell you it is …": what is told belongs to the telling.
const TELLING: [WordId; 13] =
    ids(["tell", "tells", "told", "telling", "show", "promise", "assure", "remind", "let", "warn", "convince", "sell", "swear"]);
const OBJECTS: [WordId; 9] = ids(["you", "me", "them", "us", "him", "her", "anyone", "anybody", "folks"]);

/// For every word, the number of its clause. Clauses cross neither a sentence nor the edge of a question.
pub(super) fn clauses(words: &[Word], questions: &[Question]) -> Vec<u32> {
    let mut out = Vec::with_capacity(words.len());
    let mut clause = 0_u32;
    let mut ahead = questions.iter().peekable();
    for at in 0..words.len() {
        while ahead.next_if(|question| question.last < at).is_some() {}
        let edge = ahead.peek().is_some_and(|question| question.first == at || question.last == at);
        if at > 0 && (edge || begins_clause(words, at)) {
            clause += 1;
        }
        out.push(clause);
    }
    out
}

fn begins_clause(words: &[Word], at: usize) -> bool {
    let (word, before) = (words[at], words[at - 1]);
    if word.gap >= Gap::Comma {
        return true;
    }
    let next = words.get(at + 1).filter(|next| next.gap == Gap::None).map(|next| next.id);
    if OPENERS.contains(&word.id) {
        // "so" as in "so soft", "not so"
        return word.id != WordId::of("so") || next.is_some_and(|next| SUBJECTS.contains(&next));
    }
    if JOINERS.contains(&word.id) {
        return next.is_some_and(|next| SUBJECTS.contains(&next));
    }
    let one = next.is_some_and(|next| next == WordId::of("1")).then(|| words.get(at + 2)).flatten().map(|after| after.id);
    let told = at >= 2 && OBJECTS.contains(&before.id) && TELLING.contains(&words[at - 2].id);
    PRONOUNS.contains(&word.id)
        && !told
        && one.or(next).is_some_and(|verb| VERBS.contains(&verb))
        && !HOLDS.contains(&before.id)
        && !JOINERS.contains(&before.id)
        && !OPENERS.contains(&before.id)
}
