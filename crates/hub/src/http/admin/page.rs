//! Pages of long lists.

use axum::response::Response;
use sellme_app::company::{Page, Paging};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{body::PAGE, error::Answer, sessions::json};

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageBody<T> {
    items: Vec<T>,
    /// How many there are on all pages.
    total: u32,
    /// Which page, from 1.
    page: u32,
    /// How many a page has at most.
    size: u32,
}

/// Which page is asked for: the first, of fifty, where nothing is said.
pub(super) fn paging(page: Option<u32>, size: Option<u32>) -> Paging {
    Paging { page: page.unwrap_or(1), size: size.unwrap_or(PAGE) }
}

/// A page as it is answered.
pub(super) fn answer<T, B: Serialize + std::convert::From<T>>(page: Page<T>) -> Answer<Response> {
    json(&PageBody { items: page.items.into_iter().map(B::from).collect(), total: page.total, page: page.page, size: page.size })
}
