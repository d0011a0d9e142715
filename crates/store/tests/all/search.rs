//! Finding attempts by what was said in them, and products by what they are.

use crate::support::{DAY, NOON, Place, completed, end_with, id, profile, report, session, talk, user, wait};
use sellme_core::{
    Millis,
    catalog::{Catalog, Feature, Importance, Product},
    session::{Outcome, Session, Speaker},
    wire::{HistoryQuery, Period, ScoreBand, Snippet},
};
use sellme_store::{Found, SqliteStore};

fn open(place: &Place) -> SqliteStore {
    let store = place.open();
    wait(store.create_profile(&profile(1, "Dana"))).unwrap();
    wait(store.create_profile(&profile(2, "Ray"))).unwrap();
    store
}

fn find(store: &SqliteStore, query: HistoryQuery) -> Found {
    wait(store.history(user(1), query, NOON)).unwrap()
}

fn words(text: &str) -> HistoryQuery {
    HistoryQuery { text: Some(text.into()), ..HistoryQuery::default() }
}

fn numbers(found: &Found) -> Vec<u128> {
    found.rows.iter().map(|(session, _)| session.id.0.as_u128() - id(0).0.as_u128()).collect()
}

fn marked(snippet: &Snippet) -> Vec<String> {
    let letters: Vec<char> = snippet.text.chars().collect();
    snippet.hits.iter().map(|(from, to)| letters[*from as usize..*to as usize].iter().collect()).collect()
}

/// Session `number`, begun as many days ago.
fn ago(number: u128) -> Session {
    session(number, user(1), Millis(NOON.0 - i64::try_from(number).unwrap() * DAY))
}

#[test]
fn words_are_found_whatever_their_case_and_accents_and_marked_where_they_were_said() {
    let place = Place::new();
    let store = open(&place);
    completed(&store, &ago(1), &["Morning", "¡El SOMBRERO de piñón!", "I like piñon"], 70);
    completed(&store, &ago(2), &["Just looking", "At what?"], 70);
    let found = find(&store, words("pinon"));
    assert_eq!((numbers(&found), found.matching, found.total), (vec![1], 1, 2));
    let snippet = found.rows[0].1.clone().unwrap();
    assert_eq!((snippet.speaker, snippet.turn, marked(&snippet)), (Speaker::Rep, 1, vec!["piñón".to_owned()]));
    assert_eq!(numbers(&find(&store, words("PIÑ"))), [1], "the beginning of a word finds it");
    assert_eq!(numbers(&find(&store, words("iñon"))), [] as [u128; 0]);
}

#[test]
fn all_words_must_have_been_said_and_the_turn_with_the_most_of_them_is_shown() {
    let place = Place::new();
    let store = open(&place);
    completed(&store, &ago(1), &["The price is high", "This jacket has one price", "No"], 70);
    completed(&store, &ago(2), &["What is the price?", "Of what?"], 70);
    let found = find(&store, words("jacket price"));
    assert_eq!(numbers(&found), [1]);
    let snippet = found.rows[0].1.clone().unwrap();
    assert_eq!((snippet.turn, marked(&snippet)), (1, vec!["jacket".to_owned(), "price".to_owned()]));
}

#[test]
fn words_in_quotes_stand_in_a_row_and_within_one_turn() {
    let place = Place::new();
    let store = open(&place);
    completed(&store, &ago(1), &["I don't need a fine hat", "A hat keeps the sun off"], 70);
    completed(&store, &ago(2), &["I need it", "Don't you"], 70);
    assert_eq!(numbers(&find(&store, words("\"don't need\""))), [1]);
    assert_eq!(numbers(&find(&store, words("\"it don't\""))), [] as [u128; 0], "not from one turn into the next");
    assert_eq!(numbers(&find(&store, words("\"fin hat\""))), [] as [u128; 0], "words in quotes are whole");
    assert_eq!(marked(find(&store, words("\"fine hat")).rows[0].1.as_ref().unwrap()), ["fine hat"]);
}

#[test]
fn what_people_type_into_a_search_field_never_fails() {
    let place = Place::new();
    let store = open(&place);
    completed(&store, &ago(1), &["Not near OR far", "words: col* ^a"], 70);
    for text in
        ["?", "\"", "*", "NEAR(", "words:", "a AND", "-", "^", "\u{0}", "🤠", "'; DROP TABLE turn", "(a OR", "col*", &"x".repeat(100_000)]
    {
        let found = wait(store.history(user(1), words(text), NOON));
        assert!(found.is_ok(), "{text}: {found:?}");
    }
    assert_eq!(find(&store, words("?")).matching, 0, "what has no word finds nothing");
    assert_eq!(find(&store, words("  ")).matching, 1, "blanks are no search");
    assert_eq!(numbers(&find(&store, words("near or"))), [1], "the index's own words are words like others");
}

