//! Stores.

use axum::{extract::State, http::StatusCode, response::Response};
use sellme_app::company::Shop;
use sellme_core::id::ShopId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    admitted::{AsAdmin, AsManager},
    page::{PageAsked, PageBody, answer},
};
use crate::http::{
    Hub,
    body::{Asking, Content, Named, read},
    error::{Answer, ErrorBody},
    sessions::json,
    shapes::time,
    words,
};

/// A store.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoreBody {
    id: Uuid,
    name: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// How many people work there.
    people: u32,
    /// How many devices are there.
    devices: u32,
}

impl From<Shop> for StoreBody {
    fn from(shop: Shop) -> Self {
        Self { id: shop.id.0, name: shop.name, created_at: time(shop.created_at), people: shop.people, devices: shop.devices }
    }
}

/// What a store is called.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct StoreNameBody {
    /// 1 to 120 characters; no two stores have the same name.
    #[schema(schema_with = words::name)]
    name: String,
}

/// The company's stores, by name.
#[utoipa::path(get, path = "/api/admin/stores", params(PageAsked), security(("token" = [])),
    responses((status = 200, body = PageBody<StoreBody>), (status = 403, body = ErrorBody)))]
pub(super) async fn stores(State(hub): State<Hub>, AsManager(manager): AsManager, Asking(page): Asking<PageAsked>) -> Answer<Response> {
    answer::<_, StoreBody>(hub.company().shops(&manager, page.into()).await?)
}

/// Adds a store.
#[utoipa::path(post, path = "/api/admin/stores", request_body = StoreNameBody, security(("token" = [])),
    responses((status = 200, body = StoreBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn add(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Content(bytes): Content) -> Answer<Response> {
    let body: StoreNameBody = read(&bytes)?;
    json(&StoreBody::from(hub.company().open_shop(&admin, &body.name).await?))
}

/// Calls a store something else.
#[utoipa::path(patch, path = "/api/admin/stores/{id}", params(("id" = Uuid, Path)), request_body = StoreNameBody, security(("token" = [])),
    responses((status = 200, body = StoreBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn rename(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named, Content(bytes): Content) -> Answer<Response> {
    let id: ShopId = id.parse()?;
    let body: StoreNameBody = read(&bytes)?;
    json(&StoreBody::from(hub.company().rename_shop(&admin, id, &body.name).await?))
}

/// Removes a store in which nobody works and no device is.
#[utoipa::path(delete, path = "/api/admin/stores/{id}", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 204), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn remove(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named) -> Answer<StatusCode> {
    hub.company().remove_shop(&admin, id.parse()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
