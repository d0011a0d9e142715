//! Devices, as they enrol.

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Hub,
    admin::DeviceBody,
    body::{Content, read},
    error::{Answer, ErrorBody},
    sessions::json,
    signed_in::Entering,
    words,
};

/// A device that wants to enrol.
#[derive(Deserialize, ToSchema)]
pub(crate) struct EnrolBody {
    /// The code, as an admin reads it out.
    code: String,
    /// What the device is called, such as “Boots, by the door”: 1 to 120 characters.
    #[schema(schema_with = words::name)]
    name: String,
}

/// A device that is enrolled.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnrolledBody {
    /// To be sent as a bearer from now on: for products, their scenarios and nothing else. It is shown this once.
    token: String,
    device: DeviceBody,
}

/// Enrols a device of a store. The code is used up by that.
#[utoipa::path(post, path = "/api/devices/enrol", request_body = EnrolBody,
    responses((status = 200, body = EnrolledBody), (status = 401, body = ErrorBody), (status = 429, body = ErrorBody), (status = 500, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub(super) async fn enrol(State(hub): State<Hub>, Entering(_network): Entering, Content(bytes): Content) -> Answer<Response> {
    let body: EnrolBody = read(&bytes)?;
    let (secret, device) = hub.company().enrol(&body.code, &body.name).await?;
    json(&EnrolledBody { token: secret.reveal().to_owned(), device: DeviceBody::from(device) })
}
