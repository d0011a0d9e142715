//! `sellme practice` line by line, by a person and by a program, and going on with what was cut short.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use sellme_tests::{
    place::{NOBODYS_ID, Place},
    schema::fits,
    script,
};

#[test]
fn a_person_can_practise_line_by_line() {
    let place = Place::new();
    let said = format!("Good morning, what brings you in today?\n\n/hint\n/repeat\n{}\n\u{fffd}\n/end\n", "too long ".repeat(10_000));
    let ran = place.run_with(&["practice", "--scenario", script::SCENARIO, "--seed", "3"], said);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("too long for one turn"), "{}", ran.err);
    let rows = place.run(&["sessions", "list", "--json"]).json();
    assert_eq!((&rows["total"], &rows["rows"][0]["session"]["status"]), (&1.into(), &"COMPLETED".into()));
    let left = place.run_with(&["practice", "--scenario", script::SCENARIO], "Good morning.\n/leave\n");
    assert_eq!(left.code, Some(0), "{left:?}");
    assert_eq!(place.run(&["sessions", "list", "--json"]).json()["rows"][0]["session"]["status"], "ABANDONED");
}

#[test]
fn a_program_can_practise_line_by_line() {
    let place = Place::new();
    let said = format!("Good morning, what brings you in today?\n/hint\n{}\n/end\n", "too long ".repeat(10_000));
    let one = place.run_with(&["practice", "--scenario", script::SCENARIO, "--seed", "3", "--json"], &said);
    fits(&place, "played", &one.json());
    assert!(one.err.contains("too long for one turn") && one.err.lines().count() == 2, "the hint and the refusal: {}", one.err);
    let lines = place.run_with(&["practice", "--scenario", script::SCENARIO, "--seed", "3", "--jsonl"], &said).lines();
    let [opening, rep, customer, hint, played] = &lines[..] else { panic!("{lines:#?}") };
    let again = place.run_with(&["practice", "--scenario", script::SCENARIO, "--jsonl"], "/repeat\n/leave\n");
    assert_eq!(again.lines().len(), 2, "the customer's line again is no turn: {again:?}");
    assert!(again.err.contains(again.lines()[0]["turn"]["text"].as_str().unwrap()), "{again:?}");
    for turn in [opening, rep, customer] {
        fits(&place, "stored-turn", turn);
    }
    fits(&place, "hint", hint);
    fits(&place, "played", played);
    let left = place.run_with(&["practice", "--scenario", script::SCENARIO, "--json"], "/leave\n").json();
    fits(&place, "session", &left);
    assert_eq!(left["status"], "ABANDONED");
}

#[test]
fn what_looks_like_a_command_is_not_said_to_the_customer() {
    let place = Place::new();
    let lines = place.run_with(&["practice", "--scenario", script::SCENARIO, "--jsonl"], "/foo\n/leave\n");
    assert!(lines.err.contains("/hint"), "{lines:?}");
    assert_eq!(lines.lines().len(), 2, "the opening and the session that was left: {lines:?}");
}

/// Begins an attempt, lets the customer say the first line and pulls the plug.
fn cut_short(place: &Place, seed: &str) {
    let mut child = place
        .sellme(&["practice", "--scenario", script::SCENARIO, "--seed", seed])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("Customer:") {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0, "the customer says something first");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn an_attempt_that_was_cut_short_is_listed_with_the_way_to_go_on() {
    let place = Place::new();
    cut_short(&place, "3");
    let listed = place.run(&["sessions", "list"]);
    assert!(listed.out.contains("not ended") && listed.out.contains("Pilbara"), "{listed:?}");
    assert!(listed.out.contains("sellme practice --resume"), "{listed:?}");
    let listed = place.run(&["sessions", "list", "--json"]).json();
    fits(&place, "history", &listed);
    assert_eq!(listed["open"][0]["session"]["status"], "IN_PROGRESS", "for a program too");
    let shown = place.run(&["sessions", "show", listed["open"][0]["session"]["id"].as_str().unwrap()]);
    assert!(shown.out.contains("not ended") && shown.out.contains("--resume"), "{shown:?}");
}

#[test]
fn an_attempt_that_was_cut_short_goes_on_where_it_was() {
    let place = Place::new();
    cut_short(&place, "3");
    cut_short(&place, "4");
    let open = place.run(&["sessions", "list"]).out;
    let ids: Vec<_> = open.lines().filter(|line| line.contains("Pilbara")).map(|line| line.split(' ').next().unwrap()).collect();
    let [newest, oldest] = ids[..] else { panic!("{open}") };
    // By its id, as a program: first what was said so far, then what is said now.
    let lines = place.run_with(&["practice", "--resume", oldest, "--jsonl"], "Good morning, what brings you in?\n/end\n").lines();
    assert_eq!(lines.len(), 4, "the opening, two turns and the whole: {lines:#?}");
    assert_eq!(lines[0]["sessionId"], oldest);
    assert_eq!((&lines[3]["session"]["id"], &lines[3]["session"]["status"]), (&oldest.into(), &"COMPLETED".into()));
    assert_eq!(lines[3]["session"]["seed"], 3);
    // Without an id, as a person: the newest that is open, with its briefing.
    let ran = place.run_with(&["practice", "--resume"], "Good morning, what brings you in?\n/leave\n");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.out.matches("Customer:").count(), 2, "{}", ran.out);
    assert_eq!(place.run(&["sessions", "show", newest, "--json"]).json()["session"]["status"], "ABANDONED");
    // Nothing is open now, and what is over does not go on.
    assert!(place.run(&["practice", "--resume"]).refused(66).contains("no attempt"));
    place.run(&["practice", "--resume", oldest]).refused(68);
    place.run(&["practice", "--resume", NOBODYS_ID]).refused(66);
    for with in [&["--scenario", script::SCENARIO][..], &["--seed", "3"], &["--script", "lines.txt"]] {
        assert_eq!(place.run(&[&["practice", "--resume"], with].concat()).code, Some(2), "{with:?}");
    }
}

#[test]
fn whoever_has_no_profile_has_nothing_to_go_on_with_and_gets_none() {
    let place = Place::new();
    place.run(&["practice", "--resume"]).refused(66);
    place.run(&["sessions", "list"]).refused(68);
}
