//! Adding up one skill: what was earned, what could have been, what was lost.

use crate::scoring::{
    coaching::Habit,
    report::{Message, Point, Quote, Skill, SkillScore},
    rubric::Rubric,
};

/// What a fault is about, for a better line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::scoring) enum Detail {
    /// The whole conversation.
    Nothing,
    /// An objection, by its place in the ledger.
    Objection(usize),
    /// A true fact that was bent.
    Truth(String),
    /// A need, by its id.
    Need(String),
    /// What the customer asked about.
    Question(String),
}

/// Points that were missed or lost by one habit.
#[derive(Debug, Clone)]
pub(in crate::scoring) struct Fault {
    pub(in crate::scoring) habit: Habit,
    pub(in crate::scoring) skill: Skill,
    pub(in crate::scoring) cost: u32,
    pub(in crate::scoring) quote: Option<Quote>,
    pub(in crate::scoring) detail: Detail,
    /// Points that the skill had to give.
    pub(in crate::scoring) available: u32,
}

#[derive(Default)]
pub(super) struct Tally {
    won: Vec<Point>,
    missed: Vec<Point>,
    faults: Vec<(Habit, u32, Option<Quote>, Detail)>,
    earned: u32,
    lost: u32,
    available: u32,
}

impl Tally {
    /// Points that were earned.
    pub(super) fn earn(&mut self, rule: &str, label: Message, value: u32, quote: Option<Quote>) {
        if value == 0 {
            return;
        }
        self.earned += value;
        self.available += value;
        self.won.push(point(rule, label, signed(value), quote));
    }

    /// Points that could have been earned.
    pub(super) fn miss(&mut self, rule: &str, label: Message, value: u32, quote: Option<Quote>, habit: Habit, detail: Detail) {
        if value == 0 {
            return;
        }
        self.available += value;
        self.blame(rule, label, value, quote, habit, detail);
    }

    /// Points that are taken off what was earned.
    pub(super) fn lose(&mut self, rule: &str, label: Message, value: u32, quote: Option<Quote>, habit: Habit, detail: Detail) {
        self.lost += value;
        self.blame(rule, label, value, quote, habit, detail);
    }

    fn blame(&mut self, rule: &str, label: Message, value: u32, quote: Option<Quote>, habit: Habit, detail: Detail) {
        self.missed.push(point(rule, label, -signed(value), quote.clone()));
        self.faults.push((habit, value, quote, detail));
    }

    /// Keeps what was earned alone: too little was said to hold anything against it.
    pub(super) fn forgive(&mut self) {
        self.missed.clear();
        self.faults.clear();
        self.lost = 0;
        self.available = self.earned;
    }

    /// The skill's score, and its faults.
    pub(super) fn finish(self, skill: Skill, rubric: &Rubric, not_observed: Option<Message>) -> (SkillScore, Vec<Fault>) {
        let Self { won, missed, faults, earned, lost, available } = self;
        let weight = rubric.weight(skill);
        let earned = earned - lost.min(earned * rubric.losses.most_percent / 100);
        let score = (200 * earned + available).checked_div(2 * available).and_then(|score| u8::try_from(score).ok());
        let points = won.into_iter().chain(missed).collect();
        let faults =
            faults.into_iter().map(|(habit, cost, quote, detail)| Fault { habit, skill, cost, quote, detail, available }).collect();
        let score = score.filter(|_| not_observed.is_none());
        (SkillScore { skill, weight, score, earned, available, not_observed, points }, faults)
    }
}

fn point(rule: &str, label: Message, value: i32, quote: Option<Quote>) -> Point {
    Point { rule: rule.to_owned(), label, value, quote }
}

fn signed(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}
