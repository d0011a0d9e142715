//! What a service says of its models, asked for real.

use sellme_core::{Code, wire::Settings};
use sellme_voice::{
    endpoint::{Config, Refusal, serve},
    provider::{Address, Key, OPEN_AI, Target, has_model},
};

use super::Voice;

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
