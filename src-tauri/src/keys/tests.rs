//! Keys and a keyring in every mood.

use std::{future::Future, sync::Arc, time::Duration};

use sellme_core::{
    Code,
    wire::{HubSettings, KeyForm, KeyPlace, KeyState},
};
use sellme_voice::provider::{Address, Key, OPEN_AI, Target};

use super::{
    Keys, Patience,
    fake::{Fake, Mood},
    keyring::Trouble,
};

const FIRST: &str = "sk-first-0123456789-AAAA";
const SECOND: &str = "sk-second-0123456789-BBBB";
const OWN: &str = "sk-own-0123456789-CCCC";
const ORIGIN: &str = "https://api.openai.com";

/// Nobody waits that long for a keyring that answers, and soon for one that never does.
const SOON: Patience = Patience { long: Duration::from_millis(200), short: Duration::from_millis(100) };
const LONG: Patience = Patience { long: Duration::from_secs(60), short: Duration::from_secs(60) };

fn wait<T>(question: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(question)
}

fn keys(mood: Mood, environment: Option<&str>) -> (Keys, Arc<Fake>) {
    let keyring = Arc::new(Fake::that(mood));
    let patience = if mood == Mood::Waits { SOON } else { LONG };
    (Keys::new(keyring.clone(), environment.map(key), patience), keyring)
}

fn key(text: &str) -> Key {
    Key::typed(text).unwrap()
}

fn at(address: &str) -> Target {
    Target::open_ai(Address::parse(address).unwrap())
}

fn there(last_four: &str, place: KeyPlace) -> KeyState {
    KeyState::There { last_four: last_four.to_owned(), place }
}

#[test]
fn a_key_is_kept_in_the_keyring_for_its_host_only() {
    wait(async {
        let ((keys, keyring), service) = (keys(Mood::Works, None), at(OPEN_AI));
        assert_eq!(keys.state(&service).await, KeyState::Missing);
        assert_eq!(keys.save(&service.address, key(FIRST)).await, KeyPlace::Keyring);
        assert_eq!(keyring.holds(ORIGIN).as_deref(), Some(FIRST));
        assert_eq!(keys.state(&service).await, there("AAAA", KeyPlace::Keyring));
        assert_eq!(keys.get(&service).await, Some(key(FIRST)));
        for elsewhere in
            ["https://voice.example.com", "https://api.openai.com:8443", "http://localhost:443", "https://api.openai.com.example.com"]
        {
            assert_eq!(keys.get(&at(elsewhere)).await, None, "{elsewhere}");
            assert_eq!(keys.state(&at(elsewhere)).await, KeyState::Missing);
        }
        keys.save(&service.address, key(SECOND)).await;
        assert_eq!(keys.get(&service).await, Some(key(SECOND)), "the new one takes the old one's place");
        keys.remove(&service.address).await.unwrap();
        assert_eq!((keyring.holds(ORIGIN), keys.state(&service).await), (None, KeyState::Missing));
        keys.remove(&service.address).await.unwrap();
    });
}

#[test]
fn without_a_keyring_a_key_is_kept_for_this_run_and_moves_once_one_comes_up() {
    wait(async {
        let ((keys, keyring), service) = (keys(Mood::Fails(Trouble::Absent), None), at(OPEN_AI));
        assert_eq!(keys.save(&service.address, key(FIRST)).await, KeyPlace::Memory);
        assert_eq!(keys.state(&service).await, there("AAAA", KeyPlace::Memory));
        assert_eq!(keys.get(&service).await, Some(key(FIRST)));
        keyring.becomes(Mood::Works);
        assert_eq!(keys.state(&service).await, there("AAAA", KeyPlace::Keyring), "it is found without a restart");
        assert_eq!(keyring.holds(ORIGIN).as_deref(), Some(FIRST));
        keyring.becomes(Mood::Fails(Trouble::Absent));
        assert_eq!(keys.state(&service).await, KeyState::Missing, "no copy stays in memory");
    });
}

