//! A bad catalogue is refused with the file, the entry and the field to mend.

use sellme_core::{
    catalog::{Catalog, Difficulty, Fault, Persona, SourceFile, Who, introduced, speaks_of},
    embedded,
};
use serde_json::{Value, json};

const HEAD: &str = "revision = 1\n[[category]]\nid = \"boots\"\nname = \"Boots\"\n";
const POLICIES: &str = "[[claim]]\nid = \"returns\"\nname = \"Returns\"\ntopic = \"returns\"\nkind = \"fact\"\nsays = [\"30 days\"]\ntruth = \"30 days from delivery.\"\n";

fn refused(product: &str) -> String {
    all_refused(product).remove(0)
}

fn all_refused(product: &str) -> Vec<String> {
    let files = [
        SourceFile { path: "catalog.toml", text: HEAD },
        SourceFile { path: "policies.toml", text: POLICIES },
        SourceFile { path: "products/roper.toml", text: product },
    ];
    Catalog::from_files(&files).unwrap_err().iter().map(ToString::to_string).collect()
}

/// A whole product whose file is the one above.
fn roper() -> String {
    include_str!("../../data/catalog/products/story-the-kite.toml")
        .replace("category = \"short-stories\"", "category = \"boots\"")
        .replace("story-the-kite\"", "roper\"")
}

#[test]
fn a_missing_field_is_named_with_its_file_and_entry() {
    let message = refused(&roper().replacen("fact = ", "# fact = ", 1));
    assert!(message.starts_with("products/roper.toml: feature["), "{message}");
    assert!(message.contains("missing field `fact`"), "{message}");
}

#[test]
fn a_trap_without_a_name_is_refused() {
    let message = refused(&roper().replacen("name = \"There is a printed copy\"", "", 1));
    assert!(message.starts_with("products/roper.toml: claim[printed-copy]: name: "), "{message}");
}

#[test]
fn an_unknown_field_is_refused() {
    let product = format!("surprise = 1\n{}", include_str!("../../data/catalog/products/story-the-kite.toml"));
    assert!(refused(&product).contains("surprise"), "{}", refused(&product));
}

#[test]
fn text_that_is_not_toml_is_refused_with_its_file() {
    assert!(refused("id = ").starts_with("products/roper.toml: "));
}

#[test]
fn a_file_that_is_missing_is_named() {
    let problems = Catalog::from_files(&[SourceFile { path: "catalog.toml", text: HEAD }]).unwrap_err();
    let messages: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(messages, ["policies.toml: the file is missing", "products: holds no product"]);
}

#[test]
fn every_entry_that_is_wrong_is_reported_once_and_what_is_sound_is_not() {
    assert!(
        Catalog::from_files(
            &[("catalog.toml", HEAD), ("policies.toml", POLICIES), ("products/roper.toml", &roper())]
                .map(|(path, text)| SourceFile { path, text })
        )
        .is_ok()
    );
    // Two features without a field, and a field that is nobody's: of one file, three entries.
    let misshapen = format!("{}\n[[surprise]]\n", roper().replacen("fact = ", "# fact = ", 2));
    let found = all_refused(&misshapen);
    assert_eq!(found.len(), 3, "{found:#?}");
    assert!(found[..2].iter().all(|one| one.contains("feature[") && one.contains("`fact`")), "{found:#?}");
    assert_ne!(found[0], found[1]);
    assert!(found[2].contains("surprise"), "{found:#?}");
    // Entries without an id are called by their numbers in the file, whatever was wrong before them.
    let mut tip = 0;
    let tips = roper()
        .lines()
        .map(|line| {
            if line == "[[tip]]" {
                tip += 1;
                line
            } else if tip != 2 && line.starts_with("text = ") {
                ""
            } else {
                line
            }
        })
        .collect::<Vec<_>>()
        .join("\n");
    assert!(tip >= 3, "three tips are needed");
    let found = all_refused(&tips);
    let named: Vec<_> = found.iter().map(|one| one.split(": ").nth(1).unwrap()).collect();
    assert_eq!(named[..2], ["tip[0]", "tip[2]"], "{found:#?}");
    // Empty where it must not be, in two places.
    let hollow = roper().replacen("name = \"There is a printed copy\"", "", 1).replacen("category = \"boots\"", "category = \"hats\"", 1);
    let found = all_refused(&hollow);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].contains("category: ") && found[1].contains("claim[printed-copy]: name: "), "{found:#?}");
    // One file does not hide the next.
    let files = [("catalog.toml", "revision = "), ("policies.toml", POLICIES), ("products/a.toml", "id = "), ("products/b.toml", "x = 1")];
    let found = Catalog::from_files(&files.map(|(path, text)| SourceFile { path, text })).unwrap_err();
    assert_eq!(found.iter().map(|one| one.file.as_str()).collect::<Vec<_>>(), ["catalog.toml", "products/a.toml", "products/b.toml"]);
}

