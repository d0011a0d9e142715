//! Several people on one device.

use sellme_core::{
    Code,
    session::Mode,
    wire::{Compatible, ProviderKind, Settings, VoiceSettings},
};

use crate::support::{Desk, SCENARIO};

#[tokio::test]
async fn a_profile_that_was_made_practises() {
    let desk = Desk::new();
    // Were it two steps, the second would be refused, and the name would be taken by somebody who cannot be chosen.
    desk.faults.refuse("choose_profile", 0);
    let app = desk.open();
    let dana = app.create_profile("Dana").await.unwrap();
    assert_eq!(app.profile().await.unwrap(), Some(dana));
}

#[tokio::test]
async fn a_profile_that_could_not_be_made_leaves_the_name_free_and_the_one_before_practising() {
    let desk = Desk::new();
    let app = desk.open();
    let dana = app.create_profile("Dana").await.unwrap();
    desk.faults.refuse("create_profile", 0);
    assert_eq!(app.create_profile("Zeb").await.unwrap_err().code, Code::DiskFull);
    assert_eq!(app.profile().await.unwrap(), Some(dana));
    app.create_profile("Zeb").await.unwrap();
}

#[tokio::test]
async fn whoever_stays_after_a_deletion_is_listed_and_can_be_chosen() {
    let desk = Desk::new();
    let app = desk.open();
    let dana = app.create_profile("Dana").await.unwrap();
    app.create_profile("Zeb").await.unwrap();
    app.delete_everything("Zeb").await.unwrap();
    drop(app);
    let app = desk.open();
    assert_eq!(app.profile().await.unwrap(), None);
    assert_eq!(app.profiles().await.unwrap(), std::slice::from_ref(&dana));
    assert_eq!(app.choose_profile(dana.id).await.unwrap(), dana);
    assert_eq!(app.profile().await.unwrap(), Some(dana));
}

#[tokio::test]
async fn a_session_is_its_own_persons_and_not_there_for_anybody_else() {
    let desk = Desk::new();
    let mut app = desk.open();
    let dana = app.create_profile("Dana").await.unwrap();
    let open = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    let over = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    app.complete(over).await.unwrap();
    app.create_profile("Zeb").await.unwrap();
    // While Dana's attempt is in memory, and after a start, when it would be read.
    for _ in 0..2 {
        for id in [open, over] {
            let refused = [
                app.session(id).await.map(drop),
                app.say(id, "Hello").await.map(drop),
                app.pause(id).await.map(drop),
                app.resume(id).await.map(drop),
                app.hint(id).await.map(drop),
                app.complete(id).await.map(drop),
                app.abandon(id).await.map(drop),
                app.debrief(id).await.map(drop),
                app.export_session(id).await.map(drop),
            ];
            for (nth, answer) in refused.into_iter().enumerate() {
                let error = answer.unwrap_err();
                assert_eq!(error.code, Code::NotFound, "{nth}");
                assert_eq!(error.message, format!("There is no session “{id}”."), "as for an id of nobody's");
            }
        }
        drop(app);
        app = desk.open();
    }
    // Nothing of it changed, and Dana goes on.
    app.choose_profile(dana.id).await.unwrap();
    assert_eq!(app.session(open).await.unwrap().turns.len(), 1);
    app.say(open, "Good morning, what brings you in?").await.unwrap();
    assert!(app.debrief(over).await.unwrap().report.is_some());
}

#[tokio::test]
async fn an_address_of_a_server_that_cannot_be_used_is_refused_when_it_is_saved() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let with = |base_url: &str| {
        let compatible = Compatible { base_url: base_url.to_owned(), ..Compatible::default() };
        let voice = VoiceSettings { provider: ProviderKind::Compatible, compatible, ..VoiceSettings::default() };
        Settings { voice, ..Settings::default() }
    };
    app.save_settings(&with("")).await.unwrap();
    for bad in ["notaurl", "ftp://voice.example.com", "https://voice.example.com/v1?key=1"] {
        assert_eq!(app.save_settings(&with(bad)).await.unwrap_err().code, Code::InvalidInput, "{bad}");
    }
    assert_eq!(app.settings().await.unwrap(), with(""));
    app.save_settings(&with("https://voice.example.com/v1")).await.unwrap();
}
