//! The rep's questions: open, closed, and about the customer.

use super::{
    gather::{Gather, Note},
    lexicon::Lexicon,
    shelf::Shelf,
    words::{Form, Question},
};
use crate::scoring::cue::{CueKind, Strength};

/// Notes every question of a rep's turn. A discovery question is noted beside the open or closed one that it is.
pub(super) fn note_questions(gather: &mut Gather<'_>, shelf: &Shelf, lexicon: &Lexicon) {
    let said = gather.said;
    for question in &said.questions {
        let (first, last) = (question.first, question.last);
        let courtesy = lexicon.patterns("courtesy").any_in(said, first, last);
        let strength = if courtesy || !question.sure { Strength::Weak } else { Strength::Plain };
        let (kind, rule) = match question.form {
            Form::Open if courtesy => (CueKind::OpenQuestion, "question-courtesy"),
            Form::Open => (CueKind::OpenQuestion, "question-open"),
            Form::Closed if courtesy => (CueKind::ClosedQuestion, "question-courtesy"),
            Form::Closed => (CueKind::ClosedQuestion, "question-closed"),
            Form::Tag => (CueKind::ClosedQuestion, "question-tag"),
        };
        gather.add(kind, first, last, &Note::new(rule, strength));
        let returned = lexicon.patterns("returns_question").any_in(said, first, last);
        if (!courtesy || returned) && !gather.any_at(CueKind::AskForSale, first, last) {
            note_discovery(gather, *question, shelf, lexicon);
        }
    }
}

fn note_discovery(gather: &mut Gather<'_>, question: Question, shelf: &Shelf, lexicon: &Lexicon) {
    let said = gather.said;
    let (first, last) = (question.first, question.last);
    let aside = lexicon.patterns("not_discovery").any_in(said, first, last) || gather.any_at(CueKind::TrialClose, first, last);
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
    let returned = lexicon.patterns("returns_question").any_in(said, first, last) && lexicon.patterns("needing").any_in(said, 0, first);
    let asked = question.ordered && lexicon.patterns("discovery").any_in(said, first, last);
    if fits.is_empty() && !aside && (asked || returned) {
        gather.add(CueKind::DiscoveryQuestion, first, last, &Note::new("discovery-situation", strength));
    }
}
