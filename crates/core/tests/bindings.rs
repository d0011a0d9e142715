//! `ui/src/lib/bindings.ts` is generated from the types; this test fails where it is out of date and writes it where `UPDATE_BINDINGS` is set.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{fs, path::Path};

use sellme_core::{catalog, customer, error, id, money, progress, scoring, session, time, wire};
use ts_rs::{Config, TS};

macro_rules! declarations {
    ($config:expr, $($type:ty),+ $(,)?) => {
        vec![$(format!("export {}", <$type as TS>::decl($config))),+]
    };
}

fn generated() -> String {
    let config = Config::default();
    let declarations = declarations!(
        &config,
        error::Code,
        error::Error,
        money::Cents,
        time::Millis,
        id::SessionId,
        id::UserId,
        catalog::Category,
        catalog::Tier,
        catalog::Importance,
        catalog::Feature,
        catalog::Topic,
        catalog::ClaimKind,
        catalog::Claim,
        catalog::ObjectionCategory,
        catalog::Objection,
        catalog::Response,
        catalog::Tip,
        catalog::Persona,
        catalog::Difficulty,
        session::Status,
        session::Outcome,
        session::Mode,
        session::Visibility,
        session::Profile,
        session::Session,
        session::Speaker,
        session::Turn,
        session::Decision,
        session::Reason,
        session::Signal,
        customer::Mood,
        customer::CustomerState,
        scoring::cue::CueKind,
        scoring::cue::Strength,
        scoring::cue::Verdict,
        scoring::cue::Span,
        scoring::cue::Cue,
        scoring::report::Skill,
        scoring::report::Metrics,
        scoring::report::Message,
        scoring::report::Quote,
        scoring::report::Point,
        scoring::report::SkillScore,
        scoring::report::StepState,
        scoring::report::StepKind,
        scoring::report::Step,
        scoring::report::ObjectionRow,
        scoring::report::ClaimRow,
        scoring::report::NeedRow,
        scoring::report::CloseLedger,
        scoring::report::MeasureKind,
        scoring::report::Measure,
        scoring::report::CoachingPoint,
        scoring::report::RubricStamp,
        scoring::report::Report,
        progress::Direction,
        progress::Trend,
        progress::ScorePoint,
        progress::SkillProgress,
        progress::Mastery,
        progress::Badge,
        progress::DayMark,
        progress::Progress,
        wire::ProductSummary,
        wire::ScenarioSummary,
        wire::ProductView,
        wire::Recommendation,
        wire::Unfinished,
        wire::PracticeView,
        wire::CustomerCard,
        wire::Briefing,
        wire::SessionView,
        wire::Answered,
        wire::Hint,
        wire::Debrief,
        wire::Period,
        wire::ScoreBand,
        wire::HistoryQuery,
        wire::Snippet,
        wire::HistoryRow,
        wire::HistoryPage,
        wire::Theme,
        wire::ProviderKind,
        wire::OfferForm,
        wire::KeyForm,
        wire::HangUpForm,
        wire::Compatible,
        wire::HubSettings,
        wire::Microphone,
        wire::VoiceSettings,
        wire::KeyPlace,
        wire::KeyState,
        wire::Retirement,
        wire::KeyTest,
        wire::VoiceView,
        wire::SoundDevices,
        wire::MicrophoneEvent,
        wire::CallControl,
        wire::Link,
        wire::CallStage,
        wire::CallEnd,
        wire::CallFigures,
        wire::CallEvent,
        wire::CallOffer,
        wire::CallAnswer,
        wire::Track,
        wire::RecordedCall,
        wire::RecordingView,
        wire::VoiceRecord,
        wire::Settings,
        wire::Notice,
        wire::Boot,
        wire::Exported,
        wire::Deleted,
    );
    format!("// Generated from the Rust types by `cargo xtask fmt`. Do not edit.\n\n{}\n", declarations.join("\n\n"))
}

#[test]
fn the_typescript_types_are_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/bindings.ts");
    let generated = generated();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        fs::write(&path, &generated).unwrap();
    }
    let committed = fs::read_to_string(&path).expect("ui/src/lib/bindings.ts is there");
    assert_eq!(committed, generated, "run `cargo xtask fmt`");
}
