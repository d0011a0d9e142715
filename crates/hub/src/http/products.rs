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
    body::{Asking, Named},
    error::{Answer, ErrorBody},
    shapes::{ListedProductBody, ProductBody, WholeProductBody},
    signed_in::SignedIn,
};

/// How many a page of a search has, where nobody says.
const PAGE: usize = 50;

/// Most that a page has.
const LONGEST_PAGE: usize = 200;

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
    #[param(maximum = 1_000_000)]
    offset: Option<u32>,
    /// How many found ones at most; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Products by name, with features and prices; or the found ones alone, a page at a time, with how many there are in `X-Total-Count`.
#[utoipa::path(get, path = "/api/products", params(Asked), security(("token" = [])),
    responses((status = 200, body = Vec<ListedProductBody>), (status = "4XX", body = ErrorBody)))]
pub(super) async fn products(State(hub): State<Hub>, SignedIn(holder): SignedIn, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let shelf = hub.shelf(holder.organisation).await?;
    let Some(piece) = asked.q.as_deref().filter(|piece| !piece.is_empty()) else {
        let products = shelf.of_category(asked.category.as_deref()).map(|product| ListedProductBody::new(&shelf, product));
        return Ok(Json(products.collect::<Vec<_>>()).into_response());
    };
    let offset = asked.offset.map_or(0, |offset| offset as usize);
    let limit = asked.limit.map_or(PAGE, |limit| (limit as usize).clamp(1, LONGEST_PAGE));
    let (page, total) = shelf.search(piece, offset, limit);
    let page: Vec<_> = page.into_iter().map(|product| ProductBody::new(&shelf, product)).collect();
    Ok(([(TOTAL, HeaderValue::from(total))], Json(page)).into_response())
}

/// A product with everything to learn about it.
#[utoipa::path(get, path = "/api/products/{id}", params(("id" = String, Path)), security(("token" = [])),
    responses((status = 200, body = WholeProductBody), (status = "4XX", body = ErrorBody)))]
pub(super) async fn product(State(hub): State<Hub>, SignedIn(holder): SignedIn, Named(id): Named) -> Answer<Response> {
    let shelf = hub.shelf(holder.organisation).await?;
    let product = shelf.product(&id).ok_or_else(|| Error::not_found("product", &id))?;
    Ok(Json(WholeProductBody::new(&shelf, product)).into_response())
}
