//! The customer's turns.

use super::{
    amount::{Amount, amounts},
    gather::{Gather, Note},
    lexicon::{Lexicon, Rule},
    memory::Memory,
    pattern::Match,
    polarity, rules,
    shelf::{Line, Shelf},
    words::{Form, Utterance, WordId, ids},
};
use crate::{
    catalog::ObjectionCategory,
    scoring::cue::{CueKind, Strength},
};

/// Most of the scenario's lines that one turn has.
const MOST_LINES: usize = 64;
/// Telling words of a line that must be there for it to be that line in other words.
const SAME_WORDS: usize = 3;

/// Notes everything in a customer's turn, and returns the sums that were named.
pub(super) fn listen(gather: &mut Gather<'_>, shelf: &Shelf, memory: &Memory, lexicon: &Lexicon) -> Vec<i64> {
    let said = gather.said;
    let lines = lines(shelf, said);
    let passing = shelf.passing.sentences(said);
    note_lines(gather, shelf, &lines);
    note_asked(gather, shelf, &lines, lexicon);
    note_told(gather, shelf, &lines, lexicon);
    note_heard(gather, shelf, &lines, &passing, lexicon);
    let all = amounts(said);
    let sums: Vec<i64> = all.iter().filter(|sum| sum.sure || sum.cents >= 500).map(|sum| sum.cents).collect();
    let own = own_sums(said, &all, memory);
    for (rule, found) in rules::holding(&lexicon.customer, said, memory, lexicon) {
        note_rule(gather, rule, found, &Told { lines: &lines, passing: &passing, own: &own }, lexicon);
    }
    note_same_sum(gather, &all, memory, lexicon);
    settle(gather, memory);
    sums
}

/// The scenario's own lines in a turn: where, and what each stands for.
fn lines<'s>(shelf: &'s Shelf, said: &Utterance<'_>) -> Vec<(&'s Line, Match)> {
    let found = shelf.line_index.find_in(said, 0, said.words.len());
    found.into_iter().take(MOST_LINES).map(|found| (&shelf.lines[found.key], found)).collect()
}

fn note_lines(gather: &mut Gather<'_>, shelf: &Shelf, lines: &[(&Line, Match)]) {
    for (line, found) in lines {
        let (first, last) = (found.first, found.last);
        match line {
            Line::Told(need) => {
                let note = Note::new("need-line", Strength::Strong).refers_to(Some(&shelf.needs[*need].id));
                gather.add(CueKind::Need, first, last, &note);
            }
            Line::Objection(at) => {
                let (id, category) = &shelf.objections[*at];
                let note = Note::new("objection-line", Strength::Strong).about(Some(category_name(*category))).refers_to(Some(id));
                gather.add(CueKind::Objection, first, last, &note);
            }
            Line::Question(about) => {
                gather.add(CueKind::Question, first, last, &Note::new("question-line", Strength::Strong).about(Some(about)))
            }
            Line::Buy => gather.add(CueKind::Acceptance, first, last, &Note::new("accept-line", Strength::Strong)),
            Line::Leave => gather.add(CueKind::Refusal, first, last, &Note::new("refuse-line", Strength::Plain)),
            Line::Plain => {}
        }
    }
}

/// Whether words are within one of the scenario's lines, and what it stands for.
fn line_at<'s>(lines: &[(&'s Line, Match)], word: usize) -> Option<&'s Line> {
    lines.iter().find(|(_, found)| found.first <= word && word < found.last).map(|(line, _)| *line)
}

/// The name of a category, as in cues.
pub(super) fn category_name(category: ObjectionCategory) -> &'static str {
    match category {
        ObjectionCategory::Price => "price",
        ObjectionCategory::Quality => "quality",
        ObjectionCategory::Timing => "timing",
        ObjectionCategory::Competition => "competition",
        ObjectionCategory::Need => "need",
        ObjectionCategory::Trust => "trust",
    }
}

/// Questions, and what each is about.
fn note_asked(gather: &mut Gather<'_>, shelf: &Shelf, lines: &[(&Line, Match)], lexicon: &Lexicon) {
    let said = gather.said;
    for question in &said.questions {
        let (first, last) = (question.first, question.last);
        if matches!(line_at(lines, first), Some(Line::Question(_))) {
            continue;
        }
        let longest = |found: Vec<Match>| found.into_iter().max_by_key(|found| (found.last - found.first, std::cmp::Reverse(found.key)));
        let price =
            lexicon.patterns("question_price").any_in(said, first, last) && !lexicon.patterns("other_measure").any_in(said, first, last);
        let claim = longest(shelf.claim_says.find_in(said, first, last)).map(|found| shelf.claims[found.key].id.as_str());
        let feature = longest(shelf.feature_says.find_in(said, first, last)).map(|found| shelf.features[found.key].as_str());
        let subject = if price { Some("price") } else { claim.or(feature) };
        let rule = match question.form {
            Form::Open => "customer-question-open",
            Form::Closed => "customer-question-closed",
            Form::Tag => "customer-question-tag",
        };
        let strength = if question.sure { Strength::Plain } else { Strength::Weak };
        gather.add(CueKind::Question, first, last, &Note::new(rule, strength).about(subject));
    }
}

