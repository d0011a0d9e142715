//! How the customer stands inside: moves only on what was heard.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    deed::Deed,
    heard::Heard,
    plan::{Item, Plan},
    scene::Scene,
    state::Mood,
    topic::Topic,
    words::Words,
};
use crate::session::{Decision, Reason};

/// How much of a need the rep knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    Hidden,
    Hinted,
    Outright,
}

/// Where an objection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Waiting,
    Raised,
    Answered,
    Settled,
}

/// An objection and what was done about it.
#[derive(Debug, Clone)]
pub(super) struct Doubt {
    pub(super) stage: Stage,
    /// How often it was raised.
    pub(super) raised: u32,
    pub(super) answered: bool,
    /// True where it was answered with what its own last word speaks of.
    pub(super) to_the_point: bool,
    pub(super) tied: bool,
    pub(super) empathy: bool,
    pub(super) clarified: bool,
    pub(super) checked: bool,
    /// True where “half an answer” was said.
    pub(super) half_said: bool,
}

/// What the customer waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Objection(usize),
    Question(usize),
    Trap(usize),
    /// It asked for the price.
    Price,
}

/// What went wrong, by kind: the reason for leaving is read from it.
#[derive(Debug, Clone, Default)]
pub(super) struct Faults {
    pub(super) brushed: u32,
    pub(super) monologues: u32,
    pub(super) pushes: u32,
    pub(super) put_downs: u32,
    pub(super) false_claims: u32,
}

/// Everything that moves.
#[derive(Debug, Clone)]
pub(super) struct Mind {
    /// Rep turns heard.
    pub(super) turn: u32,
    pub(super) trust: i32,
    pub(super) interest: i32,
    pub(super) patience: i32,
    pub(super) needs: Vec<Told>,
    pub(super) tied: Vec<bool>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) asked: Vec<bool>,
    pub(super) set: Vec<bool>,
    pub(super) open: Option<Open>,
    /// Turns that `open` has been waiting.
    pub(super) waited: u32,
    pub(super) topics: BTreeMap<Topic, u32>,
    pub(super) features: BTreeSet<String>,
    pub(super) facts: BTreeSet<String>,
    pub(super) price_cents: Option<i64>,
    pub(super) price_said: bool,
    pub(super) good_questions: u32,
    pub(super) unclear_run: u32,
    pub(super) question_run: u32,
    pub(super) vague: u32,
    pub(super) quiet: u32,
    pub(super) refused: u32,
    pub(super) news_since_ask: bool,
    pub(super) restated: bool,
    /// The last turn with a false claim in it; 0 where there was none.
    pub(super) misled_at: u32,
    pub(super) reminded: bool,
    pub(super) ready_for: u32,
    pub(super) signals_given: u32,
    pub(super) role_breaks: u32,
    pub(super) warned: bool,
    pub(super) faults: Faults,
    pub(super) heard_before: Vec<Words>,
    /// What it brought up last by itself.
    pub(super) brought: Option<Item>,
    /// What it would have brought up, and somebody who speaks for it did not.
    pub(super) owed: Option<Item>,
    pub(super) decision: Option<(Decision, Reason)>,
}

impl Mind {
    /// How it stands at the start.
    pub(super) fn new(scene: &Scene, plan: &Plan) -> Self {
        let doubt = Doubt {
            stage: Stage::Waiting,
            raised: 0,
            answered: false,
            to_the_point: false,
            tied: false,
            empathy: false,
            clarified: false,
            checked: false,
            half_said: false,
        };
        Self {
            turn: 0,
            trust: scene.manner.trust,
            interest: scene.manner.interest,
            patience: plan.patience,
            needs: vec![Told::Hidden; scene.scenario.needs.len()],
            tied: vec![false; scene.scenario.needs.len()],
            doubts: vec![doubt; scene.scenario.objections.len()],
            asked: vec![false; scene.scenario.questions.len()],
            set: vec![false; scene.scenario.traps.len()],
            open: None,
            waited: 0,
            topics: BTreeMap::new(),
            features: BTreeSet::new(),
            facts: BTreeSet::new(),
            price_cents: None,
            price_said: false,
            good_questions: 0,
            unclear_run: 0,
            question_run: 0,
            vague: 0,
            quiet: 0,
            refused: 0,
            news_since_ask: false,
            restated: false,
            misled_at: 0,
            reminded: false,
            ready_for: 0,
            signals_given: 0,
            role_breaks: 0,
            warned: false,
            faults: Faults::default(),
            heard_before: Vec::new(),
            brought: None,
            owed: None,
            decision: None,
        }
    }

    /// A weak turn of the rep.
    pub(super) fn tire(&mut self) {
        self.patience -= 1;
        self.interest -= 3;
    }

    /// Likes it more, or less.
    pub(super) fn warm(&mut self, by: i32) {
        self.interest = (self.interest + by).clamp(0, 100);
        if by > 0 {
            self.news_since_ask = true;
        }
    }

    /// Believes the rep more, or less.
    pub(super) fn believe(&mut self, by: i32) {
        self.trust = (self.trust + by).clamp(0, 100);
    }

    /// Waits for something, or for nothing more.
    pub(super) fn wait_for(&mut self, open: Option<Open>) {
        self.open = open;
        self.waited = 0;
    }

    /// The objection that waits for an answer; of several the last one raised.
    pub(super) fn open_doubt(&self) -> Option<usize> {
        let stands = |doubt: &Doubt| matches!(doubt.stage, Stage::Raised | Stage::Answered);
        match self.open {
            Some(Open::Objection(at)) if self.doubts.get(at).is_some_and(stands) => Some(at),
            _ => self.doubts.iter().position(stands),
        }
    }

