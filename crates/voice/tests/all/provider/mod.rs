//! Providers against a real server on this machine: what each form asks, to the letter, and what becomes of every kind of answer.

// A helper of a test may end with a panic, and should.

mod asking;
mod hub;
mod proxy;
mod refusing;
mod server;

use std::time::Duration;

use sellme_core::wire::{HangUpForm, KeyForm, OfferForm, ProviderKind};
use sellme_voice::provider::{Address, Http, Key, Patience, Target};
use serde_json::{Value, json};

/// Secret enough to be looked for everywhere.
const KEY: &str = "sk-proj-Taos4Pecos7Rio9Grande1234";
const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=offer é\r\n";
const ANSWER: &str = "v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=answer\r\n";

fn key() -> Key {
    Key::typed(KEY).unwrap()
}

fn session() -> Value {
    json!({ "type": "realtime", "model": "gpt-realtime-2.1", "instructions": "You are the customer. “Boots?” é" })
}

/// OpenAI, where this address stands in for its own.
fn open_ai(url: &str) -> Http {
    Http::new(Target::open_ai(Address::parse(url).unwrap())).unwrap()
}

/// A server with ways of its own.
fn compatible(url: &str, offer: OfferForm, key: KeyForm, hang_up: HangUpForm) -> Http {
    Http::new(Target { kind: ProviderKind::Compatible, address: Address::parse(url).unwrap(), offer, key, hang_up }).unwrap()
}

/// One that gives up soon, for servers that never answer.
fn hurried(url: &str) -> Http {
    let patience = Patience { connect: Duration::from_secs(10), whole: Duration::from_millis(300) };
    Http::with_patience(Target::open_ai(Address::parse(url).unwrap()), patience).unwrap()
}
