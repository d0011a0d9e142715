//! Whether words are meant as they stand: not negated, not somebody else's, not a condition.

use super::{
    lexicon::Lexicon,
    words::{Gap, Utterance, WordId, ids},
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
    let exempt = lexicon.patterns("no_negation").find_in(said, start, first);
    lexicon.patterns("unsaid").find_in(said, start, first).iter().any(|found| {
        first - found.last <= UNSAID_REACH
            && !restarted_plainly(said, found.last, first)
            && !exempt.iter().any(|not| not.first <= found.first && found.first < not.last)
    })
}

/// Whether what stands after some words takes them back: "…, and it is not", "…? No.", "… is a word that I stay away from".
pub(super) fn denied_after(said: &Utterance<'_>, last: usize, lexicon: &Lexicon) -> bool {
    let end = after(said, last);
    answered_with(said, last, lexicon, false)
        || (last..end).any(|at| elliptic(said, at) == Some(true))
        || lexicon.patterns("taken_back").find_in(said, last, end).iter().any(|found| found.first <= last + 1)
        || lexicon.patterns("untrue").find_in(said, last, end).iter().any(|found| found.first <= last + 5)
}

/// Whether what stands after some words that somebody asked or said makes them the speaker's own: "…, and it is", "…? Yes".
pub(super) fn affirmed_after(said: &Utterance<'_>, last: usize, lexicon: &Lexicon) -> bool {
    answered_with(said, last, lexicon, true) || (last..after(said, last)).any(|at| elliptic(said, at) == Some(false))
}

/// How far what follows some words may speak of them: their sentence, and the start of the next.
fn after(said: &Utterance<'_>, last: usize) -> usize {
    let own = said.sentence_of(last.saturating_sub(1)).last;
    let next = if own < said.words.len() { said.sentence_of(own).last.min(own + 5) } else { own };
    next.min(last + AFTER_REACH)
}

/// "No", "yes": the very next words answer.
fn answered_with(said: &Utterance<'_>, last: usize, lexicon: &Lexicon, yes: bool) -> bool {
    let answers = answer_at(said, last).is_some_and(|(says, _)| says == yes);
    answers && said.question_at(last.saturating_sub(1)).is_some() && !lexicon.patterns("no_negation").any_in(said, last, last + 2)
}

/// "It is not", "they do", with nothing after it that it could be about: true where it denies, false where it affirms.
fn elliptic(said: &Utterance<'_>, at: usize) -> Option<bool> {
    let subject = said.id(at)?;
    if !ECHOING.contains(&subject) || at.checked_sub(1).and_then(|at| said.id(at)).is_some_and(|id| SUPPOSING.contains(&id)) {
        return None;
    }
    let sure = usize::from(said.id(at + 1).is_some_and(|id| SURELY.contains(&id)));
    said.id(at + 1 + sure).filter(|id| AUXILIARIES.contains(id))?;
    let not = said.id(at + 2 + sure).is_some_and(|id| id == NOT[0]);
    let next = at + 2 + sure + usize::from(not);
    let ends = said.words.get(next).is_none_or(|word| word.gap >= Gap::Comma || RESUMING.contains(&word.id));
    ends.then_some(not)
}

/// "Yes sir", "absolutely it is", "no it is not": an answer that says nothing else, whether it is a yes, and where it ends.
pub(super) fn bare_answer(said: &Utterance<'_>, end: usize, lexicon: &Lexicon) -> Option<(bool, usize)> {
    const LEAD: usize = 2;
    let lead = (0..end.min(LEAD))
        .take_while(|at| answer_at(said, *at).is_none() && said.words.get(*at).is_some_and(|word| lexicon.is_empty(word.stem)))
        .count();
    // "it sure is" answers as well as a yes
    let (yes, words) = answer_at(said, lead).or_else(|| elliptic(said, lead).map(|not| (!not, 0)))?;
    let fully = |at: usize| {
        let word = &said.words[at];
        (lexicon.is_empty(word.stem) && !NAYS.contains(&word.id)) || FULLY.contains(&word.id)
    };
    let mut at = lead + words;
    while at < end && fully(at) {
        at += 1;
    }
    if at == end {
        return Some((yes, end));
    }
    // "no it is not", "yes they are"
    let echo = elliptic(said, at).filter(|not| *not != yes)?;
    let sure = usize::from(said.id(at + 1).is_some_and(|id| SURELY.contains(&id)));
    Some((yes, (at + 2 + sure + usize::from(echo)).min(said.words.len())))
}

