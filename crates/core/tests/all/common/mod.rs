//! Conversations to score: golden ones from files, and how a transcript is written down in them.

use std::{fs, path::Path, sync::LazyLock};

use sellme_core::{
    Millis,
    catalog::Catalog,
    scoring::{
        Context,
        report::{Report, Skill},
        score,
    },
    session::{Outcome, Speaker, Turn},
};
use serde::Deserialize;

/// One customer, three reps.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Golden {
    pub(crate) scenario: String,
    pub(crate) skill: Skill,
    pub(crate) style: String,
    #[serde(default)]
    pub(crate) spoken: bool,
    pub(crate) poor: Grade,
    pub(crate) average: Grade,
    pub(crate) good: Grade,
}

/// One conversation, how it ends and what must be noticed in it: turn, kind, and subject, id or verdict.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grade {
    pub(crate) talk: String,
    pub(crate) outcome: Outcome,
    pub(crate) expect: Vec<String>,
}

impl Golden {
    /// Poor, average, good.
    pub(crate) fn grades(&self) -> [(&'static str, &Grade); 3] {
        [("poor", &self.poor), ("average", &self.average), ("good", &self.good)]
    }
}

/// Every golden conversation, by file name.
pub(crate) fn goldens() -> &'static [Golden] {
    static GOLDENS: LazyLock<Vec<Golden>> = LazyLock::new(read);
    &GOLDENS
}

fn read() -> Vec<Golden> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    texts
        .map(|path| toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .collect()
}

/// The catalogue that ships.
pub(crate) fn catalog() -> &'static Catalog {
    sellme_core::embedded::catalog().unwrap()
}

/// What a scenario's conversations are scored against.
pub(crate) fn context<'a>(catalog: &'a Catalog, scenario: &str) -> Context<'a> {
    let (product, scenario) = catalog.scenario(scenario).unwrap_or_else(|| panic!("{scenario} is in the catalogue"));
    Context { product: Some(product), scenario: Some(scenario), policies: &catalog.policies, catalog_revision: Some(catalog.revision) }
}

/// `R: …` and `C: …`, a turn a line.
pub(crate) fn transcript(talk: &str) -> Vec<Turn> {
    let lines = talk.lines().filter_map(|line| line.split_once(": ")).enumerate();
    lines
        .map(|(index, (who, text))| {
            let speaker = if who == "R" { Speaker::Rep } else { Speaker::Customer };
            Turn::typed(u32::try_from(index).unwrap(), speaker, text)
        })
        .collect()
}

/// The same turns as if they had been spoken: 150 words a minute, 0.9 s between turns.
pub(crate) fn spoken(mut turns: Vec<Turn>) -> Vec<Turn> {
    let mut clock = 0;
    for turn in &mut turns {
        clock += 900;
        turn.started_ms = Some(Millis(clock));
        clock += 400 * i64::try_from(turn.text.split_whitespace().count()).unwrap();
        turn.ended_ms = Some(Millis(clock));
        turn.at_ms = Millis(clock);
    }
    turns
}

/// What a conversation with this scenario's customer is scored as.
pub(crate) fn scored(scenario: &str, turns: &[Turn]) -> Report {
    score(&context(catalog(), scenario), turns)
}

/// A typed turn.
pub(crate) fn turn(index: usize, speaker: Speaker, text: impl Into<String>) -> Turn {
    Turn::typed(u32::try_from(index).unwrap(), speaker, text)
}

/// The turns with numbers in their order.
pub(crate) fn renumbered(mut turns: Vec<Turn>) -> Vec<Turn> {
    for (index, turn) in turns.iter_mut().enumerate() {
        turn.index = u32::try_from(index).unwrap();
    }
    turns
}

/// A report as it is stored.
pub(crate) fn bytes(report: &Report) -> String {
    serde_json::to_string(report).unwrap()
}

/// The score of product knowledge.
pub(crate) fn product(report: &Report) -> u8 {
    report.metrics.product_knowledge.unwrap()
}
