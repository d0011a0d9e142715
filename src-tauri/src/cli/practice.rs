//! `sellme practice`: a session in the terminal, typed or from a script.

use std::{
    io::{self, BufRead, IsTerminal},
    path::PathBuf,
    sync::Arc,
};

use clap::Args;
use sellme_app::{App, Device, next_session_id};
use sellme_core::{
    Code, Error,
    error::Result,
    id::SessionId,
    scoring::report::{Metrics, Report},
    session::{Outcome, Session, Speaker, Status, Turn},
    wire::{Debrief, SessionView},
};
use sellme_store::SqliteStore;
use serde::Serialize;

use super::{json, script, script::ScriptDevice, tell, text::Text};
use crate::{
    config::Place,
    device::ThisDevice,
    exit,
    host::{Host, Purpose},
};

/// The name of the profile that the terminal makes where there is none.
const TERMINAL_PROFILE: &str = "Rep";

#[derive(Debug, Args)]
#[command(
    after_help = "While practising: /hint, /repeat, /end, /leave.\n\nExamples:\n  sellme practice\n  sellme practice --scenario pilbara-skeptical-medium --seed 7\n  sellme practice --script lines.txt --seed 7 --json"
)]
pub(super) struct Practice {
    /// Whom to sell to; without it, the recommended scenario (`sellme catalog show PRODUCT` lists them).
    #[arg(long, value_name = "ID")]
    scenario: Option<String>,
    /// The same seed and the same lines make the same customer.
    #[arg(long, value_name = "N")]
    seed: Option<u32>,
    /// One rep line per line; plays a whole session without a person. `-` for standard input. Its clock is made from the seed and begins in January 2026.
    #[arg(long, value_name = "FILE")]
    script: Option<PathBuf>,
    /// Print one JSON document at the end instead of text.
    #[arg(long)]
    json: bool,
    /// Print a JSON line for each turn once it is stored, then the document.
    #[arg(long, conflicts_with = "json")]
    jsonl: bool,
}

/// What a session came to.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Played {
    overall_score: Option<u8>,
    metrics: Metrics,
    outcome: Outcome,
    session: Session,
    turns: Vec<Turn>,
    report: Report,
    /// Lines of the script that were left over because the customer ended first.
    unused_lines: Vec<String>,
}

/// One stored turn, as `--jsonl` prints it.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StoredTurn<'a> {
    session_id: SessionId,
    turn: &'a Turn,
}

impl Played {
    fn of(debrief: Debrief, unused_lines: Vec<String>) -> Result<Self> {
        let Debrief { session, turns, report, .. } = debrief;
        let report = report.ok_or_else(|| Error::new(Code::Internal, "The completed session has no report."))?;
        let (overall_score, metrics, outcome) = (report.overall_score, report.metrics, report.outcome);
        Ok(Self { overall_score, metrics, outcome, session, turns, report, unused_lines })
    }
}

impl Practice {
    pub(super) async fn run(self, place: &Place) -> Result<()> {
        match &self.script {
            Some(path) => {
                let lines = script::lines(path)?;
                self.play(place, lines).await
            }
            None => self.talk(place).await,
        }
    }