    /// The planned objection that comes next; the hidden one last.
    pub(super) fn next_doubt(&self, plan: &Plan) -> Option<usize> {
        plan.objections.iter().copied().find(|at| self.doubts.get(*at).is_some_and(|doubt| doubt.stage == Stage::Waiting))
    }

    /// True where the price is no obstacle.
    pub(super) fn can_afford(&self, scene: &Scene, plan: &Plan) -> bool {
        use crate::catalog::ObjectionCategory::Price;
        let price = self.price_cents.unwrap_or_else(|| scene.product.price_range_cents().0);
        let settled = self.doubts.iter().enumerate().any(|(at, doubt)| doubt.stage == Stage::Settled && scene.category(at) == Price);
        let tied = self.tied.iter().filter(|tied| **tied).count();
        price <= plan.ceiling_cents || settled || tied >= 2 || self.interest >= scene.knobs.interest_to_buy + 12
    }

    /// True where nothing stands against buying but the ask itself.
    pub(super) fn is_ready(&self, scene: &Scene, plan: &Plan) -> bool {
        self.open_doubt().is_none()
            && self.next_doubt(plan).is_none()
            && self.trust >= scene.knobs.trust_to_buy
            && self.interest >= scene.knobs.interest_to_buy
            && self.can_afford(scene, plan)
    }

    /// Its bearing, as anybody in the shop could see it.
    pub(super) fn mood(&self, scene: &Scene, plan: &Plan) -> Mood {
        if self.decision.is_some() {
            return Mood::Done;
        }
        if self.patience <= 1 && plan.patience > 1 {
            return Mood::Impatient;
        }
        if self.is_ready(scene, plan) {
            return Mood::Ready;
        }
        if self.open_doubt().is_some() || self.trust < 25 {
            return Mood::Doubtful;
        }
        if self.interest >= 48 {
            return Mood::Interested;
        }
        if self.trust < 40 && self.interest < 34 { Mood::Guarded } else { Mood::Attentive }
    }

    /// Takes in what concerns no open matter: facts, price, claims, manners. True where a fact or a tie was new.
    pub(super) fn take_in(&mut self, heard: &Heard, scene: &Scene) -> News {
        let mut news = News::default();
        for pitch in &heard.pitches {
            if scene.product.feature(&pitch.feature).is_none() {
                continue;
            }
            let need = pitch.need.or_else(|| scene.need_of(&pitch.feature));
            let known = need.and_then(|at| self.needs.get(at)).is_some_and(|told| *told > Told::Hidden);
            if let Some(at) = pitch.need
                && let Some(tied) = self.tied.get_mut(at)
                && !*tied
            {
                *tied = true;
                self.warm(if known { 10 } else { 5 });
                news.tied = Some(at);
            }
            if self.features.insert(pitch.feature.clone()) {
                // The fifth fact in one breath interests nobody.
                let weight = [7, 5, 3, 1].get(news.features.len()).copied().unwrap_or(0);
                self.warm(if need.is_some() { weight } else { weight / 2 });
                self.believe(2);
                news.features.push(pitch.feature.clone());
                news.relevant |= need.is_some() && known;
            }
        }
        for claim in &heard.supported {
            if self.facts.insert(claim.clone()) {
                self.believe(3);
                self.warm(1);
                news.fact = true;
            }
        }
        if heard.did(Deed::HonestUnknown) {
            self.believe(scene.manner.honest);
        }
        if heard.did(Deed::Empathy) {
            self.believe(3);
            self.warm(2);
        }
        if heard.did(Deed::Reflection) {
            self.believe(3);
            self.warm(4);
        }
        if heard.did(Deed::TakeBack) && self.misled_at > 0 {
            news.taken_back = true;
            self.misled_at = 0;
            self.believe(scene.manner.false_claim * scene.knobs.blame / 200);
            self.faults.false_claims = self.faults.false_claims.saturating_sub(1);
        } else if !heard.false_claims.is_empty() {
            self.believe(-scene.manner.false_claim * scene.knobs.blame / 100);
            self.warm(-4);
            self.faults.false_claims += 1;
            self.misled_at = self.turn;
        }
        if heard.did(Deed::Unsupported) {
            self.believe(-scene.manner.false_claim * scene.knobs.blame / 400);
        }
        if heard.did(Deed::WrongPrice) {
            self.believe(-5);
        }
        if let Some(price) = heard.price_cents {
            news.price = self.price_cents != Some(price);
            self.price_cents = Some(price);
        }
        // Once it has asked to be reminded, whatever it is told will do.
        self.restated = !heard.pitches.is_empty()
            || heard.did(Deed::Reflection)
            || heard.ask.as_deref() == Some("summary")
            || self.reminded && heard.did(Deed::Talk);
        news
    }
}

/// What was new in a turn.
#[derive(Debug, Clone, Default)]
pub(super) struct News {
    /// Features named for the first time.
    pub(super) features: Vec<String>,
    /// True where one of them answers a need that was told or hinted.
    pub(super) relevant: bool,
    /// A need that a feature was tied to for the first time.
    pub(super) tied: Option<usize>,
    /// True where a true claim was made for the first time.
    pub(super) fact: bool,
    /// True where something false was taken back.
    pub(super) taken_back: bool,
    /// True where a price was named that was not named before.
    pub(super) price: bool,
}
