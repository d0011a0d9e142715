//! A session that is played from a script, without a person.

use std::sync::Arc;

use sellme_app::{App, next_session_id};
use sellme_core::{
    Code,
    error::Result,
    session::{Mode, Speaker, Status, Turn},
    wire::SessionView,
};
use sellme_store::SqliteStore;

use super::{
    json, news,
    practice::{Played, Practice, host, ready},
    script::ScriptDevice,
    spare,
    text::Text,
};
use crate::{config::Place, device::ThisDevice};

impl Practice {
    /// A whole session from a script.
    pub(super) async fn play(&self, place: &Place, lines: Vec<String>) -> Result<()> {
        let seed = self.seed.unwrap_or(1);
        let scenario = match &self.scenario {
            Some(id) => id.clone(),
            None => host(place, Arc::new(ThisDevice)).app()?.recommend(&[]).await?.scenario.id,
        };
        let device = Arc::new(ScriptDevice::new(seed, &scenario, &lines));
        let host = host(place, device.clone());
        let app = host.app()?;
        device.for_profile(ready(app)).await?;
        let (view, spare) = loop {
            match app.debrief(next_session_id(&*device)).await {
                Err(error) if error.code == Code::NotFound => match app.start_seeded(&scenario, Some(seed), Mode::Typing).await {
                    // It is there and not this person's.
                    Err(error) if error.code == Code::InvalidInput => device.for_another_person()?,
                    begun => break (begun?, None),
                },
                Err(error) => return Err(error),
                Ok(stopped) if stopped.session.status == Status::InProgress => {
                    // It was cut short: the clock goes on where it stood, so that nothing tells the two halves apart.
                    device.catch_up(&stopped.turns);
                    break (app.session(stopped.session.id).await?, None);
                }
                Ok(_) => {
                    // This very session is already in the history, and what is completed stays: it is played beside it.
                    news("cli-played-again");
                    let (beside, folder) = spare(place)?;
                    let host = self::host(&beside, device.clone());
                    device.for_profile(ready(host.app()?)).await?;
                    break (host.app()?.start_seeded(&scenario, Some(seed), Mode::Typing).await?, Some((host, folder)));
                }
            }
        };
        let app = match &spare {
            Some((host, _)) => host.app()?,
            None => app,
        };
        let played = self.play_on(app, &device, view, lines).await?;
        if self.json || self.jsonl {
            json(&played, self.json)
        } else {
            Text::new().debrief(&app.debrief(played.session.id).await?, &played.unused_lines)
        }
    }

    async fn play_on(&self, app: &App<SqliteStore>, device: &ScriptDevice, view: SessionView, lines: Vec<String>) -> Result<Played> {
        let id = view.session.id;
        let show = |turn: &Turn| self.show(id, turn);
        view.turns.iter().try_for_each(show)?;
        let said = view.turns.iter().filter(|turn| turn.speaker == Speaker::Rep).count();
        if let Some(heard) = view.turns.last().filter(|_| said > 0) {
            device.spend(&heard.text);
        }
        let mut ended = view.customer.ended;
        let mut rest = lines.into_iter().skip(said);
        while !ended {
            let Some(words) = rest.next() else { break };
            device.spend(&words);
            let answered = app.say(id, &words).await?;
            device.spend(&answered.customer.text);
            show(&answered.rep)?;
            show(&answered.customer)?;
            ended = answered.state.ended;
        }
        Played::of(app.complete(id).await?, rest.collect())
    }
}