#[test]
fn the_built_in_catalogue_has_every_product_persona_and_difficulty() {
    let catalog = embedded::catalog().unwrap();
    assert!(catalog.products.len() >= 26, "{} products", catalog.products.len());
    let scenarios: Vec<_> = catalog.products.iter().flat_map(|product| &product.scenarios).collect();
    for persona in [Persona::Skeptical, Persona::PriceConscious, Persona::Rushed, Persona::Knowledgeable, Persona::Friendly] {
        assert!(scenarios.iter().any(|scenario| scenario.persona == persona), "{persona:?} occurs");
    }
    for difficulty in [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard, Difficulty::Expert] {
        assert!(scenarios.iter().any(|scenario| scenario.difficulty == difficulty), "{difficulty:?} occurs");
    }
    let samples: Vec<_> = catalog.products.iter().filter(|product| product.sample).map(|product| product.sku.as_str()).collect();
    assert_eq!(samples.len(), 2, "only the boot and the hat are samples: {samples:?}");
}

#[test]
fn the_catalogue_names_no_other_company() {
    let text = serde_json::to_string(embedded::catalog().unwrap()).unwrap().to_lowercase();
    let words: std::collections::HashSet<_> = text.split(|c: char| !c.is_alphanumeric()).collect();
    for brand in
        ["kakadu", "roper", "stetson", "ugg", "uggs", "carhartt", "goretex", "minnetonka", "ariat", "resistol", "save20", "freeship"]
    {
        assert!(!words.contains(brand), "“{brand}” is in the catalogue");
    }
}

#[test]
fn whoever_a_customer_speaks_of_first_as_he_or_she_has_a_name() {
    let catalog = sellme_core::embedded::catalog().unwrap();
    let anybody = Who { he: Some("X".to_owned()), she: Some("X".to_owned()) };
    let mut wrong = Vec::new();
    for scenario in catalog.products.iter().flat_map(|product| &product.scenarios) {
        let known = scenario.who.clone().unwrap_or_default();
        let mut first: Vec<&String> = scenario.opening.iter().chain(scenario.answers.values().flatten()).collect();
        first.extend(scenario.needs.iter().flat_map(|need| need.told.iter().take(1).chain(&need.hint)));
        first.extend(scenario.objections.iter().map(|objection| &objection.line));
        first.extend(scenario.questions.iter().map(|question| &question.ask));
        first.extend(scenario.traps.iter().map(|trap| &trap.ask));
        let unnamed = first
            .into_iter()
            .filter(|line| introduced(line, &anybody).is_some() && introduced(line, &known).is_none() && !speaks_of(line, &known));
        wrong.extend(unnamed.map(|line| format!("{}: {line}", scenario.id)));
    }
    assert!(wrong.is_empty(), "these speak of somebody whom nobody has named; give the scenario a `who`:\n{}", wrong.join("\n"));
}

/// The embedded catalogue as JSON, with something changed.
fn changed(change: impl Fn(&mut Value)) -> Value {
    let mut catalog = serde_json::to_value(embedded::catalog().unwrap()).unwrap();
    change(&mut catalog);
    catalog
}

/// What is wrong with it, a line each.
fn faults(catalog: Value) -> Vec<String> {
    Catalog::from_json(catalog).unwrap_err().iter().map(|Fault { path, problem }| format!("{path}: {problem}")).collect()
}

#[test]
fn the_catalogue_that_the_program_brings_comes_through_json_unchanged() {
    assert_eq!(&Catalog::from_json(changed(|_| ())).unwrap(), embedded::catalog().unwrap());
}

#[test]
fn every_fault_of_a_catalogue_in_json_is_told_with_its_place() {
    let product = |catalog: &mut Value, id: &str| -> usize {
        catalog["products"].as_array().unwrap().iter().position(|product| product["id"] == id).unwrap()
    };
    let told = faults(changed(|catalog| {
        let (jacket, boot) = (product(catalog, "pilbara-jacket"), product(catalog, "heritage-western-boot"));
        let jacket = &mut catalog["products"][jacket];
        jacket["category"] = "hats of all kinds".into();
        jacket["tiers"][0]["priceCents"] = 0.into();
        jacket["scenarios"][0]["objections"][0]["id"] = "nobody-says-so".into();
        jacket["scenarios"][0]["budgetCents"] = (-1).into();
        jacket["objections"][0]["responses"] = json!([]);
        let boot = &mut catalog["products"][boot];
        boot["features"][0].as_object_mut().unwrap().remove("fact");
        boot["features"][1]["importance"] = "huge".into();
        boot["tips"][0] = 7.into();
        catalog["surprise"] = true.into();
    }));
    let jacket = "products[pilbara-jacket]";
    for expected in
        ["surprise: there is no such field".to_owned(), format!("{jacket}.category: there is no category"), format!("{jacket}.scenarios[")]
    {
        assert!(told.iter().any(|fault| fault.starts_with(&expected)), "{expected}: {told:#?}");
    }
    for (place, end) in [
        ("products[pilbara-jacket].tiers[", "].priceCents: must be more than 0"),
        ("products[pilbara-jacket].scenarios[", "].budgetCents: must be more than 0"),
        ("products[pilbara-jacket].scenarios[", ".objections[nobody-says-so].id: the product has no such objection"),
        ("products[pilbara-jacket].objections[", "].responses: needs at least 2, has 0"),
        ("products[heritage-western-boot].features[", "missing field `fact`"),
        ("products[heritage-western-boot].features[", ".importance: unknown variant `huge`, expected one of `high`, `medium`, `low`"),
        ("products[heritage-western-boot].tips[0]: ", "expected struct Tip"),
    ] {
        assert!(told.iter().any(|fault| fault.starts_with(place) && fault.ends_with(end)), "{place}…{end}: {told:#?}");
    }
}

