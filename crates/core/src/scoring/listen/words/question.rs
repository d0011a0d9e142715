//! What is asked: with a question mark, and without one by word order.

use super::{
    id::{WordId, ids},
    scan::{Gap, Word},
    sentence::Sentence,
};

/// What kind of answer a question invites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// More than yes or no.
    Open,
    /// Yes, no or a choice.
    Closed,
    /// A statement with "right?" or "isn't it?" after it.
    Tag,
}

/// A question within a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Question {
    /// First word.
    pub(crate) first: usize,
    /// After the last word.
    pub(crate) last: usize,
    /// What it invites.
    pub(crate) form: Form,
    /// True where a question mark says so or the words leave no doubt.
    pub(crate) sure: bool,
    /// True where the order of the words makes it a question, and not only the question mark.
    pub(crate) ordered: bool,
}

const WH: [WordId; 9] = ids(["what", "how", "why", "where", "who", "when", "which", "whose", "whom"]);
const WHICH: WordId = WordId::of("which");
const HOW: WordId = WordId::of("how");
const WHAT: WordId = WordId::of("what");
const ABOUT: WordId = WordId::of("about");
const OR: WordId = WordId::of("or");
const YOU: WordId = WordId::of("you");
const NOT: WordId = WordId::of("not");
const AUX: [WordId; 21] = ids([
    "do", "does", "did", "are", "is", "was", "were", "can", "could", "will", "would", "should", "shall", "have", "has", "had", "may",
    "might", "am", "must", "ought",
]);
/// Auxiliaries that ask wherever they stand before "you", "we" or "i".
const DOING: [WordId; 13] = ids(["do", "does", "did", "can", "could", "will", "would", "should", "shall", "have", "may", "are", "were"]);
const SUBJECTS: [WordId; 28] = ids([
    "you",
    "i",
    "we",
    "it",
    "that",
    "this",
    "they",
    "these",
    "those",
    "there",
    "he",
    "she",
    "the",
    "your",
    "yours",
    "anyone",
    "anybody",
    "anything",
    "any",
    "everything",
    "something",
    "somebody",
    "someone",
    "a",
    "my",
    "all",
    "both",
    "her",
]);
const THEM: [WordId; 10] = ids(["they", "these", "those", "any", "anyone", "anybody", "all", "both", "your", "most"]);
const PEOPLE: [WordId; 3] = ids(["you", "we", "i"]);
/// After these, word order says nothing: "so do you", "what can you".
const NO_START: [WordId; 26] = ids([
    "neither", "nor", "than", "as", "what", "how", "which", "who", "where", "when", "why", "that", "it", "they", "not", "to", "all",
    "only", "best", "least", "most", "i", "we", "he", "she", "this",
]);
/// Words that may stand before a question without being part of it.
const LEADS: [WordId; 53] = ids([
    "so",
    "and",
    "but",
    "or",
    "okay",
    "well",
    "now",
    "then",
    "yes",
    "yeah",
    "yep",
    "no",
    "great",
    "right",
    "hey",
    "hi",
    "hello",
    "um",
    "uh",
    "also",
    "thanks",
    "oh",
    "ah",
    "sure",
    "good",
    "perfect",
    "awesome",
    "nice",
    "cool",
    "please",
    "sorry",
    "because",
    "wow",
    "hmm",
    "maam",
    "sir",
    "folks",
    "morning",
    "afternoon",
    "evening",
    "today",
    "there",
    "wonderful",
    "excellent",
    "howdy",
    "exactly",
    "absolutely",
    "interesting",
    "anyway",
    "first",
    "just",
    "you",
    "like",
]);
/// A noun after "what" or "which" that makes it a question: "what size".
const NOUNS: [WordId; 24] = ids([
    "kind", "kinds", "size", "sizes", "color", "colors", "colour", "sort", "type", "style", "brand", "model", "price", "one", "1", "time",
    "day", "material", "features", "budget", "brings", "else", "happened", "other",
]);
/// A verb that a question word may be the subject of: "what brings you in".
const WH_VERBS: [WordId; 27] = ids([
    "brings", "brought", "makes", "made", "happened", "matters", "bothers", "worries", "holds", "keeps", "kept", "concerns", "stops",
    "helps", "works", "worked", "goes", "would", "will", "did", "might", "could", "should", "can", "else", "made", "got",
]);
/// A word after "how" that makes it a question: "how much".
const HOW_WORDS: [WordId; 21] = ids([
    "much", "many", "long", "often", "soon", "far", "big", "old", "warm", "heavy", "about", "come", "come", "well", "wide", "tall",
    "thick", "tight", "hard", "late", "does",
]);
/// Openings that ask without asking: "tell me about".
const INDIRECT: [(&[&str], bool); 17] = [
    (&["tell", "me"], true),
    (&["walk", "me", "through"], true),
    (&["talk", "me", "through"], true),
    (&["talk", "to", "me", "about"], true),
    (&["describe"], true),
    (&["help", "me", "understand"], true),
    (&["fill", "me", "in"], true),
    (&["show", "me", "how"], true),
    (&["i", "am", "curious"], true),
    (&["love", "to", "hear"], true),
    (&["love", "to", "know"], true),
    (&["like", "to", "know"], true),
    (&["like", "to", "hear"], true),
    (&["was", "wondering"], false),
    (&["am", "wondering"], false),
    (&["wonder", "if"], false),
    (&["wondering", "if"], false),
];
const TAGS: [WordId; 8] = ids(["right", "correct", "huh", "yeah", "yes", "no", "eh", "true"]);
/// Longest question without a question mark, in words.
const LONGEST_UNMARKED: usize = 28;

