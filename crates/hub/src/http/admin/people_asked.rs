//! Which people are asked for, and how they are sorted.

use sellme_app::company::{PeopleOrder, PeopleQuery};
use sellme_core::{company::Role, id::ShopId};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::page::Way;
use crate::http::words;

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

/// Which people, and in which order.
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
    /// Which way; `asc` where nothing is said.
    #[param(schema_with = words::way, required = false)]
    order: Option<Way>,
}

impl From<Asked> for PeopleQuery {
    fn from(asked: Asked) -> Self {
        let order = match asked.sort {
            Sort::Name => PeopleOrder::Name,
            Sort::Email => PeopleOrder::Email,
            Sort::CreatedAt => PeopleOrder::CreatedAt,
            Sort::LastSignInAt => PeopleOrder::LastSignIn,
        };
        let disabled = asked.state.map(|state| state == SignInState::Disabled);
        let (shop, descending) = (asked.store_id.map(ShopId), asked.order == Some(Way::Desc));
        Self { role: asked.role, shop, disabled, text: asked.q, order, descending }
    }
}
