//! Conversations that read like practice: a customer's own lines out of the catalogue, and what reps typed in the scripts or could take from the catalogue.

use std::{error::Error, fs, path::Path};

use sellme_core::{
    catalog::{Catalog, Product, Scenario},
    session::{Speaker, Turn},
};

use crate::numbers::Numbers;

/// In one session of a hundred.
pub(crate) const RARE: &str = "zebrawood";
/// Somewhere in every session.
pub(crate) const EVERYWHERE: &str = "saddlebag";

/// Lines to talk with.
pub(crate) struct Lines {
    reps: Vec<String>,
}

impl Lines {
    /// Reads the scripts.
    pub(crate) fn read() -> Result<Self, Box<dyn Error>> {
        let mut reps = Vec::new();
        read_scripts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scripts"), &mut reps)?;
        if reps.is_empty() {
            return Err("there are no scripts of reps".into());
        }
        Ok(Self { reps })
    }

    /// Forty turns with this customer, who speaks first.
    pub(crate) fn conversation(&self, product: &Product, scenario: &Scenario, number: usize, numbers: &mut Numbers) -> Vec<Turn> {
        let customer = customer_lines(scenario);
        let mut rep: Vec<&str> = self.reps.iter().map(String::as_str).collect();
        let own = rep_lines(product);
        let everywhere = numbers.below(40);
        (0..40)
            .map(|index| {
                let speaker = if index % 2 == 0 { Speaker::Customer } else { Speaker::Rep };
                let mut text = match (index, speaker) {
                    (0, _) => numbers.one(&scenario.opening).clone(),
                    (_, Speaker::Customer) => (*numbers.one(&customer)).to_owned(),
                    (_, Speaker::Rep) if numbers.below(2) == 0 => (*numbers.one(&own)).to_owned(),
                    (_, Speaker::Rep) => rep.swap_remove(numbers.below(rep.len())).to_owned(),
                };
                if numbers.below(4) == 0 {
                    text = format!("{text} {} told me so, over in {}.", numbers.strange_word(), numbers.strange_word());
                }
                if index == everywhere {
                    text = format!("{text} It goes in the {EVERYWHERE}.");
                }
                if index == 21 && number.is_multiple_of(100) {
                    text = format!("{text} Like {RARE}.");
                }
                Turn::typed(u32::try_from(index).unwrap_or(0), speaker, text)
            })
            .collect()
    }
}

/// Every scenario with its product.
pub(crate) fn scenarios(catalog: &Catalog) -> Vec<(&Product, &Scenario)> {
    catalog.products.iter().flat_map(|product| product.scenarios.iter().map(move |scenario| (product, scenario))).collect()
}

fn customer_lines(scenario: &Scenario) -> Vec<&str> {
    let objections = scenario.objections.iter().flat_map(|objection| [&objection.line, &objection.again, &objection.settled]);
    let needs = scenario.needs.iter().flat_map(|need| need.told.iter().chain(&need.hint));
    let rest = scenario.questions.iter().map(|question| &question.ask).chain(scenario.answers.values().flatten());
    objections.chain(needs).chain(rest).map(String::as_str).collect()
}

fn rep_lines(product: &Product) -> Vec<&str> {
    let responses = product.objections.iter().flat_map(|objection| &objection.responses);
    let answers = responses.flat_map(|response| [&response.clarify, &response.acknowledge, &response.answer, &response.check]);
    let facts = product.features.iter().flat_map(|feature| [&feature.fact, &feature.benefit]);
    answers.chain(facts).map(String::as_str).filter(|line| !line.is_empty()).collect()
}

fn read_scripts(folder: &Path, lines: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_scripts(&path, lines)?;
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            lines.extend(fs::read_to_string(&path)?.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
        }
    }
    Ok(())
}
