//! What a voice model is told to be, for every customer of the catalogue, and what is made of its reports.

use crate::common::catalog;
use proptest::prelude::*;
use sellme_core::{
    Cents,
    briefing::Brief,
    catalog::{Persona, Product, Scenario},
    customer::Partner,
    session::{Decision, Reason, Signal},
};

/// Most characters: every answer of the model reads them again. Experts with five doubts have the longest.
const LONGEST: usize = 7_000;
/// The middle of all of them.
const USUAL: usize = 5_500;

fn all() -> impl Iterator<Item = (&'static Product, &'static Scenario)> {
    catalog().products.iter().flat_map(|product| product.scenarios.iter().map(move |scenario| (product, scenario)))
}

fn brief<'a>(product: &'a Product, scenario: &'a Scenario, seed: u32) -> Brief<'a> {
    Brief::new(product, scenario, &catalog().policies, seed)
}

/// Ids of the objections that the practice partner with this seed will raise.
fn planned(product: &Product, scenario: &Scenario, seed: u32) -> Vec<String> {
    let partner = Partner::new(product, scenario, &catalog().policies, seed);
    partner.win_path().iter().filter_map(|step| step.strip_prefix("objection:").map(str::to_owned)).collect()
}

#[test]
fn the_instructions_hold_all_that_makes_the_customer() {
    for (product, scenario) in all() {
        for seed in [1, 7, 4_000_000_000] {
            let text = brief(product, scenario, seed).instructions();
            let persona = serde_json::to_value(scenario.persona).unwrap();
            let mut wanted = vec![product.name.clone(), format!("({}).", persona.as_str().unwrap()), scenario.title.clone()];
            wanted.push(Cents(scenario.budget_cents).to_string());
            wanted.extend(scenario.pain_points.iter().chain(&scenario.seen).cloned());
            for need in &scenario.needs {
                wanted.extend([format!("`{}` ", need.id), need.label.clone()]);
                assert!(need.told.iter().any(|told| text.contains(told.as_str())), "{}: {}", scenario.id, need.id);
            }
            for id in planned(product, scenario, seed) {
                let line = scenario.objections.iter().find(|objection| objection.id == id).unwrap().line.clone();
                wanted.extend([format!("`{id}` "), line]);
            }
            wanted.push("BUY ONLY WHEN CONVINCED".to_owned());
            wanted.push("You are a CUSTOMER".to_owned());
            for wanted in wanted {
                assert!(text.contains(&wanted), "{} does not say “{wanted}”:\n{text}", scenario.id);
            }
            assert!(!text.contains(['{', '}']), "{} has an empty place:\n{text}", scenario.id);
        }
    }
}

#[test]
fn the_instructions_are_short_and_the_same_for_the_same_seed() {
    let mut lengths = Vec::new();
    for (product, scenario) in all() {
        let text = brief(product, scenario, 7).instructions();
        assert_eq!(text, brief(product, scenario, 7).instructions());
        let length = text.chars().count();
        assert!(length <= LONGEST, "{}: {length}", scenario.id);
        lengths.push(length);
    }
    assert!(lengths.iter().sum::<usize>() / lengths.len() <= USUAL, "{lengths:?}");
}

#[test]
fn another_seed_may_be_another_customer() {
    let (product, scenario) = catalog().scenario("moccasin-beaded-knowledgeable-expert").unwrap();
    let texts: std::collections::BTreeSet<String> = (0..12).map(|seed| brief(product, scenario, seed).instructions()).collect();
    assert!(texts.len() > 3);
}

#[test]
fn the_customer_does_not_know_the_answers() {
    for (product, scenario) in all() {
        let text = brief(product, scenario, 3).instructions();
        for response in product.objections.iter().flat_map(|objection| &objection.responses) {
            assert!(!text.contains(&response.answer), "{}: {}", scenario.id, response.answer);
        }
        for benefit in product.features.iter().map(|feature| &feature.benefit) {
            assert!(!text.contains(benefit.as_str()), "{}: {benefit}", scenario.id);
        }
        // What is written for the rep alone.
        for secret in [&scenario.goal, &scenario.tests] {
            assert!(!text.contains(secret.as_str()), "{}: {secret}", scenario.id);
        }
    }
}

