//! Making a connection, from either side.

use std::net::IpAddr;

use str0m::{
    Candidate, Rtc, RtcConfig,
    change::{SdpAnswer, SdpOffer, SdpPendingOffer},
    crypto::from_feature_flags,
    media::{Direction, MediaKind, Mid},
};
use tokio::{sync::mpsc, time::Instant};

use super::{
    CHANNEL, PeerConfig, PeerError, PeerEvent, PeerHandle, driver,
    handle::orders,
    interface::{toward, toward_candidates},
    network::Network,
};

/// What is sent and not yet taken, in bytes: the longest message fits in.
const BUFFERED: usize = 1 << 20;
/// The longest message where the other side says nothing (RFC 8841), in bytes.
const UNSAID: usize = 65_536;
/// Events that wait to be taken.
const EVENTS: usize = 16_384;

/// A way to make connections.
#[derive(Debug)]
pub struct Peer;

/// A call that was offered and waits for its answer.
pub struct Offered {
    rtc: Rtc,
    network: Network,
    pending: SdpPendingOffer,
    sound: Mid,
    config: PeerConfig,
}

impl std::fmt::Debug for Offered {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Offered").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Peer {
    /// Offers a call with sound both ways and a data channel. Gives back the session description to be posted.
    ///
    /// # Errors
    /// Where a named address has no socket.
    pub async fn offer(config: PeerConfig) -> Result<(String, Offered), PeerError> {
        let (mut rtc, mut network) = begin(&config);
        for address in &config.addresses {
            listen(&mut rtc, &mut network, *address).await?;
        }
        let mut changes = rtc.sdp_api();
        let sound = changes.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        changes.add_channel(CHANNEL.to_owned());
        let (offer, pending) = changes.apply().ok_or(PeerError::NoSound)?;
        Ok((offer.to_sdp_string(), Offered { rtc, network, pending, sound, config }))
    }

    /// Answers an offer. Gives back the session description to be sent back; the connection is being made from now on.
    ///
    /// # Errors
    /// Where the offer cannot be used, or no address has a socket.
    pub async fn answer(config: PeerConfig, offer: &str) -> Result<(String, PeerHandle, mpsc::Receiver<PeerEvent>), PeerError> {
        check(offer)?;
        let parsed = SdpOffer::from_sdp_string(offer).map_err(|error| PeerError::BadDescription(error.to_string()))?;
        let (mut rtc, mut network) = begin(&config);
        let mut addresses = config.addresses.clone();
        if addresses.is_empty() {
            addresses = toward_candidates(offer);
        }
        if addresses.is_empty() {
            // Nothing says where the other side is: it may be on this machine or anywhere.
            addresses.push(IpAddr::from([127, 0, 0, 1]));
            addresses.extend(toward(([192, 0, 2, 1], 9).into()).ok().filter(|own| !own.is_loopback()));
        }
        for address in addresses {
            listen(&mut rtc, &mut network, address).await?;
        }
        let answer = rtc.sdp_api().accept_offer(parsed).map_err(|error| PeerError::BadDescription(error.to_string()))?;
        let (handle, events) = start(rtc, network, None, config, offer);
        Ok((answer.to_sdp_string(), handle, events))
    }
}

impl Offered {
    /// Takes the answer; the connection is being made from now on. Interfaces on the way to the other side's addresses are added.
    ///
    /// # Errors
    /// Where the answer cannot be used, or no address has a socket.
    pub async fn accept(mut self, answer: &str) -> Result<(PeerHandle, mpsc::Receiver<PeerEvent>), PeerError> {
        check(answer)?;
        let parsed = SdpAnswer::from_sdp_string(answer).map_err(|error| PeerError::BadDescription(error.to_string()))?;
        for address in toward_candidates(answer) {
            listen(&mut self.rtc, &mut self.network, address).await?;
        }
        let accepted = self.rtc.sdp_api().accept_answer(self.pending, parsed);
        accepted.map_err(|error| PeerError::BadDescription(error.to_string()))?;
        Ok(start(self.rtc, self.network, Some(self.sound), self.config, answer))
    }
}

fn begin(config: &PeerConfig) -> (Rtc, Network) {
    let rtc = RtcConfig::new()
        .set_crypto_provider(std::sync::Arc::new(from_feature_flags()))
        .clear_codecs()
        .enable_opus(true, false)
        .set_reordering_size_audio(config.reorder)
        .set_sctp_max_buffered_amount(BUFFERED)
        .build(Instant::now().into_std());
    (rtc, Network::new(config.faults.clone()))
}

/// Opens a socket on an own address and names it, unless there is one.
async fn listen(rtc: &mut Rtc, network: &mut Network, address: IpAddr) -> Result<(), PeerError> {
    if let Some(own) = network.bind(address).await? {
        let candidate = Candidate::host(own, "udp").map_err(|error| PeerError::BadDescription(error.to_string()))?;
        rtc.add_local_candidate(candidate);
    }
    Ok(())
}

/// What a session description must have, looked at before the parser that is stricter about everything else.
fn check(sdp: &str) -> Result<(), PeerError> {
    let has = |start: &str| sdp.lines().any(|line| line.starts_with(start));
    if !has("v=0") {
        return Err(PeerError::BadDescription("it does not begin like one".to_owned()));
    }
    if !has("m=audio ") {
        return Err(PeerError::NoSound);
    }
    if !has("m=application ") {
        return Err(PeerError::NoChannel);
    }
    Ok(())
}

/// The longest message that the other side takes, in bytes.
fn longest(sdp: &str) -> usize {
    let said = sdp.lines().find_map(|line| line.trim_end().strip_prefix("a=max-message-size:")?.parse::<usize>().ok());
    match said {
        // Zero is "as long as you like".
        Some(0) => BUFFERED,
        Some(limit) => limit.min(BUFFERED),
        None => UNSAID,
    }
}

fn start(rtc: Rtc, network: Network, sound: Option<Mid>, config: PeerConfig, theirs: &str) -> (PeerHandle, mpsc::Receiver<PeerEvent>) {
    let (handle, orders) = orders(longest(theirs));
    let (events, taken) = mpsc::channel(EVENTS);
    tokio::spawn(driver::run(rtc, network, sound, config, orders, events));
    (handle, taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_message_is_what_the_other_side_says() {
        assert_eq!(longest("v=0\r\na=max-message-size:262144\r\n"), 262_144);
        assert_eq!(longest("v=0\r\na=max-message-size:0\r\n"), BUFFERED);
        assert_eq!(longest("v=0\r\n"), 65_536);
    }
}