/// A yes or a no at a word, and of how many words it is.
fn answer_at(said: &Utterance<'_>, at: usize) -> Option<(bool, usize)> {
    let id = said.id(at)?;
    if YEAS.contains(&id) {
        return Some((true, 1));
    }
    if NAYS.contains(&id) {
        return Some((false, 1));
    }
    let next = (id, said.id(at + 1)?);
    SURE_THINGS.contains(&next).then(|| if said.id(at + 2) == Some(NOT[0]) { (false, 3) } else { (true, 2) })
}

const FULLY: [WordId; 8] = ids(["completely", "totally", "fully", "100", "percent", "definitely", "certainly", "guaranteed"]);
/// How far from "I will not tell you" what is not told may stand, in words.
const UNSAID_REACH: usize = 4;
/// How far behind some words they may be taken back, in words.
const AFTER_REACH: usize = 12;
const YEAS: [WordId; 9] = ids(["yes", "yeah", "yep", "yup", "absolutely", "definitely", "certainly", "sure", "totally"]);
/// A yes of two words.
const SURE_THINGS: [(WordId, WordId); 2] = [(WordId::of("you"), WordId::of("bet")), (WordId::of("of"), WordId::of("course"))];
const NAYS: [WordId; 3] = ids(["no", "nope", "nah"]);
const ECHOING: [WordId; 4] = ids(["it", "they", "we", "i"]);
const SUPPOSING: [WordId; 6] = ids(["if", "whether", "that", "than", "what", "as"]);
const SURELY: [WordId; 8] = ids(["sure", "really", "certainly", "definitely", "absolutely", "surely", "just", "simply"]);
const AUXILIARIES: [WordId; 12] = ids(["is", "are", "was", "were", "does", "do", "did", "will", "would", "can", "has", "have"]);
/// Words with which something new begins.
const RESUMING: [WordId; 14] =
    ids(["it", "they", "we", "i", "you", "so", "but", "and", "because", "that", "this", "what", "there", "just"]);

/// "I do not know, but it is waterproof": a "but" ends what could not be said.
fn restarted_plainly(said: &Utterance<'_>, from: usize, first: usize) -> bool {
    (from..first).any(|at| said.id(at).is_some_and(|id| id == WordId::of("but")))
}

/// Whether it is somebody else's word, a wish or a condition.
pub(super) fn reported(said: &Utterance<'_>, first: usize, lexicon: &Lexicon) -> bool {
    let start = said.clause_of(first).0.max(first.saturating_sub(REPORT_REACH));
    lexicon.patterns("reported").any_in(said, start, (first + 1).min(said.words.len()))
}

/// Whether somebody else is quoted: "the last place called you cheap".
pub(super) fn quoted(said: &Utterance<'_>, first: usize, lexicon: &Lexicon) -> bool {
    let start = said.sentence_of(first).first.max(first.saturating_sub(REPORT_REACH));
    lexicon.patterns("quoted").any_in(said, start, (first + 1).min(said.words.len()))
}

/// Whether it stands in an "if" clause and stays there.
pub(super) fn conditional(said: &Utterance<'_>, first: usize, last: usize) -> bool {
    let (start, end) = said.near(first, last);
    let within = last <= end;
    let if_before = (start..first).any(|at| said.id(at).is_some_and(|id| CONDITIONS.contains(&id)));
    let acts = (first..last).any(|at| said.id(at).is_some_and(|id| ACTORS.contains(&id)));
    within && if_before && !acts
}

const CONDITIONS: [WordId; 4] = ids(["if", "whether", "unless", "wish"]);
const ACTORS: [WordId; 6] = ids(["we", "i", "us", "our", "will", "replace"]);
