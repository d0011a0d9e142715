//! `sellme schema`: the JSON Schemas of what is read and printed, generated from the types.

use clap::Args;
use schemars::{Schema as JsonSchema, schema_for};
use sellme_core::{Code, Error, error::Result, progress::Progress, scoring::report::Report, session::Session, wire};

use super::{
    json,
    practice::{Played, StoredTurn},
    score::{Refused, Scored},
    sessions::Listed,
    transcript::Transcript,
};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  sellme schema\n  sellme schema report")]
pub(super) struct Schema {
    /// Only this one.
    name: Option<String>,
}

impl Schema {
    pub(super) fn run(self) -> Result<()> {
        let all = schemas();
        match self.name {
            None => json(&all.into_iter().collect::<std::collections::BTreeMap<_, _>>(), true),
            Some(name) => match all.iter().find(|(known, _)| *known == name) {
                Some((_, schema)) => json(schema, true),
                None => {
                    let known: Vec<_> = all.iter().map(|(name, _)| *name).collect();
                    Err(Error::new(Code::NotFound, format!("There is no schema “{name}”. There are: {}.", known.join(", "))))
                }
            },
        }
    }
}

fn schemas() -> Vec<(&'static str, JsonSchema)> {
    vec![
        ("debrief", schema_for!(wire::Debrief)),
        ("error", schema_for!(Error)),
        ("exported", schema_for!(wire::Exported)),
        ("hint", schema_for!(wire::Hint)),
        ("history", schema_for!(Listed)),
        ("played", schema_for!(Played)),
        ("product", schema_for!(wire::ProductView)),
        ("products", schema_for!(Vec<wire::ProductSummary>)),
        ("progress", schema_for!(Progress)),
        ("report", schema_for!(Report)),
        ("refused", schema_for!(Refused)),
        ("scored", schema_for!(Scored)),
        ("session", schema_for!(Session)),
        ("stored-turn", schema_for!(StoredTurn<'static>)),
        ("transcript", schema_for!(Transcript)),
    ]
}
