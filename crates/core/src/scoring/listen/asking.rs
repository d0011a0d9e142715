//! The rep's questions: open, closed, and about the customer.

use super::{
    gather::{Gather, Note},
    lexicon::Lexicon,
    shelf::Shelf,
    words::{Form, Question, Utterance, WordId, ids},
};
use crate::scoring::cue::{CueKind, Strength};

/// Notes every question of a rep's turn. A discovery question is noted beside the open or closed one that it is.
pub(super) fn note_questions(gather: &mut Gather<'_>, shelf: &Shelf, lexicon: &Lexicon) {
    let said = gather.said;
    note_returned(gather, lexicon);
    for question in &said.questions {
        let (first, last) = (question.first, question.last);
        let courtesy = lexicon.patterns("courtesy").any_in(said, first, last);
        let returned = lexicon.patterns("returns_question").any_in(said, first, last);
        let discovers = returned && returns_need(said, first, lexicon);
        if !discovers && asks_after(said, *question, returned, lexicon) {
            if !gather.any_at(CueKind::Rapport, first, last) {
                gather.add(CueKind::Rapport, first, last, &Note::new("rapport-asks-after", Strength::Plain));
            }
            continue;
        }
        let strength = if courtesy || !question.sure { Strength::Weak } else { Strength::Plain };
        let (kind, rule) = match question.form {
            Form::Open if courtesy => (CueKind::OpenQuestion, "question-courtesy"),
            Form::Open => (CueKind::OpenQuestion, "question-open"),
            Form::Closed if courtesy => (CueKind::ClosedQuestion, "question-courtesy"),
            Form::Closed => (CueKind::ClosedQuestion, "question-closed"),
            Form::Tag => (CueKind::ClosedQuestion, "question-tag"),
        };
        gather.add(kind, first, last, &Note::new(rule, strength));
        let taken = [CueKind::AskForSale, CueKind::PutDown].iter().any(|kind| gather.any_at(*kind, first, last));
        if (!courtesy || discovers) && !taken {
            note_discovery(gather, *question, shelf, lexicon);
        }
    }
}

/// "How are you today": courtesy, and nothing about what the customer needs.
fn asks_after(said: &Utterance<'_>, question: Question, returned: bool, lexicon: &Lexicon) -> bool {
    const LONGEST: usize = 9;
    let (first, last) = (question.first, question.last);
    let asked = lexicon.patterns("asks_after").any_in(said, first, last) || (returned && last - first <= 4);
    asked && last - first <= LONGEST && !lexicon.patterns("not_asks_after").any_in(said, first, last)
}

/// "I need it for hunting, and you": a need is told before the question is given back.
fn returns_need(said: &Utterance<'_>, before: usize, lexicon: &Lexicon) -> bool {
    const REACH: usize = 40;
    let from = before.saturating_sub(REACH);
    lexicon.patterns("needing").any_in(said, from, before) && !lexicon.patterns("well_being").any_in(said, from, before)
}

/// "Doing well, and you": without a question mark.
fn note_returned(gather: &mut Gather<'_>, lexicon: &Lexicon) {
    let said = gather.said;
    let you = ids(["you", "yourself", "yourselves"]);
    for sentence in said.sentences.iter().take(40).filter(|sentence| sentence.last - sentence.first >= 3) {
        let at = sentence.last - 2;
        let returned = said.id(at) == Some(WordId::of("and")) && said.id(at + 1).is_some_and(|id| you.contains(&id));
        if returned && lexicon.patterns("well_being").any_in(said, sentence.first, at) {
            gather.add(CueKind::Rapport, at, at + 2, &Note::new("rapport-returns-question", Strength::Plain));
        }
    }
}

fn note_discovery(gather: &mut Gather<'_>, question: Question, shelf: &Shelf, lexicon: &Lexicon) {
    let said = gather.said;
    let (first, last) = (question.first, question.last);
    let of_another = lexicon.patterns("of_another").any_in(said, first, last);
    let aside =
        (lexicon.patterns("not_discovery").any_in(said, first, last) && !of_another) || gather.any_at(CueKind::TrialClose, first, last);
    let mut fits: Vec<_> = shelf.need_asked.find_in(said, first, last).into_iter().map(|found| found.key).collect();
    fits.sort_unstable();
    fits.dedup();
    let strength = if question.form == Form::Open { Strength::Strong } else { Strength::Plain };
    if !aside {
        for need in &fits {
            let note = Note::new("discovery-need", strength).refers_to(Some(&shelf.needs[*need].id));
            gather.add(CueKind::DiscoveryQuestion, first, last, &note);
        }
    }
    let returned = lexicon.patterns("returns_question").any_in(said, first, last) && returns_need(said, first, lexicon);
    let asked = question.ordered && lexicon.patterns("discovery").any_in(said, first, last);
    if fits.is_empty() && !aside && (asked || returned) {
        gather.add(CueKind::DiscoveryQuestion, first, last, &Note::new("discovery-situation", strength));
    }
}
