//! What to do differently: at most three things, those that cost most and are mended most easily. About the act, never the person.

mod better;
mod habit;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use self::better::Better;
pub(super) use self::habit::Habit;
use super::{
    ledger::{Ledgers, objections::category_name},
    points::{Detail, Fault},
    record::Record,
    report::{CoachingPoint, Message, Skill},
    rubric::Rubric,
};

/// Points of advice in a report.
const MOST: usize = 3;

/// All faults of one habit in one skill.
struct Cost<'a> {
    worst: &'a Fault,
    cost: u32,
}

/// The advice, most worthwhile first.
pub(super) fn coaching(record: &Record, ledgers: &Ledgers, faults: &[Fault], rubric: &Rubric) -> Vec<CoachingPoint> {
    let mut costs: BTreeMap<(Habit, usize), Cost<'_>> = BTreeMap::new();
    for fault in faults {
        let skill = Skill::ALL.iter().position(|skill| *skill == fault.skill).unwrap_or(0);
        let entry = costs.entry((fault.habit, skill)).or_insert(Cost { worst: fault, cost: 0 });
        entry.cost += fault.cost;
        if fault.cost > entry.worst.cost {
            entry.worst = fault;
        }
    }
    let mut ranked: Vec<(u64, Habit, Cost<'_>)> =
        costs.into_iter().map(|((habit, _), cost)| (worth(&cost, habit, rubric), habit, cost)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let better = Better { record, ledgers, rubric };
    let mut families = BTreeSet::new();
    let mut points = Vec::new();
    for (_, habit, cost) in ranked {
        if points.len() < MOST && families.insert(habit.family()) {
            points.push(point(&better, habit, &cost));
        }
    }
    points
}

/// What mending it is worth: its share of the overall score, times how easily it is mended.
fn worth(cost: &Cost<'_>, habit: Habit, rubric: &Rubric) -> u64 {
    let ease = rubric.ease.get(habit.kind()).copied().unwrap_or(5);
    let share = 1000 * u64::from(cost.cost) * u64::from(rubric.weight(cost.worst.skill)) / u64::from(cost.worst.available.max(1));
    share * u64::from(ease)
}

fn point(better: &Better<'_>, habit: Habit, cost: &Cost<'_>) -> CoachingPoint {
    let args = |mut message: Message| {
        match &cost.worst.detail {
            Detail::Objection(index) => {
                let category = better.ledgers.objections.get(*index).map_or("price", |case| category_name(case.category));
                message = message.with("category", category);
            }
            Detail::Need(id) => {
                let label = better.ledgers.needs.iter().find(|row| row.need == *id).map_or("", |row| &row.label);
                message = message.with("need", label);
            }
            _ => {}
        }
        message
    };
    CoachingPoint {
        kind: habit.kind().to_owned(),
        title: args(Message::new(habit.title())),
        quote: cost.worst.quote.clone(),
        better: better.line(habit, &cost.worst.detail),
        why: args(Message::new(habit.why())),
        cost: cost.cost,
        skill: cost.worst.skill,
    }
}
