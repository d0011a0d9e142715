//! A session that a person types, or a program: then standard output has JSON alone.

use std::{
    io::{self, BufRead, IsTerminal},
    sync::Arc,
};

use sellme_app::App;
use sellme_core::{
    Code, Error,
    error::Result,
    id::SessionId,
    session::{Mode, Turn},
    wire::SessionView,
};
use sellme_store::SqliteStore;

use super::{
    json, news,
    practice::{Played, Practice, host, ready},
    text::Text,
};
use crate::{config::Place, device::ThisDevice, exit};

/// What a typed line came to.
enum Next {
    /// The next line.
    Line,
    /// The end, with a score.
    End,
    /// The end without one.
    Leave,
}

/// A conversation that is being typed.
struct Talk<'a> {
    practice: &'a Practice,
    app: &'a App<SqliteStore>,
    id: SessionId,
    text: Text,
    /// What was said last.
    last: Option<Turn>,
}

impl Practice {
    /// From the briefing to the debrief, or from where it was left.
    pub(super) async fn talk(&self, place: &Place) -> Result<()> {
        let host = host(place, Arc::new(ThisDevice));
        let app = host.app()?;
        let view = match self.resume {
            Some(id) => resumed(app, id).await?,
            None => self.begun(app).await?,
        };
        let (id, text, machine) = (view.session.id, Text::new(), self.json || self.jsonl);
        if !machine {
            text.briefing(&app.briefing(&view.scenario.id).await?)?;
        }
        view.turns.iter().try_for_each(|turn| self.show(id, turn))?;
        let prompts = io::stdin().is_terminal() && !machine;
        let mut talk = Talk { practice: self, app, id, text, last: view.turns.last().cloned() };
        // Who has gone already, when the attempt was left, hears nothing more.
        let mut next = if view.customer.ended { Next::End } else { Next::Line };
        while matches!(next, Next::Line) {
            if prompts {
                talk.text.prompt()?;
            }
            next = match typed()? {
                Some(line) => talk.line(line.trim()).await?,
                None => Next::End,
            };
        }
        if matches!(next, Next::Leave) {
            app.abandon(id).await?;
            return if machine { json(&app.debrief(id).await?.session, self.json) } else { talk.text.left() };
        }
        let debrief = app.complete(id).await?;
        if machine { json(&Played::of(debrief, Vec::new())?, self.json) } else { talk.text.debrief(&debrief, &[]) }
    }

    /// A new attempt.
    async fn begun(&self, app: &App<SqliteStore>) -> Result<SessionView> {
        ready(app).await?;
        let scenario = match &self.scenario {
            Some(id) => id.clone(),
            None => app.recommend(&[]).await?.scenario.id,
        };
        app.start_seeded(&scenario, self.seed, Mode::Typing).await
    }
}

/// An attempt that was begun before, its clock running again: this one, or the newest.
async fn resumed(app: &App<SqliteStore>, id: Option<SessionId>) -> Result<SessionView> {
    let id = match id {
        Some(id) => id,
        None => {
            let open = app.practice().await?.unfinished;
            let nothing = || {
                Error::new(
                    Code::NotFound,
                    "There is no attempt to go on with: whatever was begun here was ended. Leave out --resume to begin one.",
                )
            };
            open.first().ok_or_else(nothing)?.session.id
        }
    };
    app.resume(id).await
}

/// The next line that is typed, or nothing where the input ends.
fn typed() -> Result<Option<String>> {
    loop {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_until(b'\n', &mut bytes);
        if read.map_err(|error| Error::invalid(format!("The line could not be read: {error}")))? == 0 {
            return Ok(None);
        }
        match String::from_utf8(bytes) {
            Ok(line) => return Ok(Some(line)),
            Err(_) => news("cli-not-text"),
        }
    }
}

impl Talk<'_> {
    /// Does what the line says: a command, or words for the customer.
    async fn line(&mut self, line: &str) -> Result<Next> {
        match line {
            "" => {}
            "/end" => return Ok(Next::End),
            "/leave" => return Ok(Next::Leave),
            "/hint" => self.hint().await?,
            "/repeat" => self.repeat()?,
            command if command.starts_with('/') => news("cli-no-command"),
            words => return self.say(words).await,
        }
        Ok(Next::Line)
    }

    /// The customer's last line again; for a program it is no turn, so it gets it as words.
    fn repeat(&self) -> Result<()> {
        let Some(turn) = &self.last else { return Ok(()) };
        if self.practice.json || self.practice.jsonl {
            exit::say(&turn.text);
            return Ok(());
        }
        self.practice.show(self.id, turn)
    }

    async fn hint(&self) -> Result<()> {
        let hint = self.app.hint(self.id).await?;
        if self.practice.jsonl {
            json(&hint, false)
        } else if self.practice.json {
            exit::say(&self.text.hint_words(&hint));
            Ok(())
        } else {
            self.text.hint(&hint)
        }
    }

    async fn say(&mut self, words: &str) -> Result<Next> {
        let answered = match self.app.say(self.id, words).await {
            Ok(answered) => answered,
            Err(error) if error.code == Code::InvalidInput => {
                exit::say(&error.message);
                return Ok(Next::Line);
            }
            Err(error) => return Err(error),
        };
        if self.practice.json || self.practice.jsonl {
            self.practice.show(self.id, &answered.rep)?;
        }
        self.practice.show(self.id, &answered.customer)?;
        self.last = Some(answered.customer);
        Ok(if answered.state.ended { Next::End } else { Next::Line })
    }
}
