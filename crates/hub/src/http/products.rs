//! What is sold.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use sellme_core::Error;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Hub,
    body::{Asking, Named, PartAsked},
    error::Answer,
    sessions::{as_json, written},
    shapes::{ProductInListBody, WholeProductBody},
    signed_in::Reader,
};

/// How many there are in all.
pub(super) const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Only products of this category, by its name.
    category: Option<String>,
    /// A piece of the name, the description or the number.
    q: Option<String>,
}

/// Products by name, with features and prices; or the found ones alone, a page at a time, with how many there are in `X-Total-Count`.
#[utoipa::path(get, path = "/api/products", params(Asked, PartAsked), security(("token" = [])),
    responses((status = 200, body = Vec<ProductInListBody>, headers(("X-Total-Count" = Option<u32>, description = "How many were found in all")))))]
pub(super) async fn products(
    State(hub): State<Hub>,
    Reader(organisation): Reader,
    Asking(asked): Asking<Asked>,
    Asking(part): Asking<PartAsked>,
) -> Answer<Response> {
    let shelf = hub.shelf(organisation).await?;
    let Some(piece) = asked.q.as_deref().filter(|piece| !piece.is_empty()) else {
        let listed = |category: Option<&str>| {
            let products = shelf.of_category(category).map(|product| ProductInListBody::listed(&shelf, product));
            written(&products.collect::<Vec<_>>())
        };
        return Ok(as_json(match asked.category.as_deref() {
            None => shelf.listed.or(|| listed(None))?,
            category => listed(category)?,
        }));
    };
    let (page, total) = shelf.search(piece, asked.category.as_deref(), part.offset() as usize, part.limit() as usize);
    let page: Vec<_> = page.into_iter().map(|product| ProductInListBody::found(&shelf, product)).collect();
    Ok(([(TOTAL, HeaderValue::from(total))], Json(page)).into_response())
}

/// A product with everything to learn about it.
#[utoipa::path(get, path = "/api/products/{id}", params(("id" = String, Path)), security(("token" = [])),
    responses((status = 200, body = WholeProductBody)))]
pub(super) async fn product(State(hub): State<Hub>, Reader(organisation): Reader, Named(id): Named) -> Answer<Response> {
    let shelf = hub.shelf(organisation).await?;
    let (product, whole) = shelf.whole(&id).ok_or_else(|| Error::not_found("product", &id))?;
    Ok(as_json(whole.or(|| written(&WholeProductBody::new(&shelf, product)))?))
}
