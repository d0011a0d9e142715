//! Practising: start, say, pause, resume, complete, abandon.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sellme_core::{
    Code, Error, Millis,
    customer::{self, Reply},
    error::Result,
    id::SessionId,
    scoring::{self, Scorer, report::Skill},
    session::{Mode, Session, Speaker, Status, Turn, Visibility},
    wire::{Answered, Briefing, CustomerCard, Debrief, Hint, SessionView},
};
use sellme_store::Completion;
use tokio::sync::OwnedMutexGuard;

use crate::{
    App, Device, Store,
    device::{new_id, new_seed},
    live::{Held, Live},
    views::{self, Standing},
};

/// Longest line of a rep, in characters: what somebody could say in about five minutes.
pub(crate) const LINE_LIMIT: usize = 4_000;

impl<S: Store> App<S> {
    /// What the rep knows before the start.
    ///
    /// # Errors
    /// An unknown scenario.
    pub async fn briefing(&self, scenario_id: &str) -> Result<Briefing> {
        let (product, scenario) = views::find(&self.catalog, scenario_id)?;
        let standing = self.standing().await?;
        let rubric = scoring::rubric();
        Ok(Briefing {
            scenario: standing.scenario_summary(product, scenario),
            product: standing.product_summary(&self.catalog, product),
            goal: scenario.goal.clone(),
            customer: CustomerCard {
                title: scenario.title.clone(),
                seen: scenario.seen.clone(),
                patience: u32::try_from(customer::knobs(scenario.difficulty).weak_turns).unwrap_or(0),
            },
            facts: views::facts(&self.catalog, product),
            weights: Skill::ALL.map(|skill| (skill, rubric.weight(skill))).to_vec(),
            rubric_version: rubric.stamp().version,
        })
    }

    /// Starts an attempt. Typing, the customer has said the first line; by voice it is still to be spoken. Without a seed the device draws one.
    ///
    /// # Errors
    /// An unknown scenario; no profile yet.
    pub async fn start_seeded(&self, scenario_id: &str, seed: Option<u32>, mode: Mode) -> Result<SessionView> {
        let (product, scenario) = views::find(&self.catalog, scenario_id)?;
        let now = self.device.now();
        let mut session = Session {
            id: next_session_id(&*self.device),
            user_id: self.user().await?,
            product_id: product.id.clone(),
            scenario_id: scenario.id.clone(),
            seed: seed.unwrap_or_else(|| new_seed(&*self.device)),
            mode,
            visibility: Visibility::Practice,
            status: Status::InProgress,
            paused: false,
            outcome: None,
            overall_score: None,
            started_at: now,
            ended_at: None,
            active_ms: Millis(0),
            turns: 0,
            catalog_revision: self.catalog.revision,
            win_path: Vec::new(),
        };
        let (mut live, opening) = Live::begin(&self.catalog, session.clone(), now)?;
        session.win_path = live.partner.win_path().to_vec();
        live.session.win_path.clone_from(&session.win_path);
        self.store.create_session(&session).await?;
        if mode == Mode::Typing {
            self.answer(&mut live, &opening).await?;
        }
        let view = self.view(&live).await?;
        self.live.put(live.session.id, live);
        Ok(view)
    }

    /// Starts an attempt with a seed that the device draws.
    ///
    /// # Errors
    /// As [`App::start_seeded`].
    pub async fn start(&self, scenario_id: &str, mode: Mode) -> Result<SessionView> {
        self.start_seeded(scenario_id, None, mode).await
    }

    /// An attempt as it stands; one in progress can go on.
    ///
    /// # Errors
    /// An unknown session.
    pub async fn session(&self, id: SessionId) -> Result<SessionView> {
        match self.hold(id).await {
            Ok((live, _)) => self.view(&live).await,
            Err(error) if error.code == Code::WrongState => {
                let stored = self.stored(id).await?;
                let (live, _) = Live::rebuild(&self.catalog, stored, self.device.now(), false)?;
                self.view(&live).await
            }
            Err(error) => Err(error),
        }
    }

    /// The rep says something; answered once both turns are stored.
    ///
    /// # Errors
    /// An empty or too long line; a session that is over or paused; what the store refuses. Nothing that was acknowledged is lost. Where the line was stored and
    /// only its answer was refused, [`App::session`] has both from then on, and the same line said again is answered as the one that it is.
    pub async fn say(&self, id: SessionId, text: &str) -> Result<Answered> {
        let text = clean(text)?;
        let (mut live, caught_up) = self.hold(id).await?;
        // The words were stored the last time and only their answer was refused: said again, they are answered and not stored twice.
        if let Some(answered) = caught_up.filter(|answered| answered.rep.text == text) {
            return Ok(answered);
        }
        if live.session.paused {
            return Err(Error::new(Code::WrongState, "The clock is stopped. Go on with the practice first, then say it."));
        }
        if live.customer().ended {
            return Err(Error::new(Code::WrongState, "The customer has gone. End the practice to see how it went."));
        }
        // Until both turns are stored and heard the store alone knows how it stands, whether this is refused, given up or panics in between.
        live.forget();
        let spoken = self.hear(&mut live, text).await;
        if spoken.is_ok() {
            live.remember();
        }
        spoken
    }

