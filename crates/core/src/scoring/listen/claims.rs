//! What the rep states that can be checked, and what the catalogue says of it.

use super::{
    gather::{Gather, Note},
    lexicon::{Lexicon, Rule},
    memory::Memory,
    pattern::Match,
    polarity,
    shelf::{KnownClaim, Shelf},
    words::{Form, Utterance, WordId, ids},
};
use crate::{
    catalog::Topic,
    scoring::cue::{CueKind, Strength, Verdict},
};

/// Most claims that are heard in the same words.
const MOST_AT_ONCE: usize = 32;
/// Longest words of a claim or a feature.
const LONGEST: usize = 32;

/// "Is it waterproof?" "Absolutely": a bare yes to what is not so is the rep's own claim, and a bare no puts it right.
pub(super) fn note_answered(gather: &mut Gather<'_>, shelf: &Shelf, memory: &Memory, lexicon: &Lexicon) {
    const FIRST_WORDS: usize = 12;
    let said = gather.said;
    let asked = memory.asked_about.as_deref().filter(|_| memory.customer_last);
    let Some(claim) = asked.and_then(|id| shelf.claims.iter().find(|claim| claim.trap && claim.id == id)) else { return };
    if gather.any(CueKind::Claim) {
        return;
    }
    let sentence = said.sentence_of(0);
    let Some((yes, last)) = polarity::bare_answer(said, sentence.last, lexicon) else { return };
    let turned =
        (0..said.words.len().min(FIRST_WORDS)).any(|at| said.id(at).is_some_and(|id| id == WordId::of("not") || id == WordId::of("but")));
    if yes && turned {
        return;
    }
    let (rule, verdict) = if yes { ("claim-false", Verdict::Contradicted) } else { ("claim-corrected", Verdict::Supported) };
    let note = Note::new(rule, Strength::Plain).about(Some(topic_name(claim.topic))).refers_to(Some(&claim.id)).verdict(verdict);
    gather.add(CueKind::Claim, 0, last, &note);
}

/// The name of a topic, as in the catalogue.
pub(super) fn topic_name(topic: Topic) -> &'static str {
    match topic {
        Topic::Price => "price",
        Topic::Material => "material",
        Topic::Origin => "origin",
        Topic::Care => "care",
        Topic::Warranty => "warranty",
        Topic::Returns => "returns",
        Topic::Shipping => "shipping",
        Topic::Medical => "medical",
        Topic::Fit => "fit",
        Topic::Other => "other",
    }
}

/// Notes every claim of a rep's turn. `features` are the matches of feature patterns in the same turn.
pub(super) fn note_claims(gather: &mut Gather<'_>, shelf: &Shelf, lexicon: &Lexicon, features: &[Match], unbacked: &[(&Rule, Match)]) {
    let said = gather.said;
    let mut found = shelf.claim_says.find(said);
    found.sort_by_key(|found| (found.first, std::cmp::Reverse(found.last)));
    let mut judged: Vec<(Match, Verdict)> = Vec::new();
    for one in &found {
        let claim = &shelf.claims[one.key];
        let Some(verdict) = judge(said, claim, *one, shelf, lexicon) else { continue };
        if claim.trap && verdict == Verdict::Contradicted && is_covered(*one, &found, features, shelf) {
            continue;
        }
        // the store's claim and the product's about the same words are one
        let again = judged.iter().rev().take(MOST_AT_ONCE).any(|(other, before)| {
            let known = &shelf.claims[other.key];
            *before == verdict && known.topic == claim.topic && known.trap == claim.trap && overlap(*other, *one)
        });
        judged.push((*one, verdict));
        if again {
            continue;
        }
        let rule = match verdict {
            Verdict::Supported if claim.trap => "claim-corrected",
            Verdict::Supported => "claim-true",
            Verdict::Contradicted => "claim-false",
            Verdict::Unsupported => "claim-unbacked",
        };
        let note = Note::new(rule, Strength::Plain).about(Some(topic_name(claim.topic))).refers_to(Some(&claim.id)).verdict(verdict);
        gather.add_clause(CueKind::Claim, one.first, one.last, &note);
    }
    for (rule, one) in unbacked {
        note_unbacked(gather, shelf, lexicon, rule, *one, near(&found, *one).iter().chain(near(features, *one)));
    }
    note_terms(gather, shelf, lexicon);
}

