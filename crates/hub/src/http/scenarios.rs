//! Customers to practise with.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use sellme_core::Error;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Hub,
    body::{Asking, Named},
    error::{Answer, ErrorBody},
    shapes::ScenarioWithProductBody,
    signed_in::{Reader, SignedIn},
};

/// Of which product.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// Only of this product.
    product_id: Option<String>,
}

/// Customers, each with what they are sold.
#[utoipa::path(get, path = "/api/scenarios", params(Asked), security(("token" = [])),
    responses((status = 200, body = Vec<ScenarioWithProductBody>), (status = 404, body = ErrorBody)))]
pub(super) async fn scenarios(State(hub): State<Hub>, Reader(organisation): Reader, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let shelf = hub.shelf(organisation).await?;
    if let Some(id) = &asked.product_id
        && shelf.product(id).is_none()
    {
        return Err(Error::not_found("product", id).into());
    }
    let products = shelf.of_category(None).filter(|product| asked.product_id.as_ref().is_none_or(|id| product.id == *id));
    let each =
        products.flat_map(|product| product.scenarios.iter().map(|scenario| ScenarioWithProductBody::new(&shelf, product, scenario)));
    Ok(Json(each.collect::<Vec<_>>()).into_response())
}

/// The customer to practise with next: none yet, an easy one; by the mean of the last five scores, a hard one from 85, a medium one from 70, else an easy one.
#[utoipa::path(get, path = "/api/scenarios/recommended", params(Asked), security(("token" = [])),
    responses((status = 200, body = ScenarioWithProductBody), (status = 404, body = ErrorBody)))]
pub(super) async fn recommended(State(hub): State<Hub>, SignedIn(holder): SignedIn, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let (id, reason) = hub.company().recommended(&holder, asked.product_id.as_deref()).await?;
    let shelf = hub.shelf(holder.organisation).await?;
    let (product, scenario) = shelf.scenario(&id).ok_or_else(|| Error::not_found("scenario", &id))?;
    let mut body = ScenarioWithProductBody::new(&shelf, product, scenario);
    body.reason = Some(reason.id);
    Ok(Json(body).into_response())
}

/// A customer with what they are sold.
#[utoipa::path(get, path = "/api/scenarios/{id}", params(("id" = String, Path)), security(("token" = [])),
    responses((status = 200, body = ScenarioWithProductBody)))]
pub(super) async fn scenario(State(hub): State<Hub>, Reader(organisation): Reader, Named(id): Named) -> Answer<Response> {
    let shelf = hub.shelf(organisation).await?;
    let (product, scenario) = shelf.scenario(&id).ok_or_else(|| Error::not_found("scenario", &id))?;
    Ok(Json(ScenarioWithProductBody::new(&shelf, product, scenario)).into_response())
}
