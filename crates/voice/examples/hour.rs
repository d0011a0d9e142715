//! Replays a made-up session of an hour through a whole call and prints what it keeps.
//!
//! `cargo run --release -p sellme-voice --example hour`

#[path = "../tests/common/talk.rs"]
mod talk;

use std::io::{self, Write};

use sellme_core::Millis;
use sellme_voice::{
    call::{Call, Input, Output, Plan},
    conversation::Conversation,
    data::{Choice, voice_data},
    events::ServerEvent,
};
use talk::{Talk, WAYS, Way};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let ways: Vec<Way> = WAYS.iter().copied().cycle().take(800).collect();
    let messages: Vec<(i64, String)> = Talk::of(&ways).told.iter().map(|one| (one.at, one.event.to_string())).collect();
    let mut plan = Plan::new(voice_data().map_err(io::Error::other)?.session(&Choice::default()));
    plan.longest = Millis(2 * 3_600_000);
    let (mut conversation, mut most) = (Conversation::new(), 0);
    let mut call = Call::new(plan);
    for input in [Input::Open, Input::Answered, Input::LinkOpen] {
        call.handle(Millis(0), input);
    }
    let mut turns = 0;
    for (at, message) in &messages {
        let said = call.handle(Millis(*at), Input::Message(message));
        turns += said.iter().filter(|out| matches!(out, Output::Turn(_))).count();
        if let Ok(event) = ServerEvent::parse(message) {
            conversation.apply(Millis(*at), &event);
        }
        most = most.max(conversation.kept());
    }
    let minutes = messages.last().map_or(0, |(at, _)| at / 60_000);
    writeln!(out, "{} events, {minutes} minutes, {turns} turns", messages.len())?;
    writeln!(out, "kept by the conversation: {most} things at most, {} at the end", conversation.kept())?;
    let transcript: usize = call.said().iter().map(|(_, text)| text.len()).sum();
    writeln!(out, "kept by the call: its transcript, {} KB", transcript.div_ceil(1024))
}