#[test]
fn every_filter_narrows_the_list_and_the_newest_comes_first() {
    let place = Place::new();
    let store = open(&place);
    let other = Session { product_id: "hat".into(), scenario_id: "hat-judge".into(), ..ago(9) };
    for (begun, score, outcome) in [
        (ago(0), Some(80), Outcome::Sale),
        (ago(6), Some(79), Outcome::NoSale),
        (other, Some(59), Outcome::Sale),
        (ago(40), None, Outcome::Undecided),
        (ago(100), Some(60), Outcome::Sale),
    ] {
        talk(&store, &begun, &["Hello there", "Hi"]);
        end_with(&store, &begun, report(score, outcome));
    }
    talk(&store, &ago(3), &["Hello there"]);
    wait(store.abandon(id(3), Millis(NOON.0 - 3 * DAY), Millis(0))).unwrap();
    talk(&store, &ago(2), &["Hello, going on"]);
    completed(&store, &Session { id: id(77), user_id: user(2), ..ago(1) }, &["Hello", "Hi"], 90);

    let all = find(&store, HistoryQuery::default());
    assert_eq!((numbers(&all), all.matching, all.total), (vec![0, 3, 6, 9, 40, 100], 6, 6));
    assert!(all.rows.iter().all(|(_, snippet)| snippet.is_none()));
    let with = |query: HistoryQuery| {
        let found = find(&store, query);
        assert_eq!(found.rows.len(), found.matching as usize);
        assert_eq!(found.total, 6);
        numbers(&found)
    };
    let any = HistoryQuery::default;
    assert_eq!(with(HistoryQuery { product_id: Some("hat".into()), ..any() }), [9]);
    assert_eq!(with(HistoryQuery { scenario_id: Some("hat-judge".into()), ..any() }), [9]);
    assert_eq!(with(HistoryQuery { outcome: Some(Outcome::Sale), ..any() }), [0, 9, 100]);
    assert_eq!(with(HistoryQuery { score: Some(ScoreBand::High), ..any() }), [0]);
    assert_eq!(with(HistoryQuery { score: Some(ScoreBand::Middle), ..any() }), [6, 100]);
    assert_eq!(with(HistoryQuery { score: Some(ScoreBand::Low), ..any() }), [9]);
    assert_eq!(with(HistoryQuery { score: Some(ScoreBand::Unscored), ..any() }), [3, 40]);
    assert_eq!(with(HistoryQuery { period: Some(Period::Week), ..any() }), [0, 3, 6]);
    assert_eq!(with(HistoryQuery { period: Some(Period::Month), ..any() }), [0, 3, 6, 9]);
    assert_eq!(with(HistoryQuery { period: Some(Period::Quarter), ..any() }), [0, 3, 6, 9, 40]);
    let narrow =
        HistoryQuery { outcome: Some(Outcome::Sale), period: Some(Period::Month), score: Some(ScoreBand::High), ..words("there hel") };
    assert_eq!(with(narrow), [0]);
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let place = Place::new();
    let store = open(&place);
    for number in 0..7 {
        completed(&store, &session(number, user(1), NOON), &["Hello", "Hi"], 70);
    }
    for text in [None, Some("hello".to_owned())] {
        let page = |offset| find(&store, HistoryQuery { offset, limit: 3, text: text.clone(), ..HistoryQuery::default() });
        assert_eq!(numbers(&page(0)), [6, 5, 4], "of the same moment the last one begun is the newest");
        assert_eq!(numbers(&page(3)), [3, 2, 1]);
        assert_eq!((numbers(&page(6)), page(6).matching), (vec![0], 7));
        assert!(page(9).rows.is_empty());
    }
}

#[test]
fn a_long_turn_is_shortened_around_the_first_hit() {
    let place = Place::new();
    let store = open(&place);
    let long = format!("{} buckle {}", "word ".repeat(200), "more ".repeat(200));
    completed(&store, &ago(1), &[&long, "Hi"], 70);
    let snippet = find(&store, words("buckle")).rows[0].1.clone().unwrap();
    assert_eq!(marked(&snippet), ["buckle"]);
    assert!(snippet.text.starts_with("…word ") && snippet.text.ends_with('…') && snippet.text.chars().count() <= 162, "{}", snippet.text);
}

fn product(id: &str, category: &str, name: &str, sku: &str, description: &str, feature: &str) -> Product {
    let feature = Feature {
        id: "f".into(),
        name: feature.into(),
        importance: Importance::High,
        fact: String::new(),
        benefit: String::new(),
        says: Vec::new(),
    };
    Product {
        id: id.into(),
        sku: sku.into(),
        name: name.into(),
        category: category.into(),
        sample: false,
        art: String::new(),
        line: String::new(),
        description: description.into(),
        tiers: Vec::new(),
        features: vec![feature],
        claims: Vec::new(),
        objections: Vec::new(),
        tips: Vec::new(),
        scenarios: Vec::new(),
    }
}

