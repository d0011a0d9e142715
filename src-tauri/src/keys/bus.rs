//! The real keyring, on a session bus and in a home of the test's own: the tests below that are ignored run inside, started by the one that is not.

use std::{
    future::Future,
    io::Write,
    process::{Command, Stdio},
};

use sellme_core::wire::{KeyPlace, KeyState};
use sellme_voice::provider::{Address, Key, OPEN_AI, Target};

use super::Keys;

const KEY: &str = "sk-keyring-0123456789-DDDD";

/// Runs one of the tests below in a home of its own, behind this command.
fn inside(test: &str, before: &[&str]) {
    let home = tempfile::tempdir().unwrap();
    let this = std::env::current_exe().unwrap();
    let words: Vec<_> = before.iter().map(std::ffi::OsString::from).chain([this.into()]).collect();
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).args(["--ignored", "--exact", "--nocapture", &format!("keys::bus::{test}")]);
    for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        command.env(name, home.path());
    }
    for name in ["DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "OPENAI_API_KEY", "GNOME_KEYRING_CONTROL"] {
        command.env_remove(name);
    }
    let output = command.stdin(Stdio::null()).output().expect("dbus-run-session of the package dbus-daemon");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Unlocks the keyring of this home, in the place of one that was started by a question to the bus and has nobody to ask for a password.
fn unlock() {
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args(["--replace", "--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("gnome-keyring-daemon of the package gnome-keyring");
    daemon.stdin.take().unwrap().write_all(b"a password\n").unwrap();
    // It goes on in the background.
    assert!(daemon.wait().unwrap().success());
}

fn wait<T>(question: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(question)
}

fn service() -> Target {
    Target::open_ai(Address::parse(OPEN_AI).unwrap())
}

fn there(place: KeyPlace) -> KeyState {
    KeyState::There { last_four: "DDDD".to_owned(), place }
}

#[test]
fn the_systems_keyring_keeps_a_key_and_is_done_without_where_it_is_not() {
    inside("where_there_is_no_bus", &["env"]);
    inside("where_the_keyring_is_unlocked", &["dbus-run-session", "--"]);
    inside("where_the_keyring_is_unlocked_later", &["dbus-run-session", "--"]);
}

#[test]
#[ignore = "runs without a bus, started by the test above"]
fn where_there_is_no_bus() {
    wait(async {
        let (keys, service) = (Keys::of_this_device(), service());
        assert_eq!(keys.state(&service).await, KeyState::Missing);
        assert_eq!(keys.save(&service.address, Key::typed(KEY).unwrap()).await, KeyPlace::Memory);
        assert_eq!(keys.state(&service).await, there(KeyPlace::Memory));
        assert_eq!(keys.get(&service).await.unwrap().reveal(), KEY);
        keys.remove(&service.address).await.unwrap();
        assert_eq!(keys.state(&service).await, KeyState::Missing);
    });
}

#[test]
#[ignore = "runs on a bus of its own, started by the test above"]
fn where_the_keyring_is_unlocked() {
    unlock();
    wait(async {
        let (keys, service) = (Keys::of_this_device(), service());
        assert_eq!(keys.state(&service).await, KeyState::Missing);
        assert_eq!(keys.save(&service.address, Key::typed(KEY).unwrap()).await, KeyPlace::Keyring);
        // The next start finds it, and nobody else's host does.
        let next = Keys::of_this_device();
        assert_eq!(next.state(&service).await, there(KeyPlace::Keyring));
        assert_eq!(next.get(&service).await.unwrap().reveal(), KEY);
        let elsewhere = Target::open_ai(Address::parse("https://voice.example.com").unwrap());
        assert_eq!(next.state(&elsewhere).await, KeyState::Missing);
        next.save(&service.address, Key::typed("sk-other-0123456789-EEEE").unwrap()).await;
        assert_eq!(keys.get(&service).await.unwrap().last_four(), "EEEE");
        next.remove(&service.address).await.unwrap();
        assert_eq!(keys.state(&service).await, KeyState::Missing);
        keys.remove(&service.address).await.unwrap();
    });
}

#[test]
#[ignore = "runs on a bus of its own, started by the test above"]
fn where_the_keyring_is_unlocked_later() {
    wait(async {
        let (keys, service) = (Keys::of_this_device(), service());
        assert_eq!(keys.save(&service.address, Key::typed(KEY).unwrap()).await, KeyPlace::Memory);
        assert_eq!(keys.state(&service).await, there(KeyPlace::Memory));
        unlock();
        assert_eq!(keys.get(&service).await.unwrap().reveal(), KEY);
        assert_eq!(keys.state(&service).await, there(KeyPlace::Keyring), "it moved without a restart");
        assert_eq!(Keys::of_this_device().get(&service).await.unwrap().reveal(), KEY);
    });
}
