//! `sellme catalog`, and a catalogue of one's own: what is wrong with it is named, and nothing is done with it.

use std::{fs, os::unix::fs::PermissionsExt};

use sellme_tests::{
    fault,
    place::{Place, end},
};

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
