//! The commands of the window, answered by the same use cases as in the program, for a page in a browser.

use sellme_app::App;
use sellme_core::{
    Code, Error,
    error::Result,
    id::{SessionId, UserId},
    session::Mode,
    wire::{Boot, HistoryQuery, Settings},
};
use sellme_store::SqliteStore;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// What a command is called with.
pub struct Arguments(pub Value);

impl Arguments {
    /// The argument of this name.
    ///
    /// # Errors
    /// One that is not there or of another shape.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        serde_json::from_value(self.0[name].clone()).map_err(|error| Error::invalid(format!("{name}: {error}")))
    }
}

/// An answer as JSON.
///
/// # Errors
/// The use case's own.
pub fn json<T: Serialize>(answer: Result<T>) -> Result<Value> {
    serde_json::to_value(answer?).map_err(|error| Error::new(Code::Internal, error.to_string()))
}

/// Answers a command that needs no call; `None` where it is none of them.
pub async fn answer(app: &App<SqliteStore>, data_dir: &str, name: &str, with: &Arguments) -> Option<Result<Value>> {
    macro_rules! ask {
        ($answer:expr) => {
            json(async { $answer.await }.await)
        };
    }
    let done = async {
        Ok::<_, Error>(match name {
            "boot" => ask!(boot(app, data_dir)),
            "create_profile" => ask!(app.create_profile(&with.get::<String>("name")?)),
            "rename_profile" => ask!(app.rename_profile(with.get::<UserId>("id")?, &with.get::<String>("name")?)),
            "choose_profile" => {
                app.choose_profile(with.get("id")?).await?;
                ask!(boot(app, data_dir))
            }
            "save_settings" => ask!(app.save_settings(&with.get::<Settings>("settings")?)),
            "practice" => ask!(app.practice()),
            "recommend" => ask!(app.recommend(&with.get::<Vec<String>>("skip")?)),
            "products" => ask!(app.products(&with.get::<String>("text")?, with.get::<Option<String>>("category")?.as_deref())),
            "product" => ask!(app.product(&with.get::<String>("id")?)),
            "briefing" => ask!(app.briefing(&with.get::<String>("scenarioId")?)),
            "start" => ask!(app.start(&with.get::<String>("scenarioId")?, with.get::<Mode>("mode")?)),
            "session" => ask!(app.session(with.get("id")?)),
            "say" => ask!(app.say(with.get("id")?, &with.get::<String>("text")?)),
            "pause" => ask!(app.pause(with.get("id")?)),
            "resume" => ask!(app.resume(with.get("id")?)),
            "hint" => ask!(app.hint(with.get("id")?)),
            "complete" => ask!(app.complete(with.get("id")?)),
            "abandon" => ask!(app.abandon(with.get("id")?)),
            "debrief" => ask!(app.debrief(with.get("id")?)),
            "history" => ask!(app.history(&with.get::<HistoryQuery>("query")?)),
            "progress" => ask!(app.progress()),
            "export_session" => ask!(app.export_session(with.get("id")?)),
            "export_all" => ask!(app.export_all()),
            "delete_everything" => ask!(app.delete_everything(&with.get::<String>("confirmation")?)),
            "delete_recording" => ask!(app.delete_recording(with.get::<SessionId>("id")?)),
            _ => return Ok(None),
        })
        .map(Some)
    };
    match done.await {
        Ok(answer) => answer,
        Err(error) => Some(Err(error)),
    }
}

async fn boot(app: &App<SqliteStore>, data_dir: &str) -> Result<Boot> {
    Ok(Boot {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: data_dir.to_owned(),
        catalog_revision: app.catalog().revision,
        profile: app.profile().await?,
        profiles: app.profiles().await?,
        settings: app.settings().await?,
        notices: Vec::new(),
    })
}