/// What a match of a claim's pattern amounts to; `None` where nothing is claimed.
fn judge(said: &Utterance<'_>, claim: &KnownClaim, found: Match, shelf: &Shelf, lexicon: &Lexicon) -> Option<Verdict> {
    let honest = claim.trap.then_some(Verdict::Supported);
    let stated = is_stated(said, found, lexicon);
    let others = polarity::reported(said, found.first, lexicon) || polarity::conditional(said, found.first, found.last);
    if polarity::unsaid(said, found.first, lexicon) || is_withheld(said, found) {
        return honest.filter(|_| stated);
    }
    let negated = polarity::negated(said, found.first, lexicon);
    if !negated && polarity::denied_after(said, found.last, lexicon) {
        return honest;
    }
    // "You asked if it is sterling, and it is" makes the question the rep's own statement
    if (!stated || others) && (negated || !polarity::affirmed_after(said, found.last, lexicon)) {
        return None;
    }
    if negated {
        let denied = !claim.trap && !claim.policy && plainly_denied(said, found.first);
        return honest.or(denied.then_some(Verdict::Contradicted));
    }
    if claim.trap && is_other_goods(said, found, shelf, lexicon, claim.policy) {
        return None;
    }
    Some(if claim.trap { Verdict::Contradicted } else { Verdict::Supported })
}

/// Whether words stand in a statement: not in a question, unless it only begs for a yes ("…, okay?") or tells ("did you know…").
fn is_stated(said: &Utterance<'_>, found: Match, lexicon: &Lexicon) -> bool {
    let Some(question) = said.question_at(found.first) else { return true };
    let telling = ids(["okay", "huh", "see"]);
    let begs = question.form == Form::Tag && said.id(question.last.saturating_sub(1)).is_some_and(|id| telling.contains(&id));
    begs || lexicon.patterns("telling").any_in(said, question.first, found.first)
}

/// "I won't promise on shrinking": the "not" of the match belongs to a promise that is not made.
fn is_withheld(said: &Utterance<'_>, found: Match) -> bool {
    const NOT: WordId = WordId::of("not");
    const REACH: usize = 3;
    let making = ids(["promise", "guarantee", "swear", "say", "tell", "claim", "vouch", "pretend"]);
    let not = (found.first.saturating_sub(1)..found.last).find(|at| said.id(*at) == Some(NOT));
    not.is_some_and(|not| (not + 1..found.last.min(not + 1 + REACH)).any(|at| said.id(at).is_some_and(|id| making.contains(&id))))
}

/// "It is not water-resistant": the "not" stands right before it.
fn plainly_denied(said: &Utterance<'_>, first: usize) -> bool {
    const NOT: WordId = WordId::of("not");
    let between = ids(["really", "actually", "a", "an", "any", "even", "at", "all", "the"]);
    let mut at = first;
    while at > 0 && first - at < 2 && said.id(at - 1).is_some_and(|id| between.contains(&id)) {
        at -= 1;
    }
    let is = ids(["is", "are", "does", "do", "will"]);
    at >= 2 && said.id(at - 1) == Some(NOT) && said.id(at - 2).is_some_and(|id| is.contains(&id))
}

/// "The sterling belt", "the waterproof one": another thing is meant.
fn is_other_goods(said: &Utterance<'_>, found: Match, shelf: &Shelf, lexicon: &Lexicon, policy: bool) -> bool {
    if policy {
        return false;
    }
    let (start, end) = said.near(found.first, found.last);
    // What the claim itself names ("never needs wax") is this product's.
    let foreign = |at: usize| !(found.first..found.last).contains(&at) && is_foreign(said, at, shelf, lexicon);
    let things = ids(["one", "1", "ones", "kind", "version", "model", "stuff", "models"]);
    let is_thing = |at: usize| {
        said.words
            .get(at)
            .is_some_and(|word| things.contains(&word.id) || lexicon.is_goods(word.stem) || shelf.called.binary_search(&word.stem).is_ok())
    };
    let pointing = ids(["the", "our", "that", "those", "a", "other", "another"]);
    let copula = ids(["is", "are", "have", "has", "got", "get", "be", "was"]);
    let comparing = ids(["than", "like", "as", "beside", "under", "below", "over", "near"]);
    let others = ids(["other", "another", "next", "others"]);
    let determiner =
        (found.first.saturating_sub(2).max(start)..found.first).rev().find(|at| said.id(*at).is_some_and(|id| pointing.contains(&id)));
    let pointed = determiner.is_some_and(|at| {
        let before = at.checked_sub(1).and_then(|at| said.id(at));
        let stands_alone = said.id(at + 1).is_some_and(|id| copula.contains(&id));
        !before.is_some_and(|id| copula.contains(&id)) && !stands_alone && said.id(at) != Some(WordId::of("a"))
    });
    // "the conchos are sterling" is said of this one, "the other one is sterling" of another
    if let Some(verb) = (found.first..found.last).find(|at| said.id(*at).is_some_and(|id| copula.contains(&id))) {
        let other = (verb.saturating_sub(4).max(start)..verb).any(|at| {
            let this = at.checked_sub(1).and_then(|at| said.id(at)).is_some_and(|id| id == WordId::of("this") || id == WordId::of("that"));
            let one = said.id(at).is_some_and(|id| id == WordId::of("1") || id == WordId::of("ones"));
            said.id(at).is_some_and(|id| others.contains(&id)) || (one && !this)
        });
        // "it is cheaper than the sterling one"
        let compared = (verb..found.last).any(|at| said.id(at).is_some_and(|id| comparing.contains(&id)));
        return other || compared || (start..end).any(foreign);
    }
    let named = (found.last.saturating_sub(1)..(found.last + 3).min(end)).any(is_thing);
    (pointed && named) || (start..end).any(foreign)
}

