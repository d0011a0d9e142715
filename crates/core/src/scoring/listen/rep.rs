//! The rep's turns.

use super::{
    asking::note_questions,
    claims::{note_answered, note_claims, topic_name},
    gather::{Gather, Note},
    lexicon::Lexicon,
    memory::Memory,
    price::note_prices,
    reflection::note_reflections,
    rules,
    shelf::Shelf,
    value::note_value,
    words::ids,
};
use crate::scoring::cue::{Cue, CueKind, Strength, Verdict};

/// Turns of the rep in which a greeting is one.
const OPENING_TURNS: u32 = 2;
/// The policy that the tag is the price.
const NO_DISCOUNTS: &str = "discount-made-up";

/// Notes everything in a rep's turn, and returns the sums that were named.
pub(super) fn listen(gather: &mut Gather<'_>, shelf: &Shelf, memory: &Memory, lexicon: &Lexicon) -> Vec<i64> {
    let said = gather.said;
    let mut unbacked = Vec::new();
    for (rule, found) in rules::holding(&lexicon.rep, said, memory, lexicon) {
        match rule.kind {
            CueKind::Claim => unbacked.push((rule, found)),
            CueKind::Greeting if memory.rep_turns >= OPENING_TURNS => {}
            CueKind::Filler if said.words.len() == found.last - found.first => {}
            _ => rules::note(rule, found, gather),
        }
    }
    note_good_lines(gather, shelf);
    let features = shelf.feature_says.find(said);
    note_value(gather, shelf, memory, lexicon, &features);
    note_claims(gather, shelf, lexicon, &features, &unbacked);
    note_answered(gather, shelf, memory, lexicon);
    let sums = note_prices(gather, shelf, memory, lexicon);
    note_discounts(gather, shelf);
    note_deal(gather, shelf, memory, lexicon, &sums);
    settle(gather, memory, lexicon);
    drop_prices_asked_for(gather, memory);
    note_questions(gather, shelf, lexicon);
    note_reflections(gather, shelf, memory, lexicon);
    drop_echoed_sums(gather);
    note_names(gather, memory);
    sums
}

/// The catalogue's own words for taking an objection seriously and for asking whether that settles it.
fn note_good_lines(gather: &mut Gather<'_>, shelf: &Shelf) {
    let said = gather.said;
    for found in shelf.acknowledges.find(said) {
        gather.add(CueKind::Empathy, found.first, found.last, &Note::new("empathy-line", Strength::Plain));
    }
    for found in shelf.checks.find(said) {
        gather.add(CueKind::CheckBack, found.first, found.last, &Note::new("check-line", Strength::Plain));
    }
}

/// Where the store gives no discounts, an offer to take less is a promise that nothing backs; "free over $50" is no offer but a fact.
fn note_discounts(gather: &mut Gather<'_>, shelf: &Shelf) {
    // Without a product it is not the store that sells.
    let policy = shelf.claims.iter().find(|claim| shelf.has_product && claim.trap && claim.id == NO_DISCOUNTS);
    let Some(policy) = policy else { return };
    let claims = |verdict: Verdict| move |(cue, ..): &(&Cue, usize, usize)| cue.kind == CueKind::Claim && cue.verdict == Some(verdict);
    let places = |gather: &Gather<'_>, verdict| -> Vec<(usize, usize)> {
        gather.cues().filter(claims(verdict)).map(|(_, first, last)| (first, last)).collect()
    };
    let (known, broken) = (places(gather, Verdict::Supported), places(gather, Verdict::Contradicted));
    let within = |all: &[(usize, usize)], first: usize, last: usize| all.iter().any(|(from, to)| *from < last && first < *to);
    gather.retain(|cue, first, last| cue.kind != CueKind::DiscountOffer || !within(&known, first, last));
    let offers: Vec<_> = gather
        .cues()
        .filter(|(cue, ..)| cue.kind == CueKind::DiscountOffer && cue.rule != "discount-haggle")
        .map(|(_, first, last)| (first, last))
        .filter(|(first, last)| !within(&broken, *first, *last))
        .collect();
    for (first, last) in offers {
        let note = Note::new("claim-discount", Strength::Plain)
            .about(Some(topic_name(policy.topic)))
            .refers_to(Some(&policy.id))
            .verdict(Verdict::Contradicted);
        gather.add(CueKind::Claim, first, last, &note);
    }
}

