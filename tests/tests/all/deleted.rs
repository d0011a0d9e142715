//! After "delete everything about me" no byte of that person's name or words is left in the data folder.

use std::{fs, sync::Arc};

use sellme_app::{App, Device};
use sellme_core::{embedded, session::Mode};
use sellme_store::{Folder, SqliteStore};
use sellme_tests::{
    device::{DAY, MORNING, TestDevice},
    fault,
    place::Place,
    script,
};

const NAME: &str = "Zebulon Quagmire";
const WORDS: [&str; 3] = ["flibbertigibbet", "xylograph", "quixotry"];

/// Every way in which these letters may lie in a file.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let mut forms = Vec::new();
    for text in [text.to_owned(), text.to_lowercase(), text.to_uppercase()] {
        forms.push(text.clone().into_bytes());
        forms.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    forms
}

/// Files under the folder that have any of the words, by content or by name.
fn found(place: &Place, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in fault::files(&place.data()) {
        let bytes = fs::read(&file).unwrap();
        let name = file.to_string_lossy().to_lowercase();
        for word in words {
            let inside = forms(word).iter().any(|form| bytes.windows(form.len()).any(|window| window == form));
            if inside || name.contains(&word.to_lowercase()) {
                found.push(format!("{word} in {}", file.display()));
            }
        }
    }
    found
}

fn secrets() -> Vec<&'static str> {
    let mut all = vec!["Zebulon", "Quagmire"];
    all.extend(WORDS);
    all
}

fn open(place: &Place, device: &Arc<TestDevice>) -> App<SqliteStore> {
    let store = SqliteStore::open(&Folder::at(place.data()), device.now()).unwrap().store;
    App::new(store, Arc::new(embedded::catalog().unwrap().clone()), device.clone(), place.data().join("exports"))
}

async fn practise(app: &App<SqliteStore>, device: &TestDevice, line: &str) {
    let id = app.start_seeded(script::SCENARIO, Some(7), Mode::Typing).await.unwrap().session.id;
    for line in
        [line, "What kind of work will it have to stand up to?", "It is oil-finished cotton and costs $119.", "Shall we ring it up?"]
    {
        device.pass(9_000);
        app.say(id, line).await.unwrap();
    }
    app.complete(id).await.unwrap();
    app.export_session(id).await.unwrap();
}

#[tokio::test]
async fn no_byte_of_the_name_or_the_words_is_left() {
    let place = Place::new();
    let device = TestDevice::at(MORNING);
    let app = open(&place, &device);
    app.create_profile("Dana").await.unwrap();
    practise(&app, &device, "Good morning, what about a marigold today?").await;
    app.create_profile(NAME).await.unwrap();
    for word in WORDS {
        // Days apart, so that there is a backup of each.
        device.pass(2 * DAY);
        practise(&app, &device, &format!("Good morning, what about a {word} today?")).await;
    }
    let open_one = app.start(script::SCENARIO, Mode::Typing).await.unwrap().session.id;
    app.say(open_one, &format!("This one stays open, {}.", WORDS[0])).await.unwrap();
    app.export_all().await.unwrap();
    fs::create_dir_all(place.data().join("logs")).unwrap();
    fs::write(place.data().join("logs/sellme.2026-03-02.log"), format!("somebody logged {NAME} and {}\n", WORDS[1])).unwrap();
    // Closed once, so that the backup that the last session began is whole.
    drop(app);
    let app = open(&place, &device);
    let before = found(&place, &secrets());
    for place in ["sellme.db", "backups", "exports", "logs"] {
        assert!(
            before.iter().any(|found| found.contains(place)),
            "the search finds nothing in {place}, so it would prove nothing: {before:#?}"
        );
    }
    let deleted = app.delete_everything(NAME).await.unwrap();
    assert_eq!(deleted.sessions, 4);
    assert_eq!(found(&place, &secrets()), Vec::<String>::new(), "while the program is open");
    drop(app);
    assert_eq!(found(&place, &secrets()), Vec::<String>::new(), "after it was closed");
    // Somebody else's stays.
    let app = open(&place, &device);
    let profiles = app.profiles().await.unwrap();
    assert_eq!(profiles.iter().map(|profile| profile.name.as_str()).collect::<Vec<_>>(), ["Dana"]);
    app.choose_profile(profiles[0].id).await.unwrap();
    assert_eq!(app.history(&sellme_core::wire::HistoryQuery::default()).await.unwrap().total, 1);
    assert!(!found(&place, &["marigold"]).is_empty());
    assert!(fault::files(&place.data().join("exports")).len() == 1, "their export stays too");
}

#[tokio::test]
async fn what_the_terminal_stored_goes_as_well() {
    let place = Place::new();
    let lines = place.write("lines.txt", format!("Good morning, a {} perhaps?\n{}", WORDS[0], script::text()));
    let arguments = ["practice", "--scenario", script::SCENARIO, "--seed", "7", "--script", lines.to_str().unwrap(), "--json"];
    assert_eq!(place.run(&arguments).code, Some(0));
    assert_eq!(place.run(&["sessions", "export"]).code, Some(0));
    assert!(!found(&place, &[WORDS[0]]).is_empty());
    let app = open(&place, &TestDevice::at(MORNING));
    let name = app.profile().await.unwrap().unwrap().name;
    app.delete_everything(&name).await.unwrap();
    drop(app);
    assert_eq!(found(&place, &[WORDS[0]]), Vec::<String>::new());
    place.run(&["sessions", "list"]).refused(68);
}

#[tokio::test]
async fn a_damaged_file_that_was_set_aside_goes_as_well() {
    let place = Place::new();
    let device = TestDevice::at(MORNING);
    let app = open(&place, &device);
    app.create_profile(NAME).await.unwrap();
    practise(&app, &device, &format!("Good morning, what about a {} today?", WORDS[0])).await;
    drop(app);
    let mut bytes = fs::read(place.file()).unwrap();
    bytes[..100].fill(0);
    fs::write(place.file(), bytes).unwrap();
    let app = open(&place, &device);
    assert!(found(&place, &secrets()).iter().any(|found| found.contains("damaged")), "nothing was set aside");
    app.delete_everything(NAME).await.unwrap();
    assert_eq!(found(&place, &secrets()), Vec::<String>::new());
}