/// Whether a word names goods that are not this product: a vest where a jacket is sold, "our ankle boot" where it is the walking shoe.
pub(super) fn is_foreign(said: &Utterance<'_>, at: usize, shelf: &Shelf, lexicon: &Lexicon) -> bool {
    if is_of_another_kind(said, at, shelf, lexicon) {
        return true;
    }
    let goods = said.words.get(at).is_some_and(|word| lexicon.is_goods(word.stem)) && !shelf.called.is_empty();
    goods && is_named_otherwise(said, at, shelf, lexicon)
}

/// Whether a word names goods of another kind: a vest where a jacket is sold.
pub(super) fn is_of_another_kind(said: &Utterance<'_>, at: usize, shelf: &Shelf, lexicon: &Lexicon) -> bool {
    let Some(word) = said.words.get(at) else { return false };
    if lexicon.patterns("foreign").any_in(said, at, said.words.len().min(at + 3)) {
        return true;
    }
    if !lexicon.is_goods(word.stem) || shelf.called.is_empty() {
        return false;
    }
    let family = |stem: WordId| FAMILIES.iter().position(|family| family.iter().any(|word| lexicon.stems.stem(word) == stem));
    let own = family(word.stem);
    !shelf.called.iter().any(|called| *called == word.stem || (own.is_some() && family(*called) == own))
}

/// "Our ankle boot": the goods are of the same kind, but another name stands before them.
fn is_named_otherwise(said: &Utterance<'_>, at: usize, shelf: &Shelf, lexicon: &Lexicon) -> bool {
    let pointing = ids(["the", "our", "another", "other"]);
    let start = at.saturating_sub(3).max(said.sentence_of(at).first);
    let Some(from) = (start..at).rev().find(|before| said.id(*before).is_some_and(|id| pointing.contains(&id))) else { return false };
    let names = &said.words[from + 1..at];
    names.iter().any(|name| name.number.is_none() && !lexicon.is_light(name.stem) && shelf.called.binary_search(&name.stem).is_err())
}

/// Goods that people call by each other's names.
const FAMILIES: [&[&str]; 6] = [
    &["jacket", "coat", "duster", "jackets"],
    &["boot", "boots", "shoe", "sandal", "moccasin", "moccasins", "moc", "slipper", "footwear"],
    &["shirt", "tee", "tees", "tshirt"],
    &["belt", "belts", "concho"],
    &["hat", "hats", "cap"],
    &["story", "stories", "book"],
];

/// Whether a longer match of something true holds all of a trap's words.
fn is_covered(trap: Match, found: &[Match], features: &[Match], shelf: &Shelf) -> bool {
    let covers = |other: &Match| other.first <= trap.first && trap.last <= other.last && other.last - other.first > trap.last - trap.first;
    near(found, trap).iter().any(|other| !shelf.claims[other.key].trap && covers(other)) || near(features, trap).iter().any(covers)
}

/// The matches that may overlap another, of some in order of place.
fn near(all: &[Match], one: Match) -> &[Match] {
    let from = all.partition_point(|other| other.first + LONGEST < one.first);
    let to = all.partition_point(|other| other.first < one.last);
    &all[from..to.max(from)]
}

fn overlap(a: Match, b: Match) -> bool {
    a.first < b.last && b.first < a.last
}

