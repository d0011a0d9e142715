//! Many people at once.

use axum::{extract::State, response::Response};
use sellme_app::company::{Imported, ImportedPerson};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{admitted::AsAdmin, invitations::InvitationBody};
use crate::http::{
    Hub,
    body::{Asking, Content},
    error::{Answer, ErrorBody, Refusal},
    sessions::json,
    shapes::word,
    words,
};

/// How.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// Only says what would become of it.
    #[serde(default)]
    #[param(required = false)]
    dry_run: bool,
}

/// What became of a table.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportedBody {
    dry_run: bool,
    people: Vec<ImportedPersonBody>,
}

/// Somebody of a table.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ImportedPersonBody {
    /// `null` where it was only tried.
    #[schema(required)]
    id: Option<Uuid>,
    email: String,
    name: String,
    #[schema(schema_with = words::role)]
    role: String,
    #[schema(required)]
    store_id: Option<Uuid>,
    /// `null` where it was only tried.
    #[schema(required)]
    invitation: Option<InvitationBody>,
}

impl ImportedPersonBody {
    fn new(hub: &Hub, imported: ImportedPerson) -> Self {
        let (person, added) = (imported.person, imported.added);
        Self {
            id: added.as_ref().map(|(id, _)| id.0),
            email: person.email,
            name: person.name,
            role: word(&person.role),
            store_id: person.shop.map(|shop| shop.0),
            invitation: added.map(|(_, invitation)| InvitationBody::new(hub, &invitation)),
        }
    }
}

/// Adds everybody of a table, or nobody: a line for each, under a first line `email,name,role,storeName`. The store is named, or empty. Every field that is not right is named
/// in `details`, such as `line 7, email`. At most 2,000 people and 1,000,000 bytes.
#[utoipa::path(post, path = "/api/admin/users/import", params(Asked), request_body(content = String, content_type = "text/csv"),
    security(("token" = [])), responses((status = 200, body = ImportedBody), (status = 403, body = ErrorBody)))]
pub(super) async fn import(
    State(hub): State<Hub>,
    AsAdmin(admin): AsAdmin,
    Asking(asked): Asking<Asked>,
    Content(bytes): Content,
) -> Answer<Response> {
    match hub.company().import_people(&admin, &bytes, asked.dry_run).await? {
        Imported::Done(people) => {
            let people = people.into_iter().map(|person| ImportedPersonBody::new(&hub, person)).collect();
            json(&ImportedBody { dry_run: asked.dry_run, people })
        }
        Imported::Refused(bad) => {
            let fields = bad.into_iter().map(|bad| match bad.column {
                "line" => (format!("line {}", bad.line), bad.problem),
                column => (format!("line {}, {column}", bad.line), bad.problem),
            });
            Err(Refusal::fields("Nobody was added: some lines of the table are not right.", fields))
        }
    }
}
