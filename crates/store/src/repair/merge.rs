//! Several copies of the same data into one new file. Of each session the best copy is taken; sources come best first.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use sellme_core::{
    id::{SessionId, UserId},
    session::Profile,
};

use super::salvage::{self, Person, Trace};
use crate::{
    Result, StoreError, StoredSession,
    queries::{device, import, profiles},
};

/// What somebody is called whose name was lost while their sessions were saved.
const NAMELESS: &str = "Recovered profile";

/// A source with what can be seen in it. Its numbers mean nothing in another source: a repair and a deletion give them anew.
struct Source<'a> {
    db: &'a Connection,
    people: BTreeMap<i64, Person>,
    traces: BTreeMap<i64, Trace>,
}

/// Fills the new file, without anybody who was deleted. Gives the number of sessions that are whole again, and of those that are known to be missing or incomplete.
pub(crate) fn merge(sources: &[Connection], fresh: &Connection) -> Result<(u32, u32)> {
    for (key, value) in sources.iter().rev().flat_map(salvage::device) {
        if key == device::TO_SCRUB {
            device::add_to_scrub(fresh, value.split_whitespace().map(str::to_owned))?;
        } else if ![device::INDEXED_CATALOG, device::REPAIRED, device::REPAIR_UNTOLD].contains(&key.as_str()) {
            device::set(fresh, &key, &value)?;
        }
    }
    // A backup from before their deletion still has them.
    let deleted = device::to_scrub(fresh)?;
    let is_deleted = |id: UserId| deleted.contains(&id.to_string());
    let sources: Vec<Source<'_>> =
        sources.iter().map(|db| Source { db, people: salvage::people(db), traces: salvage::traces(db) }).collect();
    let known_owners = known_owners(&sources);
    let mut ids: Vec<BTreeSet<SessionId>> = Vec::new();
    let mut found: BTreeMap<SessionId, (i64, StoredSession)> = BTreeMap::new();
    for source in &sources {
        let owners = owners(source, &known_owners);
        let mut here = BTreeSet::new();
        for (no, trace) in &source.traces {
            let stored = salvage::session(source.db, *no, &owners);
            let owner = stored.as_ref().map(|stored| stored.session.user_id).or_else(|| known_owners.get(&trace.id?).copied());
            if owner.is_some_and(is_deleted) {
                continue;
            }
            here.extend(stored.as_ref().map(|stored| stored.session.id).or(trace.id));
            if let Some(stored) = stored {
                found.entry(stored.session.id).and_modify(|(_, best)| prefer(best, &stored)).or_insert((*no, stored));
            }
        }
        ids.push(here);
    }
    for person in sources.iter().flat_map(|source| source.people.values()).filter(|person| !is_deleted(person.profile.id)) {
        add_person(fresh, person)?;
    }
    let mut whole = BTreeSet::new();
    let mut in_order: Vec<&(i64, StoredSession)> = found.values().collect();
    in_order.sort_by_key(|(no, stored)| (stored.session.started_at, *no));
    for (_, stored) in in_order {
        let id = stored.session.user_id;
        if profiles::get(fresh, id).is_err() {
            let profile = Profile { id, name: NAMELESS.to_owned(), created_at: stored.session.started_at };
            add_person(fresh, &Person { profile, settings: None })?;
        }
        import::session(fresh, stored)?;
        if salvage::is_whole(stored) {
            whole.insert(stored.session.id);
        }
    }
    let known: BTreeSet<SessionId> = ids.iter().flatten().copied().collect();
    let missing = known.difference(&whole).count() + nowhere(&sources, &ids, &known);
    let count = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
    Ok((count(whole.len()), count(missing)))
}

/// Whose each session is, as the sources say in which the person's own row can be read.
fn known_owners(sources: &[Source<'_>]) -> BTreeMap<SessionId, UserId> {
    let mut known = BTreeMap::new();
    for source in sources {
        for trace in source.traces.values() {
            if let (Some(id), Some(person)) = (trace.id, trace.person.and_then(|no| source.people.get(&no))) {
                known.entry(id).or_insert(person.profile.id);
            }
        }
    }
    known
}

/// People by the numbers of this source. Where somebody's row is gone, a session of theirs that another source has too says who they are. Where none does,
/// they get the id of their first session: nobody else's, and never that of whoever has their number elsewhere.
fn owners(source: &Source<'_>, known: &BTreeMap<SessionId, UserId>) -> BTreeMap<i64, UserId> {
    let mut owners: BTreeMap<i64, UserId> = source.people.iter().map(|(no, person)| (*no, person.profile.id)).collect();
    let theirs = || source.traces.values().filter_map(|trace| Some((trace.person?, trace.id?)));
    for (person, session) in theirs() {
        if let Some(owner) = known.get(&session) {
            owners.entry(person).or_insert(*owner);
        }
    }
    for (person, session) in theirs() {
        owners.entry(person).or_insert(UserId(session.0));
    }
    owners
}

/// How many sessions are known by a number alone and are in no other source either. What only the other sources have was lost here, so it is what as many
/// of these numbers stood for.
fn nowhere(sources: &[Source<'_>], ids: &[BTreeSet<SessionId>], known: &BTreeSet<SessionId>) -> usize {
    let of_one = |(source, here): (&Source<'_>, &BTreeSet<SessionId>)| {
        let numbers = source.traces.values().filter(|trace| trace.id.is_none()).count();
        numbers.saturating_sub(known.difference(here).count())
    };
    sources.iter().zip(ids).map(of_one).max().unwrap_or(0)
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

/// Adds somebody, unless a better source had them already.
fn add_person(fresh: &Connection, person: &Person) -> Result<()> {
    match profiles::create(fresh, &person.profile) {
        Err(StoreError::Exists { .. }) => return Ok(()),
        added => added?,
    }
    if let Some(settings) = &person.settings {
        profiles::keep_settings(fresh, person.profile.id, settings)?;
    }
    Ok(())
}