pub(super) fn questions(words: &[Word], sentences: &[Sentence]) -> Vec<Question> {
    let mut out = Vec::new();
    for sentence in sentences {
        in_sentence(words, *sentence, &mut out);
    }
    out
}

fn in_sentence(words: &[Word], sentence: Sentence, out: &mut Vec<Question>) {
    let found = out.len();
    let mut at = sentence.first;
    while at < sentence.last {
        let Some(form) = starts(words, sentence, at) else {
            at += 1;
            continue;
        };
        let last =
            if sentence.asked { end_of(words, at, sentence.last, usize::MAX) } else { end_of(words, at, sentence.last, LONGEST_UNMARKED) };
        let form = if form == Form::Closed || words[at].id == WHICH { Form::Closed } else { form };
        out.push(Question { first: at, last, form, sure: sentence.asked, ordered: true });
        at = last;
    }
    if !sentence.asked {
        return;
    }
    if out.len() > found {
        // the question mark belongs to the last one
        if let Some(last) = out.last_mut() {
            last.last = sentence.last;
        }
        return;
    }
    let tagged = tag(words, sentence);
    let form = if tagged { Form::Tag } else { bare_form(words, sentence) };
    out.push(Question { first: sentence.first, last: sentence.last, form, sure: true, ordered: form == Form::Open });
}

fn bare_form(words: &[Word], sentence: Sentence) -> Form {
    let wh = words[sentence.first..sentence.last.min(sentence.first + 3)].iter().any(|word| WH.contains(&word.id) && word.id != WHICH);
    if wh { Form::Open } else { Form::Closed }
}

/// Whether a sentence ends in "right", "isn't it" or the like.
fn tag(words: &[Word], sentence: Sentence) -> bool {
    let words = &words[sentence.first..sentence.last];
    let Some((last, rest)) = words.split_last() else { return false };
    if rest.len() >= 2 && TAGS.contains(&last.id) {
        return true;
    }
    // "is not it", "do not you"
    let Some((not, rest)) = rest.split_last() else { return false };
    not.id == NOT && SUBJECTS.contains(&last.id) && rest.len() > 2 && rest.last().is_some_and(|aux| AUX.contains(&aux.id))
}

fn starts(words: &[Word], sentence: Sentence, at: usize) -> Option<Form> {
    let id = |offset: usize| words.get(at + offset).filter(|_| at + offset < sentence.last).map(|word| word.id);
    let before = (at > sentence.first).then(|| words[at - 1]);
    let fresh = before.is_none_or(|before| words[at].gap >= Gap::Comma || LEADS.contains(&before.id));
    let first = words[at].id;
    if let Some(form) = indirect(words, sentence, at) {
        return Some(form);
    }
    if WH.contains(&first) {
        return starts_wh(words, sentence, at, fresh);
    }
    if !AUX.contains(&first) {
        return None;
    }
    let mut next = id(1)?;
    if next == NOT {
        next = id(2)?;
    }
    // "have a great day" wishes, it does not ask
    let wishes =
        [WordId::of("have"), WordId::of("may"), WordId::of("do")].contains(&first) && !PEOPLE.contains(&next) && !THEM.contains(&next);
    if wishes {
        return None;
    }
    let tail_tag = id(1) == Some(NOT) && at + 3 >= sentence.last && before.is_some();
    if tail_tag || !SUBJECTS.contains(&next) && !fresh_noun(words, sentence, at, before.is_none()) {
        return None;
    }
    let blocked = before.is_some_and(|before| NO_START.contains(&before.id) && words[at].gap == Gap::None);
    let anywhere = DOING.contains(&first) && PEOPLE.contains(&next) && !blocked && words.get(at + 2).is_some() && at + 2 < sentence.last;
    let elsewhere = anywhere && !(next != YOU && before.is_some_and(|before| before.id == WordId::of("so")));
    (fresh || elsewhere).then_some(Form::Closed)
}

