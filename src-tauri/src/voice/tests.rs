//! What a service says of its models, asked for real.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::Arc,
};

use sellme_core::{
    Code,
    id::SessionId,
    session::Visibility,
    wire::{HubSettings, Settings},
};
use sellme_voice::{
    endpoint::{Config, Refusal, serve},
    provider::{Address, Attempt, Key, OPEN_AI, Target, has_model},
};

use super::{Voice, answering::Answering};

const MODEL: &str = "gpt-realtime-2.1";

#[tokio::test]
async fn what_the_service_said_of_its_models_is_kept_until_it_says_otherwise_or_the_key_is_another() {
    let config = Config::default();
    let knobs = config.knobs.clone();
    let endpoint = serve(config).await.unwrap();
    let voice = Voice::new(Some(endpoint.url.clone()));
    let target = voice.target(&Settings::default()).unwrap();
    let key = Key::typed("any-key-will-do".to_owned()).unwrap();
    assert_eq!(voice.models(target.clone(), None).await.unwrap_err().code, Code::KeyMissing);
    assert!(voice.listed.of(&target).is_empty() && !voice.listed.is_fresh(&target), "nobody was asked");

    voice.models(target.clone(), Some(&key)).await.unwrap();
    assert_eq!((has_model(&voice.listed.of(&target), MODEL), voice.listed.is_fresh(&target)), (Some(true), true));

    knobs.retire([MODEL.to_owned()]);
    voice.models(target.clone(), Some(&key)).await.unwrap();
    assert_eq!(has_model(&voice.listed.of(&target), MODEL), Some(false));

    knobs.refuse(Some(Refusal::Key));
    assert_eq!(voice.models(target.clone(), Some(&key)).await.unwrap_err().code, Code::KeyRefused);
    assert_eq!(has_model(&voice.listed.of(&target), MODEL), Some(false), "a refusal says nothing of models");

    let elsewhere = Target::open_ai(Address::parse(OPEN_AI).unwrap());
    assert!(voice.listed.of(&elsewhere).is_empty(), "what one service has says nothing of another");
    voice.listed.forget();
    assert!(voice.listed.of(&target).is_empty());
}

/// A hub that takes any access token; and what it was asked first.
fn hub() -> (Target, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let asked = BufReader::new(&stream).lines().map_while(|line| line.ok().filter(|line| !line.is_empty())).collect::<Vec<_>>();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{\"id\":\"dana\"}").unwrap();
        asked[0].clone()
    });
    (Target::hub(&HubSettings { address }).unwrap(), asked)
}

#[tokio::test]
async fn a_hub_is_asked_whether_it_takes_the_access_token_and_for_no_models() {
    let (target, asked) = hub();
    let token = Key::typed("prt-any-token-will-do").unwrap();
    let voice = Voice::default();
    assert!(voice.models(target.clone(), Some(&token)).await.unwrap().is_empty());
    assert_eq!(asked.join().unwrap(), "GET /api/me HTTP/1.1");
    assert!(voice.listed.is_fresh(&target), "it is not asked again at once");
}

#[tokio::test]
async fn the_calls_of_an_attempt_at_a_hub_have_one_provider_and_those_of_another_have_another() {
    let answering = Answering::default();
    let target = Target::hub(&HubSettings { address: "http://127.0.0.1:9".to_owned() }).unwrap();
    let attempt = |last: u8| {
        let session: SessionId = format!("0198c0de-7000-7000-8000-00000000000{last}").parse().unwrap();
        Attempt { session, scenario: "pilbara-skeptical-medium".to_owned(), visibility: Visibility::Practice }
    };
    let first = answering.provider(target.clone(), attempt(1)).await.unwrap();
    // It knows which call of the attempt is the newest.
    assert!(Arc::ptr_eq(&first, &answering.provider(target.clone(), attempt(1)).await.unwrap()));
    assert!(!Arc::ptr_eq(&first, &answering.provider(target, attempt(2)).await.unwrap()));
}
