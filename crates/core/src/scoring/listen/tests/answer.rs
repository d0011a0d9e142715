//! An answer settles the doubt that it speaks to, and no other.

use crate::{
    scoring::{Context, score},
    session::{Speaker, Turn},
};

/// Whether the last objection of a talk about the coat is resolved, and whether it was answered.
fn last_doubt(talk: &str) -> (bool, bool) {
    doubt_of("pilbara-skeptical-medium", talk)
}

/// The same of a talk with the customer of a scenario.
fn doubt_of(scenario: &str, talk: &str) -> (bool, bool) {
    let catalog = crate::embedded::catalog().unwrap();
    let (product, scenario) = catalog.scenario(scenario).unwrap();
    let turns: Vec<_> = talk
        .split(" / ")
        .enumerate()
        .map(|(index, turn)| {
            let (who, text) = turn.split_once(": ").unwrap();
            Turn::typed(u32::try_from(index).unwrap(), if who == "r" { Speaker::Rep } else { Speaker::Customer }, text)
        })
        .collect();
    let context = Context { product: Some(product), scenario: Some(scenario), policies: &catalog.policies, ..Context::default() };
    let report = score(&context, &turns);
    let row = report.objections.last().unwrap();
    let answered = row.steps.iter().any(|step| step.kind == crate::scoring::report::StepKind::Answer && step.quote.is_some());
    (row.resolved, answered)
}

#[test]
fn an_answer_to_something_else_settles_nothing() {
    for answer in ["The rain runs off it.", "the rain just runs off and it breathes", "it has a corduroy collar"] {
        let talk = format!("r: hi there / c: it smells like an engine in here / r: {answer}");
        assert_eq!(last_doubt(&talk), (false, false), "{answer}");
    }
}

#[test]
fn an_answer_to_the_doubt_settles_it() {
    for answer in [
        "That is the finish when it is new, and it fades with wear.",
        "hang it on the porch a few days and the smell is mostly gone",
        "that oil smell wears off in a couple of weeks",
    ] {
        let talk = format!("r: hi there / c: it smells like an engine in here / r: {answer}");
        assert_eq!(last_doubt(&talk), (true, true), "{answer}");
    }
}

#[test]
fn a_customer_who_says_that_it_is_settled_settles_it() {
    let talk = "r: hi / c: it smells like an engine in here / r: the rain runs off it because of the oil / c: ";
    assert_eq!(last_doubt(&format!("{talk}fair enough I can live with that")), (true, true));
    assert_eq!(last_doubt(&format!("{talk}It still smells, though.")), (false, false));
}

#[test]
fn what_it_does_for_them_is_no_answer_to_a_doubt_about_something_else() {
    let talk =
        "r: hi / c: he comes in soaked from feeding every time it rains / r: I see. / c: is he not going to roast in it, come april / r: ";
    let doubt = |answer: &str| doubt_of("the-gunner-friendly-easy", &format!("{talk}{answer}")).1;
    assert!(!doubt("The rain just beads up and rolls off while he's feeding."));
    assert!(doubt("It's cotton, so it breathes and he won't cook in it."));
}
