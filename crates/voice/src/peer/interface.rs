//! Which of this machine's addresses leads to another.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
};

/// The address of this machine that packets to `remote` leave from. Nothing is sent.
///
/// # Errors
/// Where no way leads there.
pub fn toward(remote: SocketAddr) -> io::Result<IpAddr> {
    let any: IpAddr = if remote.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0))?;
    socket.connect(remote)?;
    Ok(socket.local_addr()?.ip())
}

/// Addresses of this machine that lead to the candidates of a session description, each once. Names (`….local`) are left out: who sits behind them finds us.
pub(super) fn toward_candidates(sdp: &str) -> Vec<IpAddr> {
    let mut found = Vec::new();
    for candidate in candidates(sdp) {
        if let Ok(own) = toward(candidate)
            && !found.contains(&own)
        {
            found.push(own);
        }
    }
    found
}

/// UDP addresses in a session description.
fn candidates(sdp: &str) -> impl Iterator<Item = SocketAddr> {
    sdp.lines().filter_map(|line| {
        let words: Vec<&str> = line.trim_end().strip_prefix("a=candidate:")?.split(' ').collect();
        let [_, _, protocol, _, address, port, ..] = words.as_slice() else { return None };
        let udp = protocol.eq_ignore_ascii_case("udp");
        let address = address.parse::<IpAddr>().ok().filter(|address| udp && !address.is_unspecified() && !address.is_multicast())?;
        Some(SocketAddr::new(address, port.parse().ok().filter(|port| *port != 0)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_udp_candidates_with_an_address_are_read() {
        let sdp = "v=0\r\na=candidate:1 1 udp 2122 127.0.0.1 5000 typ host\r\na=candidate:2 1 tcp 1 127.0.0.2 443 typ host tcptype passive\r\n\
                   a=candidate:3 1 UDP 1 4b1f.local 5001 typ host\r\na=candidate:4 1 udp 1 ::1 5002 typ host\r\na=candidate:5 1 udp\r\n";
        let found: Vec<String> = candidates(sdp).map(|address| address.to_string()).collect();
        assert_eq!(found, ["127.0.0.1:5000", "[::1]:5002"]);
    }

    #[test]
    fn the_way_to_this_machine_is_the_loopback() {
        assert!(toward("127.0.0.1:9".parse().unwrap()).unwrap().is_loopback());
    }
}
