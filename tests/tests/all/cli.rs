//! `sellme` as a person in a terminal meets it: help, exit codes, shapes, pipes, no display.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::Stdio,
};

use sellme_tests::{
    place::{NOBODYS_ID, Place, end},
    schema::{fits, schema},
    script,
};
use serde_json::Value;

/// A place where one whole session was played, with what it came to.
fn practised() -> (Place, Value) {
    let place = Place::new();
    let lines = place.write("lines.txt", script::text());
    let played =
        place.run(&["practice", "--scenario", script::SCENARIO, "--seed", "7", "--script", lines.to_str().unwrap(), "--json"]).json();
    (place, played)
}

#[test]
fn every_command_explains_itself_with_examples() {
    let place = Place::new();
    for command in ["practice", "score", "sessions", "progress", "catalog", "schema"] {
        let help = place.run(&[command, "--help"]);
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""), "{command}");
        assert!(help.out.contains("Examples:") && help.out.contains(&format!("sellme {command}")), "{command}: {}", help.out);
        assert!(help.out.contains("--data-dir"), "{command}");
    }
    let help = place.run(&["--help"]).out;
    for word in ["practice", "score", "sessions", "progress", "catalog", "schema", "Exit codes", "SELLME_DATA_DIR"] {
        assert!(help.contains(word), "{word}: {help}");
    }
    assert!(fs::read_dir(place.data()).unwrap().next().is_none(), "asking for help made a data file");
}