#[test]
fn a_locked_keyring_is_asked_where_a_key_is_needed_and_not_to_show_a_state() {
    wait(async {
        let ((keys, keyring), service) = (keys(Mood::Fails(Trouble::Refused), None), at(OPEN_AI));
        assert_eq!(keys.state(&service).await, KeyState::Missing);
        for _ in 0..3 {
            keys.state(&service).await;
        }
        assert_eq!(keyring.asked("get"), 1, "each question may be a prompt");
        assert_eq!(keys.get(&service).await, None);
        assert_eq!(keyring.asked("get"), 2);
        assert_eq!(keys.save(&service.address, key(FIRST)).await, KeyPlace::Memory);
        keyring.becomes(Mood::Works);
        assert_eq!(keys.state(&service).await, there("AAAA", KeyPlace::Memory));
        assert_eq!(keys.get(&service).await, Some(key(FIRST)));
        assert_eq!(keys.state(&service).await, there("AAAA", KeyPlace::Keyring));
    });
}

#[test]
fn a_prompt_that_nobody_answers_holds_up_nobody() {
    wait(async {
        let ((keys, keyring), service) = (keys(Mood::Waits, Some(OWN)), at(OPEN_AI));
        assert_eq!(keys.save(&service.address, key(FIRST)).await, KeyPlace::Memory);
        assert_eq!(keys.get(&service).await, Some(key(FIRST)));
        assert_eq!(keys.state(&service).await, there("AAAA", KeyPlace::Memory));
        assert_eq!((keyring.asked("set"), keyring.asked("get")), (1, 0), "there is no second prompt over the first");
        // Somebody removes the key, and only then types the password: it was taken in late and is not used all the same.
        assert_eq!(keys.remove(&service.address).await.unwrap_err().code, Code::Internal);
        assert_eq!(keys.state(&service).await, there("CCCC", KeyPlace::Environment));
        keyring.becomes(Mood::Works);
        while keyring.holds(ORIGIN).is_none() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        while keyring.asked("delete") == 0 {
            assert_eq!(keys.get(&service).await, Some(key(OWN)));
        }
        assert_eq!(keyring.holds(ORIGIN), None);
    });
}

#[test]
fn a_removed_key_is_not_used_again_whatever_the_keyring_says() {
    wait(async {
        for trouble in [Trouble::Absent, Trouble::Refused] {
            let ((keys, keyring), service) = (keys(Mood::Works, None), at(OPEN_AI));
            keys.save(&service.address, key(FIRST)).await;
            keyring.becomes(Mood::Fails(trouble));
            assert_eq!(keys.remove(&service.address).await.unwrap_err().code, Code::Internal, "the keyring may still have it: {trouble:?}");
            assert_eq!(keys.get(&service).await, None);
            keyring.becomes(Mood::Works);
            assert_eq!((keys.get(&service).await, keyring.holds(ORIGIN)), (None, None), "{trouble:?}");
            assert_eq!(keys.save(&service.address, key(SECOND)).await, KeyPlace::Keyring);
            assert_eq!(keys.get(&service).await, Some(key(SECOND)));
        }
    });
}

#[test]
fn that_a_key_is_removed_is_said_where_no_keyring_can_have_it_and_nowhere_else() {
    wait(async {
        let ((keys, keyring), service) = (keys(Mood::Fails(Trouble::Absent), None), at(OPEN_AI));
        keys.save(&service.address, key(FIRST)).await;
        keys.remove(&service.address).await.unwrap();
        // A keyring that crashes after it was read from has what was there.
        keyring.becomes(Mood::Works);
        keys.save(&service.address, key(FIRST)).await;
        let again = Keys::new(keyring.clone(), None, LONG);
        assert_eq!(again.state(&service).await, there("AAAA", KeyPlace::Keyring));
        keyring.becomes(Mood::Fails(Trouble::Absent));
        assert_eq!(again.remove(&service.address).await.unwrap_err().code, Code::Internal);
        keyring.becomes(Mood::Works);
        again.remove(&service.address).await.unwrap();
        assert_eq!(keyring.holds(ORIGIN), None);
        keyring.becomes(Mood::Fails(Trouble::Absent));
        again.remove(&service.address).await.unwrap();
    });
}

