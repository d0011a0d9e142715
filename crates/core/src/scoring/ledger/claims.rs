//! The claims ledger: everything checkable that the rep said, with the true fact beside it.

use std::collections::BTreeSet;

use crate::{
    Cents,
    catalog::Topic,
    scoring::{
        cue::{Cue, CueKind, Verdict},
        record::{Record, overlap, quote},
        report::ClaimRow,
    },
};

/// One row for every statement and verdict; saying it again adds none, nor do two claims of the catalogue that have one truth about the same words.
pub(in crate::scoring) fn ledger(record: &Record) -> Vec<ClaimRow> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for (_, cue) in record.all() {
        let Some(row) = row(record, cue) else { continue };
        let what = row.claim.clone().unwrap_or_else(|| cue.quote.to_lowercase());
        if seen.insert((what, verdict_order(row.verdict))) && !rows.iter().any(|before| is_same(before, &row)) {
            rows.push(row);
        }
    }
    rows
}

/// True where the same words are told the same truth.
fn is_same(one: &ClaimRow, other: &ClaimRow) -> bool {
    one.verdict == other.verdict && one.truth == other.truth && one.said.turn == other.said.turn && overlap(one.said.span, other.said.span)
}

fn row(record: &Record, cue: &Cue) -> Option<ClaimRow> {
    match cue.kind {
        CueKind::Claim => {
            let known = cue.refers_to.as_deref().and_then(|id| record.material.claim(id));
            let topic = known.map_or_else(|| topic(cue.subject.as_deref()), |(topic, _)| topic);
            let truth = known.map(|(_, truth)| truth.to_owned());
            Some(ClaimRow { topic, claim: cue.refers_to.clone(), said: quote(cue), verdict: cue.verdict?, truth })
        }
        CueKind::PriceQuote => {
            let verdict = match cue.subject.as_deref()? {
                "right" => Verdict::Supported,
                "wrong" => Verdict::Contradicted,
                _ => return None,
            };
            Some(ClaimRow { topic: Topic::Price, claim: None, said: quote(cue), verdict, truth: price(record) })
        }
        _ => None,
    }
}

/// The product's price, or its lowest and highest.
pub(in crate::scoring) fn price(record: &Record) -> Option<String> {
    let (low, high) = record.material.price_cents?;
    Some(if low == high { Cents(low).to_string() } else { format!("{} to {}", Cents(low), Cents(high)) })
}

fn verdict_order(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Supported => 0,
        Verdict::Contradicted => 1,
        Verdict::Unsupported => 2,
    }
}

fn topic(name: Option<&str>) -> Topic {
    match name {
        Some("price") => Topic::Price,
        Some("material") => Topic::Material,
        Some("origin") => Topic::Origin,
        Some("care") => Topic::Care,
        Some("warranty") => Topic::Warranty,
        Some("returns") => Topic::Returns,
        Some("shipping") => Topic::Shipping,
        Some("medical") => Topic::Medical,
        Some("fit") => Topic::Fit,
        _ => Topic::Other,
    }
}
