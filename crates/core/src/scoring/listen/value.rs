//! Features, and features tied to what this customer needs.

use super::{
    gather::{Gather, Note},
    lexicon::Lexicon,
    memory::Memory,
    pattern::Match,
    polarity,
    shelf::Shelf,
    words::{Form, Utterance},
};
use crate::scoring::cue::{CueKind, Strength};

/// How far apart a feature and the need that it is tied to may stand where no punctuation helps, in words.
const TIE_REACH: usize = 25;

/// Notes the features and benefits of a rep's turn. `features` are the matches of feature patterns.
pub(super) fn note_value(gather: &mut Gather<'_>, shelf: &Shelf, memory: &Memory, lexicon: &Lexicon, features: &[Match]) {
    let said = gather.said;
    let needs = shelf.need_says.find(said);
    for feature in features {
        if !is_stated(said, *feature, lexicon) {
            continue;
        }
        let id = &shelf.features[feature.key];
        gather.add_clause(CueKind::Feature, feature.first, feature.last, &Note::new("feature-said", Strength::Plain).about(Some(id)));
        for (at, need) in shelf.needs.iter().enumerate().filter(|(_, need)| need.features.contains(&feature.key)) {
            let told = memory.told.contains(&need.id);
            let named =
                near(&needs, *feature).iter().find(|named| named.key == at && ties(said, *feature, **named) && !holds(*feature, **named));
            let strength = match named {
                Some(_) if told => Strength::Strong,
                Some(named) if links(said, named.first, named.last, lexicon, "speaks_to") => Strength::Plain,
                None if told && links(said, feature.first, feature.last, lexicon, "link") => Strength::Weak,
                _ => continue,
            };
            let (first, last) =
                named.map_or((feature.first, feature.last), |named| (feature.first.min(named.first), feature.last.max(named.last)));
            let note = Note::new("benefit-tied", strength).about(Some(id)).refers_to(Some(&need.id));
            if last - first <= TIE_REACH {
                gather.add_clause(CueKind::Benefit, first, last, &note);
            } else {
                gather.add_clause(CueKind::Benefit, feature.first, feature.last, &note);
            }
        }
    }
    note_generic(gather, memory, lexicon);
}

fn is_stated(said: &Utterance<'_>, feature: Match, lexicon: &Lexicon) -> bool {
    let asked = said.question_at(feature.first).is_some_and(|question| question.form != Form::Tag);
    let told =
        said.question_at(feature.first).is_some_and(|question| lexicon.patterns("telling").any_in(said, question.first, feature.first));
    (!asked || told)
        && !polarity::negated(said, feature.first, lexicon)
        && !polarity::unsaid(said, feature.first, lexicon)
        && !polarity::reported(said, feature.first, lexicon)
}

/// The needs that are named near a feature, of some in order of place.
fn near(needs: &[Match], feature: Match) -> &[Match] {
    let from = needs.partition_point(|need| need.first + TIE_REACH < feature.first);
    let to = needs.partition_point(|need| need.first <= feature.first + TIE_REACH);
    &needs[from..to]
}

/// Whether a need's words are part of a feature's: "sheds rain" is no mention of the rain that they drive in.
fn holds(feature: Match, need: Match) -> bool {
    feature.first <= need.first && need.last <= feature.last
}

/// Whether two matches stand in the same or in neighbouring sentences, and near.
fn ties(said: &Utterance<'_>, a: Match, b: Match) -> bool {
    let near = a.first.abs_diff(b.first) <= TIE_REACH;
    let (from, to) = (a.first.min(b.first), a.first.max(b.first));
    let ended = |word: usize| said.sentences.partition_point(|sentence| sentence.last <= word);
    near && ended(to) - ended(from) < 2
}

/// Whether the clause of some words, or the one after it, speaks to the customer.
fn links(said: &Utterance<'_>, first: usize, last: usize, lexicon: &Lexicon, group: &str) -> bool {
    let start = said.near(first, last).0;
    let end = said.near(last.saturating_sub(1), last).1;
    let sentence = said.sentence_of(first);
    let next = if end < sentence.last { said.near(end, end).1 } else { end };
    lexicon.patterns(group).any_in(said, start, next)
}

/// Without a catalogue: what it does for the customer, in words that the customer used for their need.
fn note_generic(gather: &mut Gather<'_>, memory: &Memory, lexicon: &Lexicon) {
    if gather.any(CueKind::Benefit) || memory.need_words.is_empty() {
        return;
    }
    let said = gather.said;
    for found in lexicon.patterns("means_for_you").find(said) {
        if said.question_at(found.first).is_some() {
            continue;
        }
        let sentence = said.sentence_of(found.first);
        let (first, last) = (sentence.first.max(found.first.saturating_sub(12)), sentence.last.min(found.last + 12));
        let given_back = (first..last).any(|at| {
            let stem = said.words[at].stem;
            !lexicon.is_light(stem) && said.words[at].number.is_none() && memory.need_words.contains(&stem)
        });
        if given_back {
            gather.add_clause(CueKind::Benefit, found.first, found.last, &Note::new("benefit-said", Strength::Weak));
        }
    }
}
