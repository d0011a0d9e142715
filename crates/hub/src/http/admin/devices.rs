//! Devices on the floors of stores.

use axum::{extract::State, http::StatusCode, response::Response};
use sellme_core::{
    company::StoreDevice,
    id::{DeviceId, ShopId},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    admitted::AsAdmin,
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

/// Which devices.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// Only of this store.
    store_id: Option<Uuid>,
}

/// For which store.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OfferBody {
    store_id: Uuid,
}

/// A code by which one device enrols.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CodeBody {
    /// To be typed into the device. It is shown this once.
    code: String,
    #[schema(format = DateTime)]
    expires_at: String,
    store_id: Uuid,
}

/// What a device is called.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct DeviceNameBody {
    #[schema(schema_with = words::name)]
    name: String,
}

/// A device of a store.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceBody {
    id: Uuid,
    name: String,
    store_id: Uuid,
    #[schema(format = DateTime)]
    created_at: String,
    /// When its token ends.
    #[schema(format = DateTime)]
    expires_at: String,
    /// When it asked for something last, to the hour.
    #[schema(format = DateTime)]
    seen_at: String,
}

impl From<StoreDevice> for DeviceBody {
    fn from(device: StoreDevice) -> Self {
        Self {
            id: device.id.0,
            name: device.name,
            store_id: device.shop.0,
            created_at: time(device.created_at),
            expires_at: time(device.expires_at),
            seen_at: time(device.seen_at),
        }
    }
}

/// A code by which one device of a store enrols within fifteen minutes.
#[utoipa::path(post, path = "/api/admin/devices/codes", request_body = OfferBody, security(("token" = [])),
    responses((status = 200, body = CodeBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn offer(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Content(bytes): Content) -> Answer<Response> {
    let body: OfferBody = read(&bytes)?;
    let (code, expires_at) = hub.company().offer_enrolment(&admin, ShopId(body.store_id)).await?;
    json(&CodeBody { code: code.reveal(), expires_at: time(expires_at), store_id: body.store_id })
}

/// The company's devices, by name.
#[utoipa::path(get, path = "/api/admin/devices", params(Asked, PageAsked), security(("token" = [])),
    responses((status = 200, body = PageBody<DeviceBody>), (status = 403, body = ErrorBody)))]
pub(super) async fn devices(
    State(hub): State<Hub>,
    AsAdmin(admin): AsAdmin,
    Asking(asked): Asking<Asked>,
    Asking(page): Asking<PageAsked>,
) -> Answer<Response> {
    answer::<_, DeviceBody>(hub.company().devices(&admin, asked.store_id.map(ShopId), page.into()).await?)
}

/// Calls a device something else.
#[utoipa::path(patch, path = "/api/admin/devices/{id}", params(("id" = Uuid, Path)), request_body = DeviceNameBody, security(("token" = [])),
    responses((status = 200, body = DeviceBody), (status = 403, body = ErrorBody)))]
pub(super) async fn rename(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named, Content(bytes): Content) -> Answer<Response> {
    let id: DeviceId = id.parse()?;
    let body: DeviceNameBody = read(&bytes)?;
    json(&DeviceBody::from(hub.company().rename_device(&admin, id, &body.name).await?))
}

/// Lets go of a device: its token is good no more.
#[utoipa::path(delete, path = "/api/admin/devices/{id}", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 204), (status = 403, body = ErrorBody)))]
pub(super) async fn revoke(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named) -> Answer<StatusCode> {
    hub.company().revoke_device(&admin, id.parse()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