#[test]
fn the_exit_codes_in_the_help_are_the_ones_that_are_used() {
    let place = Place::new();
    let help = place.run(&["--help"]).out.replace('\n', " ");
    let said = help.split("Exit codes:").nth(1).unwrap();
    for code in [
        "0 done",
        "2 wrong usage",
        "65 bad input",
        "66 not found",
        "68 wrong state",
        "69 no display",
        "70 internal",
        "73 read-only",
        "74 disk full",
        "76 data file",
        "78 bad catalogue",
    ] {
        assert!(said.contains(code), "{code}: {said}");
    }
    assert_eq!(place.run(&["--version"]).code, Some(0));
    for wrong in [
        &["dance"][..],
        &["score"],
        &["practice", "--seed", "many"],
        &["practice", "--seed", "-1"],
        &["sessions"],
        &["score", "-", "--json", "--jsonl"],
    ] {
        let ran = place.run(wrong);
        assert_eq!(ran.code, Some(2), "{wrong:?}");
        assert!(ran.err.contains("--help") && ran.out.is_empty(), "{wrong:?}: {}", ran.err);
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let (place, _) = practised();
    let not_found: &[&[&str]] = &[
        &["practice", "--scenario", "nobody-here"],
        &["score", "--scenario", "nobody-here", "-"],
        &["score", "nowhere.txt"],
        &["practice", "--script", "nowhere.txt"],
        &["sessions", "show", NOBODYS_ID],
        &["catalog", "show", "a-moon-boot"],
        &["schema", "poem"],
    ];
    for arguments in not_found {
        let said = place.run(arguments).refused(66).to_owned();
        let asked = arguments.iter().rev().find(|word| !word.starts_with('-') && **word != "show").unwrap();
        assert!(said.contains(asked) || arguments.contains(&"nobody-here") && said.contains("nobody-here"), "{arguments:?}: {said}");
    }
    // What is no id at all is wrong usage.
    assert_eq!(place.run(&["sessions", "show", "yesterday"]).code, Some(2));
}

#[test]
fn nobody_has_practised_yet_is_said_in_words() {
    let place = Place::new();
    for arguments in [&["sessions", "list"][..], &["sessions", "export"], &["progress"]] {
        let said = place.run(arguments).refused(68).to_owned();
        assert!(said.contains("practicing"), "{said}");
    }
    // What is sold can be read by anybody.
    assert_eq!(place.run(&["catalog", "list"]).code, Some(0));
}

#[test]
fn what_is_printed_is_what_the_schemas_say() {
    let (place, played) = practised();
    fits(&place, "played", &played);
    fits(&place, "report", &played["report"]);
    for key in ["overallScore", "metrics", "outcome", "turns", "report"] {
        assert!(played.get(key).is_some(), "{key}");
    }
    let id = played["session"]["id"].as_str().unwrap();
    let history = place.run(&["sessions", "list", "--json"]).json();
    fits(&place, "history", &history);
    assert_eq!(history["rows"][0]["session"]["id"], id);
    let debrief = place.run(&["sessions", "show", id, "--json"]).json();
    fits(&place, "debrief", &debrief);
    assert_eq!((&debrief["report"], &debrief["turns"]), (&played["report"], &played["turns"]));
    let progress = place.run(&["progress", "--json"]).json();
    fits(&place, "progress", &progress);
    assert_eq!(progress["totalSessions"], 1, "{progress}");
    fits(&place, "products", &place.run(&["catalog", "list", "--json"]).json());
    fits(&place, "products", &place.run(&["catalog", "search", "oilskin", "--json"]).json());
    fits(&place, "product", &place.run(&["catalog", "show", "pilbara-jacket", "--json"]).json());
    let talk = r#"{"id":"a","turns":[{"speaker":"rep","text":"Hello, what brings you in?","startedMs":0,"endedMs":900},{"speaker":"customer","text":"Just looking."}]}"#;
    fits(&place, "transcript", &serde_json::from_str(talk).unwrap());
    let scored = place.run_with(&["score", "-", "--jsonl"], talk).lines();
    assert_eq!(scored.len(), 1);
    fits(&place, "scored", &scored[0]);
    let refused = place.run_with(&["score", "-", "--jsonl"], "{}").lines();
    fits(&place, "error", &refused[0]["error"]);
    let all = place.run(&["schema"]).json();
    for name in all.as_object().unwrap().keys() {
        assert_eq!(all[name], schema(&place, name), "{name}");
    }
}

#[test]
fn an_export_has_everything_and_is_valid_json() {
    let (place, played) = practised();
    let exported = place.run(&["sessions", "export", "--json"]).json();
    assert_eq!(exported["sessions"], 1);
    let text = fs::read_to_string(exported["path"].as_str().unwrap()).unwrap();
    let export: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(export["sessions"][0]["turns"], played["turns"]);
    assert_eq!(export["sessions"][0]["report"], played["report"]);
    let again = place.run(&["sessions", "export"]).out;
    assert_ne!(again.trim(), exported["path"], "the earlier export of the day stays");
    assert_eq!(fs::read_to_string(again.trim()).unwrap(), text);
}

#[test]
fn sessions_are_found_by_what_was_said() {
    let (place, _) = practised();
    let found = |words: &str| place.run(&["sessions", "list", "--text", words, "--json"]).json()["matching"].as_u64().unwrap();
    assert_eq!((found("tobacco"), found("swing up"), found("submarine")), (1, 1, 0));
    let of = |product: &str| place.run(&["sessions", "list", "--product", product, "--json"]).json()["matching"].as_u64().unwrap();
    assert_eq!((of("pilbara-jacket"), of("the-gunner")), (1, 0));
}

#[test]
fn a_setting_that_is_not_known_is_said_in_the_terminal() {
    let place = Place::new();
    fs::create_dir(place.path().join("config/sellmeprt")).unwrap();
    place.write("config/sellmeprt/config.toml", "datadir = \"/typo\"");
    let ran = end(place.sellme(&["catalog", "list"]).env("SELLME_CATALOGDIR", "/typo"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("datadir") && ran.err.contains("SELLME_CATALOGDIR"), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 2, "and nothing else: {ran:?}");
}

#[test]
fn a_pipe_that_closes_early_is_no_error() {
    let place = Place::new();
    for arguments in [&["catalog", "list", "--json"][..], &["schema"], &["catalog", "show", "pilbara-jacket"]] {
        let mut child = place.sellme(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut out = BufReader::with_capacity(16, child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        drop(out);
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn an_answer_that_cannot_be_written_is_a_full_disk() {
    let place = Place::new();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    end(place.sellme(&["catalog", "list"]).stdout(full).stderr(Stdio::piped())).refused(74);
}

#[test]
fn without_a_display_the_window_says_so_and_the_commands_work() {
    let place = Place::new();
    let said = place.run(&[]).refused(69).to_owned();
    assert!(said.contains("sellme practice"), "{said}");
    // A display that is named and does not answer is none.
    end(place.sellme(&[]).env("DISPLAY", ":987")).refused(69);
    assert_eq!(place.run(&["catalog", "list"]).code, Some(0));
    // With another folder as a flag, the flag wins over the variable.
    let other = place.path().join("other");
    assert_eq!(place.run(&["--data-dir", other.to_str().unwrap(), "catalog", "search", "boots"]).code, Some(0));
    assert!(other.join("sellme.db").is_file());
}
