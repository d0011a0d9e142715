//! Prices that the rep names, and offers to take less that are made in numbers.

use super::{
    amount::{Amount, amounts},
    claims::{is_foreign, is_of_another_kind},
    gather::{Gather, Note},
    lexicon::Lexicon,
    memory::Memory,
    polarity,
    shelf::Shelf,
    words::{Gap, Utterance, WordId, ids},
};
use crate::scoring::cue::{CueKind, Strength};

/// A sum less than this from the tag is the tag in round numbers: "eighty" for $79.99.
const ROUND_CENTS: i64 = 100;

/// From here on the number on the tag needs no word beside it: smaller ones are sizes and days.
const PLAIN_CENTS: i64 = 5_000;

/// Notes prices, and returns every sum that was named.
pub(super) fn note_prices(gather: &mut Gather<'_>, shelf: &Shelf, memory: &Memory, lexicon: &Lexicon) -> Vec<i64> {
    let said = gather.said;
    let all = amounts(said);
    let mut named = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let one = all[at];
        let range = all.get(at + 1).filter(|next| is_range(said, one, **next)).copied();
        at += 1 + usize::from(range.is_some());
        let Some(priced) = read(said, one, range, shelf, memory, lexicon) else {
            if one.sure {
                named.push(one.cents);
            }
            continue;
        };
        named.push(priced.cents);
        let last = range.map_or(one.last, |range| range.last);
        let (from, to) = gather.around(one.first, last);
        let rule = if range.is_some() { "price-range" } else { "price-said" };
        gather.add(CueKind::PriceQuote, from, to, &Note::new(rule, Strength::Plain).about(priced.subject));
        if priced.lowered && !gather.any(CueKind::DiscountOffer) {
            gather.add(CueKind::DiscountOffer, from, to, &Note::new("discount-lower-sum", Strength::Plain));
        }
    }
    named
}

/// A sum that is a price.
struct Priced {
    cents: i64,
    subject: Option<&'static str>,
    lowered: bool,
}

fn read(said: &Utterance<'_>, one: Amount, range: Option<Amount>, shelf: &Shelf, memory: &Memory, lexicon: &Lexicon) -> Option<Priced> {
    let last = range.map_or(one.last, |range| range.last);
    let sure = one.sure || range.is_some_and(|range| range.sure);
    if one.cents <= 0 || (!sure && is_counted(said, last, lexicon)) {
        return None;
    }
    let (start, end) = said.near(one.first, last);
    if lexicon.patterns("too_low").any_in(said, start, end) {
        return None;
    }
    let strong = strong_context(said, one, start, end, memory, lexicon);
    let weak = lexicon
        .patterns("price")
        .find_in(said, start.max(one.first.saturating_sub(4)), one.first)
        .iter()
        .any(|found| one.first - found.last <= 1);
    let other = lexicon.patterns("other_sum");
    let told = polarity::reported(said, one.first, lexicon) && !is_offered(said, one, last, start, lexicon);
    let sentence = said.sentence_of(one.first);
    let far = |until| lexicon.patterns("far_sum").any_in(said, sentence.first.max(one.first.saturating_sub(20)), until);
    let other_sum = told || far(sentence.last.min(last + 6)) || other.any_in(said, start, end.min(last + 4));
    if shelf.prices.is_empty() {
        return read_unlisted(said, one, sure, strong, other_sum, memory, lexicon);
    }
    let cents = one.near(&shelf.prices);
    let tag = shelf.prices.iter().any(|price| (price - cents).abs() < ROUND_CENTS);
    let multiple = !tag && is_multiple(said, cents, start, end, &shelf.prices);
    let (lowest, highest) = (*shelf.prices.first()?, *shelf.prices.last()?);
    if range.is_some() && !tag {
        let to = range.map_or(cents, |range| range.near(&shelf.prices));
        if !(sure || strong) || other_sum || to < lowest / 3 || cents > highest * 3 {
            return None;
        }
        return Some(Priced { cents, subject: Some("wrong"), lowered: false });
    }
    if tag || multiple {
        if is_denied(said, one.first, lexicon) || is_anothers(said, one.first, last, shelf, lexicon) {
            return None;
        }
        let high_right = range.is_none_or(|range| {
            let to = range.near(&shelf.prices);
            shelf.prices.iter().any(|price| (price - to).abs() < ROUND_CENTS)
        });
        // "79 on this one": the very number on the tag, where nothing else is counted.
        let plain = tag && cents >= PLAIN_CENTS && ends_clause(said, last);
        let heard = sure || strong || (weak && tag) || plain;
        // "It's 119 dollars, and shipping is free": what is on the tag is its price, whatever the sentence goes on to.
        let near = beside(said, last);
        let other_sum = if sure && tag { told || far(near) || other.any_in(said, start, near) } else { other_sum };
        return (heard && (strong || !other_sum)).then_some(Priced {
            cents,
            subject: Some(if high_right { "right" } else { "wrong" }),
            lowered: false,
        });
    }
    let plausible = cents >= lowest * 2 / 5 && cents <= highest * 5 / 2;
    let customers = memory.customer_amounts.contains(&cents) && !strong;
    let foreign = names_another(said, one.first, start, shelf, lexicon)
        || (sentence.first.max(one.first.saturating_sub(12))..end).any(|at| is_foreign(said, at, shelf, lexicon));
    let offered = cents < lowest && is_offered(said, one, last, start, lexicon);
    let direct = weak
        && ends_clause(said, last)
        && lexicon.patterns("direct_price").find_in(said, start, one.first).iter().any(|found| one.first - found.last <= 1);
    if other_sum
        || customers
        || foreign
        || !plausible
        || !(strong || direct || offered || (sure && weak))
        || polarity::negated(said, one.first, lexicon)
    {
        return None;
    }
    let about = lexicon.patterns("about").any_in(said, one.first.saturating_sub(2).max(start), one.first);
    let near = shelf.prices.iter().any(|price| (price - cents).abs() * 100 <= price * 4);
    let within = cents >= lowest && cents <= highest && lowest < highest;
    let right = about && (near || within);
    Some(Priced { cents, subject: Some(if right { "right" } else { "wrong" }), lowered: offered })
}

