//! Who asks.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{header::AUTHORIZATION, request::Parts},
};
use sellme_app::company::Caller;
use sellme_core::{Code, Error, company::Holder, id::OrganisationId};

use super::{
    Hub,
    error::{Answer, Refusal},
};

/// Somebody who is signed in.
pub(crate) struct SignedIn(pub(crate) Holder);

impl FromRequestParts<Hub> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, hub: &Hub) -> Answer<Self> {
        match caller(parts, hub).await? {
            Caller::Person(holder) => Ok(Self(holder)),
            Caller::Device(_) => {
                Err(Error::new(Code::Forbidden, "A store's device may read the catalogue alone. Sign in as a person.").into())
            }
        }
    }
}

/// Whoever may read the catalogue of their company: a person who is signed in, or a device that is enrolled.
pub(crate) struct Reader(pub(crate) OrganisationId);

impl FromRequestParts<Hub> for Reader {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, hub: &Hub) -> Answer<Self> {
        Ok(Self(match caller(parts, hub).await? {
            Caller::Person(holder) => holder.organisation,
            Caller::Device(device) => device.organisation,
        }))
    }
}

async fn caller(parts: &Parts, hub: &Hub) -> Answer<Caller> {
    let shown = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer);
    let caller = match shown {
        Some(token) => hub.company().caller(token).await?,
        None => None,
    };
    let Some(caller) = caller else {
        // Whoever guesses tokens is slowed down.
        hub.limits().strangers.count(&address(parts, hub)).map_err(Refusal::too_often)?;
        return Err(Refusal::not_signed_in());
    };
    hub.limits().requests.count(&caller.id()).map_err(Refusal::too_often)?;
    Ok(caller)
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The address that a request comes from.
pub(crate) struct From(pub(crate) IpAddr);

impl FromRequestParts<Hub> for From {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, hub: &Hub) -> Answer<Self> {
        Ok(Self(address(parts, hub)))
    }
}

/// Behind a proxy of ours the last address is the one that the proxy saw; what stands before it, anybody could have written.
fn address(parts: &Parts, hub: &Hub) -> IpAddr {
    let forwarded = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let seen = forwarded.and_then(|list| list.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    seen.filter(|_| hub.0.behind_proxy).or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}
