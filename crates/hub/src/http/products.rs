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
    body::{Asking, Named, PAGE, limit, offset},
    error::Answer,
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
    /// How many found ones are passed over.
    #[serde(default, deserialize_with = "offset")]
    #[param(minimum = 0, maximum = 1_000_000)]
    offset: Option<u32>,
    /// How many found ones at most; 50 where nothing is said.
    #[serde(default, deserialize_with = "limit")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Products by name, with features and prices; or the found ones alone, a page at a time, with how many there are in `X-Total-Count`.
#[utoipa::path(get, path = "/api/products", params(Asked), security(("token" = [])),
    responses((status = 200, body = Vec<ProductInListBody>, headers(("X-Total-Count" = Option<u32>, description = "How many were found in all")))))]
pub(super) async fn products(State(hub): State<Hub>, Reader(organisation): Reader, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let shelf = hub.shelf(organisation).await?;
    let Some(piece) = asked.q.as_deref().filter(|piece| !piece.is_empty()) else {
        let products = shelf.of_category(asked.category.as_deref()).map(|product| ProductInListBody::listed(&shelf, product));
        return Ok(Json(products.collect::<Vec<_>>()).into_response());
    };
    let (page, total) = shelf.search(piece, asked.offset.unwrap_or(0) as usize, asked.limit.unwrap_or(PAGE) as usize);
    let page: Vec<_> = page.into_iter().map(|product| ProductInListBody::found(&shelf, product)).collect();
    Ok(([(TOTAL, HeaderValue::from(total))], Json(page)).into_response())
}

/// A product with everything to learn about it.
#[utoipa::path(get, path = "/api/products/{id}", params(("id" = String, Path)), security(("token" = [])),
    responses((status = 200, body = WholeProductBody)))]
pub(super) async fn product(State(hub): State<Hub>, Reader(organisation): Reader, Named(id): Named) -> Answer<Response> {
    let shelf = hub.shelf(organisation).await?;
    let product = shelf.product(&id).ok_or_else(|| Error::not_found("product", &id))?;
    Ok(Json(WholeProductBody::new(&shelf, product)).into_response())
}