/// "Call it a hundred", "a hundred and it is yours": a sum that is offered.
fn is_offered(said: &Utterance<'_>, one: Amount, last: usize, start: usize, lexicon: &Lexicon) -> bool {
    const AFTER: usize = 6;
    lexicon.patterns("lowering").any_in(said, start, one.first)
        || lexicon.patterns("lowering_after").find_in(said, last, last + AFTER).iter().any(|found| found.first <= last + 1)
        || (last > one.first && said.id(last - 1) == Some(WordId::of("even")))
        || one.first.checked_sub(1).and_then(|at| said.id(at)) == Some(WordId::of("even"))
}

/// Without a catalogue no price can be checked.
fn read_unlisted(
    said: &Utterance<'_>,
    one: Amount,
    sure: bool,
    strong: bool,
    other_sum: bool,
    memory: &Memory,
    lexicon: &Lexicon,
) -> Option<Priced> {
    let cents = one.cents;
    let start = said.near(one.first, one.last).0;
    let plausible = sure || cents >= 500;
    let denied = polarity::negated(said, one.first, lexicon) || polarity::unsaid(said, one.first, lexicon);
    let free_of_doubt = sure && !other_sum || strong;
    if !plausible || !free_of_doubt || denied || said.words[one.first..one.last].len() > 4 {
        return None;
    }
    let lowest = memory.rep_amounts.iter().copied().max();
    let lowering = lexicon.patterns("lowering").any_in(said, start, one.first);
    let lowered = lowering || lowest.is_some_and(|highest| cents < highest && cents * 3 > highest);
    Some(Priced { cents, subject: None, lowered })
}

fn strong_context(said: &Utterance<'_>, one: Amount, start: usize, end: usize, memory: &Memory, lexicon: &Lexicon) -> bool {
    let group = lexicon.patterns("strong_price");
    let before =
        group.find_in(said, start.max(one.first.saturating_sub(6)), (one.first + 1).min(end)).iter().any(|found| found.last <= one.first);
    let after =
        lexicon.patterns("price_after").find_in(said, one.last, (one.last + 4).min(end)).iter().any(|found| found.first <= one.last + 1);
    let answers = memory.customer_last
        && memory.customer_did.iter().any(|(_, subject)| subject.as_deref() == Some("price"))
        && said.words.len() <= one.first + 6
        && ends_clause(said, one.last);
    before || after || answers
}

/// "The fleece-lined at $89.99": a name that is not this product's stands before the sum.
fn names_another(said: &Utterance<'_>, at: usize, start: usize, shelf: &Shelf, lexicon: &Lexicon) -> bool {
    let pointing = ids(["the", "our"]);
    let sums = ids(["price", "tag", "total", "cost", "number", "range", "retail", "regular", "full", "tax"]);
    let Some(from) = (start.max(at.saturating_sub(6))..at).rev().find(|word| said.id(*word).is_some_and(|id| pointing.contains(&id)))
    else {
        return false;
    };
    let named: Vec<_> = said.words[from + 1..at].iter().filter(|word| !lexicon.is_light(word.stem) && word.number.is_none()).collect();
    named.iter().any(|word| shelf.called.binary_search(&word.stem).is_err() && !sums.contains(&word.id))
        && !named
            .iter()
            .any(|word| sums.contains(&word.id) || shelf.called.binary_search(&word.stem).is_ok() && !lexicon.is_goods(word.stem))
}