#[test]
fn only_who_knows_better_is_told_what_it_would_be_false_to_claim() {
    for (product, scenario) in all() {
        let brief = brief(product, scenario, 3);
        let text = brief.instructions();
        let told = |claim: &str| text.contains(claim);
        let traps = product.claims.iter().filter(|claim| claim.kind == sellme_core::catalog::ClaimKind::Trap);
        for claim in traps {
            let set = scenario.traps.iter().any(|trap| trap.claim == claim.id);
            if scenario.persona == Persona::Knowledgeable {
                let first = claim.truth.split_inclusive(". ").next().unwrap().trim();
                assert!(told(first), "{}: {first}", scenario.id);
            } else {
                assert!(set || !told(&claim.truth), "{}: {}", scenario.id, claim.truth);
            }
        }
    }
}

#[test]
fn the_customer_begins_as_the_practice_partner_would() {
    for (product, scenario) in all() {
        let brief = brief(product, scenario, 11);
        let opening = Partner::new(product, scenario, &catalog().policies, 11).open().text;
        assert_eq!(brief.opening(), opening);
        assert!(brief.instructions().contains(&opening));
    }
}

#[test]
fn the_tools_name_what_this_customer_has_and_nothing_else() {
    for (product, scenario) in all() {
        for seed in [1, 7] {
            let tools = brief(product, scenario, seed).tools();
            let ids = |name: &str, argument: &str| -> Vec<String> {
                let tool = tools.iter().find(|tool| tool.name == name);
                let allowed = tool.map(|tool| tool.parameters["properties"][argument]["enum"].as_array().unwrap().clone());
                allowed.unwrap_or_default().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
            };
            assert_eq!(ids("raise_objection", "id"), planned(product, scenario, seed));
            assert_eq!(ids("reveal_need", "id"), scenario.needs.iter().map(|need| need.id.clone()).collect::<Vec<_>>());
            assert!(ids("trap", "id").iter().all(|id| scenario.traps.iter().any(|trap| trap.claim == *id)));
            assert_eq!(ids("decide", "decision"), ["buy", "walk_away", "undecided"]);
            // Every call that the schemas allow is understood.
            for tool in tools.iter().filter(|tool| tool.name != "decide") {
                for id in ids(tool.name, "id") {
                    let signal = Signal::from_call(tool.name, &serde_json::json!({ "id": id }).to_string(), scenario).unwrap();
                    assert!(signal.fits(scenario));
                }
            }
            for reason in ids("decide", "reason") {
                let arguments = serde_json::json!({ "decision": "undecided", "reason": reason }).to_string();
                let signal = Signal::from_call("decide", &arguments, scenario).unwrap();
                let Signal::Decide { decision: Decision::Undecided, reason: read } = signal else { panic!("{signal:?}") };
                assert!(reason == "convinced" || serde_json::to_value(read).unwrap() == reason, "{reason} was read as {read:?}");
            }
        }
    }
}

#[test]
fn a_recogniser_is_told_the_names_that_will_be_said() {
    for (product, scenario) in all() {
        let keywords = brief(product, scenario, 1).keywords();
        assert!(keywords.contains(&product.name), "{}", scenario.id);
        assert!(keywords.len() >= 3 && keywords.len() <= 30 && keywords.iter().all(|word| word.chars().count() <= 40));
    }
}

