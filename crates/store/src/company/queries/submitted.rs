//! Sessions that were handed in, as managers and admins look for them.

use sellme_core::{
    Millis,
    id::{OrganisationId, SessionId, ShopId},
};
use uuid::Uuid;

use super::attempts;
use crate::{
    Result,
    columns::Word,
    company::{
        Attempt, CompanyStore, Submitted, SubmittedFilter, SubmittedOrder,
        value::{Param, Row, only, params},
    },
};

/// Columns of a session, then whose it is.
const COLUMNS: &str = "s.id, s.account, s.scenario_id, s.product_id, s.visibility, s.status, s.catalog_revision, s.started_at, s.ended_at, \
     s.claimed_metrics, s.claimed_score, s.verification, s.score, s.product_knowledge, s.objection_handling, s.closing_technique, s.rapport, \
     s.outcome, s.rubric, a.name, a.shop, p.name, \
     (SELECT count(DISTINCT r.reviewer) FROM review r WHERE r.organisation = s.organisation AND r.session = s.id)";

/// How many columns a session has.
const OF_SESSION: usize = 19;

const JOINED: &str = "session s JOIN account a ON a.organisation = s.organisation AND a.id = s.account \
     LEFT JOIN shop p ON p.organisation = a.organisation AND p.id = a.shop";

/// What is asked of each; the parameters are those of [`filtering`].
const MATCHING: &str = "s.organisation = $1 AND s.visibility = 'submitted' AND s.ended_at >= $2 AND s.ended_at <= $3 \
     AND (CAST($4 AS UUID) IS NULL OR a.shop = $4) AND (CAST($5 AS UUID) IS NULL OR a.shop = $5) \
     AND (CAST($6 AS UUID) IS NULL OR s.account = $6) AND (CAST($7 AS TEXT) IS NULL OR s.product_id = $7) \
     AND (CAST($8 AS TEXT) IS NULL OR s.scenario_id = $8) AND (CAST($9 AS TEXT) IS NULL OR s.outcome = $9) \
     AND (CAST($10 AS TEXT) IS NULL OR s.verification = $10)";

/// The parameters of [`MATCHING`].
fn filtering<'a>(organisation: &OrganisationId, filter: &'a SubmittedFilter, until: i64) -> [Param<'a>; 10] {
    let shop = |shop: Option<ShopId>| Param::from(shop.map(|shop| shop.0));
    [
        organisation.0.into(),
        filter.from.map_or(i64::MIN, |from| from.0).into(),
        until.into(),
        shop(filter.team),
        shop(filter.shop),
        filter.account.map(|account| account.0).into(),
        filter.product.as_ref().into(),
        filter.scenario.as_ref().into(),
        filter.outcome.map(Word::word).into(),
        filter.verification.map(Word::word).into(),
    ]
}

/// The last moment of the period.
fn until(filter: &SubmittedFilter) -> i64 {
    filter.before.map_or(i64::MAX, |before| before.0.saturating_sub(1))
}

impl CompanyStore {
    /// A page of what was handed in, and how much there is in all.
    pub async fn submitted(
        &self,
        organisation: OrganisationId,
        filter: &SubmittedFilter,
        order: SubmittedOrder,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<Submitted>, u32)> {
        let filter = filter.clone();
        let order = match order {
            SubmittedOrder::Newest => "s.ended_at DESC, s.id DESC",
            SubmittedOrder::Oldest => "s.ended_at, s.id",
            SubmittedOrder::Best => "coalesce(s.score, -1) DESC, s.ended_at DESC, s.id DESC",
            SubmittedOrder::Worst => "coalesce(s.score, -1), s.ended_at DESC, s.id DESC",
        };
        self.read_at_once(move |db| {
            let filtering = filtering(&organisation, &filter, until(&filter));
            let counted = db.rows(&format!("SELECT count(*) FROM {JOINED} WHERE {MATCHING}"), &filtering)?;
            let sql = format!("SELECT {COLUMNS} FROM {JOINED} WHERE {MATCHING} ORDER BY {order} LIMIT $11 OFFSET $12");
            let rows = db.rows(&sql, &[&filtering[..], params![limit, offset]].concat())?;
            Ok((rows.into_iter().map(submitted).collect::<Result<_>>()?, only(counted)?.count(0)?))
        })
        .await
    }

    /// The next piece of what was handed in, the newest first: what is older than `after`, which was the last of the piece before.
    pub async fn submitted_after(
        &self,
        organisation: OrganisationId,
        filter: &SubmittedFilter,
        after: Option<(Millis, SessionId)>,
        limit: u32,
    ) -> Result<Vec<Submitted>> {
        let filter = filter.clone();
        self.read(move |db| {
            let until = after.map_or(until(&filter), |(Millis(at), _)| at);
            // So that the index leads right to where the last piece ended.
            let sql = format!(
                "SELECT {COLUMNS} FROM {JOINED} WHERE {MATCHING} AND (CAST($11 AS UUID) IS NULL OR s.ended_at < $3 OR s.id < $11)
                 ORDER BY s.ended_at DESC, s.id DESC LIMIT $12"
            );
            let last: Option<Uuid> = after.map(|(_, id)| id.0);
            let rows = db.rows(&sql, &[&filtering(&organisation, &filter, until)[..], params![last, limit]].concat())?;
            rows.into_iter().map(submitted).collect()
        })
        .await
    }

    /// The sessions that were computed last, the newest first, with their transcripts as they came.
    pub async fn computed_last(&self, organisation: OrganisationId, offset: u32, limit: u32) -> Result<Vec<(Attempt, String)>> {
        self.read(move |db| {
            let columns = attempts::COLUMNS.split(", ").map(|column| format!("s.{}", column.trim())).collect::<Vec<_>>().join(", ");
            let rows = db.rows(
                &format!(
                    "SELECT {columns}, c.transcript FROM session s JOIN claim c ON c.organisation = s.organisation AND c.session = s.id
                     WHERE s.organisation = $1 AND s.ended_at IS NOT NULL AND s.verification <> 'pending' AND s.rubric IS NOT NULL
                     ORDER BY s.ended_at DESC, s.id DESC LIMIT $2 OFFSET $3"
                ),
                params![organisation.0, limit, offset],
            )?;
            let read = |mut row: Row| {
                let transcript = row.text(OF_SESSION)?;
                Ok((attempts::attempt(row)?, transcript))
            };
            rows.into_iter().map(read).collect()
        })
        .await
    }
}

fn submitted(mut row: Row) -> Result<Submitted> {
    let name = row.text(OF_SESSION)?;
    let shop = row.maybe_id(OF_SESSION + 1)?.map(ShopId).zip(row.maybe_text(OF_SESSION + 2)?);
    let reviewers = row.count(OF_SESSION + 3)?;
    Ok(Submitted { name, shop, reviewers, attempt: attempts::attempt(row)? })
}