/// "It is not $119": a "not" with nothing but its verb before the sum. "No, it is $119" and "no more than $119" say the price.
fn is_denied(said: &Utterance<'_>, at: usize, lexicon: &Lexicon) -> bool {
    const REACH: usize = 4;
    let nots = ids(["not", "never"]);
    let measuring = ids(["than", "over", "above", "only", "just"]);
    let start = said.clause_of(at).0.max(at.saturating_sub(REACH));
    let Some(not) = (start..at).rev().find(|word| said.id(*word).is_some_and(|id| nots.contains(&id))) else { return false };
    let plain = |word: usize| {
        let (id, stem) = (said.words[word].id, said.words[word].stem);
        !measuring.contains(&id)
            && (lexicon.is_light(stem) || lexicon.is_empty(stem) || lexicon.patterns("price").any_in(said, word, word + 1))
    };
    (not + 1..at).all(plain) && polarity::negated(said, at, lexicon)
}

/// "Their coat is $119", "mine cost $119 ten years back": the price of something else, though it is the sum on the tag.
fn is_anothers(said: &Utterance<'_>, at: usize, last: usize, shelf: &Shelf, lexicon: &Lexicon) -> bool {
    const REACH: usize = 10;
    const AFTER: usize = 5;
    let (start, end) = said.clause_of(at);
    let start = start.max(at.saturating_sub(REACH));
    let ours = ids(["ours", "our", "here", "we", "this"]);
    let it = ids(["it", "they", "these"]);
    let comes_back = |from: usize| (from..at).any(|word| said.id(word).is_some_and(|id| ours.contains(&id)));
    let sold_elsewhere = lexicon.patterns("sold_elsewhere").find_in(said, start, at).iter().any(|found| !comes_back(found.last));
    let named = |word: usize| {
        said.id(word).is_some_and(|id| ours.contains(&id) || it.contains(&id)) || shelf.called.binary_search(&said.words[word].stem).is_ok()
    };
    let other_goods = !(start..at).any(named) && (start..at).any(|word| is_of_another_kind(said, word, shelf, lexicon));
    sold_elsewhere
        || other_goods
        || lexicon.patterns("own_past").find_in(said, start, at).iter().any(|found| !comes_back(found.last))
        || lexicon.patterns("long_ago").any_in(said, last, end.min(last + AFTER))
}

/// The end of what stands right behind a sum: two words, and none after a pause or an "and".
fn beside(said: &Utterance<'_>, last: usize) -> usize {
    const NEAR: usize = 2;
    let goes_on = ids(["and", "plus", "but", "with", "so"]);
    let until =
        (last..said.words.len().min(last + NEAR)).find(|at| said.words[*at].gap >= Gap::Comma || goes_on.contains(&said.words[*at].id));
    until.unwrap_or(said.words.len().min(last + NEAR))
}

/// "30 days", "4 pockets": a number of things is no price.
fn is_counted(said: &Utterance<'_>, last: usize, lexicon: &Lexicon) -> bool {
    said.words.get(last).is_some_and(|next| next.gap == Gap::None && (lexicon.is_unit(next.stem) || next.number.is_some()))
}

fn ends_clause(said: &Utterance<'_>, last: usize) -> bool {
    let follow = ids([
        "for", "and", "but", "so", "plus", "with", "on", "today", "right", "before", "each", "apiece", "total", "which", "in", "cash",
        "card", "even", "flat",
    ]);
    said.words.get(last).is_none_or(|next| next.gap >= Gap::Comma || follow.contains(&next.id))
        || said.clauses.get(last) != said.clauses.get(last.wrapping_sub(1))
}

/// "119 to 139", "between 79 and 95", "$79-$95".
fn is_range(said: &Utterance<'_>, from: Amount, to: Amount) -> bool {
    let joiners = ids(["to", "through", "and", "or"]);
    let word_between = to.first == from.last + 1 && said.id(from.last).is_some_and(|id| joiners.contains(&id));
    let dash = to.first == from.last
        && said
            .words
            .get(from.last - 1)
            .zip(said.words.get(to.first))
            .and_then(|(a, b)| said.text.get(a.to as usize..b.from as usize))
            .is_some_and(|between| between.contains(['-', '–', '—']));
    (word_between || dash) && from.cents < to.cents && to.cents < from.cents * 5
}

/// "Two for 49.90": a small multiple of a price, where the turn speaks of several.
fn is_multiple(said: &Utterance<'_>, cents: i64, start: usize, end: usize, prices: &[i64]) -> bool {
    let several = ids(["2", "3", "4", "both", "pair", "together", "total", "all"]);
    let many = (start..end).any(|at| said.id(at).is_some_and(|id| several.contains(&id)));
    many && prices.iter().any(|price| (2..=4).any(|count| (price * count - cents).abs() < ROUND_CENTS))
}
