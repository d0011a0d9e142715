//! What is asked: with a question mark, and without one by word order.

use super::{
    asked::*,
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
        let longest = if sentence.asked { usize::MAX } else { LONGEST_UNMARKED };
        let last = end_of(words, sentence, at, longest);
        let form = if form == Form::Closed || words[at].id == WHICH { Form::Closed } else { form };
        out.push(Question { first: at, last, form, sure: sentence.asked, ordered: true });
        at = last.max(at + 1);
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
    let first = words[at].id;
    // "hi there are you …" asks, "there is a …" does not
    let states = before.is_some_and(|before| before.id == THERE && AUX.contains(&first) && words[at].gap == Gap::None) && {
        let hailed = ids(["hi", "hey", "hello", "over", "out"]);
        !(at >= sentence.first + 2 && hailed.contains(&words[at - 2].id))
    };
    // "I am not sure what …" is one statement
    let unsure = before.is_some_and(|before| before.id == WordId::of("sure")) && at >= sentence.first + 2 && {
        let doubts = ids(["not", "am", "for", "be", "real", "quite", "too"]);
        doubts.contains(&words[at - 2].id) && words[at].gap == Gap::None
    };
    let fresh = !states && !unsure && before.is_none_or(|before| words[at].gap >= Gap::Comma || LEADS.contains(&before.id));
    if let Some(form) = indirect(words, sentence, at) {
        return Some(form);
    }
    if elliptical(words, sentence, at) {
        return Some(Form::Closed);
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
    let before_holds = |before: Word| NO_START.contains(&before.id) || (first == HAVE && AUX.contains(&before.id));
    let blocked = before.is_some_and(|before| before_holds(before) && words[at].gap == Gap::None);
    let anywhere = DOING.contains(&first) && PEOPLE.contains(&next) && !blocked && words.get(at + 2).is_some() && at + 2 < sentence.last;
    let elsewhere = anywhere && !(next != YOU && before.is_some_and(|before| before.id == WordId::of("so")));
    (fresh || elsewhere || asks_of_thing(words, sentence, at)).then_some(Form::Closed)
}

/// "… does that help", "… is that fair": asked right behind a statement.
fn asks_of_thing(words: &[Word], sentence: Sentence, at: usize) -> bool {
    let id = |offset: usize| words.get(at + offset).filter(|_| at + offset < sentence.last).map(|word| word.id);
    let (Some(first), Some(thing), Some(verb)) = (id(0), id(1), id(2)) else { return false };
    let held = at > sentence.first && {
        let before = words[at - 1].id;
        NO_START.contains(&before) || AUX.contains(&before) || WH.contains(&before) || LEADS_TO_CLAUSE.contains(&before)
    };
    if held || !THINGS.contains(&thing) || AUX.contains(&verb) {
        return false;
    }
    ASKING.contains(&first) || (matches!(first, IS | ARE) && JUDGED.contains(&verb))
}

/// "Want me to ring it up": a question that has lost its beginning.
fn elliptical(words: &[Word], sentence: Sentence, at: usize) -> bool {
    let opens = |opening: &&[&str]| {
        at + opening.len() <= sentence.last && opening.iter().enumerate().all(|(offset, word)| words[at + offset].id == WordId::of(word))
    };
    let you = usize::from(words[at].id == YOU);
    let held = at > sentence.first && words[at].gap == Gap::None && {
        let before = words[at - 1].id;
        AUX.contains(&before) || WH.contains(&before) || NO_ELLIPSIS.contains(&before) || (you == 0 && before == YOU)
    };
    let at_end = |opening: &&[&str]| opens(opening) && at + opening.len() == sentence.last;
    !held && (ELLIPTICAL.iter().any(opens) || ELLIPTICAL_TAILS.iter().any(at_end))
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
        let subject = id(offset + 1).filter(|subject| SUBJECTS.contains(subject));
        let straight = (1..offset).all(|within| !id(within).is_some_and(|word| PEOPLE.contains(&word) || word == WordId::of("it")));
        // "what most people want is the comfort" is no question
        let near = offset == 1 || first == WHICH || NOUNS.contains(&next) || HOW_WORDS.contains(&next) || (first == HOW && offset == 2);
        straight && subject.is_some_and(|subject| near || (PEOPLE.contains(&subject) && offset <= 3))
    });
    let about = matches!(first, WHAT | HOW) && next == ABOUT;
    let form = if first == WHICH || about { Form::Closed } else { Form::Open };
    if fresh {
        let noun = matches!(first, WHAT | WHICH) && NOUNS.contains(&next);
        let verb = first != HOW && (WH_VERBS.contains(&next) || AUX.contains(&next));
        let much = first == HOW && (HOW_WORDS.contains(&next) || AUX.contains(&next));
        let why = first == WordId::of("why");
        // "what I can do is", "which is why": no question
        let because = ids(["why", "what", "how", "because", "where", "great", "good", "nice", "fine", "when"]);
        let aside = at > sentence.first || id(2).is_some_and(|word| because.contains(&word));
        let relative = first == WHICH && next == IS && aside && !sentence.asked;
        return ((inverted || noun || verb || much || why || about) && !relative).then_some(form);
    }
    let person = id(1).is_some_and(|aux| AUX.contains(&aux)) && id(2).is_some_and(|subject| PEOPLE.contains(&subject));
    let deep = inverted && matches!(first, WHAT | HOW | WHICH) && (2..=6).any(|offset| id(offset).is_some_and(|id| PEOPLE.contains(&id)));
    let before = words[at - 1].id;
    let knowing = before == WordId::of("know") && !person;
    let embedded = EMBEDDING.contains(&before);
    let thing = id(2).is_some_and(|subject| THINGS.contains(&subject) || (first != WHO && matches!(subject, THE | YOUR)));
    let direct = first != WHICH && !embedded && id(1).is_some_and(|aux| AUX.contains(&aux)) && thing;
    let brings = first == WHAT && !embedded && BRINGS.contains(&next);
    (((person || deep) && !knowing) || direct || brings).then_some(form)
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