    async fn hear(&self, live: &mut Live, text: String) -> Result<Answered> {
        let now = self.device.now();
        // Who types can, whatever became of the line.
        live.line(now, true);
        let active = live.settle(now, false);
        let rep = live.next_turn(Speaker::Rep, text, active);
        self.store.append_turn(live.session.id, &rep, &[], active).await?;
        let reply = live.hear(&rep);
        live.push(rep.clone());
        let customer = self.answer(live, &reply).await?;
        Ok(Answered { rep, customer, signals: reply.signals, state: reply.state })
    }

    /// Stores what the customer answers.
    async fn answer(&self, live: &mut Live, reply: &Reply) -> Result<Turn> {
        let active = live.settle(self.device.now(), live.session.paused);
        let turn = live.next_turn(Speaker::Customer, reply.text.clone(), active);
        self.store.append_turn(live.session.id, &turn, &reply.signals, active).await?;
        live.scorer.hear(&turn);
        live.push(turn.clone());
        Ok(turn)
    }

    /// Stops the clock.
    ///
    /// # Errors
    /// A session that is over.
    pub async fn pause(&self, id: SessionId) -> Result<SessionView> {
        self.set_paused(id, true).await
    }

    /// Lets the clock run again.
    ///
    /// # Errors
    /// A session that is over.
    pub async fn resume(&self, id: SessionId) -> Result<SessionView> {
        self.set_paused(id, false).await
    }

    async fn set_paused(&self, id: SessionId, paused: bool) -> Result<SessionView> {
        let (mut live, _) = self.hold(id).await?;
        live.forget();
        let active = live.settle(self.device.now(), paused);
        self.store.set_paused(id, paused, active).await?;
        live.remember();
        self.view(&live).await
    }

    /// Help on request; costs no points.
    ///
    /// # Errors
    /// A session that is over.
    pub async fn hint(&self, id: SessionId) -> Result<Hint> {
        let (live, _) = self.hold(id).await?;
        Ok(scoring::hint(&live.scorer))
    }

    /// Ends and scores an attempt, as it stands. Where the customer cannot be rebuilt, what was said is scored all the same.
    ///
    /// # Errors
    /// A session that is over; one in which something was said that cannot be stored yet.
    pub async fn complete(&self, id: SessionId) -> Result<Debrief> {
        self.end_call(id).await?;
        // Held all the while, so that nobody reads it from the store in between.
        let mut seat = self.live.seat(id).lock_owned().await;
        let now = self.device.now();
        let (report, ended_at, active_ms) = if let Some(live) = seat.as_ref().filter(|live| !live.is_stale()) {
            self.must_own(&live.session).await?;
            (live.scorer.report(), live.end(now), live.active(now))
        } else {
            let (scorer, session) = self.score_stored(id).await?;
            (scorer.report(), now.max(session.started_at), session.active_ms)
        };
        self.store.complete(id, Completion { ended_at, active_ms, outcome: report.outcome, report }).await?;
        *seat = None;
        drop(seat);
        if let Err(error) = self.store.begin_backup_if_due(self.device.real_now()) {
            // The session is stored all the same; the next one tries again.
            tracing::warn!(code = ?error.code, "no backup was begun");
        }
        self.debrief(id).await
    }

    /// Leaves an attempt; it is kept, not scored. It needs no customer for that, so one that the catalogue no longer has can be left too.
    ///
    /// # Errors
    /// A session that is over.
    pub async fn abandon(&self, id: SessionId) -> Result<Session> {
        if let Err(error) = self.end_call(id).await {
            // Whoever leaves is not kept for it.
            tracing::warn!(code = ?error.code, "the last words of a practice that was left were not stored");
        }
        let now = self.device.now();
        // Held all the while, so that nobody reads it from the store in between.
        let mut seat = self.live.seat(id).lock_owned().await;
        if let Some(live) = seat.as_mut().filter(|live| !live.is_stale()) {
            self.must_own(&live.session).await?;
            self.store.abandon(id, live.end(now), live.active(now)).await?;
            live.forget();
        } else {
            let session = self.stored(id).await?.session;
            self.store.abandon(id, now.max(session.started_at), session.active_ms).await?;
        }
        drop(seat);
        Ok(self.stored(id).await?.session)
    }