/// Needs of the scenario in the customer's own words.
fn note_told(gather: &mut Gather<'_>, shelf: &Shelf, lines: &[(&Line, Match)], lexicon: &Lexicon) {
    let said = gather.said;
    let mut stems: Vec<_> = said.words.iter().map(|word| word.stem).filter(|stem| !lexicon.is_light(*stem)).take(200).collect();
    stems.sort_unstable();
    stems.dedup();
    let says = shelf.need_says.find(said);
    for (at, need) in shelf.needs.iter().enumerate() {
        let same = need.told.iter().any(|told| {
            let shared = told.iter().filter(|stem| stems.binary_search(stem).is_ok()).count();
            shared >= SAME_WORDS && shared * 5 >= told.len() * 2
        });
        let mut named: Vec<_> = says
            .iter()
            .filter(|found| found.key == at && said.question_at(found.first).is_none() && line_at(lines, found.first).is_none())
            .filter(|found| !polarity::negated(said, found.first, lexicon))
            .map(|found| (found.first, found.last))
            .collect();
        named.dedup_by_key(|(first, _)| *first);
        let needing = lexicon.patterns("needing").any_in(said, 0, said.words.len());
        let known = named.len() >= 2 || (named.len() == 1 && needing);
        if let (true, Some((first, last))) = (same || known, named.first().copied().or((same).then_some((0, said.words.len().min(30))))) {
            let strength = if same { Strength::Strong } else { Strength::Plain };
            gather.add_clause(CueKind::Need, first, last, &Note::new("need-told", strength).refers_to(Some(&need.id)));
        }
    }
}

/// The product's own objections, however they are put.
fn note_heard(gather: &mut Gather<'_>, shelf: &Shelf, lines: &[(&Line, Match)], passing: &[(usize, usize)], lexicon: &Lexicon) {
    let said = gather.said;
    let mut found = shelf.heard.find(said);
    // the longest match is the surest
    found.sort_by_key(|found| std::cmp::Reverse(found.last - found.first));
    for found in found {
        if is_within(passing, found.first)
            || line_at(lines, found.first).is_some()
            || is_at_ease(said, found, lexicon)
            || is_everyday(said, found, lexicon)
        {
            continue;
        }
        // a single everyday word is an objection only where the customer holds something against it
        let several = found.last - found.first >= 2;
        let (start, end) = said.near(found.first, found.last);
        if !several && !lexicon.patterns("against").any_in(said, start, end) {
            continue;
        }
        // a plain question is no objection: "how much is it", "is it waterproof"
        let asked = said
            .question_at(found.first)
            .filter(|question| !lexicon.patterns("against_question").any_in(said, question.first, question.last));
        if asked.is_some() {
            continue;
        }
        let (id, category) = &shelf.objections[found.key];
        let other = gather.cues().any(|(cue, first, last)| cue.kind == CueKind::Objection && first < found.last && found.first < last);
        if !other {
            let note = Note::new("objection-product", Strength::Plain).about(Some(category_name(*category))).refers_to(Some(id));
            gather.add_clause(CueKind::Objection, found.first, found.last, &note);
        }
    }
}

/// "I cannot afford to come back for it": words of a doubt with no doubt in them.
fn is_everyday(said: &Utterance<'_>, found: Match, lexicon: &Lexicon) -> bool {
    let (start, end) = said.near(found.first, found.last);
    lexicon
        .patterns("everyday")
        .find_in(said, start, end.max(found.last))
        .iter()
        .any(|other| other.first < found.last && found.first < other.last)
}

/// Whether the customer says that it does not matter, or speaks of what they had before.
fn is_at_ease(said: &Utterance<'_>, found: Match, lexicon: &Lexicon) -> bool {
    let (start, end) = said.near(found.first, found.last);
    let sentence = said.sentence_of(found.first);
    let near = (sentence.first.max(start.saturating_sub(6)), sentence.last.min(end + 6));
    lexicon.patterns("settled").any_in(said, near.0, near.1) || lexicon.patterns("before").any_in(said, start, end)
}

/// What is known of a turn before the rules are applied to it.
struct Told<'a> {
    lines: &'a [(&'a Line, Match)],
    /// Sentences said in passing.
    passing: &'a [(usize, usize)],
    /// Sums that the rep never named.
    own: &'a [Amount],
}

