//! A bad catalogue is refused with the file, the entry and the field to mend.

use sellme_core::{
    catalog::{Catalog, Difficulty, Persona, SourceFile, Who, introduced, speaks_of},
    embedded,
};

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