fn shop(revision: u32) -> Catalog {
    Catalog {
        revision,
        categories: Vec::new(),
        policies: Vec::new(),
        products: vec![
            product("belt", "belts", "Concho Belt", "BLT-2200", "Sterling conchos on bridle leather.", "Hand-set turquoise"),
            product("wallet", "leather", "Trail Wallet", "WAL-0100", "Goes well with a belt.", "Full-grain leather"),
            product("jacket", "coats", "Señorita Jacket", "JKT-0007", "Oiled cotton for wet weather.", "Storm flap"),
        ],
    }
}

#[test]
fn products_are_found_by_the_beginnings_of_words_and_the_name_counts_most() {
    let place = Place::new();
    let store = open(&place);
    wait(store.index_products(&shop(1))).unwrap();
    let search = |text: &str| wait(store.search_products(text, None)).unwrap();
    assert_eq!(search("belt"), ["belt", "wallet"]);
    assert_eq!(search("lea"), ["wallet", "belt"], "a feature counts more than the description");
    assert_eq!(search("turq set"), ["belt"]);
    assert_eq!(search("senor"), ["jacket"]);
    assert_eq!(search("jkt"), ["jacket"]);
    assert_eq!(search("2200"), ["belt"]);
    assert_eq!(search(""), ["belt", "wallet", "jacket"]);
    assert_eq!(search("zebra"), [] as [&str; 0]);
    assert_eq!(wait(store.search_products("belt", Some("leather".into()))).unwrap(), ["wallet"]);
    assert_eq!(wait(store.search_products(" ", Some("coats".into()))).unwrap(), ["jacket"]);
}

#[test]
fn a_piece_of_name_description_or_number_still_finds_the_product() {
    let place = Place::new();
    let store = open(&place);
    wait(store.index_products(&shop(1))).unwrap();
    let search = |text: &str| wait(store.search_products(text, None)).unwrap();
    assert_eq!(search("orita jack"), ["jacket"]);
    assert_eq!(search("ÑORI"), ["jacket"]);
    assert_eq!(search("T-22"), ["belt"]);
    assert_eq!(search("ck"), ["jacket"], "two letters are enough");
    assert_eq!(search("-0"), ["jacket", "wallet"], "the shorter of two equal hits comes first");
    assert_eq!(search("ncho"), ["belt"]);
    assert_eq!(search("weather."), ["jacket"]);
    assert_eq!(search("urquoi"), [] as [&str; 0], "features are found by words only");
    for odd in ["\"", "\"\"\"", "%", "_", "*", "a\"b"] {
        assert!(wait(store.search_products(odd, None)).is_ok(), "{odd}");
    }
    assert_eq!(search("%"), [] as [&str; 0]);
}

#[test]
fn a_new_revision_of_the_catalogue_replaces_the_old_one() {
    let place = Place::new();
    let store = open(&place);
    wait(store.index_products(&shop(1))).unwrap();
    let mut next = shop(2);
    next.products.remove(0);
    next.products[0].name = "Prairie Purse".into();
    wait(store.index_products(&next)).unwrap();
    assert_eq!(wait(store.search_products("purse", None)).unwrap(), ["wallet"]);
    assert_eq!(wait(store.search_products("concho", None)).unwrap(), [] as [&str; 0]);
    assert_eq!(wait(store.search_products("", None)).unwrap(), ["wallet", "jacket"]);
}

#[test]
fn an_edited_catalogue_replaces_the_one_before_it_whatever_its_revision_says() {
    let place = Place::new();
    let store = open(&place);
    wait(store.index_products(&shop(1))).unwrap();
    let search = |text: &str| wait(store.search_products(text, None)).unwrap();
    let mut edited = shop(1);
    edited.products[1].features[0].benefit = "Outlasts its owner.".into();
    wait(store.index_products(&edited)).unwrap();
    assert_eq!(search("outlasts"), ["wallet"]);
    edited.products.swap(0, 2);
    wait(store.index_products(&edited)).unwrap();
    assert_eq!(search(""), ["jacket", "wallet", "belt"]);
    edited.products[0].category = "capes".into();
    wait(store.index_products(&edited)).unwrap();
    assert_eq!(wait(store.search_products("", Some("capes".into()))).unwrap(), ["jacket"]);
    store.close();
    let store = place.open();
    wait(store.index_products(&shop(1))).unwrap();
    assert_eq!(wait(store.search_products("outlasts", None)).unwrap(), [] as [&str; 0], "after another start too");
}

#[test]
fn a_catalogue_that_is_indexed_as_it_stands_is_not_written_again() {
    let place = Place::new();
    let store = open(&place);
    wait(store.index_products(&shop(1))).unwrap();
    store.close();
    let before = std::fs::read(place.folder.file()).unwrap();
    let store = place.open();
    wait(store.index_products(&shop(2))).unwrap();
    store.close();
    assert!(std::fs::read(place.folder.file()).unwrap() == before, "a new revision of the same products changes nothing");
}
