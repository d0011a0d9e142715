//! Everything about a customer that is fixed before the start: scenario × persona × difficulty × seed.

use super::{dice::Dice, knobs::Kind, scene::Scene};
use crate::catalog::{Difficulty, ObjectionCategory, Persona};

/// Something that the customer brings up, by its place in the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// A plain question.
    Question(usize),
    /// An objection.
    Objection(usize),
    /// A trap.
    Trap(usize),
    /// A need, unasked.
    Need(usize),
}

/// What is fixed before the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// Which of the first lines is said.
    pub(super) opening: usize,
    /// Objections that will be raised, in order; the hidden one last.
    pub(super) objections: Vec<usize>,
    /// The real objection behind the others.
    pub(super) hidden: Option<usize>,
    /// The objection that wants more than one answer.
    pub(super) repeated: Option<usize>,
    /// Needs that are told without being asked.
    pub(super) unprompted: Vec<usize>,
    /// What is brought up, in order of preference.
    pub(super) agenda: Vec<Item>,
    /// The most that is paid without being convinced of more, US cents.
    pub(super) ceiling_cents: i64,
    /// Weak turns before the customer leaves.
    pub(super) patience: i32,
    /// One way to win: `need:<id>`, `objection:<id>` in order, then `ask`.
    pub(super) win_path: Vec<String>,
}

impl Plan {
    /// Fixes the plan of a scene.
    pub(super) fn fix(scene: &Scene, dice: &Dice) -> Self {
        let (scenario, knobs) = (&scene.scenario, scene.knobs);
        let hidden = scenario.objections.iter().position(|objection| objection.hidden);
        let mut objections: Vec<usize> =
            dice.order("objections", scenario.objections.len()).into_iter().filter(|at| Some(*at) != hidden).collect();
        // A price is felt once it is known, and a rival is brought up after that: the rest comes first.
        objections.sort_by_key(|at| late(scene.category(*at), scenario.persona));
        let most = most_objections(scenario.difficulty, knobs.objections, dice);
        objections.truncate(most.saturating_sub(usize::from(hidden.is_some())).max(1));
        let repeated = if knobs.repeats && !objections.is_empty() {
            objections.get(dice.below("repeated", 0, objections.len())).copied()
        } else {
            None
        };
        objections.extend(hidden);

        let needs = scenario.needs.len();
        let telling = (needs * knobs.unprompted_needs).div_ceil(100);
        let unprompted: Vec<usize> = dice.order("unprompted", needs).into_iter().take(telling).collect();
        let mut traps = dice.order("traps", scenario.traps.len());
        traps.truncate(knobs.traps);
        let questions = dice.order("questions", scenario.questions.len());
        let agenda = agenda(&scene.manner.rhythm, &questions, &objections, &traps, &unprompted);

        let mut win_path: Vec<String> = scenario.needs.iter().map(|need| format!("need:{}", need.id)).collect();
        win_path
            .extend(objections.iter().filter_map(|at| scenario.objections.get(*at)).map(|objection| format!("objection:{}", objection.id)));
        win_path.push("ask".to_owned());
        // Nobody says their last dollar first; who counts them keeps the most back.
        let spare = if scenario.persona == Persona::PriceConscious { 3 } else { 1 };
        Self {
            opening: dice.below("opening", 0, scenario.opening.len()),
            objections,
            hidden,
            repeated,
            unprompted,
            agenda,
            ceiling_cents: scenario.budget_cents * (100 + spare) / 100,
            patience: knobs.weak_turns,
            win_path,
        }
    }
}

/// How late an objection comes among the others.
fn late(category: ObjectionCategory, persona: Persona) -> u8 {
    match category {
        ObjectionCategory::Price if persona == Persona::PriceConscious => 0,
        ObjectionCategory::Quality | ObjectionCategory::Trust | ObjectionCategory::Need => 0,
        ObjectionCategory::Price => 1,
        ObjectionCategory::Competition | ObjectionCategory::Timing => 2,
    }
}

/// A medium customer raises two or three, a hard one three or four.
fn most_objections(difficulty: Difficulty, most: usize, dice: &Dice) -> usize {
    match difficulty {
        Difficulty::Medium | Difficulty::Hard => most - dice.below("fewer objections", 0, 2),
        Difficulty::Easy | Difficulty::Expert => most,
    }
}

/// Follows the rhythm while there is something of each kind, then takes what is left in turn. The last objection in the list stays the last.
fn agenda(rhythm: &[Kind], questions: &[usize], objections: &[usize], traps: &[usize], needs: &[usize]) -> Vec<Item> {
    let (mut questions, mut objections, mut traps, mut needs) = (questions.iter(), objections.iter(), traps.iter(), needs.iter());
    let mut agenda = Vec::new();
    let rest = [Kind::Objection, Kind::Question, Kind::Trap, Kind::Need];
    for kind in rhythm.iter().chain(rest.iter().cycle().take(60)) {
        let item = match kind {
            Kind::Question => questions.next().map(|at| Item::Question(*at)),
            Kind::Objection => objections.next().map(|at| Item::Objection(*at)),
            Kind::Trap => traps.next().map(|at| Item::Trap(*at)),
            Kind::Need => needs.next().map(|at| Item::Need(*at)),
        };
        agenda.extend(item);
    }
    agenda
}
