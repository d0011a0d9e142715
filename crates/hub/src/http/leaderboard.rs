//! Who scored best.

use axum::{extract::State, response::Response};
use sellme_app::company::{BoardRow, ImprovedRow, Period};
use sellme_core::{company::Holder, id::ShopId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Hub,
    body::Asking,
    error::{Answer, ErrorBody},
    sessions::json,
    signed_in::SignedIn,
};

/// From when on scores count.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PeriodAsked {
    /// The last seven days.
    Week,
    /// The last thirty days.
    Month,
    /// Ever.
    #[default]
    AllTime,
}

impl From<PeriodAsked> for Period {
    fn from(asked: PeriodAsked) -> Self {
        match asked {
            PeriodAsked::Week => Self::Week,
            PeriodAsked::Month => Self::Month,
            PeriodAsked::AllTime => Self::AllTime,
        }
    }
}

/// What the first place is given for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ByAsked {
    /// The best mean.
    #[default]
    Average,
    /// The most that a mean is above that of as many days before. There is nothing before all time, so nobody is on that board.
    Improvement,
}

/// Which board.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// All time where nothing is said, or a month for the improvement.
    #[param(inline, required = false)]
    period: Option<PeriodAsked>,
    #[serde(default)]
    #[param(inline, required = false)]
    by: ByAsked,
    /// Only of people of this store.
    store_id: Option<Uuid>,
}

impl Asked {
    pub(super) fn shop(&self) -> Option<ShopId> {
        self.store_id.map(ShopId)
    }
}

/// A place on the board.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlaceBody {
    /// From 1; those with the same mean, or the same improvement, share a place.
    pub(super) rank: u32,
    pub(super) user_id: Uuid,
    pub(super) name: String,
    pub(super) average_score: u8,
    pub(super) best_score: u8,
    pub(super) sessions: u32,
    /// How much the mean is above that of as many days before, to a tenth; where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) improvement: Option<f64>,
}

impl From<BoardRow> for PlaceBody {
    fn from(row: BoardRow) -> Self {
        Self {
            rank: row.place,
            user_id: row.account.0,
            name: row.name,
            average_score: row.average,
            best_score: row.best,
            sessions: row.sessions,
            improvement: None,
        }
    }
}

impl From<ImprovedRow> for PlaceBody {
    fn from(improved: ImprovedRow) -> Self {
        // Differences of percentages are far below what would be cut off.
        #[allow(clippy::cast_precision_loss)]
        let improvement = improved.improvement_tenths as f64 / 10.0;
        Self { improvement: Some(improvement), ..Self::from(improved.row) }
    }
}

/// Who scored best in a period, or improved most, of one store or of all, among those with enough scored sessions in it. Whoever does not want to is not on it.
#[utoipa::path(get, path = "/api/leaderboard", params(Asked), security(("token" = [])),
    responses((status = 200, body = Vec<PlaceBody>), (status = 404, body = ErrorBody)))]
pub(super) async fn leaderboard(State(hub): State<Hub>, SignedIn(holder): SignedIn, Asking(asked): Asking<Asked>) -> Answer<Response> {
    json(&places(&hub, &holder, &asked).await?)
}

/// The board that was asked for.
pub(super) async fn places(hub: &Hub, holder: &Holder, asked: &Asked) -> Answer<Vec<PlaceBody>> {
    let usual = if asked.by == ByAsked::Improvement { PeriodAsked::Month } else { PeriodAsked::AllTime };
    let (period, store) = (asked.period.unwrap_or(usual).into(), asked.shop());
    Ok(match asked.by {
        ByAsked::Average => hub.company().board(holder, period, store).await?.into_iter().map(PlaceBody::from).collect(),
        ByAsked::Improvement => hub.company().most_improved(holder, period, store).await?.into_iter().map(PlaceBody::from).collect(),
    })
}
