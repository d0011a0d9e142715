//! Whether words are meant as they stand: not negated, not somebody else's, not a condition.

use super::{
    lexicon::Lexicon,
    words::{Utterance, WordId, ids},
};

const NOT: [WordId; 12] =
    ids(["not", "no", "nothing", "never", "without", "nor", "neither", "none", "nobody", "hardly", "barely", "unlike"]);
const SUBJECTS: [WordId; 8] = ids(["it", "this", "that", "they", "these", "we", "there", "you"]);
const COPULAS: [WordId; 9] = ids(["is", "are", "will", "has", "have", "was", "comes", "does", "do"]);
/// How far back a "not" reaches, in words.
const NOT_REACH: usize = 6;
/// How far back somebody else's word reaches.
const REPORT_REACH: usize = 8;

/// Whether a "not" before some words turns them round.
pub(super) fn negated(said: &Utterance<'_>, first: usize, lexicon: &Lexicon) -> bool {
    let start = said.clause_of(first).0.max(first.saturating_sub(NOT_REACH));
    let exempt = lexicon.patterns("no_negation");
    let sentence = said.sentence_of(first);
    (start..first).rev().any(|at| {
        let stands = said.id(at).is_some_and(|id| NOT.contains(&id)) || lexicon.patterns("not").any_in(said, at, (at + 3).min(first));
        stands
            && !exempt
                .find_in(said, at.saturating_sub(2).max(sentence.first), (first + 3).min(sentence.last))
                .iter()
                .any(|m| m.first <= at && at < m.last)
            && !restarted(said, at, first)
    })
}

/// "It is not heavy it is waterproof": a new subject and verb after the "not".
fn restarted(said: &Utterance<'_>, not: usize, first: usize) -> bool {
    (not + 1..first.saturating_sub(1)).any(|at| {
        said.id(at).is_some_and(|id| SUBJECTS.contains(&id))
            && said.id(at + 1).is_some_and(|id| COPULAS.contains(&id))
            && !(not + 1..at).any(|word| said.id(word).is_some_and(|id| SAYING.contains(&id)))
    })
}

const SAYING: [WordId; 16] = ids([
    "say",
    "tell",
    "call",
    "claim",
    "promise",
    "guarantee",
    "swear",
    "pretend",
    "sure",
    "certain",
    "know",
    "think",
    "mean",
    "said",
    "believe",
    "that",
]);

/// Whether the speaker says that they cannot or will not say it.
pub(super) fn unsaid(said: &Utterance<'_>, first: usize, lexicon: &Lexicon) -> bool {
    let sentence = said.sentence_of(first);
    let start = sentence.first.max(first.saturating_sub(REPORT_REACH));
    lexicon
        .patterns("unsaid")
        .find_in(said, start, first)
        .iter()
        .any(|found| first - found.last <= 4 && !restarted_plainly(said, found.last, first))
}

/// "I do not know, but it is waterproof": a "but" ends what could not be said.
fn restarted_plainly(said: &Utterance<'_>, from: usize, first: usize) -> bool {
    (from..first).any(|at| said.id(at).is_some_and(|id| id == WordId::of("but")))
}

/// Whether it is somebody else's word, a wish or a condition.
pub(super) fn reported(said: &Utterance<'_>, first: usize, lexicon: &Lexicon) -> bool {
    let start = said.clause_of(first).0.max(first.saturating_sub(REPORT_REACH));
    lexicon.patterns("reported").any_in(said, start, (first + 1).min(said.words.len()))
}

/// Whether it stands in an "if" clause and stays there.
pub(super) fn conditional(said: &Utterance<'_>, first: usize, last: usize) -> bool {
    let (start, end) = said.clause_of(first);
    let within = last <= end;
    let if_before = (start..first).any(|at| said.id(at).is_some_and(|id| CONDITIONS.contains(&id)));
    let acts = (first..last).any(|at| said.id(at).is_some_and(|id| ACTORS.contains(&id)));
    within && if_before && !acts
}

const CONDITIONS: [WordId; 4] = ids(["if", "whether", "unless", "wish"]);
const ACTORS: [WordId; 6] = ids(["we", "i", "us", "our", "will", "replace"]);
