//! From the offer to the open data channel.

use std::time::{Duration, Instant};

use sellme_voice::{
    data::{Choice, voice_data},
    native::{CallOptions, NativeCall, NativeEvent},
    provider::{Address, Http, Key, Provider, Target},
};
use tokio::time::{sleep, timeout};

use crate::{Outcome, bare::Bare, report};

/// Any will do.
pub(crate) const KEY: &str = "sk-of-the-measurement";

const HANG: Duration = Duration::from_secs(20);
/// The machine is left alone between two calls.
const REST: Duration = Duration::from_millis(150);

/// A call as the program makes it, and how long each part took, in milliseconds.
pub(crate) async fn ours(url: &str) -> Outcome<(NativeCall, [f64; 4])> {
    // The program makes it once and keeps it.
    let http = Http::new(Target::open_ai(Address::parse(url)?))?;
    let session = serde_json::to_value(voice_data()?.session(&Choice::default()))?;
    let key = Key::typed(KEY)?;
    let begun = Instant::now();
    let so_far = || begun.elapsed().as_secs_f64() * 1e3;
    let (sdp, offered) = NativeCall::offer(CallOptions::default()).await?;
    let offer = so_far();
    let opened = http.open(Some(&key), &session, &sdp).await?;
    let posted = so_far();
    let mut call = offered.accept(&opened.answer).await?;
    let accepted = so_far();
    loop {
        match timeout(HANG, call.events.recv()).await?.ok_or("the call ended")? {
            NativeEvent::Open => break,
            NativeEvent::Closed(why) => return Err(format!("the call closed: {why:?}").into()),
            _ => {}
        }
    }
    let open = so_far();
    Ok((call, [offer, posted - offer, accepted - posted, open - accepted]))
}

/// Ends a call, and waits until all of it is closed.
pub(crate) async fn end(mut call: NativeCall) {
    call.handle.close();
    while call.events.recv().await.is_some() {}
}

/// Makes calls both ways in turn, so that a busier moment falls on both.
pub(crate) async fn measure(url: &str, rounds: usize) -> Outcome<()> {
    let (mut floors, mut wholes, mut parts) = ([const { Vec::new() }; 2], [const { Vec::new() }; 2], [const { Vec::new() }; 4]);
    for round in 0..=rounds {
        let address = url.to_owned();
        let floor = tokio::task::spawn_blocking(move || -> Outcome<[f64; 2]> {
            let begun = Instant::now();
            let bare = Bare::call(&address)?;
            let floor = [bare.offered, begun].map(|from| from.elapsed().as_secs_f64() * 1e3);
            bare.close()?;
            Ok(floor)
        });
        let floor = floor.await??;
        sleep(REST).await;
        let (call, taken) = ours(url).await?;
        end(call).await;
        sleep(REST).await;
        // The first round finds everything cold; the program has asked for its devices long before a call.
        if round > 0 {
            let from_offer = taken.iter().skip(1).sum();
            let from_devices = taken.iter().sum();
            floors.iter_mut().zip(floor).for_each(|(floors, floor)| floors.push(floor));
            wholes.iter_mut().zip([from_offer, from_devices]).for_each(|(wholes, whole)| wholes.push(whole));
            parts.iter_mut().zip(taken).for_each(|(part, taken)| part.push(taken));
        }
    }
    for (name, part) in ["devices and offer", "post", "accept", "connect"].iter().zip(&parts) {
        report::spread(&format!("ours: {name}"), part);
    }
    for (what, (wholes, floors)) in ["open", "devices"].iter().zip(wholes.iter().zip(&floors)) {
        report::measured(&format!("{what} floor"), floors);
        report::measured(&format!("{what} ours"), wholes);
        let ratios: Vec<f64> = wholes.iter().zip(floors).map(|(whole, floor)| whole / floor).collect();
        report::measured(&format!("{what} ratio"), &ratios);
    }
    Ok(())
}