#[test]
fn what_would_be_too_much_work_to_look_for_is_refused_with_its_place() {
    let told = faults(changed(|catalog| {
        let product = catalog["products"].as_array().unwrap().iter().position(|product| product["id"] == "pilbara-jacket").unwrap();
        let jacket = &mut catalog["products"][product];
        jacket["features"][0]["says"][0] = ".. a|a_a ".repeat(17).into();
        jacket["objections"][0]["heard"][0] = vec!["a"; 41].join("|").into();
        jacket["claims"][0]["says"] = (0..1_000).map(|number| format!("a{number}")).collect::<Vec<_>>().into();
        let scenario = &mut jacket["scenarios"][0];
        scenario["opening"][0] = "a ".repeat(101).into();
        scenario["needs"][0]["asked"][0] = "x".repeat(401).into();
        scenario["needs"][0]["says"] = (0..500).map(|number| format!("a{number}")).collect::<Vec<_>>().into();
        scenario["who"] = json!({ "he": "x".repeat(601) });
        catalog["policies"][0]["says"] = (0..1_000).map(|number| format!("a{number}")).collect::<Vec<_>>().into();
    }));
    for (place, end) in [
        ("products[pilbara-jacket].features[", "].says: has 17 words one after the other, at most 16 can be looked for"),
        ("products[pilbara-jacket].objections[", "].heard: has more than 40 alternatives at one place"),
        ("products[pilbara-jacket]: has 1", "patterns and lines to look for in what is said, at most 1000 are possible"),
        ("products[pilbara-jacket].scenarios[", "].opening: has 101 words one after the other, at most 100 can be looked for"),
        ("products[pilbara-jacket].scenarios[", "].asked: has more than 400 characters"),
        ("products[pilbara-jacket].scenarios[", "patterns and lines to look for in what is said, at most 500 are possible"),
        ("products[pilbara-jacket].scenarios[", "].who.he: has more than 600 characters"),
        ("policies: has 1", "patterns and lines to look for in what is said, at most 1000 are possible"),
    ] {
        assert!(told.iter().any(|fault| fault.starts_with(place) && fault.ends_with(end)), "{place}…{end}: {told:#?}");
    }
    assert_eq!(told.len(), 8, "{told:#?}");
}

#[test]
fn what_is_no_catalogue_at_all_is_refused_and_faults_end_somewhere() {
    assert_eq!(faults(json!([])), [": an object is wanted"]);
    assert_eq!(
        faults(json!({})),
        ["revision: a whole number is wanted", "categories: a list is wanted", "policies: a list is wanted", "products: a list is wanted"]
    );
    assert_eq!(faults(changed(|catalog| catalog["products"] = json!([]))), ["products: holds no product"]);
    for wrong in [json!(-1), json!(1.5), json!("7"), json!(5_000_000_000_u64), Value::Null] {
        assert_eq!(faults(changed(|catalog| catalog["revision"] = wrong.clone())), ["revision: a whole number is wanted"]);
    }
    assert_eq!(faults(changed(|catalog| catalog["revision"] = 0.into())), ["revision: starts at 1"]);
    assert_eq!(faults(changed(|catalog| catalog["products"] = vec![json!(7); 10_000].into())).len(), 500);
    assert_eq!(faults(changed(|catalog| catalog["products"][0]["tips"] = vec![json!(7); 10_000].into())).len(), 500);
}

#[test]
fn two_products_of_one_id_are_refused_and_so_is_an_id_that_is_none() {
    let twice = faults(changed(|catalog| {
        let first = catalog["products"][0].clone();
        catalog["products"].as_array_mut().unwrap().push(first);
    }));
    assert!(twice.iter().any(|fault| fault.ends_with(".id: is used twice")), "{twice:#?}");
    let odd = faults(changed(|catalog| catalog["products"][0]["id"] = "../etc".into()));
    assert_eq!(odd, ["products[../etc].id: must be lower-case words joined by hyphens"]);
}
