//! Two connections talk to each other over real sockets of this machine.

use std::{net::IpAddr, time::Duration};

use sellme_voice::peer::{Ended, Faults, OpusPacket, Peer, PeerConfig, PeerError, PeerEvent, PeerHandle};
use tokio::{
    sync::mpsc::Receiver,
    time::{sleep, timeout},
};

/// Longer than anything here takes: what takes longer hangs.
const HANG: Duration = Duration::from_secs(60);

struct Side {
    handle: PeerHandle,
    events: Receiver<PeerEvent>,
}

impl Side {
    async fn next(&mut self) -> PeerEvent {
        timeout(HANG, self.events.recv()).await.expect("nothing happened").expect("the last event is `Closed`")
    }

    /// The first event that is looked for; all others before it are passed over.
    async fn until<T>(&mut self, mut wanted: impl FnMut(&PeerEvent) -> Option<T>) -> T {
        loop {
            let event = self.next().await;
            if let Some(found) = wanted(&event) {
                return found;
            }
            assert!(!matches!(event, PeerEvent::Closed(_)), "{event:?}");
        }
    }

    async fn open(&mut self) {
        self.until(|event| matches!(event, PeerEvent::ChannelOpen).then_some(())).await;
    }

    async fn text(&mut self) -> String {
        self.until(|event| if let PeerEvent::Text(text) = event { Some(text.clone()) } else { None }).await
    }

    async fn sound(&mut self) -> OpusPacket {
        self.until(|event| if let PeerEvent::Opus(packet) = event { Some(packet.clone()) } else { None }).await
    }

    async fn ended(&mut self) -> Ended {
        self.until(|event| if let PeerEvent::Closed(why) = event { Some(*why) } else { None }).await
    }
}

async fn pair(client: PeerConfig, server: PeerConfig) -> (Side, Side) {
    let (offer, offered) = Peer::offer(client).await.unwrap();
    let (answer, handle, events) = Peer::answer(server, &offer).await.unwrap();
    let server = Side { handle, events };
    let (handle, events) = offered.accept(&answer).await.unwrap();
    let (mut client, mut server) = (Side { handle, events }, server);
    client.open().await;
    server.open().await;
    (client, server)
}

fn local() -> PeerConfig {
    PeerConfig { addresses: vec![IpAddr::from([127, 0, 0, 1])], ..PeerConfig::default() }
}

#[tokio::test]
async fn messages_and_sound_pass_both_ways() {
    let (mut client, mut server) = pair(local(), local()).await;
    client.handle.send_text("from the rep").unwrap();
    server.handle.send_text("from the customer").unwrap();
    assert_eq!(server.text().await, "from the rep");
    assert_eq!(client.text().await, "from the customer");
    for n in 1..=5u8 {
        client.handle.send_opus(vec![0xF8, n, n], 960).unwrap();
        server.handle.send_opus(vec![0xF8, n, 0], 960).unwrap();
    }
    let mut times = Vec::new();
    for n in 1..=5 {
        let packet = server.sound().await;
        assert_eq!(*packet.payload, [0xF8, n, n]);
        times.push(packet.time);
        assert_eq!(*client.sound().await.payload, [0xF8, n, 0]);
    }
    assert!(times.is_sorted_by(|a, b| b - a >= 960), "{times:?}");
}

#[tokio::test]
async fn a_client_without_addresses_finds_the_way_to_the_answers() {
    let (client, mut server) = pair(PeerConfig::default(), local()).await;
    client.handle.send_text("found").unwrap();
    assert_eq!(server.text().await, "found");
}

#[tokio::test]
async fn a_close_is_seen_at_once_by_both() {
    let (mut client, mut server) = pair(local(), local()).await;
    client.handle.close();
    assert_eq!(server.ended().await, Ended::There);
    assert_eq!(client.ended().await, Ended::Here);
    assert!(client.events.recv().await.is_none(), "nothing follows the end");
    assert!(matches!(client.handle.send_text("late"), Err(PeerError::Over)));
}

#[tokio::test]
async fn whoever_drops_the_handle_or_the_events_has_closed() {
    let (client, mut server) = pair(local(), local()).await;
    drop(client.handle);
    assert_eq!(server.ended().await, Ended::There);
    let (mut client, server) = pair(local(), local()).await;
    drop(server.events);
    assert_eq!(client.ended().await, Ended::There);
}

#[tokio::test]
async fn long_messages_pass_and_longer_ones_are_refused() {
    let (client, mut server) = pair(local(), local()).await;
    let limit = client.handle.longest_text();
    assert!(limit >= 65_536, "{limit}");
    let long = "x".repeat(limit.min(200_000));
    for _ in 0..4 {
        client.handle.send_text(long.clone()).unwrap();
    }
    let refused = client.handle.send_text("x".repeat(limit + 1));
    assert!(matches!(refused, Err(PeerError::TooLong { .. })), "{refused:?}");
    client.handle.send_text("after").unwrap();
    for _ in 0..4 {
        assert_eq!(server.text().await.len(), long.len());
    }
    assert_eq!(server.text().await, "after");
}

