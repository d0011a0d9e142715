//! Talking through the company's hub: what is left to it, and what is not reckoned.

use crate::support::{Desk, SCENARIO, line::Line};
use sellme_app::VoiceHost;
use sellme_core::{
    Code, Error,
    session::Mode,
    wire::{CallControl, CallEnd, CallEvent, HubSettings, KeyState, ProviderKind, Settings, VoiceSettings},
};
use serde_json::Value;

fn with(address: &str) -> Settings {
    let hub = HubSettings { address: address.to_owned() };
    let (model, voice) = (Some("gpt-realtime-2.1".to_owned()), Some("coral".to_owned()));
    Settings { voice: VoiceSettings { provider: ProviderKind::Hub, hub, model, voice, ..VoiceSettings::default() }, ..Settings::default() }
}

#[tokio::test]
async fn a_hub_is_told_who_the_customer_is_and_keeps_its_own_model_and_voice() {
    let desk = Desk::new();
    let app = desk.danas().await;
    app.save_settings(&with("https://sell.example.com")).await.unwrap();
    let id = app.start(SCENARIO, Mode::Voice).await.unwrap().session.id;
    let mut line = Line::new(&desk.clock);
    line.kind = ProviderKind::Hub;
    line.open(&app, id).await;
    let session = line.sent("session.update")[0]["session"].clone();
    assert!(session["instructions"].as_str().is_some_and(|text| text.contains("Pilbara")), "{session}");
    assert!(session["audio"]["input"]["transcription"]["model"].is_string(), "{session}");
    assert_eq!((&session["model"], &session["audio"]["output"]["voice"]), (&Value::Null, &Value::Null));
    line.customer_says(&app, id, "Hello there.", &[]).await;
    app.control_call(id, CallControl::HangUp).await.unwrap();
    assert!(!line.wait(&app, id, 4).await);
    assert!(!line.was_told(|event| matches!(event, CallEvent::Figures { figures } if figures.cost_millicents.is_some())));
    assert_eq!(app.complete(id).await.unwrap().voice.unwrap().cost_millicents, None, "it is the hub's account");
}

#[tokio::test]
async fn what_the_hub_chooses_is_not_shown_as_chosen_here() {
    let desk = Desk::new();
    let app = desk.danas().await;
    app.save_settings(&with("https://sell.example.com")).await.unwrap();
    let host = VoiceHost { host: "sell.example.com".to_owned(), key: KeyState::Missing, native: true, listed: Vec::new() };
    let view = app.voice_view(host).await.unwrap();
    assert_eq!((view.provider, view.host.as_str()), (ProviderKind::Hub, "sell.example.com"));
    assert_eq!((view.model.as_str(), view.voice.as_str(), view.estimate, view.has_model), ("", "", None, None));
    assert!(view.models.is_empty() && view.voices.is_empty() && view.retiring.is_empty());
}

#[tokio::test]
async fn a_limit_of_the_hub_ends_the_call_and_the_attempt_is_kept() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Voice).await.unwrap().session.id;
    let mut line = Line::new(&desk.clock);
    line.kind = ProviderKind::Hub;
    line.asked.lock().unwrap().refuses = Some(Error::new(Code::QuotaUsedUp, "60 of 60 minutes are used."));
    assert_eq!(line.dial(&app, id).await.unwrap_err().code, Code::QuotaUsedUp);
    assert_eq!(line.end(), Some(CallEnd::Refused));
    app.go_on_typing(id).await.unwrap();
    app.say(id, "Good morning, what brings you in?").await.unwrap();
}

#[tokio::test]
async fn an_address_of_a_hub_that_cannot_be_used_is_refused_when_it_is_saved() {
    let desk = Desk::new();
    let app = desk.danas().await;
    for bad in ["notaurl", "http://sell.example.com", "https://sell.example.com/?token=1"] {
        assert_eq!(app.save_settings(&with(bad)).await.unwrap_err().code, Code::InvalidInput, "{bad}");
    }
    assert_eq!(app.settings().await.unwrap(), Settings::default());
    for good in ["", "https://sell.example.com/sellme"] {
        app.save_settings(&with(good)).await.unwrap();
    }
}
