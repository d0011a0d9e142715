//! What a person's computed scores add up to, counted as they come.

use sellme_core::{
    DAY_MS,
    company::Sums,
    id::{OrganisationId, UserId},
    scoring::report::Skill,
};

use crate::{
    Result, StoreError,
    company::{Attempt, CompanyStore, sql::Sql, value::params},
};

/// How many scores the trend looks at.
const RECENT: u32 = 10;

impl CompanyStore {
    /// What a person's computed scores add up to.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such person.
    pub async fn sums(&self, organisation: OrganisationId, account: UserId) -> Result<Sums> {
        self.read_at_once(move |db| {
            let of = params![organisation.0, account.0];
            let known = db.row(
                "SELECT (SELECT count(*) FROM pending p WHERE p.organisation = a.organisation AND p.account = a.id)
                 FROM account a WHERE a.organisation = $1 AND a.id = $2",
                of,
            )?;
            let known = known.ok_or_else(|| StoreError::NotFound { kind: "user", id: account.to_string() })?;
            let mut sums = Sums { pending: known.count(0)?, ..Sums::default() };
            let tallies = db.rows(
                "SELECT product_id, sessions, scored, score_sum, best, at_least_80, at_least_95, product_knowledge_seen, product_knowledge_sum,
                   objection_handling_seen, objection_handling_sum, closing_technique_seen, closing_technique_sum, rapport_seen, rapport_sum
                 FROM tally WHERE organisation = $1 AND account = $2 ORDER BY product_id",
                of,
            )?;
            for mut row in tallies {
                let (scored, score_sum) = (row.count(2)?, sum(row.integer(3)?)?);
                sums.sessions += row.count(1)?;
                sums.scored += scored;
                sums.score_sum += score_sum;
                sums.best = sums.best.max(row.maybe_score(4)?);
                sums.at_least_80 += row.count(5)?;
                sums.at_least_95 += row.count(6)?;
                for (skill, place) in sums.skills.iter_mut().zip([7, 9, 11, 13]) {
                    skill.0 += row.count(place)?;
                    skill.1 += sum(row.integer(place + 1)?)?;
                }
                sums.products.push((row.text(0)?, scored, score_sum));
            }
            let recent = db.rows(
                "SELECT score FROM session WHERE organisation = $1 AND account = $2 AND score IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT $3",
                params![organisation.0, account.0, RECENT],
            )?;
            sums.recent = recent.iter().filter_map(|row| row.maybe_score(0).transpose()).collect::<Result<_>>()?;
            Ok(sums)
        })
        .await
    }

    /// What a person did with each scenario: completed sessions, and the best score.
    pub async fn practised(&self, organisation: OrganisationId, account: UserId) -> Result<Vec<(String, u32, Option<u8>)>> {
        self.read(move |db| {
            let rows = db.rows(
                "SELECT scenario_id, count(*), max(score) FROM session WHERE organisation = $1 AND account = $2 AND status = 'COMPLETED'
                 GROUP BY scenario_id",
                params![organisation.0, account.0],
            )?;
            rows.into_iter().map(|mut row| Ok((row.text(0)?, row.count(1)?, row.maybe_score(2)?))).collect()
        })
        .await
    }

    /// The last computed scores of a person, of one product or of all, newest first.
    pub async fn recent_scores(&self, organisation: OrganisationId, account: UserId, product: Option<&str>, most: u32) -> Result<Vec<u8>> {
        let product = product.map(str::to_owned);
        self.read(move |db| {
            let rows = db.rows(
                "SELECT score FROM session WHERE organisation = $1 AND account = $2 AND score IS NOT NULL
                   AND (CAST($3 AS TEXT) IS NULL OR product_id = $3) ORDER BY ended_at DESC, id DESC LIMIT $4",
                params![organisation.0, account.0, product.as_ref(), most],
            )?;
            rows.iter().filter_map(|row| row.maybe_score(0).transpose()).collect()
        })
        .await
    }
}

fn sum(number: i64) -> Result<u64> {
    u64::try_from(number).map_err(|_| StoreError::Value("a sum"))
}

/// Counts a session whose report was computed.
pub(super) fn count(db: &mut dyn Sql, organisation: OrganisationId, attempt: &Attempt) -> Result<()> {
    let score = attempt.score;
    let seen = |skill| i64::from(attempt.metrics.get(skill).is_some());
    let worth = |skill| i64::from(attempt.metrics.get(skill).unwrap_or(0));
    let [knowledge, objections, closing, rapport] = Skill::ALL;
    db.run(
        "INSERT INTO tally (organisation, account, product_id, sessions, scored, score_sum, best, at_least_80, at_least_95, product_knowledge_seen,
           product_knowledge_sum, objection_handling_seen, objection_handling_sum, closing_technique_seen, closing_technique_sum, rapport_seen,
           rapport_sum)
         VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (organisation, account, product_id) DO UPDATE SET
           sessions = tally.sessions + 1,
           scored = tally.scored + excluded.scored,
           score_sum = tally.score_sum + excluded.score_sum,
           best = CASE WHEN tally.best IS NULL OR excluded.best > tally.best THEN excluded.best ELSE tally.best END,
           at_least_80 = tally.at_least_80 + excluded.at_least_80,
           at_least_95 = tally.at_least_95 + excluded.at_least_95,
           product_knowledge_seen = tally.product_knowledge_seen + excluded.product_knowledge_seen,
           product_knowledge_sum = tally.product_knowledge_sum + excluded.product_knowledge_sum,
           objection_handling_seen = tally.objection_handling_seen + excluded.objection_handling_seen,
           objection_handling_sum = tally.objection_handling_sum + excluded.objection_handling_sum,
           closing_technique_seen = tally.closing_technique_seen + excluded.closing_technique_seen,
           closing_technique_sum = tally.closing_technique_sum + excluded.closing_technique_sum,
           rapport_seen = tally.rapport_seen + excluded.rapport_seen,
           rapport_sum = tally.rapport_sum + excluded.rapport_sum",
        params![
            organisation.0,
            attempt.account.0,
            &attempt.product_id,
            i64::from(score.is_some()),
            i64::from(score.unwrap_or(0)),
            score,
            i64::from(score.is_some_and(|score| score >= 80)),
            i64::from(score.is_some_and(|score| score >= 95)),
            seen(knowledge),
            worth(knowledge),
            seen(objections),
            worth(objections),
            seen(closing),
            worth(closing),
            seen(rapport),
            worth(rapport),
        ],
    )?;
    let (Some(score), Some(ended_at)) = (score, attempt.ended_at) else { return Ok(()) };
    // What was practised in private is nobody else's business, on no board.
    if attempt.visibility == sellme_core::session::Visibility::Practice {
        return Ok(());
    }
    db.run(
        "INSERT INTO day (organisation, day, account, scored, score_sum, best) VALUES ($1, $2, $3, 1, $4, $4)
         ON CONFLICT (organisation, day, account) DO UPDATE SET
           scored = day.scored + 1,
           score_sum = day.score_sum + excluded.score_sum,
           best = CASE WHEN excluded.best > day.best THEN excluded.best ELSE day.best END",
        params![organisation.0, ended_at.0.div_euclid(DAY_MS), attempt.account.0, score],
    )?;
    Ok(())
}