#[test]
fn a_new_key_goes_before_the_one_that_a_keyring_did_not_give_up() {
    wait(async {
        let ((keys, keyring), service) = (keys(Mood::Works, None), at(OPEN_AI));
        keys.save(&service.address, key(FIRST)).await;
        keyring.becomes(Mood::Fails(Trouble::Refused));
        keys.remove(&service.address).await.unwrap_err();
        assert_eq!(keys.save(&service.address, key(SECOND)).await, KeyPlace::Memory);
        keyring.becomes(Mood::Works);
        assert_eq!(keys.get(&service).await, Some(key(SECOND)));
        assert_eq!(keyring.holds(ORIGIN).as_deref(), Some(SECOND));
    });
}

#[test]
fn the_environments_key_is_for_openai_itself_and_comes_last() {
    wait(async {
        let ((keys, _), service) = (keys(Mood::Works, Some(OWN)), at(OPEN_AI));
        assert_eq!(keys.state(&service).await, there("CCCC", KeyPlace::Environment));
        assert_eq!(keys.get(&service).await, Some(key(OWN)));
        for elsewhere in ["https://voice.example.com", "https://api.openai.com:8443/v1", "http://127.0.0.1:9/v1"] {
            assert_eq!(keys.get(&at(elsewhere)).await, None, "{elsewhere}");
        }
        keys.save(&service.address, key(FIRST)).await;
        assert_eq!(keys.get(&service).await, Some(key(FIRST)));
        keys.remove(&service.address).await.unwrap();
        assert_eq!(keys.state(&service).await, there("CCCC", KeyPlace::Environment));
    });
}

#[test]
fn an_access_token_is_kept_for_its_hub_and_no_key_of_another_service_goes_there() {
    wait(async {
        let ((keys, keyring), open_ai) = (keys(Mood::Works, Some(OWN)), at(OPEN_AI));
        let hub = |address: &str| Target::hub(&HubSettings { address: address.to_owned() }).unwrap();
        let ours = hub("https://sell.example.com/sellme");
        keys.save(&open_ai.address, key(FIRST)).await;
        assert_eq!((keys.get(&ours).await, keys.state(&ours).await), (None, KeyState::Missing));
        keys.save(&ours.address, key(SECOND)).await;
        assert_eq!(keyring.holds("https://sell.example.com").as_deref(), Some(SECOND));
        assert_eq!(keys.state(&ours).await, there("BBBB", KeyPlace::Keyring));
        assert_eq!((keys.get(&ours).await, keys.get(&open_ai).await), (Some(key(SECOND)), Some(key(FIRST))));
        assert_eq!(keys.get(&hub("https://sell.example.com:8443")).await, None);
    });
}

#[test]
fn a_service_that_wants_no_key_is_given_none() {
    wait(async {
        let (keys, keyring) = keys(Mood::Works, Some(OWN));
        let mut service = at(OPEN_AI);
        keys.save(&service.address, key(FIRST)).await;
        service.key = KeyForm::None;
        assert_eq!((keys.state(&service).await, keys.get(&service).await), (KeyState::NotNeeded, None));
        assert_eq!(keyring.asked("get"), 0);
    });
}

#[test]
fn what_holds_keys_prints_none() {
    wait(async {
        let (keys, _) = keys(Mood::Fails(Trouble::Absent), Some(OWN));
        keys.save(&at(OPEN_AI).address, key(FIRST)).await;
        let state = keys.state(&at(OPEN_AI)).await;
        let printed = format!("{keys:?} {state:?} {}", serde_json::to_string(&state).unwrap());
        assert!(![FIRST, OWN, "sk-", "0123456789"].iter().any(|secret| printed.contains(secret)), "{printed}");
    });
}
