//! Sums of money in a turn, in every form in which people say them.

use super::{
    pattern::work,
    words::{Gap, Utterance, WordId, ids},
};

/// A sum of money, or a number that may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    /// First word.
    pub(super) first: usize,
    /// After the last word.
    pub(super) last: usize,
    /// Cents.
    pub(super) cents: i64,
    /// The other reading, where there is one: "two forty nine" is 249, or 2.49.
    pub(super) other: Option<i64>,
    /// True where it is money beyond doubt.
    pub(super) sure: bool,
}

impl Amount {
    /// The reading that lies next to one of some prices; the usual one where none does.
    pub(super) fn near(&self, prices: &[i64]) -> i64 {
        let distance = |cents: i64| prices.iter().map(|price| (price - cents).abs()).min().unwrap_or(i64::MAX);
        match self.other {
            Some(other) if distance(other) < distance(self.cents) => other,
            _ => self.cents,
        }
    }
}

const DOLLARS: [WordId; 6] = ids(["dollars", "dollar", "bucks", "buck", "usd", "even"]);
const CENTS: [WordId; 2] = ids(["cents", "cent"]);
const AND: WordId = WordId::of("and");

/// Every sum in a turn, and every bare number, in order.
pub(super) fn amounts(said: &Utterance<'_>) -> Vec<Amount> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < said.words.len() {
        work::step();
        match amount(said, at) {
            Some(amount) => {
                at = amount.last;
                out.push(amount);
            }
            None => at += 1,
        }
    }
    out
}

fn amount(said: &Utterance<'_>, at: usize) -> Option<Amount> {
    let word = said.words[at];
    let value = word.number?;
    let whole = |at: usize| next_number(said, at).filter(|value| value % 100 == 0).map(|value| value / 100);
    let (mut cents, mut other, mut last) = (value, None, at + 1);
    if value % 100 == 0 && !word.decimals {
        let units = value / 100;
        match (whole(at + 1), whole(at + 2)) {
            // one nineteen ninety nine
            (Some(second @ 10..=99), Some(third @ 1..=99)) if units < 20 && units > 0 => {
                (cents, last) = (units * 10_000 + second * 100 + third, at + 3);
            }
            (Some(second @ 10..=99), _) if (1..10).contains(&units) => {
                let (hundreds, small) = ((units * 100 + second) * 100, units * 100 + second);
                let priced = matches!(second, 95 | 98 | 99);
                (cents, other) = if priced { (small, Some(hundreds)) } else { (hundreds, Some(small)) };
                last = at + 2;
            }
            (Some(second @ 10..=99), _) if units >= 10 => {
                let hundreds = (10..100).contains(&units).then_some((units * 100 + second) * 100);
                (cents, other, last) = (value + second, hundreds, at + 2);
            }
            _ => {}
        }
    }
    // "eighty nine ninety five" is nothing but money
    let mut sure = word.money || word.decimals || (last == at + 2 && (10..1000).contains(&(value / 100)) && cents % 100 >= 95);
    if plain_id(said, last).is_some_and(|id| DOLLARS.contains(&id)) {
        sure = sure || plain_id(said, last) != Some(WordId::of("even"));
        last += 1;
        let skip = usize::from(plain_id(said, last) == Some(AND));
        let small = next_number(said, last + skip).filter(|value| (100..=9900).contains(value) && value % 100 == 0);
        if let Some(small) = small.filter(|_| plain_id(said, last + skip + 1).is_some_and(|id| CENTS.contains(&id))) {
            cents += small / 100;
            last += skip + 2;
        }
    } else if plain_id(said, last).is_some_and(|id| CENTS.contains(&id)) {
        return Some(Amount { first: at, last: last + 1, cents: value / 100, other: None, sure: true });
    }
    Some(Amount { first: at, last, cents, other, sure })
}

/// The number at a word that follows the one before it after spaces alone.
fn next_number(said: &Utterance<'_>, at: usize) -> Option<i64> {
    let word = said.words.get(at).filter(|word| word.gap == Gap::None && !word.money && !word.decimals)?;
    let before = said.words.get(at.checked_sub(1)?)?;
    let between = said.text.get(before.to as usize..word.from as usize)?;
    between.chars().all(char::is_whitespace).then_some(word.number).flatten()
}

fn plain_id(said: &Utterance<'_>, at: usize) -> Option<WordId> {
    said.words.get(at).filter(|word| word.gap == Gap::None).map(|word| word.id)
}
