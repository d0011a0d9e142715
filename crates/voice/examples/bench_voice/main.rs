//! What a call's way costs in time, against a client that is nothing but str0m, at the same endpoint:
//!
//! - `bench_voice connect URL ROUNDS`: from the offer to the open data channel, one way after the other, in rounds;
//! - `bench_voice talk URL CALLS TURNS`: from the end of the rep's speech to the first sound of the answer, and from the rep's first sound in the middle of an
//!   answer to silence.
//!
//! Both want the sound server of `cargo xtask bench`, whose microphone and speaker are two sides of one device: what was said and what was heard is read from one
//! recording, with one clock. The last lines printed are the measurements, as JSON.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what it measured is what it is for")]

mod bare;
mod connect;
mod recording;
mod report;
mod said;
mod server;
mod talk;

use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| -> Outcome<usize> { Ok(arguments.get(at).ok_or("a number is missing")?.parse()?) };
    let url = arguments.get(1).ok_or("the endpoint's address is missing")?;
    match arguments.first().map(String::as_str) {
        Some("connect") => connect::measure(url, number(2)?).await,
        Some("talk") => talk::measure(url, number(2)?, number(3)?).await,
        _ => Err("bench_voice connect URL ROUNDS | talk URL CALLS TURNS".into()),
    }
}
