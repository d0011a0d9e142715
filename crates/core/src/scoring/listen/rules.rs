//! Applies the lexicon's rules to a turn.

use super::{
    gather::{Gather, Note},
    lexicon::{After, Lexicon, Mood, Place, Quoting, Rule, Rules},
    memory::Memory,
    pattern::Match,
    polarity,
    words::{Form, Gap, Utterance},
};
use crate::scoring::cue::CueKind;

/// Most words that may stand around an answer that carries nothing else, on either side.
const EMPTY_REACH: usize = 24;
/// How far around a match the rule's `unless` reaches where no punctuation bounds it, in words.
const UNLESS_REACH: usize = 9;

/// Every match of a rule that holds, in order of place.
pub(super) fn holding<'r>(rules: &'r Rules, said: &Utterance<'_>, memory: &Memory, lexicon: &Lexicon) -> Vec<(&'r Rule, Match)> {
    let mut found = rules.index.find(said);
    found.sort_by_key(|found| (found.first, std::cmp::Reverse(found.last)));
    found.dedup_by_key(|found| (found.key, found.first));
    found
        .into_iter()
        .map(|found| (&rules.rules[found.key], found))
        .filter(|(rule, found)| holds(rule, *found, said, memory, lexicon))
        .collect()
}

fn holds(rule: &Rule, found: Match, said: &Utterance<'_>, memory: &Memory, lexicon: &Lexicon) -> bool {
    follows(rule.after, memory)
        && in_mood(rule, found, said)
        && in_place(rule.place, found, said, lexicon)
        && (rule.negated || !polarity::negated(said, found.first, lexicon))
        && !is_silenced(rule, found, said)
        && !(rule.kind == CueKind::PutDown && polarity::quoted(said, found.first, lexicon))
}

fn follows(after: After, memory: &Memory) -> bool {
    match after {
        After::Anything => true,
        After::Ask => !memory.customer_last && memory.sale_asked(),
        After::Offer => offered(memory),
        After::Decline => offered(memory) || (!memory.customer_last && memory.rep_did(CueKind::TrialClose)) || memory.rep_turns == 0,
        After::Objection => {
            let doubts = [CueKind::Objection, CueKind::Hesitation, CueKind::Question, CueKind::Refusal];
            memory.customer_last && doubts.iter().any(|kind| memory.customer_just(*kind))
        }
    }
}

fn offered(memory: &Memory) -> bool {
    !memory.customer_last
        && (memory.sale_asked() || memory.rep_did(CueKind::DiscountOffer) || (memory.rep_did(CueKind::PriceQuote) && memory.haggles()))
}

fn in_mood(rule: &Rule, found: Match, said: &Utterance<'_>) -> bool {
    let question = said.question_at(found.first);
    match rule.mood {
        Mood::Any => true,
        Mood::Statement => {
            question.is_none() || (rule.kind == CueKind::Claim && question.is_some_and(|question| question.form == Form::Tag))
        }
        Mood::Question => question.is_some(),
    }
}

/// Whether a match stands where the rule wants it.
pub(super) fn in_place(place: Place, found: Match, said: &Utterance<'_>, lexicon: &Lexicon) -> bool {
    let carries_nothing = |at: usize| said.words.get(at).is_some_and(|word| lexicon.is_empty(word.stem));
    match place {
        Place::Anywhere => true,
        Place::Turn => found.first <= 3 && (0..found.first).all(carries_nothing),
        Place::Clause => {
            let mut at = found.first;
            let least = found.first.saturating_sub(EMPTY_REACH);
            while at > least && said.words[at].gap < Gap::Comma && said.clauses[at] == said.clauses[at - 1] {
                at -= 1;
                if !carries_nothing(at) {
                    return false;
                }
            }
            true
        }
        Place::Whole | Place::Answer => {
            let sentence = said.sentence_of(found.first);
            let before = if place == Place::Whole { found.first - sentence.first } else { found.first };
            if before > EMPTY_REACH || sentence.last.saturating_sub(found.last) > EMPTY_REACH {
                return false;
            }
            (place == Place::Whole || (0..sentence.first).all(carries_nothing))
                && (sentence.first..found.first).chain(found.last..sentence.last).all(carries_nothing)
        }
    }
}

fn is_silenced(rule: &Rule, found: Match, said: &Utterance<'_>) -> bool {
    let sentence = said.sentence_of(found.first);
    let first = sentence.first.max(found.first.saturating_sub(UNLESS_REACH));
    let last = sentence.last.min(found.last + UNLESS_REACH);
    rule.silenced_by.any_in(said, first, last)
}

/// Notes what a rule found.
pub(super) fn note(rule: &Rule, found: Match, gather: &mut Gather<'_>) {
    let note = Note::new(&rule.id, rule.strength).about(rule.subject.as_deref());
    match rule.quote {
        Quoting::Match => gather.add(rule.kind, found.first, found.last, &note),
        Quoting::Clause => gather.add_clause(rule.kind, found.first, found.last, &note),
    }
}
