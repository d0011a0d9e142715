//! Several copies of the same data into one new file. Of each session the best copy is taken; sources come best first.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use sellme_core::{
    id::{SessionId, UserId},
    session::Profile,
};

use super::salvage::{self, Person};
use crate::{
    Result, StoredSession,
    queries::{device, import, profiles},
};

/// What somebody is called whose name was lost while their sessions were saved.
const NAMELESS: &str = "Recovered profile";

/// Fills the new file, without anybody who was deleted. Gives the number of sessions that are whole again, and of those that are known to be missing or incomplete.
pub(crate) fn merge(sources: &[Connection], fresh: &Connection) -> Result<(u32, u32)> {
    for (key, value) in sources.iter().rev().flat_map(salvage::device) {
        if key == device::TO_SCRUB {
            device::add_to_scrub(fresh, value.split_whitespace().map(str::to_owned))?;
        } else if ![device::INDEXED_CATALOG, device::REPAIRED].contains(&key.as_str()) {
            device::set(fresh, &key, &value)?;
        }
    }
    // A backup from before their deletion still has them.
    let deleted = device::to_scrub(fresh)?;
    let is_deleted = |id: UserId| deleted.contains(&id.to_string());
    let mut known = BTreeSet::new();
    let mut people: BTreeMap<i64, Person> = BTreeMap::new();
    let mut found: BTreeMap<SessionId, (i64, StoredSession)> = BTreeMap::new();
    for (no, person) in sources.iter().flat_map(salvage::people) {
        people.entry(no).or_insert(person);
    }
    for source in sources {
        for no in salvage::numbers(source) {
            let stored = salvage::session(source, no, &people);
            if stored.as_ref().is_some_and(|stored| is_deleted(stored.session.user_id)) {
                continue;
            }
            known.insert(no);
            if let Some(stored) = stored {
                found.entry(stored.session.id).and_modify(|(_, best)| prefer(best, &stored)).or_insert((no, stored));
            }
        }
    }
    for person in people.values().filter(|person| !is_deleted(person.profile.id)) {
        add_person(fresh, person)?;
    }
    let mut whole = BTreeSet::new();
    let mut in_order: Vec<&(i64, StoredSession)> = found.values().collect();
    in_order.sort_by_key(|(no, _)| *no);
    for (no, stored) in in_order {
        let id = stored.session.user_id;
        if profiles::get(fresh, id).is_err() {
            let profile = Profile { id, name: NAMELESS.to_owned(), created_at: stored.session.started_at };
            add_person(fresh, &Person { profile, settings: None })?;
        }
        import::session(fresh, stored)?;
        if salvage::is_whole(stored) {
            whole.insert(*no);
        }
    }
    let count = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
    Ok((count(whole.len()), count(known.difference(&whole).count())))
}

/// Takes the other copy where it is whole and this one is not, or where it has more turns.
fn prefer(best: &mut StoredSession, other: &StoredSession) {
    let worth = |stored: &StoredSession| (salvage::is_whole(stored), stored.turns.len(), stored.report.is_some());
    // A copy that is whole but older (the session had not ended) has fewer turns than what is left of the newer one.
    let older = other.session.turns < best.session.turns;
    if !salvage::is_whole(best) && worth(other) > worth(best) && !(older && other.turns.len() < best.turns.len()) {
        *best = other.clone();
    }
}

fn add_person(fresh: &Connection, person: &Person) -> Result<()> {
    profiles::create(fresh, &person.profile)?;
    if let Some(settings) = &person.settings {
        profiles::keep_settings(fresh, person.profile.id, settings)?;
    }
    Ok(())
}
