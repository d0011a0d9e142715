//! The rep gives back what the customer said.

use super::{
    gather::{Gather, Note},
    lexicon::Lexicon,
    memory::Memory,
    shelf::Shelf,
    words::{Form, Utterance, WordId},
};
use crate::scoring::cue::{CueKind, Strength};

/// How many of the customer's words in a row of a rep's show that it was heard, where nothing announces it.
const ECHO: usize = 2;
/// How far the customer's words may stand from the words that announce them.
const REACH: usize = 16;

/// Fewest words of a statement that can be confirmed.
const SHORTEST: usize = 4;

/// Notes reflections. A need that is given back is named.
pub(super) fn note_reflections(gather: &mut Gather<'_>, shelf: &Shelf, memory: &Memory, lexicon: &Lexicon) {
    if memory.recent.is_empty() {
        return;
    }
    let said = gather.said;
    let needs = shelf.need_says.find(said);
    for frame in lexicon.patterns("reflection").find(said) {
        if is_asked(said, frame.first) {
            continue;
        }
        let sentence = said.sentence_of(frame.first);
        let (first, last) = (frame.first, sentence.last.min(frame.last + REACH));
        let from = needs.partition_point(|need| need.first < first);
        let need = needs[from..]
            .iter()
            .take_while(|need| need.first < last)
            .find(|need| first <= need.first && need.last <= last && memory.told.contains(&shelf.needs[need.key].id));
        if let Some(need) = need {
            let note = Note::new("reflect-need", Strength::Strong).refers_to(Some(&shelf.needs[need.key].id));
            gather.add_clause(CueKind::Reflection, first, need.last.max(frame.last), &note);
            continue;
        }
        let heard = shared(said, frame.last, last, memory, lexicon, usize::MAX);
        if heard >= 1 {
            let strength = if heard >= 2 { Strength::Strong } else { Strength::Plain };
            gather.add_clause(CueKind::Reflection, first, frame.last, &Note::new("reflect-framed", strength));
        }
    }
    note_confirmed(gather, memory, lexicon);
    note_echo(gather, memory, lexicon);
}

/// "So he stands in the wet all day. Have I got that right?": a statement about them that the rep asks them to confirm, in whatever words.
fn note_confirmed(gather: &mut Gather<'_>, memory: &Memory, lexicon: &Lexicon) {
    let said = gather.said;
    if gather.any(CueKind::Reflection) {
        return;
    }
    for asked in lexicon.patterns("confirms").find(said) {
        let sentence = said.sentence_of(asked.first);
        if asked.last != sentence.last {
            continue;
        }
        let own = asked.first - sentence.first >= SHORTEST;
        let (first, last) = if own {
            (sentence.first, asked.first)
        } else {
            let Some(before) = sentence.first.checked_sub(1).map(|at| said.sentence_of(at)) else { continue };
            (before.first, before.last)
        };
        let about_them = lexicon.patterns("about_them").any_in(said, first, last);
        let so = (first..last.min(first + 3)).any(|at| said.id(at) == Some(WordId::of("so")));
        let heard = shared(said, first, last, memory, lexicon, usize::MAX);
        if last - first >= SHORTEST && !is_asked(said, first) && about_them && (so || heard >= 1) {
            let strength = if heard >= 1 { Strength::Plain } else { Strength::Weak };
            gather.add(CueKind::Reflection, first, last, &Note::new("reflect-confirmed", strength));
            return;
        }
    }
}

/// Several of the words that the customer has just used, said back to them.
fn note_echo(gather: &mut Gather<'_>, memory: &Memory, lexicon: &Lexicon) {
    let said = gather.said;
    if gather.any(CueKind::Reflection) {
        return;
    }
    for sentence in said.sentences.iter().take(40) {
        let (first, last) = (sentence.first, sentence.last.min(sentence.first + 2 * REACH));
        // "okay so fence work and no flapping" gives back without a "you"
        let so = (first..last.min(first + 3)).any(|at| said.id(at) == Some(WordId::of("so")));
        let to_you = so || lexicon.patterns("to_you").any_in(said, first, last);
        let asked = said.question_at(first).is_some_and(|question| question.form == Form::Closed && question.ordered);
        if !asked
            && !is_asked(said, first)
            && (to_you || is_theirs(said, first, last, memory, lexicon))
            && shared(said, first, last, memory, lexicon, 1) >= ECHO
            && !lexicon.patterns("own_terms").any_in(said, first, last)
        {
            gather.add(CueKind::Reflection, first, last, &Note::new("reflect-echo", Strength::Weak));
            return;
        }
    }
}

/// "Soaked through by ten.", "I like that, one cheerful thing.": a few words, and most of those that tell something are the customer's own.
fn is_theirs(said: &Utterance<'_>, first: usize, last: usize, memory: &Memory, lexicon: &Lexicon) -> bool {
    const SHORT: usize = 9;
    let telling = said.words[first..last].iter().filter(|word| word.number.is_none() && !lexicon.is_light(word.stem)).count();
    last - first <= SHORT && shared(said, first, last, memory, lexicon, 1) * 3 >= telling * 2
}

/// A reflection may end in "right?", but a question is none.
fn is_asked(said: &Utterance<'_>, at: usize) -> bool {
    said.question_at(at).is_some_and(|question| question.form == Form::Open)
}

/// How many different telling words of the customer's last turns stand between two words.
fn shared(said: &Utterance<'_>, first: usize, last: usize, memory: &Memory, lexicon: &Lexicon, turns: usize) -> usize {
    let mut heard: Vec<_> = said.words[first..last]
        .iter()
        .filter(|word| word.number.is_none() && !lexicon.is_light(word.stem))
        .map(|word| word.stem)
        .filter(|stem| memory.recent.iter().rev().take(turns).any(|turn| turn.binary_search(stem).is_ok()))
        .collect();
    heard.sort_unstable();
    heard.dedup();
    heard.len()
}
