//! What a person takes along.

use sellme_app::App;
use sellme_core::{Code, session::Mode};

use crate::support::{Desk, SCENARIO, faulty::Faulty, names};

async fn practised(desk: &Desk) -> App<Faulty> {
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    app.say(id, "Good morning, what brings you in?").await.unwrap();
    app.complete(id).await.unwrap();
    app
}

#[tokio::test]
async fn an_export_is_dated_and_a_second_one_of_the_day_stays_beside_it() {
    let desk = Desk::new();
    let app = practised(&desk).await;
    let first = app.export_all().await.unwrap();
    app.start(SCENARIO, Mode::Typing).await.unwrap();
    let second = app.export_all().await.unwrap();
    assert_eq!((first.sessions, second.sessions), (1, 2));
    assert_eq!(names(desk.exports()), ["sellme-dana-reed-2026-03-02-2.json", "sellme-dana-reed-2026-03-02.json"]);
    assert!(first.path.ends_with("sellme-dana-reed-2026-03-02.json"), "{first:?}");
    let text = std::fs::read_to_string(second.path).unwrap();
    let export: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(export["sessions"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_export_that_fails_leaves_no_words_behind() {
    let desk = Desk::new();
    let app = practised(&desk).await;
    app.start(SCENARIO, Mode::Typing).await.unwrap();
    desk.faults.refuse("for_each_session", 1);
    assert_eq!(app.export_all().await.unwrap_err().code, Code::DiskFull);
    assert_eq!(names(desk.exports()), Vec::<String>::new());
    // A folder where the file should be: the export is whole, and cannot take its name.
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    std::fs::create_dir_all(desk.exports().join(format!("sellme-{id}.json/x"))).unwrap();
    assert_eq!(app.export_session(id).await.unwrap_err().code, Code::ReadOnly);
    assert_eq!(names(desk.exports()), [format!("sellme-{id}.json")]);
}

#[tokio::test]
async fn two_exports_at_once_are_two_whole_files() {
    let desk = Desk::new();
    let app = practised(&desk).await;
    let (first, second) = tokio::join!(app.export_all(), app.export_all());
    let paths = [first.unwrap().path, second.unwrap().path];
    for path in &paths {
        let export: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(export["sessions"].as_array().unwrap().len(), 1, "{path}");
    }
    assert_ne!(paths[0], paths[1]);
    assert_eq!(names(desk.exports()).len(), 2, "nothing else is left");
}

#[tokio::test]
async fn an_export_that_another_is_still_writing_is_left_to_it() {
    let desk = Desk::new();
    let app = practised(&desk).await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    std::fs::create_dir_all(desk.exports()).unwrap();
    let theirs = desk.exports().join(format!("sellme-{id}.json.part"));
    std::fs::write(&theirs, "half").unwrap();
    let export = app.export_session(id).await.unwrap();
    serde_json::from_str::<serde_json::Value>(&std::fs::read_to_string(export.path).unwrap()).unwrap();
    assert_eq!(std::fs::read_to_string(theirs).unwrap(), "half");
}
