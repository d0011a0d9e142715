//! What was fixed before the start, for whoever else speaks for the customer.

use super::{
    dice::Dice,
    knobs::Knobs,
    plan::{Item, Plan},
    scene::Scene,
};
use crate::catalog::{Claim, ObjectionCategory, Product, Scenario};

/// The plan that the practice partner with the same seed carries out. Places are those in the scenario.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    /// Which of the first lines is said.
    pub(crate) opening: usize,
    /// Objections that will be raised, in order, with their kind; the hidden one last.
    pub(crate) objections: Vec<(usize, ObjectionCategory)>,
    /// The real objection behind the others.
    pub(crate) hidden: Option<usize>,
    /// The objection that wants more than one answer.
    pub(crate) repeated: Option<usize>,
    /// Needs that are told without being asked.
    pub(crate) unprompted: Vec<usize>,
    /// Traps that will be set, in order.
    pub(crate) traps: Vec<usize>,
    /// The most that is paid without being convinced of more, US cents.
    pub(crate) ceiling_cents: i64,
    /// Weak turns before the customer leaves.
    pub(crate) patience: i32,
    /// Seconds from which a turn is a monologue.
    pub(crate) monologue_seconds: i64,
    /// True where it says so when a claim is false.
    pub(crate) challenges: bool,
    /// What the difficulty turns.
    pub(crate) knobs: Knobs,
}

/// The plan of a scenario and a seed.
pub(crate) fn policy(product: &Product, scenario: &Scenario, policies: &[Claim], seed: u32) -> Policy {
    let scene = Scene::new(product, scenario, policies);
    let plan = Plan::fix(&scene, &Dice::new(seed, &scenario.id));
    let trap = |item: &Item| if let Item::Trap(at) = item { Some(*at) } else { None };
    Policy {
        opening: plan.opening,
        objections: plan.objections.iter().map(|at| (*at, scene.category(*at))).collect(),
        hidden: plan.hidden,
        repeated: plan.repeated,
        unprompted: plan.unprompted,
        traps: plan.agenda.iter().filter_map(trap).collect(),
        ceiling_cents: plan.ceiling_cents,
        patience: plan.patience,
        monologue_seconds: scene.monologue().1,
        challenges: scene.manner.challenges,
        knobs: scene.knobs,
    }
}
