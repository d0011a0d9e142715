//! `sellme` as a person in a terminal meets it: help, exit codes, shapes, pipes, no display.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    os::unix::fs::PermissionsExt,
    process::Stdio,
};

use sellme_tests::{
    fault,
    place::{Place, end},
    script,
};
use serde_json::Value;

const NOBODYS_ID: &str = "01980000-0000-7000-8000-000000000000";

fn schema(place: &Place, name: &str) -> Value {
    place.run(&["schema", name]).json()
}

/// That the value is what the schema of that name says.
fn fits(place: &Place, name: &str, value: &Value) {
    let schema = schema(place, name);
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    let wrong: Vec<_> = validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    assert!(!validator.is_valid(&Value::from("something else")), "the schema of {name} allows anything");
}

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

#[test]
fn a_catalogue_of_ones_own_is_practised_and_scored_with() {
    let place = Place::new();
    let own = place.path().join("own");
    let built_in = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/core/data/catalog");
    fs::create_dir_all(own.join("products")).unwrap();
    for file in ["catalog.toml", "policies.toml"] {
        fs::copy(built_in.join(file), own.join(file)).unwrap();
    }
    let kite = fs::read_to_string(built_in.join("products/story-the-kite.toml")).unwrap();
    let scenario = kite.lines().skip_while(|line| *line != "[[scenario]]").nth(1).unwrap().split('"').nth(1).unwrap().to_owned();
    fs::write(own.join("products/story-the-kite.toml"), kite.replace(&scenario, "mine")).unwrap();
    let folder = own.to_str().unwrap();
    let products = place.run(&["catalog", "list", "--json", "--catalog-dir", folder]).json();
    assert_eq!(products.as_array().unwrap().len(), 1);
    let talk = "Rep: Hello, what brings you in today?\nCustomer: A present for my wife.\n";
    assert_eq!(place.run_with(&["score", "-", "--scenario", "mine", "--json"], talk).code, Some(66));
    assert_eq!(place.run_with(&["score", "-", "--scenario", "mine", "--json", "--catalog-dir", folder], talk).code, Some(0));
    let mut by_variable = place.sellme(&["practice", "--scenario", "mine", "--json"]);
    assert_eq!(end(by_variable.env("SELLME_CATALOG_DIR", &own)).code, Some(0));
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

#[test]
fn a_catalogue_with_a_missing_field_is_refused_by_file_entry_and_field() {
    let place = Place::new();
    let good = sellme_tests::root().join("crates/core/data/catalog");
    let fine = place.run(&["catalog", "check", good.to_str().unwrap()]);
    assert_eq!(fine.code, Some(0), "{fine:?}");
    let copy = place.path().join("catalog");
    let status = std::process::Command::new("cp").args(["-r"]).arg(&good).arg(&copy).status().unwrap();
    assert!(status.success());
    let file = copy.join("products/pilbara-jacket.toml");
    let text = fs::read_to_string(&file).unwrap();
    let check = || place.run(&["catalog", "check", copy.to_str().unwrap()]);
    for (cut, entry, field) in [("sku = \"3J02\"\n", "pilbara-jacket", "sku"), ("name = \"Oil-finished cotton\"\n", "oil-finish", "name")] {
        assert!(text.contains(cut), "{cut}");
        fs::write(&file, text.replacen(cut, "", 1)).unwrap();
        let ran = check();
        assert_eq!(ran.code, Some(78), "{ran:?}");
        assert!(ran.err.contains("products/pilbara-jacket.toml") && ran.err.contains(entry) && ran.err.contains(field), "{}", ran.err);
    }
    // One bad file does not hide another, nor one bad entry the next.
    fs::write(&file, text.replacen("benefit = ", "# ", 2)).unwrap();
    let kite = copy.join("products/story-the-kite.toml");
    let fine = fs::read_to_string(&kite).unwrap();
    fs::write(&kite, fine.replacen("category = \"short-stories\"", "category = \"kites\"", 1)).unwrap();
    fs::write(copy.join("products/latin.toml"), b"name = \"caf\xe9\"").unwrap();
    let ran = check();
    assert_eq!(ran.code, Some(78), "{ran:?}");
    let named = |name: &str| ran.err.lines().filter(|line| line.contains(name)).count();
    assert_eq!(
        (named("pilbara-jacket.toml: feature["), named("story-the-kite.toml: category"), named("latin.toml")),
        (2, 1, 1),
        "{}",
        ran.err
    );
    assert_eq!(ran.err.lines().count(), 4, "{}", ran.err);
    fs::write(&kite, fine).unwrap();
    fs::remove_file(copy.join("products/latin.toml")).unwrap();
    fs::write(&file, "name = ").unwrap();
    assert!(check().err.contains("pilbara-jacket.toml"));
    fs::remove_file(&file).unwrap();
    fs::remove_file(copy.join("policies.toml")).unwrap();
    let ran = check();
    assert_eq!(ran.code, Some(78));
    assert!(ran.err.contains("policies.toml"), "{}", ran.err);
    assert_eq!(place.run(&["catalog", "check", "nowhere"]).code, Some(78));
}

#[test]
fn what_is_sold_can_be_read_without_a_data_folder() {
    let commands =
        [&["catalog", "list", "--json"][..], &["catalog", "show", "pilbara-jacket"], &["catalog", "search", "pilbara", "--json"]];
    let place = Place::new();
    fault::open_to_all(place.path());
    // An empty folder that nobody may write to, and one that nobody may look into.
    for mode in [0o555, 0o000] {
        fs::set_permissions(place.data(), fs::Permissions::from_mode(mode)).unwrap();
        for command in commands {
            let mut sellme = place.sellme(command);
            fault::without_rights(&mut sellme);
            let ran = end(&mut sellme);
            assert_eq!(ran.code, Some(0), "{mode:o}: {ran:?}");
            assert!(ran.out.contains("Pilbara") && ran.err.contains("data folder"), "{mode:o}: {ran:?}");
        }
        fs::set_permissions(place.data(), fs::Permissions::from_mode(0o755)).unwrap();
        assert!(fs::read_dir(place.data()).unwrap().next().is_none(), "nothing was left there");
    }
    // A file that is not ours stays as it is.
    fs::write(place.file(), "hens").unwrap();
    for command in commands {
        assert_eq!(place.run(command).code, Some(0));
    }
    assert_eq!(fs::read(place.file()).unwrap(), b"hens");
}

#[test]
fn a_broken_catalogue_of_ones_own_stops_every_command_and_is_named() {
    let place = Place::new();
    let settings = place.path().join("config/sellmeprt");
    fs::create_dir_all(&settings).unwrap();
    fs::write(settings.join("config.toml"), "catalog_dir = \"/nowhere\"\n").unwrap();
    let ran = place.run(&["catalog", "list"]);
    assert_eq!(ran.code, Some(78), "{ran:?}");
    assert!(ran.err.contains("/nowhere"), "{}", ran.err);
}