/// A statement that needs a fact behind it, where the catalogue has nothing on the same words.
fn note_unbacked<'m>(
    gather: &mut Gather<'_>,
    shelf: &Shelf,
    lexicon: &Lexicon,
    rule: &Rule,
    one: Match,
    mut known: impl Iterator<Item = &'m Match>,
) {
    let said = gather.said;
    let needs_product = rule.subject.as_deref() == Some("material");
    // "next to the sterling": a thing is named, nothing is stated
    let pointing = ids(["the", "against", "to", "than", "for", "or", "from"]);
    if needs_product && one.first.checked_sub(1).and_then(|at| said.id(at)).is_some_and(|id| pointing.contains(&id)) {
        return;
    }
    let is_known = known.any(|known| overlap(*known, one));
    let (start, end) = said.near(one.first, one.last);
    let terms = (start..end).any(|at| said.words[at].number.is_some()) && matches!(rule.subject.as_deref(), Some("returns" | "shipping"));
    if is_known || (needs_product && !shelf.has_product) || (terms && shelf.terms.return_days.is_some()) || !is_stated(said, one, lexicon) {
        return;
    }
    // "this is the last one": words that tell nothing of the goods are not backed by what the catalogue tells of them
    let mut telling = said.words[one.first..one.last].iter().map(|word| word.stem).filter(|stem| !lexicon.is_light(*stem)).peekable();
    let backed = telling.peek().is_some() && telling.all(|stem| shelf.backed.binary_search(&stem).is_ok());
    let unclaimed = polarity::unsaid(said, one.first, lexicon)
        || polarity::denied_after(said, one.last, lexicon)
        || polarity::reported(said, one.first, lexicon)
        || polarity::conditional(said, one.first, one.last)
        || polarity::negated(said, one.first, lexicon)
        || is_other_goods(said, one, shelf, lexicon, !needs_product);
    if backed || unclaimed {
        return;
    }
    let note = Note::new(&rule.id, rule.strength).about(rule.subject.as_deref()).verdict(Verdict::Unsupported);
    gather.add_clause(CueKind::Claim, one.first, one.last, &note);
}

/// Numbers that the policies fix: days to return, the order from which shipping is free.
fn note_terms(gather: &mut Gather<'_>, shelf: &Shelf, lexicon: &Lexicon) {
    let said = gather.said;
    for at in 0..said.words.len() {
        let Some(number) = said.words[at].number else { continue };
        let sentence = said.sentence_of(at);
        let (start, end) = (sentence.first.max(at.saturating_sub(10)), sentence.last.min(at + 10));
        let here = Match { key: 0, first: at, last: at + 1 };
        let next = said.id(at + 1);
        let unit = ids(["days", "day", "months", "month", "weeks", "week", "years", "year"]);
        let wrong = if let (Some((days, id)), Some(unit)) = (&shelf.terms.return_days, next.filter(|next| unit.contains(next))) {
            let stated = number / 100 * days_of(unit);
            let returning =
                lexicon.patterns("returning").any_in(said, start, end) && !lexicon.patterns("not_returning").any_in(said, start, end);
            let right = stated == *days || (*days == 30 && (28..=31).contains(&stated));
            (returning && !right && stated > 0).then_some((Topic::Returns, id))
        } else if let Some((over, id)) = &shelf.terms.free_over {
            let free = lexicon.patterns("free_over").find_in(said, start, end).iter().any(|found| found.first <= at && at <= found.last);
            let unit_follows = said.words.get(at + 1).is_some_and(|word| lexicon.is_unit(word.stem) && !sure_money(said, at));
            (free && number != *over && !unit_follows).then_some((Topic::Shipping, id))
        } else {
            None
        };
        let Some((topic, id)) = wrong else { continue };
        let claimed = is_stated(said, here, lexicon)
            && !polarity::unsaid(said, at, lexicon)
            && !polarity::reported(said, at, lexicon)
            && !polarity::negated(said, at, lexicon);
        if claimed && !gather.any_at(CueKind::Claim, at, at + 1) {
            let note =
                Note::new("claim-term", Strength::Plain).about(Some(topic_name(topic))).refers_to(Some(id)).verdict(Verdict::Contradicted);
            gather.add_clause(CueKind::Claim, at, at + 1, &note);
        }
    }
}

fn sure_money(said: &Utterance<'_>, at: usize) -> bool {
    said.words.get(at).is_some_and(|word| word.money)
}

fn days_of(unit: WordId) -> i64 {
    let [month, months, week, weeks, year, years] = ids(["month", "months", "week", "weeks", "year", "years"]);
    match unit {
        unit if unit == month || unit == months => 30,
        unit if unit == week || unit == weeks => 7,
        unit if unit == year || unit == years => 365,
        _ => 1,
    }
}
