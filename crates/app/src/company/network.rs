//! Where somebody asks from, as far as it is told apart.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How many bits of an address of IPv6 are the network's. Whoever has those has all addresses below them, which are more than anybody counts.
const NETWORK_BITS: u32 = 64;

/// An address of IPv4, or a network of IPv6 (/64), as one household or office gets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// This machine.
    pub const HERE: Self = Self(IpAddr::V4(Ipv4Addr::LOCALHOST));
}

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> NETWORK_BITS << NETWORK_BITS)),
            address => address,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn network(address: &str) -> Network {
        address.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn all_addresses_below_64_bits_of_ipv6_are_one_network_and_every_address_of_ipv4_is_one() {
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"), "the same address in the words of IPv6");
        assert_eq!(network("127.0.0.1"), Network::HERE);
    }
}
