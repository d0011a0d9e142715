//! Number words in digits: "a hundred and nineteen" is 119, "thirty" is 30.

use super::{
    id::WordId,
    scan::{Gap, Word, number},
};

const A: WordId = WordId::of("a");
const AND: WordId = WordId::of("and");
const HUNDRED: [WordId; 2] = super::id::ids(["hundred", "hundreds"]);
const THOUSAND: WordId = WordId::of("thousand");

const SMALL: [WordId; 20] = super::id::ids([
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]);
const TENS: [WordId; 8] = super::id::ids(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]);

/// Joins the number words of a text. "One nineteen" stays two numbers: whether it is a price is for others to say.
pub(super) fn fold(words: &[Word]) -> Vec<Word> {
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        match cardinal(words, at) {
            Some((value, used)) => {
                let last = words[at + used - 1];
                out.push(number(value * 100, Word { end: last.end, to: last.to, ..words[at] }));
                at += used;
            }
            None => {
                out.push(words[at]);
                at += 1;
            }
        }
    }
    out
}

/// The number that begins at a word, and how many words it takes.
fn cardinal(words: &[Word], at: usize) -> Option<(i64, usize)> {
    let (mut value, mut used) = match below_hundred(words, at, true) {
        Some((value, used)) => (value, used),
        None if words[at].id == A && word_at(words, at + 1).is_some_and(|id| HUNDRED.contains(&id) || id == THOUSAND) => (1, 1),
        None if HUNDRED.contains(&words[at].id) => (1, 0),
        // "119 hundred" is nobody's number, but "2 thousand" and "1 hundred" are
        None => match words[at].number {
            Some(number) if !words[at].money && number % 100 == 0 && (1..=9900).contains(&number) && scale_at(words, at + 1) => {
                (number / 100, 1)
            }
            _ => return None,
        },
    };
    if word_at(words, at + used).is_some_and(|id| HUNDRED.contains(&id)) {
        value *= 100;
        used += 1;
        if let Some((rest, more)) = after_scale(words, at + used) {
            value += rest;
            used += more;
        }
    }
    if word_at(words, at + used) == Some(THOUSAND) {
        value *= 1000;
        used += 1;
        let rest = match after_scale(words, at + used) {
            Some((hundreds, more)) if word_at(words, at + used + more).is_some_and(|id| HUNDRED.contains(&id)) => {
                let (mut rest, mut more) = (hundreds * 100, more + 1);
                if let Some((last, most)) = after_scale(words, at + used + more) {
                    rest += last;
                    more += most;
                }
                Some((rest, more))
            }
            other => other,
        };
        if let Some((rest, more)) = rest {
            value += rest;
            used += more;
        }
    }
    (used > 0).then_some((value, used))
}

fn word_at(words: &[Word], at: usize) -> Option<WordId> {
    words.get(at).filter(|word| word.gap == Gap::None).map(|word| word.id)
}

fn scale_at(words: &[Word], at: usize) -> bool {
    word_at(words, at).is_some_and(|id| HUNDRED.contains(&id) || id == THOUSAND)
}

/// What follows "hundred" or "thousand", with or without "and".
fn after_scale(words: &[Word], at: usize) -> Option<(i64, usize)> {
    let skip = usize::from(word_at(words, at) == Some(AND));
    let (value, used) = below_hundred(words, at + skip, false)?;
    Some((value, used + skip))
}

/// "twenty four", "nineteen", "one"; `first` where a gap may stand before it.
fn below_hundred(words: &[Word], at: usize, first: bool) -> Option<(i64, usize)> {
    let id = if first { words.get(at)?.id } else { word_at(words, at)? };
    let position = |list: &[WordId], id: WordId| list.iter().position(|known| *known == id).and_then(|index| i64::try_from(index).ok());
    if let Some(value) = position(&SMALL, id) {
        return Some((value, 1));
    }
    let tens = (position(&TENS, id)? + 2) * 10;
    match word_at(words, at + 1).and_then(|id| position(&SMALL, id)) {
        Some(unit @ 1..=9) => Some((tens + unit, 2)),
        _ => Some((tens, 1)),
    }
}
