//! The log of what was done.

use axum::{extract::State, response::Response};
use futures_util::stream;
use sellme_app::company::{AuditQuery, LoggedDeed};
use sellme_core::{Millis, id::UserId};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    admitted::AsAdmin,
    export::{FormatAsked, Piece, streamed},
    page::{PageAsked, PageBody, answer},
};
use crate::http::{
    Hub,
    body::{Asking, moment},
    error::{Answer, ErrorBody},
    shapes::time,
};

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// Only what this person did.
    actor_id: Option<Uuid>,
    /// Only this, such as `account.created`.
    #[param(max_length = 64, pattern = "^[a-z._]*$")]
    action: Option<String>,
    /// Only from this moment on.
    #[serde(default, deserialize_with = "moment")]
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Millis>,
    /// Only before this moment.
    #[serde(default, deserialize_with = "moment")]
    #[param(value_type = Option<String>, format = DateTime)]
    before: Option<Millis>,
}

impl From<Asked> for AuditQuery {
    fn from(asked: Asked) -> Self {
        Self { actor: asked.actor_id.map(UserId), action: asked.action, from: asked.from, before: asked.before }
    }
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeedBody {
    /// Its number, from 1.
    seq: i64,
    #[schema(format = DateTime)]
    at: String,
    /// Who did it; `null` where it was done on the server itself, or by nobody who is known.
    #[schema(required)]
    actor_id: Option<Uuid>,
    /// What they are called today.
    #[schema(required)]
    actor_name: Option<String>,
    /// Such as `account.created`.
    action: String,
    /// To what it was done.
    subject: String,
    /// Further words about it.
    #[schema(value_type = Object)]
    detail: Box<RawValue>,
}

impl From<LoggedDeed> for DeedBody {
    fn from(logged: LoggedDeed) -> Self {
        let entry = logged.entry;
        Self {
            seq: entry.seq,
            at: time(entry.at),
            actor_id: entry.actor.map(|actor| actor.0),
            actor_name: logged.actor_name,
            action: entry.action,
            subject: entry.subject,
            detail: RawValue::from_string(entry.detail).unwrap_or_default(),
        }
    }
}

impl DeedBody {
    fn cells(&self) -> [String; 7] {
        let actor_id = self.actor_id.map(|id| id.to_string()).unwrap_or_default();
        let actor = self.actor_name.clone().unwrap_or_default();
        let (at, action, subject) = (self.at.clone(), self.action.clone(), self.subject.clone());
        [self.seq.to_string(), at, actor_id, actor, action, subject, self.detail.get().to_owned()]
    }
}

/// The log, the newest first. It is hash-chained: `sellme-hub audit verify` on the server says whether an entry was changed or is missing.
#[utoipa::path(get, path = "/api/admin/audit", params(Asked, PageAsked), security(("token" = [])),
    responses((status = 200, body = PageBody<DeedBody>), (status = 403, body = ErrorBody)))]
pub(super) async fn audit(
    State(hub): State<Hub>,
    AsAdmin(admin): AsAdmin,
    Asking(asked): Asking<Asked>,
    Asking(page): Asking<PageAsked>,
) -> Answer<Response> {
    answer::<_, DeedBody>(hub.company().log(&admin, &asked.into(), page.into()).await?)
}

/// The log, the oldest first, to be kept elsewhere. That it was taken is in the log too.
#[utoipa::path(get, path = "/api/admin/audit/export", params(Asked, FormatAsked), security(("token" = [])),
    responses((status = 200, content((Vec<DeedBody> = "application/json"), (String = "text/csv"))), (status = 403, body = ErrorBody)))]
pub(super) async fn export(
    State(hub): State<Hub>,
    AsAdmin(admin): AsAdmin,
    Asking(asked): Asking<Asked>,
    Asking(form): Asking<FormatAsked>,
) -> Answer<Response> {
    let query = AuditQuery::from(asked);
    hub.company().export_log(&admin, &query).await?;
    let header = ["seq", "at", "actorId", "actorName", "action", "subject", "detail"];
    let format = form.format;
    let pieces = stream::try_unfold(0, move |after| {
        let (hub, admin, query) = (hub.clone(), admin.clone(), query.clone());
        async move {
            let entries = hub.company().log_piece(&admin, &query, after).await?;
            let Some(last) = entries.last().map(|last| last.entry.seq) else { return Ok::<_, sellme_core::Error>(None) };
            let bodies = entries.into_iter().map(DeedBody::from);
            Ok(Some((Piece::of(format, bodies, DeedBody::cells), last)))
        }
    });
    Ok(streamed(format, "audit", &header, pieces))
}