/// Where a question ends that begins at `at`: where a statement or the next question begins.
fn end_of(words: &[Word], sentence: Sentence, at: usize, longest: usize) -> usize {
    let end = sentence.last.min(at.saturating_add(longest));
    let own = own_words(words, at, end);
    for next in at + 2..end {
        let before = words[next - 1];
        if next >= own && before.id != OR && !OPENS_CHOICE.contains(&before.id) && asks_anew(words, sentence, next) {
            let joined = before.id == WordId::of("and") || before.id == WordId::of("so");
            return if joined && next > at + 2 { next - 1 } else { next };
        }
        if next >= at + 3 && tells(words, sentence, at, next) {
            return next;
        }
    }
    end
}

/// Whether another question begins at a word within a question.
fn asks_anew(words: &[Word], sentence: Sentence, at: usize) -> bool {
    let held = EMBEDDING.contains(&words[at - 1].id) && words[at].gap == Gap::None;
    let sure = WH.contains(&words[at].id) || AUX.contains(&words[at].id) || elliptical(words, sentence, at);
    !held && sure && indirect(words, sentence, at).is_none() && starts(words, sentence, at).is_some()
}

/// The words that a question needs to be one: "what kind of work do you".
fn own_words(words: &[Word], at: usize, end: usize) -> usize {
    if !WH.contains(&words[at].id) || BRINGS.contains(&words[(at + 1).min(words.len() - 1)].id) {
        return at + 2;
    }
    let aux = (at + 1..end.min(at + 8)).find(|at| AUX.contains(&words[*at].id));
    aux.filter(|_| words.get(at + 1).is_some_and(|next| next.id != ABOUT)).map_or(at + 2, |aux| aux + 2)
}

/// Whether a statement begins at a word within a question.
fn tells(words: &[Word], sentence: Sentence, at: usize, next: usize) -> bool {
    let (word, before) = (words[next], words[next - 1]);
    let Some(verb) = words.get(next + 1).filter(|_| next + 1 < sentence.last) else { return false };
    if ANSWERS.contains(&word.id) {
        return !sentence.asked && ANSWERERS.contains(&verb.id);
    }
    let held = HOLDS.contains(&before.id);
    if word.id == WordId::of("my") && verb.id == WordId::of("name") {
        return !sentence.asked;
    }
    if matches!(word.id, I | WE) {
        let free = !held || (word.gap >= Gap::Comma && before.id != OR);
        return MODAL.contains(&verb.id) && free && (next >= at + 4 || word.gap >= Gap::Comma);
    }
    let thing = TOLD.contains(&word.id) && matches!(verb.id, IS | ARE | HAS | WILL);
    thing && !held && !sentence.asked && next >= at + 4
}