#[test]
fn a_report_is_read_whatever_its_spelling() {
    let (_, scenario) = catalog().scenario("moccasin-beaded-knowledgeable-expert").unwrap();
    let objection = |id: &str| Signal::RaiseObjection { id: id.to_owned() };
    let decide = |decision, reason| Signal::Decide { decision, reason };
    for (name, arguments, signal) in [
        ("raise_objection", r#"{"id":"beads-fall"}"#, objection("beads-fall")),
        ("raiseObjection", r#"{"id":" Beads_Fall "}"#, objection("beads-fall")),
        ("raise-objection", r#"{"objection":"beads fall"}"#, objection("beads-fall")),
        ("reveal_need", r#"{"id":"FEET-AT-OPENINGS"}"#, Signal::RevealNeed { id: "feet-at-openings".to_owned() }),
        ("trap", r#"{"id":"native-made"}"#, Signal::Trap { id: "native-made".to_owned() }),
        ("decide", r#"{"decision":"buy","reason":"convinced"}"#, decide(Decision::Buy, Reason::Convinced)),
        ("decide", r#"{"decision":"Walk Away","reason":"LOST_TRUST"}"#, decide(Decision::WalkAway, Reason::LostTrust)),
        ("decide", r#"{"decision":"walk_away"}"#, decide(Decision::WalkAway, Reason::OutOfPatience)),
        ("decide", r#"{"decision":"walk_away","reason":"convinced"}"#, decide(Decision::WalkAway, Reason::OutOfPatience)),
        ("decide", r#"{"decision":"buy","reason":"a whim"}"#, decide(Decision::Buy, Reason::Convinced)),
        ("decide", r#"{"decision":"undecided","reason":"rep_left"}"#, decide(Decision::Undecided, Reason::RepLeft)),
    ] {
        assert_eq!(Signal::from_call(name, arguments, scenario), Some(signal), "{name} {arguments}");
    }
}

#[test]
fn a_report_that_this_customer_cannot_mean_is_dropped() {
    let (_, scenario) = catalog().scenario("moccasin-beaded-knowledgeable-expert").unwrap();
    for (name, arguments) in [
        ("raise_objection", r#"{"id":"size-gift"}"#),
        ("raise_objection", r#"{"id":"native-made"}"#),
        ("raise_objection", r#"{"id":7}"#),
        ("raise_objection", r#"{"id":""}"#),
        ("raise_objection", "{}"),
        ("raise_objection", "[]"),
        ("raise_objection", "beads-fall"),
        ("raise_objection", r#"{"id":"beads-fall""#),
        ("reveal_need", r#"{"id":"beads-fall"}"#),
        ("trap", r#"{"id":"waterproof"}"#),
        ("decide", r#"{"decision":"maybe","reason":"convinced"}"#),
        ("decide", r#"{"reason":"convinced"}"#),
        ("end_call", "{}"),
        ("", ""),
    ] {
        assert_eq!(Signal::from_call(name, arguments, scenario), None, "{name} {arguments}");
    }
}

proptest! {
    #[test]
    fn no_report_breaks_anything(name in ".{0,20}|decide|trap|reveal_need", arguments in r#".{0,60}|\{"id":.{0,20}\}|\{"decision":"\PC{0,12}"\}"#) {
        let (_, scenario) = catalog().scenario("moccasin-beaded-knowledgeable-expert").unwrap();
        if let Some(signal) = Signal::from_call(&name, &arguments, scenario) {
            prop_assert!(signal.fits(scenario));
        }
    }
}

#[test]
fn one_customer_of_each_persona_stays_as_it_was_looked_at() {
    for id in [
        "pilbara-skeptical-medium",
        "moccasin-driving-price-conscious-hard",
        "hat-band-leather-rushed-expert",
        "moccasin-beaded-knowledgeable-expert",
        "diabetic-walking-shoe-friendly-easy",
    ] {
        let (product, scenario) = catalog().scenario(id).unwrap();
        let brief = brief(product, scenario, 7);
        let tools = brief.tools().into_iter().map(|tool| format!("{} {}\n  {}", tool.name, tool.parameters, tool.description));
        let whole = format!(
            "{}\n\n== tools\n{}\n\n== keywords\n{}",
            brief.instructions(),
            tools.collect::<Vec<_>>().join("\n"),
            brief.keywords().join("\n")
        );
        insta::with_settings!({ snapshot_path => "../golden/briefing", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(id, whole);
        });
    }
}
