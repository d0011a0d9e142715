//! Pages of long lists.

use axum::response::Response;
use sellme_app::company::{Page, Paging};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::{
    body::{PAGE, limit, page},
    error::Answer,
    sessions::json,
};

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

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageAsked {
    /// From 1.
    #[serde(default, deserialize_with = "page")]
    #[param(minimum = 1, maximum = 100_000)]
    page: Option<u32>,
    /// How many a page has; 50 where nothing is said.
    #[serde(default, deserialize_with = "limit")]
    #[param(minimum = 1, maximum = 200)]
    size: Option<u32>,
}

impl From<PageAsked> for Paging {
    fn from(asked: PageAsked) -> Self {
        Self { page: asked.page.unwrap_or(1), size: asked.size.unwrap_or(PAGE) }
    }
}

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Way {
    /// The smallest, the oldest or the worst first.
    Asc,
    /// The largest, the newest or the best first.
    Desc,
}

/// A page as it is answered.
pub(super) fn answer<T, B: Serialize + From<T>>(page: Page<T>) -> Answer<Response> {
    json(&PageBody { items: page.items.into_iter().map(B::from).collect(), total: page.total, page: page.page, size: page.size })
}