#[tokio::test]
async fn messages_survive_loss_and_sound_says_what_is_missing() {
    let faults = Faults::default();
    let (client, mut server) = pair(PeerConfig { faults: faults.clone(), ..local() }, local()).await;
    faults.lose(5);
    faults.delay(Duration::from_millis(5));
    let sending = client.handle.clone();
    let speaking = tokio::spawn(async move {
        for n in 0..200u8 {
            while matches!(sending.send_opus(vec![0xF8, n], 960), Err(PeerError::Busy)) {
                sleep(Duration::from_millis(5)).await;
            }
            if n % 10 == 0 {
                sending.send_text(n.to_string()).unwrap();
            }
            sleep(Duration::from_millis(5)).await;
        }
        sending.send_text("end").unwrap();
    });
    let (mut texts, mut packets) = (Vec::new(), Vec::new());
    server
        .until(|event| match event {
            PeerEvent::Text(text) => {
                texts.push(text.clone());
                (text == "end").then_some(())
            }
            PeerEvent::Opus(packet) => {
                packets.push(packet.clone());
                None
            }
            _ => None,
        })
        .await;
    speaking.await.unwrap();
    assert_eq!(texts.len(), 21, "every message, in order: {texts:?}");
    assert!(texts.iter().take(20).map(|text| text.parse::<u8>().unwrap()).is_sorted());
    assert!(packets.len() > 120 && packets.len() < 200, "{}", packets.len());
    assert!(packets.is_sorted_by_key(|packet| packet.sequence));
    for two in packets.windows(2) {
        assert!(two[1].contiguous == (two[1].sequence == two[0].sequence + 1), "{two:?}");
    }
}

#[tokio::test]
async fn a_cut_network_that_is_mended_in_time_goes_on() {
    let faults = Faults::default();
    let quick = PeerConfig { silence: Duration::from_millis(300), faults: faults.clone(), ..local() };
    let (mut client, mut server) = pair(quick, local()).await;
    // Somebody is always heard on a line that is whole.
    let voice = server.handle.clone();
    let speaking = tokio::spawn(async move {
        while !matches!(voice.send_opus(vec![0xF8, 1], 960), Err(PeerError::Over)) {
            sleep(Duration::from_millis(20)).await;
        }
    });
    client.sound().await;
    faults.cut(true);
    client.until(|event| matches!(event, PeerEvent::Disconnected).then_some(())).await;
    client.handle.send_text("said into the dark").unwrap();
    faults.cut(false);
    client.until(|event| matches!(event, PeerEvent::Connected).then_some(())).await;
    assert_eq!(server.text().await, "said into the dark");
    speaking.abort();
}

#[tokio::test]
async fn a_network_that_is_gone_for_good_ends_on_both_sides() {
    let faults = Faults::default();
    let short = |faults: &Faults| PeerConfig {
        silence: Duration::from_millis(200),
        patience: Duration::from_millis(600),
        faults: faults.clone(),
        ..local()
    };
    let (mut client, mut server) = pair(short(&faults), short(&Faults::default())).await;
    faults.cut(true);
    assert_eq!(client.ended().await, Ended::Lost);
    assert_eq!(server.ended().await, Ended::Lost);
}

#[tokio::test]
async fn a_connection_that_nobody_answers_is_given_up() {
    let faults = Faults::default();
    faults.cut(true);
    let short = PeerConfig { connect_within: Duration::from_millis(300), faults, ..local() };
    let (offer, offered) = Peer::offer(short).await.unwrap();
    let (answer, _server, _events) = Peer::answer(local(), &offer).await.unwrap();
    let (handle, events) = offered.accept(&answer).await.unwrap();
    assert_eq!(Side { handle, events }.ended().await, Ended::NotConnected);
}

#[tokio::test]
async fn a_description_that_is_none_is_refused() {
    let (offer, _offered) = Peer::offer(local()).await.unwrap();
    let long = "a=".repeat(50_000);
    let mut bad = vec![String::new(), "{\"error\":{}}".to_owned(), "v=0".to_owned(), "<html>".to_owned(), long];
    bad.push(offer.replace("m=audio", "m=video"));
    bad.push(offer.replace("m=application", "m=nothing"));
    bad.push(offer.replace("a=fingerprint", "a=thumb"));
    bad.push(offer.chars().take(offer.len() / 2).collect());
    for sdp in &bad {
        assert!(Peer::answer(local(), sdp).await.is_err(), "taken: {}", &sdp[..sdp.len().min(300)]);
        let (_, offered) = Peer::offer(local()).await.unwrap();
        assert!(offered.accept(sdp).await.is_err(), "taken: {}", &sdp[..sdp.len().min(300)]);
    }
    // Every shorter beginning of a good one is taken or refused, and never breaks anything.
    for length in (0..offer.len()).step_by(7) {
        let _either = Peer::answer(local(), &offer[..length]).await;
    }
}
