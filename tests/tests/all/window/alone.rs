//! One window per data folder, and a window that lives on.

use std::{
    path::Path,
    process::{Child, Command},
    time::{Duration, Instant},
};

use fantoccini::Locator;
use sellme_tests::{
    bus,
    place::Place,
    program,
    screen::{PATIENCE, Screen},
    script,
    window::{Window, logged, on_display},
};

use crate::window::danas;

/// Waits for a program to end and gives back its exit code.
fn ended(mut child: Child) -> Option<i32> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("the second program did not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A second start on this folder.
fn start(place: &Place, data: &Path) -> Child {
    on_display(place, program::built("debug")).args(["--data-dir", data.to_str().unwrap()]).spawn().unwrap()
}

#[test]
#[ignore = "needs a session bus: cargo xtask test window"]
fn the_session_bus_of_a_window_starts_nothing_in_anybodys_home() {
    let ask =
        ["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ListActivatableNames"];
    let listed = Command::new("dbus-send").args(ask).env("DBUS_SESSION_BUS_ADDRESS", bus::address()).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let names: Vec<&str> = listed.split('"').skip(1).step_by(2).collect();
    assert_eq!(names, ["org.freedesktop.DBus"]);
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_second_start_on_the_same_folder_opens_no_second_window() {
    let (place, window) = danas().await;
    let screen = Screen::new();
    screen.wait_for(1);
    assert_eq!(ended(start(&place, &place.data())), Some(0));
    assert_eq!(screen.windows().len(), 1);
    window.sees("Recommended for you").await;
    // The same folder by another name is the same folder.
    let link = place.path().join("link");
    std::os::unix::fs::symlink(place.data(), &link).unwrap();
    assert_eq!(ended(start(&place, &link)), Some(0));
    assert_eq!(screen.windows().len(), 1);
    // Another folder is another window, and opens like the first.
    let other = place.path().join("other");
    let mut second = start(&place, &other);
    screen.wait_for(2);
    let deadline = Instant::now() + PATIENCE;
    while !other.join("sellme.open").exists() {
        assert!(Instant::now() < deadline, "the window on another folder does not open it: {}", logged(&other));
        std::thread::sleep(Duration::from_millis(20));
    }
    window.sees("Recommended for you").await;
    second.kill().unwrap();
    second.wait().unwrap();
    screen.wait_for(1);
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn without_a_session_bus_the_second_window_says_that_the_folder_is_taken() {
    let place = Place::new();
    let none = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")];
    let binary = program::built("debug");
    let first = Window::open_with(&place, &binary, &none).await;
    first.types("#name", "Dana").await;
    first.press("Begin").await;
    first.sees("Recommended for you").await;
    let screen = Screen::new();
    let firsts = screen.wait_for(1)[0].window;
    let second = Window::open_with(&place, &binary, &none).await;
    second.sees("folder_in_use").await;
    second.shoot("40-folder-in-use").await;
    second.press("Try again").await;
    second.sees("folder_in_use").await;
    first.press("Start").await;
    first.press("Start talking").await;
    first.arrives("talk/").await;
    assert!(first.says(script::LINES[0]).await, "the first goes on");
    // Once the first is closed, the second has the folder when it tries again.
    screen.close(firsts);
    screen.wait_for(1);
    let deadline = Instant::now() + PATIENCE;
    while place.data().join("sellme.open").exists() {
        assert!(Instant::now() < deadline, "the first did not close its data file");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(first);
    second.press("Try again").await;
    second.sees("You left a conversation open").await;
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_panic_in_a_command_is_an_error_with_a_way_on_and_the_window_lives() {
    let place = Place::new();
    let window = Window::open_with(&place, &program::built("debug"), &[("SELLME_FAULT", "practice")]).await;
    window.types("#name", "Dana").await;
    window.press("Begin").await;
    window.sees("internal").await;
    window.shoot("41-panic").await;
    let log = logged(&place.data());
    // Which command and where, but not what it panicked with, which could be what somebody said.
    assert!(log.contains("command=\"practice\"") && log.contains("guard.rs") && !log.contains("asked to fail"), "{log}");
    window.press("Catalogue").await;
    window.arrives("catalogue").await;
    window.sees("Pilbara").await;
    window.ask(&format!("location.hash = '#/briefing/{}'", script::SCENARIO)).await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
    assert!(window.says(script::LINES[0]).await, "practising goes on");
}

#[tokio::test]
#[ignore = "needs a display: cargo xtask test window"]
async fn a_folder_that_cannot_be_opened_is_said_in_the_window() {
    let place = Place::new();
    std::fs::write(place.file(), "My shopping list: boots, hat, rope and a saddle blanket, all of it before Friday and nothing after.")
        .unwrap();
    let window = Window::open(&place, &program::built("debug")).await;
    window.sees("database_foreign").await;
    window.shoot("42-foreign").await;
    // What is in the way is moved away, and the same window goes on.
    std::fs::remove_file(place.file()).unwrap();
    window.find(Locator::Css("button"), "a way on").await.click().await.unwrap();
    window.sees("What are you called?").await;
}
