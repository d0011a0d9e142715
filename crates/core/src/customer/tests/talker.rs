//! A rep who speaks in the catalogue's own words, heard by the real listener: what the customer decides must be what the transcript says.

use super::fixture::catalog;
use crate::{
    catalog::{Difficulty, Product, Scenario},
    customer::{Partner, mind::Stage},
    scoring::{Context, Scorer},
    session::{Decision, Outcome, Signal, Speaker, Turn},
};

const QUESTIONS: [&str; 8] = [
    "Hello there! What brings you in today?",
    "What would you use it for, mostly?",
    "What bothers you about the one you have now?",
    "Where would you wear it?",
    "What matters most to you in it?",
    "Tell me about a normal day with it.",
    "What happened to the last one?",
    "How does yours fit now?",
];

/// What came of a talk.
struct Done {
    decision: Option<(Decision, crate::session::Reason)>,
    outcome: Outcome,
    log: String,
}

/// Talks until the customer decides or the rep has nothing more to say.
fn talk(product: &Product, scenario: &Scenario, seed: u32, skilled: bool) -> Done {
    let policies = &catalog().policies;
    let context = Context { product: Some(product), scenario: Some(scenario), policies, catalog_revision: Some(1) };
    let mut scorer = Scorer::new(&context);
    let mut partner = Partner::new(product, scenario, policies, seed);
    let mut last = partner.open();
    let mut log = format!("{}\n  {}\n", scenario.id, last.text);
    scorer.hear(&Turn::typed(0, Speaker::Customer, last.text.clone()));
    let (mut asked, mut told, mut step) = (0, 0, 0);
    let mut answered = std::collections::BTreeMap::<String, usize>::new();
    for index in 0..32u32 {
        let open =
            scenario.objections.iter().zip(&partner.mind.doubts).find(|(_, doubt)| matches!(doubt.stage, Stage::Raised | Stage::Answered));
        let trap = last.signals.iter().find_map(|signal| match signal {
            Signal::Trap { id } => Some(id),
            _ => None,
        });
        let question = scenario.questions.iter().find(|question| last.text.contains(question.ask.as_str()));
        let truth = |id: &str| product.claims.iter().chain(policies).find(|claim| claim.id == id).map(|claim| claim.truth.clone());
        step += 1;
        let ready = last.state.mood == crate::customer::Mood::Ready && step % 2 == 0;
        let text = if !skilled {
            ["It is a really nice one.", "Everybody likes them.", "So, do you want it?", "You will not regret it.", "Shall I ring it up?"]
                [index as usize % 5]
                .to_owned()
        } else if let Some(id) = trap {
            format!("No, and I would rather tell you straight. {}", truth(id).unwrap_or_default())
        } else if let Some((raised, _)) = open {
            let responses = &product.objection(&raised.id).unwrap().responses;
            let nth = answered.entry(raised.id.clone()).or_default();
            *nth += 1;
            let response = &responses[(*nth - 1) % responses.len()];
            format!("I understand. {} {}", response.answer, response.check)
        } else if partner.mind.open == Some(crate::customer::mind::Open::Price)
            || question.is_some_and(|question| question.about == "price")
        {
            format!("It is ${:.2}.", product.price_range_cents().0 as f64 / 100.0)
        } else if let Some(question) = question {
            product.feature(&question.about).map(|feature| feature.fact.clone()).or_else(|| truth(&question.about)).unwrap_or_default()
        } else if ready {
            let feature = &product.features[step % product.features.len()];
            format!("{} Shall I ring it up for you?", feature.benefit)
        } else if step % 2 == 0 && told < product.features.len() {
            told += 1;
            let feature = &product.features[told - 1];
            format!("{} {}", feature.fact, feature.benefit)
        } else if asked < QUESTIONS.len() && asked < 5 {
            asked += 1;
            QUESTIONS[asked - 1].to_owned()
        } else if step % 3 == 0 {
            "Is there anything else holding you back?".to_owned()
        } else {
            let feature = &product.features[step % product.features.len()];
            format!("{} Shall I ring it up for you?", feature.benefit)
        };
        let turn = Turn::typed(index * 2 + 1, Speaker::Rep, text);
        let cues = scorer.hear(&turn);
        last = partner.hear(&turn, &cues);
        log.push_str(&format!(
            "> {}\n  {}   {:?} p{} i{} t{}\n",
            turn.text, last.text, last.signals, partner.mind.patience, partner.mind.interest, partner.mind.trust
        ));
        scorer.hear(&Turn::typed(index * 2 + 2, Speaker::Customer, last.text.clone()));
        if last.state.ended {
            break;
        }
    }
    Done { decision: partner.decision(), outcome: scorer.report().outcome, log }
}

#[test]
fn what_the_customer_decides_is_what_the_transcript_says() {
    let (mut sales, mut all, mut wrong, mut lost) = (0, 0, Vec::new(), Vec::new());
    for product in &catalog().products {
        for scenario in &product.scenarios {
            for (seed, skilled) in [(1, true), (3, false)] {
                let done = talk(product, scenario, seed, skilled);
                let decided = done.decision.map(|(decision, _)| decision);
                let said = match decided {
                    Some(Decision::Buy) => done.outcome == Outcome::Sale,
                    Some(Decision::WalkAway) => done.outcome == Outcome::NoSale,
                    Some(Decision::Undecided) | None => done.outcome != Outcome::Sale,
                };
                if !said {
                    wrong.push(format!("{:?} but {:?}: {}", done.decision, done.outcome, done.log));
                }
                if skilled {
                    all += 1;
                    if decided == Some(Decision::Buy) {
                        sales += 1;
                    } else {
                        lost.push(format!("{:?}: {}", done.decision, done.log));
                    }
                } else {
                    assert_ne!(decided, Some(Decision::Buy), "{}", done.log);
                    assert!(scenario.difficulty < Difficulty::Hard || decided == Some(Decision::WalkAway), "{:?}\n{}", decided, done.log);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), all, wrong.join("\n"));
    assert!(sales * 100 >= all * 70, "{sales} of {all}\n{}", lost.join("\n"));
}
