//! Scoring a conversation of forty turns: whole, and turn by turn. `cargo xtask bench scoring` judges it.
#![allow(missing_docs, clippy::expect_used, reason = "a bench that cannot start says so")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use sellme_core::{
    catalog::{Catalog, Product, Scenario},
    embedded,
    scoring::{Context, Scorer, score},
    session::{Speaker, Turn},
};

/// A customer with much to say, and the product with the most to hear about.
const SCENARIO: &str = "pilbara-skeptical-medium";

/// Lines that reps typed in practice with this customer.
const REP: &str = concat!(
    include_str!("../../../tests/scripts/pilbara-skeptical-medium/good.txt"),
    include_str!("../../../tests/scripts/pilbara-skeptical-medium/average.txt"),
);

fn conversation(product: &Product, scenario: &Scenario) -> Vec<Turn> {
    let objections = scenario.objections.iter().flat_map(|objection| [&objection.line, &objection.again, &objection.settled]);
    let needs = scenario.needs.iter().flat_map(|need| need.told.iter().chain(&need.hint));
    let questions = scenario.questions.iter().map(|question| &question.ask).chain(scenario.traps.iter().map(|trap| &trap.ask));
    let customer: Vec<&String> = scenario.opening.iter().take(1).chain(needs).chain(objections).chain(questions).collect();
    let responses = product.objections.iter().flat_map(|objection| &objection.responses).map(|response| response.answer.as_str());
    let rep: Vec<&str> = REP.lines().filter(|line| !line.trim().is_empty()).chain(responses).collect();
    (0..40)
        .map(|index| match index % 2 {
            0 => Turn::typed(index, Speaker::Customer, customer[index as usize / 2 % customer.len()].as_str()),
            _ => Turn::typed(index, Speaker::Rep, rep[index as usize / 2 % rep.len()]),
        })
        .collect()
}

fn context<'a>(catalog: &'a Catalog, product: &'a Product, scenario: &'a Scenario) -> Context<'a> {
    Context { product: Some(product), scenario: Some(scenario), policies: &catalog.policies, catalog_revision: Some(catalog.revision) }
}

fn scoring(criterion: &mut Criterion) {
    let catalog = embedded::catalog().expect("the embedded catalogue is sound");
    let (product, scenario) = catalog.scenario(SCENARIO).expect("the scenario is in the catalogue");
    let context = context(catalog, product, scenario);
    let turns = conversation(product, scenario);
    let heard = |count: usize| {
        let mut scorer = Scorer::new(&context);
        turns[..count].iter().for_each(|turn| drop(scorer.hear(turn)));
        scorer
    };
    // From nothing to the report, the listener's preparation included.
    criterion.bench_function("score-40", |bencher| bencher.iter(|| score(&context, black_box(&turns))));
    criterion.bench_function("prepare", |bencher| bencher.iter(|| Scorer::new(black_box(&context))));
    let (opening, late, whole) = (heard(0), heard(38), heard(40));
    criterion.bench_function("hear-40", |bencher| {
        let hear = |mut scorer: Scorer| turns.iter().map(|turn| scorer.hear(turn).len()).sum::<usize>();
        bencher.iter_batched(|| opening.clone(), hear, BatchSize::LargeInput);
    });
    criterion.bench_function("hear-last-two", |bencher| {
        let hear = |mut scorer: Scorer| turns[38..].iter().map(|turn| scorer.hear(turn).len()).sum::<usize>();
        bencher.iter_batched(|| late.clone(), hear, BatchSize::LargeInput);
    });
    criterion.bench_function("report", |bencher| bencher.iter(|| whole.report()));
}

criterion_group!(benches, scoring);
criterion_main!(benches);
