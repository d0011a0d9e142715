//! People: listed, added, changed, signed out.

use axum::{extract::State, http::StatusCode, response::Response};
use sellme_app::company::{Invited, Person, PersonChange};
use sellme_core::{
    company::Role,
    id::{ShopId, UserId},
};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    admitted::AsAdmin,
    invitations::InvitationBody,
    page::{PageAsked, PageBody, answer},
    people_asked::Asked,
};
use crate::http::{
    Hub,
    body::{Asking, Content, Named, read},
    error::{Answer, ErrorBody},
    sessions::json,
    shapes::{time, word},
    words,
};

/// A person, as the administration sees them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PersonBody {
    pub(super) id: Uuid,
    pub(super) email: String,
    pub(super) name: String,
    /// `trainee`, `manager` or `admin`.
    #[schema(schema_with = words::role)]
    pub(super) role: String,
    #[schema(required)]
    pub(super) store_id: Option<Uuid>,
    /// What the store is called.
    #[schema(required)]
    pub(super) store_name: Option<String>,
    /// `active`, or `disabled` where they may not sign in.
    #[schema(schema_with = words::state)]
    pub(super) state: &'static str,
    #[schema(format = DateTime)]
    pub(super) created_at: String,
    #[schema(format = DateTime, required)]
    pub(super) last_sign_in_at: Option<String>,
}

impl From<Person> for PersonBody {
    fn from(person: Person) -> Self {
        let account = person.account;
        Self {
            id: account.id.0,
            email: account.email,
            name: account.name,
            role: word(&account.role),
            store_id: account.shop.map(|shop| shop.0),
            store_name: person.shop_name,
            state: if account.disabled_at.is_some() { "disabled" } else { "active" },
            created_at: time(account.created_at),
            last_sign_in_at: person.last_sign_in_at.map(time),
        }
    }
}

/// Somebody to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewPersonBody {
    /// Address to sign in with; nobody else of the company has it.
    #[schema(schema_with = words::address)]
    email: String,
    /// 1 to 120 characters.
    #[schema(schema_with = words::name)]
    name: String,
    #[schema(schema_with = words::role)]
    role: Role,
    /// Where they work.
    #[schema(schema_with = words::maybe_id)]
    store_id: Option<Uuid>,
}

/// Somebody who was added.
#[derive(Serialize, ToSchema)]
pub(crate) struct AddedBody {
    user: PersonBody,
    invitation: InvitationBody,
}

/// What becomes different; what is not said stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChangeBody {
    /// 1 to 120 characters.
    #[schema(schema_with = words::maybe_name)]
    name: Option<String>,
    #[schema(schema_with = words::maybe_role)]
    role: Option<Role>,
    /// Where they work; `null` where they belong to no store.
    #[schema(schema_with = words::maybe_id)]
    #[serde(default, deserialize_with = "said")]
    store_id: Option<Option<Uuid>>,
    /// Whether they may not sign in. Whoever may not is signed out everywhere.
    disabled: Option<bool>,
}

/// What is said, be it `null`.
fn said<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<Uuid>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// People of the company.
#[utoipa::path(get, path = "/api/admin/users", params(Asked, PageAsked), security(("token" = [])),
    responses((status = 200, body = PageBody<PersonBody>), (status = 403, body = ErrorBody)))]
pub(super) async fn users(
    State(hub): State<Hub>,
    AsAdmin(admin): AsAdmin,
    Asking(asked): Asking<Asked>,
    Asking(page): Asking<PageAsked>,
) -> Answer<Response> {
    answer::<_, PersonBody>(hub.company().people(&admin, &asked.into(), page.into()).await?)
}

/// Adds somebody. They set their password by the invitation, which is shown this once.
#[utoipa::path(post, path = "/api/admin/users", request_body = NewPersonBody, security(("token" = [])),
    responses((status = 200, body = AddedBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn add(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Content(bytes): Content) -> Answer<Response> {
    let body: NewPersonBody = read(&bytes)?;
    let person = Invited { email: body.email, name: body.name, role: body.role, shop: body.store_id.map(ShopId) };
    let (person, invitation) = hub.company().invite_person(&admin, &person).await?;
    json(&AddedBody { user: PersonBody::from(person), invitation: InvitationBody::new(&hub, &invitation) })
}

/// A person.
#[utoipa::path(get, path = "/api/admin/users/{id}", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 200, body = PersonBody), (status = 403, body = ErrorBody)))]
pub(super) async fn user(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named) -> Answer<Response> {
    json(&PersonBody::from(hub.company().person(&admin, id.parse()?).await?))
}

/// Changes a person. It holds from the next thing that they ask for. The last admin who may sign in stays one.
#[utoipa::path(patch, path = "/api/admin/users/{id}", params(("id" = Uuid, Path)), request_body = ChangeBody, security(("token" = [])),
    responses((status = 200, body = PersonBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn change(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named, Content(bytes): Content) -> Answer<Response> {
    let id: UserId = id.parse()?;
    let body: ChangeBody = read(&bytes)?;
    let shop = body.store_id.map(|shop| shop.map(ShopId));
    let change = PersonChange { name: body.name, role: body.role, shop, disabled: body.disabled };
    json(&PersonBody::from(hub.company().change_person(&admin, id, change).await?))
}

/// Ends all tokens of somebody.
#[utoipa::path(post, path = "/api/admin/users/{id}/sign-out", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 204), (status = 403, body = ErrorBody)))]
pub(super) async fn sign_out(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named) -> Answer<StatusCode> {
    hub.company().sign_out_everywhere(&admin, id.parse()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
