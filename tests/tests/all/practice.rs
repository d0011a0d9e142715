//! Scripted practice: the same seed and the same lines make the same session, and it is stored once.

use std::{fs, sync::Arc};

use sellme_app::{App, Device};
use sellme_core::embedded;
use sellme_store::{Folder, SqliteStore};
use sellme_tests::{
    device::{MORNING, TestDevice},
    place::{Place, Ran},
    script,
};
use serde_json::Value;

fn play(place: &Place, text: &str, more: &[&str]) -> Ran {
    let lines = place.write("lines.txt", text);
    let mut arguments = vec!["practice", "--scenario", script::SCENARIO, "--seed", "7", "--script", lines.to_str().unwrap()];
    arguments.extend(more);
    place.run(&arguments)
}

#[test]
fn the_same_script_gives_the_same_bytes_in_two_fresh_folders() {
    for form in [&["--json"][..], &["--jsonl"], &[]] {
        let (first, second) = (play(&Place::new(), &script::text(), form), play(&Place::new(), &script::text(), form));
        assert_eq!(first.code, Some(0), "{first:?}");
        assert!(first.out.len() > 500, "{first:?}");
        assert_eq!(first.out, second.out);
    }
}

#[test]
fn the_same_script_again_in_the_same_folder_gives_the_same_json_and_is_stored_once() {
    let place = Place::new();
    let (first, second) = (play(&place, &script::text(), &["--json"]), play(&place, &script::text(), &["--json"]));
    assert_eq!((first.code, second.code), (Some(0), Some(0)), "{second:?}");
    let own = |ran: &Ran| {
        let mut value = ran.json();
        // Whose attempt it is differs where the folder knows the person already.
        value["session"]["userId"].take();
        value
    };
    assert_eq!(own(&first), own(&second));
    assert!(second.err.contains("already"), "{second:?}");
    assert_eq!(place.run(&["sessions", "list", "--json"]).json()["total"], 1);
    assert_eq!(place.run(&["progress", "--json"]).json()["totalSessions"], 1);
    // Its clock is made up; a backup is due by the real one.
    let names: Vec<_> =
        fs::read_dir(place.data().join("backups")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let made_at: u128 = names[0].trim_end_matches(".db").split('-').nth(1).unwrap().parse().unwrap();
    assert!(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis().abs_diff(made_at) < 3_600_000, "{names:?}");
}

#[tokio::test]
async fn each_person_on_a_laptop_keeps_the_same_script_for_themselves() {
    let place = Place::new();
    let first = play(&place, &script::text(), &["--json"]).json();
    let choose = async |name: &str| {
        let device = TestDevice::at(MORNING);
        let store = SqliteStore::open(&Folder::at(place.data()), device.now()).unwrap().store;
        let app = App::new(store, Arc::new(embedded::catalog().unwrap().clone()), device, place.data());
        match app.profiles().await.unwrap().into_iter().find(|profile| profile.name == name) {
            Some(known) => app.choose_profile(known.id).await.unwrap(),
            None => app.create_profile(name).await.unwrap(),
        };
    };
    choose("Zeb").await;
    let again = play(&place, &script::text(), &["--json"]);
    assert_eq!(again.err, "", "to Zeb it is new");
    let second = again.json();
    assert_eq!((&first["turns"], &first["report"]), (&second["turns"], &second["report"]));
    assert_ne!(first["session"]["id"], second["session"]["id"]);
    assert!(play(&place, &script::text(), &["--json"]).err.contains("already"), "the second time it is not");
    for (name, own, other) in [("Zeb", &second, &first), ("Rep", &first, &second)] {
        choose(name).await;
        assert_eq!(place.run(&["sessions", "list", "--json"]).json()["total"], 1);
        let show = |played: &Value| place.run(&["sessions", "show", played["session"]["id"].as_str().unwrap(), "--json"]);
        assert_eq!(show(own).json()["report"], own["report"]);
        show(other).refused(66);
    }
}

#[test]
fn another_seed_or_another_line_is_another_session() {
    let place = Place::new();
    let first = play(&place, &script::text(), &["--json"]).json();
    let lines = place.path().join("lines.txt");
    let other =
        place.run(&["practice", "--scenario", script::SCENARIO, "--seed", "8", "--script", lines.to_str().unwrap(), "--json"]).json();
    let longer = play(&place, &script::text().replace("Good morning", "Good evening"), &["--json"]).json();
    assert_ne!(first["session"]["id"], other["session"]["id"]);
    assert_ne!(first["session"]["id"], longer["session"]["id"]);
    assert_eq!(place.run(&["sessions", "list", "--json"]).json()["total"], 3);
}

#[test]
fn a_script_that_ends_first_is_completed_as_it_stands() {
    let place = Place::new();
    let played = play(&place, "Good morning.\nWhat brings you in?\n", &["--json"]).json();
    assert_eq!(played["session"]["status"], "COMPLETED");
    assert_eq!(played["overallScore"], Value::Null, "two lines are too few to score");
    assert_eq!(played["unusedLines"], Value::Array(Vec::new()));
    let empty = play(&Place::new(), "\n \n", &["--json"]).json();
    assert_eq!(empty["turns"].as_array().unwrap().len(), 1, "only the customer's first line");
}

#[test]
fn lines_that_are_left_over_are_reported() {
    let place = Place::new();
    let text = format!("{}{}", script::text(), "You are wasting my time. Take it or leave it.\n".repeat(25));
    let played = play(&place, &text, &["--json"]).json();
    let unused = played["unusedLines"].as_array().unwrap();
    let said = played["turns"].as_array().unwrap().iter().filter(|turn| turn["speaker"] == "rep").count();
    assert!(!unused.is_empty(), "the customer stayed for all of it");
    assert_eq!(said + unused.len(), text.lines().count());
    assert!(play(&Place::new(), &text, &[]).out.contains("Take it or leave it"), "a person is told too");
}

#[test]
fn each_turn_is_printed_once_it_is_stored_and_the_document_comes_last() {
    let place = Place::new();
    let lines = play(&place, &script::text(), &["--jsonl"]).lines();
    let (document, turns) = lines.split_last().unwrap();
    assert_eq!(Value::from_iter(turns.iter().map(|line| line["turn"].clone())), document["turns"]);
    let place = Place::new();
    assert_eq!(document["report"], play(&place, &script::text(), &["--json"]).json()["report"]);
}

#[test]
fn a_bad_line_of_a_script_ends_it_with_a_sentence_and_keeps_what_was_said() {
    let place = Place::new();
    let long = format!("Good morning.\n{}\nShall we ring it up?\n", "a".repeat(100_000));
    play(&place, &long, &["--json"]).refused(65);
    let mended = long.replace(&"a".repeat(100_000), "Fine weather.");
    assert_eq!(play(&place, &mended, &["--json"]).code, Some(0));
    fs::write(place.path().join("lines.txt"), b"Good morning\n\xff\n").unwrap();
    let lines = place.path().join("lines.txt");
    place.run(&["practice", "--script", lines.to_str().unwrap()]).refused(65);
}

#[test]
fn control_characters_are_stored_as_spaces() {
    let place = Place::new();
    let played = play(&place, "Good\u{1b}[31m morning\u{7}, what\tbrings you in?\n", &["--json"]).json();
    let said = played["turns"][1]["text"].as_str().unwrap();
    assert!(said.contains("morning") && !said.chars().any(char::is_control), "{said:?}");
}

#[test]
fn without_a_scenario_the_recommended_one_is_played() {
    let place = Place::new();
    let lines = place.write("lines.txt", script::text());
    let run = || place.run(&["practice", "--seed", "7", "--script", lines.to_str().unwrap(), "--json"]);
    let played = run().json();
    assert!(played["session"]["scenarioId"].is_string());
    let piped = Place::new();
    let said = piped.run_with(&["practice", "--seed", "7", "--script", "-", "--json"], script::text()).json();
    assert_eq!(said["report"], played["report"]);
}