/// "Deal", or the customer's own sum: the rep takes the customer's offer.
fn note_deal(gather: &mut Gather<'_>, shelf: &Shelf, memory: &Memory, lexicon: &Lexicon, sums: &[i64]) {
    let said = gather.said;
    // "$119, that is friendlier than I feared" gives back the rep's own price: it offers nothing
    let offered: Vec<i64> =
        memory.customer_sums.iter().copied().filter(|sum| !memory.rep_amounts.contains(sum) && !shelf.is_a_price(*sum)).collect();
    if !memory.customer_last || offered.is_empty() || gather.any(CueKind::AskForSale) {
        return;
    }
    let theirs = sums.iter().find(|sum| offered.contains(sum));
    let other = sums.iter().any(|sum| !offered.contains(sum));
    let taken = lexicon.patterns("takes_offer").find(said).into_iter().find(|found| {
        let first = said.sentence_of(found.first);
        // "great, those are in stock" agrees to nothing
        let remark = found.last - found.first == 1 && lexicon.patterns("remarks").any_in(said, found.last, found.last + 3);
        first.first == 0
            && !remark
            && said.question_at(found.first).is_none()
            && rules::in_place(super::lexicon::Place::Clause, *found, said, lexicon)
            && !lexicon.patterns("balks").any_in(said, 0, said.words.len().min(40))
    });
    let note = Note::new("ask-takes-offer", Strength::Weak).about(Some("direct"));
    match taken {
        Some(found) if !other => gather.add_clause(CueKind::AskForSale, found.first, found.last, &note),
        None if theirs.is_some() && !other && !lexicon.patterns("balks").any_in(said, 0, said.words.len().min(40)) => {
            if let Some(sum) = super::amount::amounts(said).into_iter().find(|sum| offered.contains(&sum.cents)) {
                gather.add_clause(CueKind::AskForSale, sum.first, sum.last, &note);
            }
        }
        _ => {}
    }
}

/// "Two hundred dollars and still blisters": a sum that is given back along with their words takes no offer.
fn drop_echoed_sums(gather: &mut Gather<'_>) {
    let reflected: Vec<_> =
        gather.cues().filter(|(cue, ..)| cue.kind == CueKind::Reflection).map(|(_, first, last)| (first, last)).collect();
    gather.retain(|cue, first, last| cue.rule != "ask-takes-offer" || !reflected.iter().any(|(from, to)| *from < last && first < *to));
}

/// "What's the cash price?" "$99.99, cash or card.": whoever was asked for the price and names it asks for nothing.
fn drop_prices_asked_for(gather: &mut Gather<'_>, memory: &Memory) {
    let tender = ids(["cash", "card", "credit", "debit"]);
    let asked = memory.customer_did.iter().any(|(kind, subject)| *kind == CueKind::Question && subject.as_deref() == Some("price"));
    if !asked || !memory.customer_last || !gather.any(CueKind::PriceQuote) {
        return;
    }
    let said = gather.said;
    let names = |first: usize, last: usize| (first..last).any(|at| said.id(at).is_some_and(|id| tender.contains(&id)));
    gather.retain(|cue, first, last| cue.kind != CueKind::AskForSale || said.question_at(first).is_some() || !names(first, last));
}

/// Words that could be two things are one.
fn settle(gather: &mut Gather<'_>, memory: &Memory, lexicon: &Lexicon) {
    let offers = gather.any(CueKind::DiscountOffer) || (gather.any(CueKind::PriceQuote) && memory.customer_just(CueKind::Objection));
    let answering =
        memory.customer_just(CueKind::Objection) || memory.customer_just(CueKind::Question) || memory.customer_just(CueKind::Hesitation);
    let places = |gather: &Gather<'_>, kind: CueKind| -> Vec<(usize, usize)> {
        gather.cues().filter(|(cue, ..)| cue.kind == kind).map(|(_, first, last)| (first, last)).collect()
    };
    let asks = places(gather, CueKind::AskForSale);
    let checks = places(gather, CueKind::CheckBack);
    let trials = places(gather, CueKind::TrialClose);
    let meets = |all: &[(usize, usize)], first: usize, last: usize| all.iter().any(|(from, to)| *from < last && first < *to);
    let value = gather
        .count_before(&[CueKind::Feature, CueKind::Benefit, CueKind::Reflection, CueKind::PriceQuote], asks.first().map_or(0, |ask| ask.0));
    let sums_up = asks.first().is_some_and(|(first, _)| lexicon.patterns("summary").any_in(gather.said, 0, *first)) && value >= 2;
    let mut taken: Option<(usize, usize)> = None;
    gather.retain(|cue, first, last| match cue.kind {
        CueKind::TrialClose if meets(&asks, first, last) => false,
        CueKind::TrialClose if meets(&checks, first, last) && answering && !offers => false,
        CueKind::TrialClose if offers && cue.rule == "trial-how-sound" => {
            cue.kind = CueKind::AskForSale;
            "ask-after-offer".clone_into(&mut cue.rule);
            cue.subject = Some("direct".to_owned());
            cue.strength = Strength::Weak;
            true
        }
        CueKind::CheckBack if memory.rep_turns == 0 => false,
        CueKind::CheckBack => !meets(&asks, first, last) && (answering || !meets(&trials, first, last)),
        // one question is one ask
        CueKind::AskForSale if taken.replace((first, last)).is_some_and(|(from, to)| from < last && first < to) => false,
        CueKind::AskForSale if sums_up && matches!(cue.subject.as_deref(), Some("direct" | "assumptive")) => {
            cue.subject = Some("summary".to_owned());
            true
        }
        _ => true,
    });
}

/// The name that the customer gave.
fn note_names(gather: &mut Gather<'_>, memory: &Memory) {
    let said = gather.said;
    let named = (0..said.words.len()).find(|at| {
        let id = said.words[*at].id;
        memory.names.contains(&id)
    });
    if let Some(at) = named {
        gather.add(CueKind::Rapport, at, at + 1, &Note::new("rapport-uses-name", Strength::Plain));
    }
}
