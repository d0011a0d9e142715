//! What a person's attempts add up to. Counts are kept as sessions end (see the migration), so that asking costs the same after ten thousand.

use rusqlite::Connection;
use sellme_core::{
    DAY_MS, Millis,
    id::UserId,
    progress::tallies::{ProductTally, SkillTally, Sum, Tallies},
    scoring::report::Skill,
};

use super::{profiles, scores};
use crate::Result;

const MINUTE_MS: i64 = 60_000;

/// Counts everything. `utc_offset_minutes` is how far the device's clock is ahead of UTC, `today` the day on that clock, since 1970-01-01.
pub(crate) fn count(db: &Connection, user: UserId, utc_offset_minutes: i32, today: i32) -> Result<Tallies> {
    let person = profiles::number(db, user)?;
    let offset_ms = i64::from(utc_offset_minutes) * MINUTE_MS;
    let mut tallies = totals(db, person)?;
    tallies.products = products(db, person)?;
    for tally in &mut tallies.skills {
        tally.recent = recent_of_skill(db, person, tally.skill)?;
    }
    changes(db, person, &mut tallies.skills, i64::from(today), offset_ms)?;
    tallies.recent = scores::points(db, person, 30)?;
    tallies.recent.reverse();
    tallies.days = days(db, person, offset_ms)?;
    Ok(tallies)
}

fn totals(db: &Connection, person: i64) -> Result<Tallies> {
    let mut statement = db.prepare_cached(
        "SELECT coalesce(sum(completed), 0), coalesce(sum(abandoned), 0), coalesce(sum(scored), 0), coalesce(sum(score_sum), 0), max(best), \
         coalesce(sum(practice_ms), 0), coalesce(sum(at_least_95), 0), coalesce(sum(at_least_80), 0), coalesce(sum(uncontradicted), 0), \
         coalesce(sum(all_resolved), 0), coalesce(sum(sales), 0), \
         coalesce(sum(product_knowledge_seen), 0), coalesce(sum(product_knowledge_sum), 0), \
         coalesce(sum(objection_handling_seen), 0), coalesce(sum(objection_handling_sum), 0), \
         coalesce(sum(closing_technique_seen), 0), coalesce(sum(closing_technique_sum), 0), \
         coalesce(sum(rapport_seen), 0), coalesce(sum(rapport_sum), 0) FROM tally WHERE person = ?1",
    )?;
    let row = statement.query_row([person], |row| {
        let mut skills = Vec::new();
        for (column, skill) in [11, 13, 15, 17].into_iter().zip(Skill::ALL) {
            let all = sum(row, column)?;
            skills.push(SkillTally {
                skill,
                all,
                recent: Vec::new(),
                last_thirty_days: Sum::default(),
                thirty_days_before: Sum::default(),
            });
        }
        Ok(Tallies {
            completed: row.get(0)?,
            abandoned: row.get(1)?,
            scores: sum(row, 2)?,
            best: row.get(4)?,
            practice_ms: Millis(row.get(5)?),
            skills,
            at_least_95: row.get(6)?,
            at_least_80: row.get(7)?,
            uncontradicted: row.get(8)?,
            all_resolved: row.get(9)?,
            sales: row.get(10)?,
            ..Tallies::default()
        })
    })?;
    Ok(row)
}

fn products(db: &Connection, person: i64) -> Result<Vec<ProductTally>> {
    let mut statement = db.prepare_cached(
        "SELECT product_id, sum(completed), sum(scored), sum(score_sum), max(best) FROM tally WHERE person = ?1 \
         GROUP BY product_id HAVING sum(completed) > 0 ORDER BY product_id",
    )?;
    let rows = statement
        .query_map([person], |row| {
            Ok(ProductTally { product_id: row.get(0)?, completed: row.get(1)?, scores: sum(row, 2)?, best: row.get(4)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn column(skill: Skill) -> &'static str {
    match skill {
        Skill::ProductKnowledge => "product_knowledge",
        Skill::ObjectionHandling => "objection_handling",
        Skill::ClosingTechnique => "closing_technique",
        Skill::Rapport => "rapport",
    }
}

fn recent_of_skill(db: &Connection, person: i64, skill: Skill) -> Result<Vec<u8>> {
    let column = column(skill);
    let sql = format!(
        "SELECT {column} FROM session INDEXED BY session_over WHERE person = ?1 AND ended_at IS NOT NULL AND {column} IS NOT NULL \
         ORDER BY ended_at DESC, no DESC LIMIT 10"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query_map([person], |row| row.get(0))?.collect::<rusqlite::Result<Vec<u8>>>()?;
    rows.reverse();
    Ok(rows)
}

fn changes(db: &Connection, person: i64, skills: &mut [SkillTally], today: i64, offset_ms: i64) -> Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT count(product_knowledge), coalesce(sum(product_knowledge), 0), count(objection_handling), coalesce(sum(objection_handling), 0), \
         count(closing_technique), coalesce(sum(closing_technique), 0), count(rapport), coalesce(sum(rapport), 0) \
         FROM session INDEXED BY session_over WHERE person = ?1 AND ended_at >= ?2 AND ended_at < ?3",
    )?;
    let start_of = |day: i64| day * DAY_MS - offset_ms;
    for (first, end, last) in [(today - 29, today + 1, true), (today - 59, today - 29, false)] {
        statement.query_row((person, start_of(first), start_of(end)), |row| {
            for (column, tally) in [0, 2, 4, 6].into_iter().zip(skills.iter_mut()) {
                *(if last { &mut tally.last_thirty_days } else { &mut tally.thirty_days_before }) = sum(row, column)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Leaps from each day to the day before it that has a session, so that the cost is in the days and not in the sessions.
fn days(db: &Connection, person: i64, offset_ms: i64) -> Result<Vec<i32>> {
    let mut statement = db.prepare_cached(
        "SELECT ended_at FROM session INDEXED BY session_over WHERE person = ?1 AND ended_at < ?2 AND status = 'COMPLETED' \
         ORDER BY ended_at DESC LIMIT 1",
    )?;
    let mut days = Vec::new();
    let mut before = i64::MAX;
    loop {
        let mut rows = statement.query((person, before))?;
        let Some(row) = rows.next()? else { break };
        let day = (row.get::<_, i64>(0)? + offset_ms).div_euclid(DAY_MS);
        days.push(i32::try_from(day).unwrap_or(i32::MAX));
        before = day * DAY_MS - offset_ms;
    }
    Ok(days)
}

fn sum(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Sum> {
    Ok(Sum { count: row.get(column)?, sum: row.get::<_, i64>(column + 1)?.unsigned_abs() })
}
