//! Who asks.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
};
use sellme_app::company::{Caller, Network};
use sellme_core::{Code, Error, company::Holder, id::OrganisationId};

use super::{
    Hub,
    error::{Answer, Refusal},
};

/// Where a proxy says for whom it asks.
const FORWARDED_FOR: &str = "x-forwarded-for";

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
    let (shown, limits) = (parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer), hub.limits());
    let known = shown.is_some_and(|token| limits.good.has(token));
    if !known {
        // Whoever guesses tokens is slowed down before anything is looked up.
        limits.strangers.count(&network(parts, hub)).map_err(Refusal::too_often)?;
    }
    let Some(token) = shown else { return Err(Refusal::not_signed_in()) };
    let caller = hub.company().caller(token).await?;
    if known != caller.is_some() {
        limits.good.note(token, caller.is_some());
    }
    let caller = caller.ok_or_else(Refusal::not_signed_in)?;
    limits.requests.count(&caller.id()).map_err(Refusal::too_often)?;
    Ok(caller)
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Somebody who wants to be let in, from this network: counted before anything of what they send is read.
pub(crate) struct Entering(pub(crate) Network);

impl FromRequestParts<Hub> for Entering {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, hub: &Hub) -> Answer<Self> {
        let network = network(parts, hub);
        hub.limits().sign_ins.count(&network).map_err(Refusal::too_often)?;
        Ok(Self(network))
    }
}

/// Somebody of whom nothing is known, who has the records asked: counted before they are.
pub(crate) struct PassingBy;

impl FromRequestParts<Hub> for PassingBy {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, hub: &Hub) -> Answer<Self> {
        hub.limits().strangers.count(&network(parts, hub)).map_err(Refusal::too_often)?;
        Ok(Self)
    }
}

/// That no proxy stands before a port, whatever stands before the other one: who asks there is whoever connects.
#[derive(Debug, Clone, Copy)]
pub(super) struct WithoutProxy;

/// The network that a request comes from.
fn network(parts: &Parts, hub: &Hub) -> Network {
    let behind_proxy = hub.0.behind_proxy && parts.extensions.get::<WithoutProxy>().is_none();
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    if behind_proxy { forwarded(&parts.headers, &hub.0.trusted_proxies).unwrap_or(peer).into() } else { peer.into() }
}

/// Behind a proxy of ours the last address of all lines is the one that the proxy saw; what stands before it, anybody could have written. Where that is another proxy of ours,
/// the one before it is what that one saw.
fn forwarded(headers: &HeaderMap, trusted: &[IpAddr]) -> Option<IpAddr> {
    let lines = headers.get_all(FORWARDED_FOR).into_iter().rev();
    let seen = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',')).map(|entry| address(entry.trim()));
    // What cannot be read ends what is known.
    let mut last = None;
    for address in seen.map_while(|address| address) {
        last = Some(address);
        if !trusted.contains(&address) {
            break;
        }
    }
    last
}

/// An address, perhaps with a port.
fn address(text: &str) -> Option<IpAddr> {
    let address = text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_last_address_that_is_no_proxy_of_ours_is_the_client_in_however_many_lines() {
        let trusted = ["10.0.0.2".parse().unwrap()];
        for (lines, client) in [
            (&["192.0.2.7"][..], Some("192.0.2.7")),
            (&["1.1.1.1, 192.0.2.7"], Some("192.0.2.7")),
            (&["1.1.1.1", "192.0.2.7"], Some("192.0.2.7")),
            (&["1.1.1.1, 192.0.2.7, 10.0.0.2"], Some("192.0.2.7")),
            (&["1.1.1.1, 192.0.2.7", "10.0.0.2"], Some("192.0.2.7")),
            (&["1.1.1.1, 10.0.0.2, 192.0.2.7"], Some("192.0.2.7")),
            (&["192.0.2.7:4711"], Some("192.0.2.7")),
            (&["::ffff:192.0.2.7"], Some("192.0.2.7")),
            (&["[2001:db8::1]:443"], Some("2001:db8::1")),
            (&["10.0.0.2"], Some("10.0.0.2")),
            // Behind what cannot be read may stand what anybody wrote.
            (&["192.0.2.7, unknown"], None),
            (&["192.0.2.7, unknown, 10.0.0.2"], Some("10.0.0.2")),
            (&[""], None),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(FORWARDED_FOR, line.parse().unwrap());
            }
            assert_eq!(forwarded(&headers, &trusted), client.map(|client| client.parse().unwrap()), "{lines:?}");
        }
    }
}
