//! Session descriptions of strangers: whatever is in them, they are taken or refused, and nothing breaks.

use std::net::IpAddr;

use proptest::{collection::vec, prelude::*};
use sellme_voice::peer::{Peer, PeerConfig, PeerHandle};
use tokio::runtime::Runtime;

/// An offer of Chromium, with a line for each candidate.
const CHROMIUM: &str = include_str!("../../../../tests/fixtures/sdp/chromium-offer.sdp");

/// The longest message that is ever sent, in bytes.
const LONGEST_TEXT: usize = 1 << 20;

/// An answer that is longer than this was blown up by what it answers, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// What is done to one line of a description. Where it is done is any number: the rest by what there is.
#[derive(Debug, Clone)]
enum Harm {
    /// It is gone.
    Drop(usize),
    /// It is there so often.
    Repeat(usize, usize),
    /// It changes places with another.
    Swap(usize, usize),
    /// It becomes the other.
    Copy(usize, usize),
    /// Something stands somewhere in it.
    Put(usize, usize, String),
    /// What follows its first colon is something else.
    Value(usize, String),
    /// The numbers in it are another one.
    Number(usize, u128),
    /// It breaks off, and everything after it is gone.
    Break(usize, usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<usize>;
    let number = prop_oneof![Just(0_u128), Just(u128::from(u16::MAX) + 1), Just(u128::from(u64::MAX)), any::<u128>(), 0..200_u128];
    prop_oneof![
        at().prop_map(Harm::Drop),
        (at(), 2..300_usize).prop_map(|(line, times)| Harm::Repeat(line, times)),
        (at(), at()).prop_map(|(one, other)| Harm::Swap(one, other)),
        (at(), at()).prop_map(|(one, other)| Harm::Copy(one, other)),
        (at(), at(), ".{0,12}").prop_map(|(line, place, text)| Harm::Put(line, place, text)),
        (at(), "\\PC{0,40}").prop_map(|(line, text)| Harm::Value(line, text)),
        (at(), number).prop_map(|(line, number)| Harm::Number(line, number)),
        (at(), at()).prop_map(|(line, place)| Harm::Break(line, place)),
    ]
}

fn harms() -> impl Strategy<Value = Vec<Harm>> {
    vec(harm(), 0..6)
}

impl Harm {
    fn befall(&self, lines: &mut Vec<String>) {
        if lines.is_empty() {
            return;
        }
        let count = lines.len();
        match self {
            Self::Drop(line) => drop(lines.remove(line % count)),
            Self::Repeat(line, times) => {
                let line = line % count;
                let again: Vec<_> = std::iter::repeat_n(lines[line].clone(), *times).collect();
                drop(lines.splice(line..line, again));
            }
            Self::Swap(one, other) => lines.swap(one % count, other % count),
            Self::Copy(one, other) => lines[one % count] = lines[other % count].clone(),
            Self::Put(line, place, text) => {
                let line = &mut lines[line % count];
                line.insert_str(place_in(line, *place), text);
            }
            Self::Value(line, text) => {
                let line = &mut lines[line % count];
                line.truncate(line.find([':', '=']).map_or(line.len(), |colon| colon + 1));
                line.push_str(text);
            }
            Self::Number(line, number) => {
                let line = &mut lines[line % count];
                *line = line
                    .split(' ')
                    .map(|word| if word.parse::<u128>().is_ok() { number.to_string() } else { word.to_owned() })
                    .collect::<Vec<_>>()
                    .join(" ");
            }
            Self::Break(line, place) => {
                lines.truncate(line % count + 1);
                if let Some(line) = lines.last_mut() {
                    line.truncate(place_in(line, *place));
                }
            }
        }
    }
}

/// A place in this line at which a letter begins, or its end.
fn place_in(line: &str, place: usize) -> usize {
    let places: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
    places[place % places.len()]
}

fn harmed(sdp: &str, harms: &[Harm]) -> String {
    let mut lines: Vec<String> = sdp.lines().map(str::to_owned).collect();
    for harm in harms {
        harm.befall(&mut lines);
    }
    lines.join("\r\n") + "\r\n"
}

fn local() -> PeerConfig {
    PeerConfig { addresses: vec![IpAddr::from([127, 0, 0, 1])], ..PeerConfig::default() }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Answers it, and lets the connection begin. Gives the answer, where it was taken.
async fn answered(offer: &str) -> Option<String> {
    let (answer, handle, _events) = Peer::answer(local(), offer).await.ok()?;
    assert!(answer.starts_with("v=0") && answer.len() <= LONGEST_ANSWER, "{} bytes", answer.len());
    begun(&handle).await;
    Some(answer)
}

/// What was taken is worked with for a moment.
async fn begun(handle: &PeerHandle) {
    assert!(handle.longest_text() <= LONGEST_TEXT);
    for _ in 0..4 {
        tokio::task::yield_now().await;
    }
}

/// Few where everything is tested; `PROPTEST_CASES` asks for more, as `cargo xtask test fuzz` does.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 64 };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_harmed_offer_is_answered_or_refused(harms in harms()) {
        runtime().block_on(answered(&harmed(CHROMIUM, &harms)));
    }

    #[test]
    fn any_harmed_offer_of_our_own_is_answered_or_refused(harms in harms()) {
        runtime().block_on(async {
            let (offer, _offered) = Peer::offer(local()).await.expect("an offer");
            answered(&harmed(&offer, &harms)).await;
        });
    }

    #[test]
    fn any_harmed_answer_is_taken_or_refused(harms in harms()) {
        runtime().block_on(async {
            let (offer, offered) = Peer::offer(local()).await.expect("an offer");
            let answer = answered(&offer).await.expect("an answer");
            if let Ok((handle, _events)) = offered.accept(&harmed(&answer, &harms)).await {
                begun(&handle).await;
            }
        });
    }

    #[test]
    fn any_text_is_answered_or_refused(lines in vec("[vosbcmat]=(audio|application|candidate:|fingerprint:|ice-ufrag:|mid:|rtpmap:)?[ -~]{0,60}", 0..40)) {
        runtime().block_on(answered(&format!("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n{}\r\n", lines.join("\r\n"))));
    }
}

#[test]
fn what_is_harmed_is_good_before() {
    runtime().block_on(async {
        assert!(answered(&harmed(CHROMIUM, &[])).await.is_some());
        let (offer, offered) = Peer::offer(local()).await.expect("an offer");
        let answer = answered(&offer).await.expect("an answer");
        assert!(offered.accept(&harmed(&answer, &[])).await.is_ok());
    });
}
