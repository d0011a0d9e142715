//! The needs ledger: what the customer needs, whether the rep found it out, and whether it was used.

use std::collections::BTreeMap;

use crate::scoring::{
    cue::{Cue, CueKind},
    record::{Record, is, quote},
    report::{NeedRow, Quote},
};

/// One row for every need of the scenario, in its order; without a scenario, for every need that was told.
pub(in crate::scoring) fn ledger(record: &Record) -> Vec<NeedRow> {
    let material = &record.material;
    let mut rows: Vec<NeedRow> = material.needs.iter().map(|need| row(&need.id, &need.label)).collect();
    let mut index: BTreeMap<String, usize> = rows.iter().enumerate().map(|(at, row)| (row.need.clone(), at)).collect();
    // The rep's last question that invites an account, for a need that no question fits better.
    let mut last_question: Option<(usize, Quote)> = None;
    for (turn, cue) in record.all() {
        if is(cue, &[CueKind::DiscoveryQuestion, CueKind::OpenQuestion]) {
            last_question = Some((turn, quote(cue)));
        }
        let found = cue.refers_to.as_ref().and_then(|id| index.get(id)).copied();
        let at = match found {
            Some(at) => at,
            None if cue.kind == CueKind::Need && !material.has_scenario => {
                let id = cue.refers_to.clone().or_else(|| cue.subject.clone()).unwrap_or_else(|| cue.rule.clone());
                *index.entry(id.clone()).or_insert_with(|| {
                    rows.push(row(&id, &cue.quote));
                    rows.len() - 1
                })
            }
            None => continue,
        };
        if let Some(row) = rows.get_mut(at) {
            enter(row, turn, cue, last_question.as_ref());
        }
    }
    rows
}

fn row(id: &str, label: &str) -> NeedRow {
    NeedRow { need: id.to_owned(), label: label.to_owned(), asked: None, told: None, reflected: None, tied: None }
}

fn enter(row: &mut NeedRow, turn: usize, cue: &Cue, last_question: Option<&(usize, Quote)>) {
    match cue.kind {
        CueKind::DiscoveryQuestion if row.told.is_none() => row.asked = Some(quote(cue)),
        CueKind::Need if row.told.is_none() => {
            row.told = Some(quote(cue));
            if row.asked.is_none() {
                row.asked = last_question.filter(|(asked, _)| asked + 1 == turn).map(|(_, words)| words.clone());
            }
        }
        CueKind::Reflection if row.told.is_some() && row.reflected.is_none() => row.reflected = Some(quote(cue)),
        CueKind::Benefit if row.told.is_some() && row.tied.is_none() => row.tied = Some(quote(cue)),
        _ => {}
    }
}
