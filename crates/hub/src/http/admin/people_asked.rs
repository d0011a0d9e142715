//! Which people are asked for, and how they are sorted.

use sellme_app::company::{PeopleOrder, PeopleQuery};
use sellme_core::{company::Role, id::ShopId};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::export::Format;
use crate::http::{
    body::{limit, page},
    words,
};

/// Whether somebody may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum SignInState {
    Active,
    Disabled,
}

/// By what people are sorted.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Sort {
    #[default]
    Name,
    Email,
    CreatedAt,
    LastSignInAt,
}

/// Which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Way {
    #[default]
    Asc,
    Desc,
}

/// Which people, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// Only those who may do this.
    #[param(schema_with = words::role, required = false)]
    role: Option<Role>,
    /// Only those of this store.
    store_id: Option<Uuid>,
    /// Only those who may sign in, or who may not.
    #[param(schema_with = words::state, required = false)]
    state: Option<SignInState>,
    /// Only those with this in their name or address: at most 200 characters.
    #[param(max_length = 200)]
    q: Option<String>,
    /// By what they are sorted; by name where nothing is said.
    #[serde(default)]
    #[param(schema_with = words::people_order, required = false)]
    sort: Sort,
    #[serde(default)]
    #[param(schema_with = words::way, required = false)]
    order: Way,
    /// From 1.
    #[serde(default, deserialize_with = "page")]
    #[param(minimum = 1, maximum = 100_000)]
    pub(super) page: Option<u32>,
    /// How many a page has; 50 where nothing is said.
    #[serde(default, deserialize_with = "limit")]
    #[param(minimum = 1, maximum = 200)]
    pub(super) size: Option<u32>,
}

/// Which people are taken elsewhere, and in which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ExportAsked {
    /// Only those who may do this.
    #[param(schema_with = words::role, required = false)]
    role: Option<Role>,
    /// Only those of this store.
    store_id: Option<Uuid>,
    /// Only those who may sign in, or who may not.
    #[param(schema_with = words::state, required = false)]
    state: Option<SignInState>,
    /// Only those with this in their name or address: at most 200 characters.
    #[param(max_length = 200)]
    q: Option<String>,
    /// By what they are sorted; by name where nothing is said.
    #[serde(default)]
    #[param(schema_with = words::people_order, required = false)]
    sort: Sort,
    #[serde(default)]
    #[param(schema_with = words::way, required = false)]
    order: Way,
    /// JSON where nothing is said.
    #[serde(default)]
    #[param(schema_with = words::format, required = false)]
    pub(super) format: Format,
}

impl From<Asked> for PeopleQuery {
    fn from(asked: Asked) -> Self {
        query(asked.role, asked.store_id, asked.state, asked.q, asked.sort, asked.order)
    }
}

impl From<ExportAsked> for PeopleQuery {
    fn from(asked: ExportAsked) -> Self {
        query(asked.role, asked.store_id, asked.state, asked.q, asked.sort, asked.order)
    }
}

fn query(role: Option<Role>, shop: Option<Uuid>, state: Option<SignInState>, text: Option<String>, sort: Sort, way: Way) -> PeopleQuery {
    let order = match sort {
        Sort::Name => PeopleOrder::Name,
        Sort::Email => PeopleOrder::Email,
        Sort::CreatedAt => PeopleOrder::CreatedAt,
        Sort::LastSignInAt => PeopleOrder::LastSignIn,
    };
    let disabled = state.map(|state| state == SignInState::Disabled);
    PeopleQuery { role, shop: shop.map(ShopId), disabled, text, order, descending: way == Way::Desc }
}