/// "Are sizes true": an auxiliary at the very start before a noun, with a question mark.
fn fresh_noun(words: &[Word], sentence: Sentence, at: usize, first: bool) -> bool {
    first && sentence.asked && at + 2 < sentence.last && words[at].gap != Gap::None
}

fn starts_wh(words: &[Word], sentence: Sentence, at: usize, fresh: bool) -> Option<Form> {
    let id = |offset: usize| words.get(at + offset).filter(|_| at + offset < sentence.last).map(|word| word.id);
    let first = words[at].id;
    let next = id(1)?;
    // "what kind of work do you do", "how warm is it", "what are you"
    let inverted = (1..=6).find(|offset| id(*offset).is_some_and(|aux| AUX.contains(&aux))).is_some_and(|offset| {
        let subject = id(offset + 1).is_some_and(|subject| SUBJECTS.contains(&subject));
        let straight = (1..offset).all(|within| !id(within).is_some_and(|word| PEOPLE.contains(&word) || word == WordId::of("it")));
        subject && straight
    });
    let about = matches!(first, WHAT | HOW) && next == ABOUT;
    let form = if first == WHICH || about { Form::Closed } else { Form::Open };
    if fresh {
        let noun = matches!(first, WHAT | WHICH) && NOUNS.contains(&next);
        let verb = first != HOW && (WH_VERBS.contains(&next) || AUX.contains(&next));
        let much = first == HOW && (HOW_WORDS.contains(&next) || AUX.contains(&next));
        let why = first == WordId::of("why");
        // "what I can do is", "which is why": no question
        let relative = first == WHICH && next == WordId::of("is") && at > sentence.first && !sentence.asked;
        return ((inverted || noun || verb || much || why || about) && !relative).then_some(form);
    }
    let person = id(1).is_some_and(|aux| AUX.contains(&aux)) && id(2).is_some_and(|subject| PEOPLE.contains(&subject));
    let deep = inverted && matches!(first, WHAT | HOW | WHICH) && (2..=6).any(|offset| id(offset) == Some(YOU));
    let knowing = words[at - 1].id == WordId::of("know") && !person;
    ((person || deep) && !knowing).then_some(form)
}

fn indirect(words: &[Word], sentence: Sentence, at: usize) -> Option<Form> {
    let before = (at > sentence.first).then(|| words[at - 1].id);
    let (opening, open) = INDIRECT.iter().find(|(opening, _)| {
        opening
            .iter()
            .enumerate()
            .all(|(offset, word)| at + offset < sentence.last && words.get(at + offset).is_some_and(|here| here.id == WordId::of(word)))
    })?;
    // "let me tell you" does not match; "they tell me" and "do not tell me" are no requests
    let told =
        [WordId::of("they"), WordId::of("people"), WordId::of("customers"), NOT, WordId::of("you"), WordId::of("to"), WordId::of("i")];
    let mine = opening[0] == "tell" || opening[0] == "describe";
    let asks_you = before == Some(YOU) && at >= sentence.first + 2 && AUX.contains(&words[at - 2].id);
    if mine && before.is_some_and(|before| told.contains(&before)) && !asks_you {
        return None;
    }
    let alone = at + opening.len() >= sentence.last;
    (!alone).then_some(if *open { Form::Open } else { Form::Closed })
}

/// Where a question ends that begins at `at`.
fn end_of(words: &[Word], at: usize, last: usize, longest: usize) -> usize {
    let modal = ids(["can", "will", "am", "have", "would", "think", "know", "love", "like", "do", "was", "are"]);
    let holds = ids([
        "that", "what", "if", "how", "when", "where", "because", "think", "know", "so", "want", "and", "do", "does", "did", "can", "could",
        "should", "would", "will", "may", "shall", "am", "is", "are", "have", "or", "say", "than", "as", "like", "have", "which", "need",
    ]);
    let end = last.min(at.saturating_add(longest));
    for next in at + 3..end {
        let (word, before) = (words[next], words[next - 1]);
        let me = word.id == WordId::of("i") || word.id == WordId::of("we");
        let statement = me
            && words.get(next + 1).is_some_and(|verb| modal.contains(&verb.id))
            && (!holds.contains(&before.id) || (word.gap >= Gap::Comma && before.id != OR));
        if statement && (next >= at + 4 || word.gap >= Gap::Comma) {
            return next;
        }
    }
    end
}