/// Whether a word stands in one of some sentences, which are in order.
fn is_within(sentences: &[(usize, usize)], word: usize) -> bool {
    let at = sentences.partition_point(|(_, last)| *last <= word);
    sentences.get(at).is_some_and(|(first, _)| *first <= word)
}

fn note_rule(gather: &mut Gather<'_>, rule: &Rule, found: Match, told: &Told<'_>, lexicon: &Lexicon) {
    let said = gather.said;
    let line = line_at(told.lines, found.first);
    match rule.kind {
        CueKind::Objection => {
            // a scenario's line is what the scenario says it is
            let taken =
                gather.any_at(CueKind::Objection, found.first, found.last) || line.is_some() || is_within(told.passing, found.first);
            let price = rule.subject.as_deref() == Some("price");
            let settled = price && lexicon.patterns("settled").any_in(said, found.first, found.last);
            let at_ease = !price && is_at_ease(said, found, lexicon);
            if !(taken || settled || at_ease || is_everyday(said, found, lexicon)) {
                rules::note(rule, found, gather);
            }
        }
        CueKind::Acceptance => {
            let counter = is_counteroffer(said, found, rule.strength < Strength::Strong, told.own);
            if line.is_none() && !counter {
                rules::note(rule, found, gather);
            }
        }
        CueKind::Refusal if line.is_some() => {}
        CueKind::Need => {
            if !gather.any(CueKind::Need) {
                rules::note(rule, found, gather);
            }
        }
        _ => rules::note(rule, found, gather),
    }
}

/// "120 it is": the customer agrees to a sum that the rep named.
fn note_same_sum(gather: &mut Gather<'_>, all: &[Amount], memory: &Memory, lexicon: &Lexicon) {
    let said = gather.said;
    if memory.customer_last || !memory.haggles() || gather.any(CueKind::Acceptance) {
        return;
    }
    for sum in all {
        let sentence = said.sentence_of(sum.first);
        let (first, last) = (sentence.first.max(sum.first.saturating_sub(8)), sentence.last.min(sum.last + 8));
        let agreed = memory.rep_sums.contains(&sum.cents)
            && said.question_at(sum.first).is_none()
            && lexicon.patterns("same_sum").any_in(said, first, last)
            && !lexicon.patterns("hedges").any_in(said, first, last);
        if agreed {
            gather.add_clause(CueKind::Acceptance, sum.first, sum.last, &Note::new("accept-sum", Strength::Plain));
            return;
        }
    }
}

/// The sums of a turn that the rep never named.
fn own_sums(said: &Utterance<'_>, all: &[Amount], memory: &Memory) -> Vec<Amount> {
    let for_sum = ids(["for", "at", "$"]);
    let named =
        |sum: &Amount| sum.sure || sum.first.checked_sub(1).and_then(|at| said.id(at)).is_some_and(|id: WordId| for_sum.contains(&id));
    let own = all.iter().filter(|sum| named(sum) && sum.cents >= 300);
    own.filter(|sum| !memory.rep_amounts.iter().any(|known| (known - sum.cents).abs() < 100)).copied().collect()
}

/// "I will take it for 60": a sum that the rep never named makes an offer of it.
fn is_counteroffer(said: &Utterance<'_>, found: Match, anywhere: bool, own: &[Amount]) -> bool {
    if anywhere {
        return !own.is_empty();
    }
    let sentence = said.sentence_of(found.first);
    let from = sentence.first.max(found.first.saturating_sub(4));
    own.get(own.partition_point(|sum| sum.first < from)).is_some_and(|sum| sum.first < sentence.last)
}

/// An answer is either yes or no, and interest is not noted beside it.
fn settle(gather: &mut Gather<'_>, memory: &Memory) {
    let accepted = gather.any(CueKind::Acceptance);
    let refused = gather.any(CueKind::Refusal);
    let sure = |kind: CueKind| gather.cues().any(|(cue, ..)| cue.kind == kind && cue.strength == Strength::Strong);
    let (sure_yes, sure_no) = (sure(CueKind::Acceptance), sure(CueKind::Refusal));
    let objects = gather.cues().any(|(cue, ..)| cue.kind == CueKind::Objection && cue.strength >= Strength::Plain);
    gather.retain(|cue, _, _| match cue.kind {
        // "yes, but it is too expensive" is no yes
        CueKind::Acceptance if cue.strength < Strength::Strong => !objects && !refused,
        CueKind::Acceptance => !(refused && sure_no && !sure_yes),
        // whoever takes leave after buying has bought
        CueKind::Refusal if cue.rule == "refuse-leaving" => !accepted && !memory.accepted,
        CueKind::Refusal => !sure_yes,
        CueKind::BuyingSignal => !accepted,
        CueKind::Hesitation => !(accepted && sure_yes),
        _ => true,
    });
}