    /// The attempt in progress, for one use case alone, rebuilt from the store where it is not in memory. Who wants another attempt does not wait for that. Where
    /// its last line had no answer yet, that is made up for first, and both are given back.
    pub(crate) async fn hold(&self, id: SessionId) -> Result<(Held, Option<Answered>)> {
        let mut seat = self.live.seat(id).lock_owned().await;
        if let Some(live) = seat.as_ref().filter(|live| !live.is_stale()) {
            self.must_own(&live.session).await?;
        }
        let (live, caught_up) = match seat.take() {
            Some(live) if !live.is_stale() => (live, None),
            before => self.rebuild(id, false, before).await?,
        };
        Ok((OwnedMutexGuard::map(seat, |seat| seat.insert(live)), caught_up))
    }

    /// Reads an attempt from the store. Where it was in memory before, its clock goes on.
    async fn rebuild(&self, id: SessionId, in_writing: bool, before: Option<Live>) -> Result<(Live, Option<Answered>)> {
        let stored = self.stored(id).await?;
        must_go_on(&stored.session)?;
        let (mut live, unanswered) = Live::rebuild(&self.catalog, stored, self.device.now(), in_writing)?;
        if let Some(before) = before {
            live.keep_time(before, self.device.now());
        }
        let mut answered = None;
        if let Some(reply) = unanswered {
            let rep = live.turns.last().cloned();
            let customer = self.answer(&mut live, &reply).await?;
            answered = rep.map(|rep| Answered { rep, customer, signals: reply.signals, state: reply.state });
        }
        Ok((live, answered))
    }

    /// From now on the rep types: where the customer owes an answer to what was spoken, or the first line, it gives that in writing.
    ///
    /// # Errors
    /// A session that is over.
    pub async fn go_on_typing(&self, id: SessionId) -> Result<SessionView> {
        let (mut held, _) = self.hold(id).await?;
        if !held.customer().ended && held.turns.last().is_none_or(|turn| turn.speaker == Speaker::Rep) {
            held.forget();
            // As it is stored, so that the partner hears the last turn as one that it answers itself.
            let (mut live, _) = self.rebuild(id, true, None).await?;
            std::mem::swap(&mut *held, &mut live);
            held.keep_time(live, self.device.now());
        }
        held.line(self.device.now(), true);
        self.view(&held).await
    }

    /// The score of an attempt that is not in memory. A last line without an answer gets it first, if the customer can be rebuilt for that.
    async fn score_stored(&self, id: SessionId) -> Result<(Scorer, Session)> {
        let stored = self.stored(id).await?;
        must_go_on(&stored.session)?;
        if stored.turns.last().is_none_or(|turn| turn.speaker == Speaker::Rep) {
            let again = stored.clone();
            let rebuilt = catch_unwind(AssertUnwindSafe(|| Live::rebuild(&self.catalog, again, self.device.now(), false)));
            if let Ok(Ok((mut live, Some(reply)))) = rebuilt {
                self.answer(&mut live, &reply).await?;
                return Ok((live.scorer, live.session));
            }
        }
        Ok((Live::score(&self.catalog, &stored)?, stored.session))
    }

    pub(crate) async fn view(&self, live: &Live) -> Result<SessionView> {
        let (product, scenario) = views::of_session(&self.catalog, &live.session)?;
        let standing = self.standing().await?;
        Ok(SessionView {
            session: Session { active_ms: live.active(self.device.now()), ..live.session.clone() },
            scenario: standing.scenario_summary(product, scenario),
            product: standing.product_summary(&self.catalog, product),
            goal: scenario.goal.clone(),
            facts: views::facts(&self.catalog, product),
            turns: live.turns.clone(),
            customer: live.customer(),
            running: live.is_running(),
        })
    }

    pub(crate) async fn standing(&self) -> Result<Standing> {
        match self.store.chosen_profile().await? {
            Some(profile) => Ok(Standing::new(self.store.attempts(profile.id).await?)),
            None => Ok(Standing::new(Vec::new())),
        }
    }
}

/// The id that an attempt gets which is started now.
#[must_use]
pub fn next_session_id(device: &dyn Device) -> SessionId {
    SessionId(new_id(device))
}

fn must_go_on(session: &Session) -> Result<()> {
    if session.status == Status::InProgress {
        Ok(())
    } else {
        Err(Error::new(Code::WrongState, "This practice is over. Its debrief is in the history."))
    }
}

/// A rep's line as it is stored.
fn clean(text: &str) -> Result<String> {
    let text = plain(text);
    if text.is_empty() {
        return Err(Error::invalid("There is nothing to say yet: the line is empty."));
    }
    let length = text.chars().count();
    if length > LINE_LIMIT {
        return Err(Error::invalid(format!("That is too long for one turn ({length} characters, at most {LINE_LIMIT}). Say it in parts.")));
    }
    Ok(text)
}

/// Words as they are stored: control characters become spaces, the ends are trimmed.
pub(crate) fn plain(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}