    /// A whole session from a script.
    async fn play(&self, place: &Place, lines: Vec<String>) -> Result<()> {
        let seed = self.seed.unwrap_or(1);
        let scenario = match &self.scenario {
            Some(id) => id.clone(),
            None => host(place, Arc::new(ThisDevice)).app()?.recommend(&[]).await?.scenario.id,
        };
        let device = Arc::new(ScriptDevice::new(seed, &scenario, &lines));
        let host = host(place, device.clone());
        let app = host.app()?;
        device.for_profile(ready(app)).await?;
        let known = app.debrief(next_session_id(&*device)).await;
        let (view, spare) = match known {
            Err(error) if error.code == Code::NotFound => (app.start_seeded(&scenario, Some(seed)).await?, None),
            Err(error) => return Err(error),
            Ok(stopped) if stopped.session.status == Status::InProgress => {
                // It was cut short: the clock goes on where it stood, so that nothing tells the two halves apart.
                device.catch_up(&stopped.turns);
                (app.session(stopped.session.id).await?, None)
            }
            Ok(_) => {
                // This very session is already in the history, and what is completed stays: it is played beside it.
                exit::say("This scripted session is in the history already; it was played again without storing it twice.");
                let spare = tempfile::tempdir()
                    .map_err(|error| Error::new(Code::ReadOnly, format!("No temporary folder could be made: {error}")))?;
                let beside = Place { data: spare.path().to_owned(), ..place.clone() };
                let host = self::host(&beside, device.clone());
                device.for_profile(ready(host.app()?)).await?;
                (host.app()?.start_seeded(&scenario, Some(seed)).await?, Some((host, spare)))
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

    /// A turn that was stored: as a JSON line, not at all before the one document, or as a person reads it.
    fn show(&self, id: SessionId, turn: &Turn) -> Result<()> {
        match (self.jsonl, self.json) {
            (true, _) => json(&StoredTurn { session_id: id, turn }, false),
            (_, true) => Ok(()),
            _ => Text::new().turn(turn),
        }
    }

    /// A session that a person types, or a program: then standard output has JSON alone.
    async fn talk(&self, place: &Place) -> Result<()> {
        let host = host(place, Arc::new(ThisDevice));
        let app = host.app()?;
        ready(app).await?;
        let scenario = match &self.scenario {
            Some(id) => id.clone(),
            None => app.recommend(&[]).await?.scenario.id,
        };
        let text = Text::new();
        let machine = self.json || self.jsonl;
        if !machine {
            text.briefing(&app.briefing(&scenario).await?)?;
        }
        let view = app.start_seeded(&scenario, self.seed).await?;
        let id = view.session.id;
        view.turns.iter().try_for_each(|turn| self.show(id, turn))?;
        let mut last = view.turns.last().cloned();
        let terminal = io::stdin().is_terminal();
        loop {
            if terminal && !machine {
                text.prompt()?;
            }
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_until(b'\n', &mut bytes);
            if read.map_err(|error| Error::invalid(format!("The line could not be read: {error}")))? == 0 {
                break;
            }
            let Ok(words) = String::from_utf8(bytes) else {
                exit::say("That line is not UTF-8 text; say it again.");
                continue;
            };
            match words.trim() {
                "" => {}
                "/end" => break,
                "/leave" => {
                    app.abandon(id).await?;
                    return if machine { json(&app.debrief(id).await?.session, self.json) } else { text.left() };
                }
                "/hint" if self.jsonl => json(&app.hint(id).await?, false)?,
                "/hint" if self.json => exit::say(&text.hint_words(&app.hint(id).await?)),
                "/hint" => text.hint(&app.hint(id).await?)?,
                "/repeat" => last.iter().try_for_each(|turn| self.show(id, turn))?,
                unknown if unknown.starts_with('/') => {
                    exit::say("Commands are /hint, /repeat, /end and /leave; that was none of them, and the customer did not hear it.")
                }
                words => match app.say(id, words).await {
                    Ok(answered) => {
                        if machine {
                            self.show(id, &answered.rep)?;
                        }
                        self.show(id, &answered.customer)?;
                        last = Some(answered.customer);
                        if answered.state.ended {
                            break;
                        }
                    }
                    Err(error) if error.code == Code::InvalidInput => exit::say(&error.message),
                    Err(error) => return Err(error),
                },
            }
        }
        let debrief = app.complete(id).await?;
        if machine { json(&Played::of(debrief, Vec::new())?, self.json) } else { text.debrief(&debrief, &[]) }
    }
}

fn host(place: &Place, device: Arc<dyn Device>) -> Host {
    Host::in_terminal(place, device, Purpose::Practise, tell)
}

/// Somebody must practise: the first time in a terminal, a profile is made. One that is there and not chosen, because whoever practised last deleted everything
/// of theirs, is chosen now.
async fn ready(app: &App<SqliteStore>) -> Result<()> {
    if app.profile().await?.is_some() {
        return Ok(());
    }
    match app.profiles().await?.into_iter().find(|profile| profile.name == TERMINAL_PROFILE) {
        Some(made) => app.choose_profile(made.id).await?,
        None => app.create_profile(TERMINAL_PROFILE).await?,
    };
    Ok(())
}
