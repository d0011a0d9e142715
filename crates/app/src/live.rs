//! An attempt in progress: the customer and the listener, rebuilt from the stored turns whenever they are needed.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as Quick, PoisonError},
};

use sellme_core::{
    Millis,
    catalog::Catalog,
    customer::{CustomerState, Partner, Reply},
    error::Result,
    id::SessionId,
    scoring::{Context, Scorer},
    session::{Session, Signal, Speaker, Status, Turn},
};
use sellme_store::StoredSession;
use tokio::sync::{Mutex, OwnedMappedMutexGuard};

use crate::views;

/// The most practice that passes between two things that happen in an attempt, in milliseconds: whoever says nothing for longer has left the machine, or it slept.
const LONGEST_STRETCH: i64 = 5 * 60_000;

/// An attempt that one use case holds alone.
pub(crate) type Held = OwnedMappedMutexGuard<Option<Live>, Live>;

/// Where an attempt is while it is in memory; empty until it is read from the store.
type Seat = Arc<Mutex<Option<Live>>>;

/// The attempts in memory. The lock of them all is held for a look only; whoever waits for an attempt waits at its own seat.
#[derive(Default)]
pub(crate) struct Seats(Quick<HashMap<SessionId, Seat>>);

impl Seats {
    /// The seat of this attempt.
    pub(crate) fn seat(&self, id: SessionId) -> Seat {
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Seats that nobody needs any more go first: of attempts that are over, and of ids that nothing was found for.
        seats.retain(|_, seat| {
            Arc::strong_count(seat) > 1 || seat.try_lock().is_ok_and(|seat| seat.as_ref().is_some_and(|live| !live.stale))
        });
        Arc::clone(seats.entry(id).or_default())
    }

    /// Takes in an attempt that was begun.
    pub(crate) fn put(&self, live: Live) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(live.session.id, Arc::new(Mutex::new(Some(live))));
    }

    /// Empties them all.
    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// An attempt in progress.
pub(crate) struct Live {
    /// As it is stored.
    pub(crate) session: Session,
    /// What was said.
    pub(crate) turns: Vec<Turn>,
    /// What it is worth so far.
    pub(crate) scorer: Scorer,
    /// The customer.
    pub(crate) partner: Partner,
    /// Since when the clock runs; `None` while it is stopped.
    running_since: Option<Millis>,
    /// True once the customer has decided, as it is stored. A customer who is rebuilt with newer phrases may see it otherwise; what was said stays said.
    gone: bool,
    /// True once the store alone knows how it stands: this copy is not used again.
    stale: bool,
}

impl Live {
    /// A fresh attempt, with the customer's opening line to be stored.
    pub(crate) fn begin(catalog: &Catalog, session: Session, now: Millis) -> Result<(Self, Reply)> {
        let mut live = Self::blank(catalog, session, now)?;
        let opening = live.partner.open();
        Ok((live, opening))
    }

    /// The attempt as its stored turns leave it. Where the last turn is the rep's, its answer is given back to be stored: the program ended between the two.
    pub(crate) fn rebuild(catalog: &Catalog, stored: StoredSession, now: Millis) -> Result<(Self, Option<Reply>)> {
        let mut live = Self::blank(catalog, stored.session, now)?;
        let opening = live.partner.open();
        let mut unanswered = stored.turns.is_empty().then_some(opening);
        for turn in &stored.turns {
            let cues = live.scorer.hear(turn);
            unanswered = (turn.speaker == Speaker::Rep).then(|| live.partner.hear(turn, &cues));
        }
        live.turns = stored.turns;
        live.gone = stored.signals.iter().any(|(_, signal)| matches!(signal, Signal::Decide { .. }));
        let unanswered = unanswered.map(|reply| live.told(reply));
        if live.gone {
            live.running_since = None;
        }
        Ok((live, unanswered))
    }

    /// The attempt's score alone, from its stored turns: it needs no customer.
    pub(crate) fn score(catalog: &Catalog, stored: &StoredSession) -> Result<Scorer> {
        let mut scorer = Scorer::new(&context(catalog, &stored.session)?);
        for turn in &stored.turns {
            scorer.hear(turn);
        }
        Ok(scorer)
    }

    /// What the customer answers to a turn of the rep, which the scorer hears first.
    pub(crate) fn hear(&mut self, rep: &Turn) -> Reply {
        let cues = self.scorer.hear(rep);
        let reply = self.partner.hear(rep, &cues);
        self.told(reply)
    }

    /// The reply with what it does to the attempt. A decision that the rebuilt customer had come to earlier than the stored one is told now.
    fn told(&mut self, mut reply: Reply) -> Reply {
        let decides = |signal: &Signal| matches!(signal, Signal::Decide { .. });
        if let Some((decision, reason)) = self.partner.decision()
            && !self.gone
            && !reply.signals.iter().any(decides)
        {
            reply.signals.push(Signal::Decide { decision, reason });
        }
        self.gone |= reply.signals.iter().any(decides);
        reply.state.ended = self.gone;
        reply
    }

    /// How the customer stands.
    pub(crate) fn customer(&self) -> CustomerState {
        CustomerState { ended: self.gone, ..self.partner.state() }
    }

    fn blank(catalog: &Catalog, session: Session, now: Millis) -> Result<Self> {
        let (product, scenario) = views::of_session(catalog, &session)?;
        Ok(Self {
            scorer: Scorer::new(&context(catalog, &session)?),
            partner: Partner::new(product, scenario, &catalog.policies, session.seed),
            running_since: (session.status == Status::InProgress && !session.paused).then_some(now),
            gone: false,
            stale: false,
            turns: Vec::new(),
            session,
        })
    }

    /// From now on what is stored decides: the attempt is read again from the store the next time.
    pub(crate) fn forget(&mut self) {
        self.stale = true;
    }

    /// What is stored and this copy are the same again.
    pub(crate) fn remember(&mut self) {
        self.stale = false;
    }

    /// True where this copy must not be used again.
    pub(crate) fn is_stale(&self) -> bool {
        self.stale
    }

    /// Milliseconds of practice so far. Between two turns, pauses or resumes at most [`LONGEST_STRETCH`] counts.
    pub(crate) fn active(&self, now: Millis) -> Millis {
        let running = self.running_since.map_or(0, |since| now.since(since).0.min(LONGEST_STRETCH));
        Millis(self.session.active_ms.0 + running)
    }

    /// When it ends, if that is now; not before it began, where the clock was set back in between.
    pub(crate) fn end(&self, now: Millis) -> Millis {
        now.max(self.session.started_at)
    }

    /// Counts the time so far and goes on, or stops. With a customer who has gone there is nothing to go on with.
    pub(crate) fn settle(&mut self, now: Millis, paused: bool) -> Millis {
        let active = self.active(now);
        self.session.active_ms = active;
        self.session.paused = paused;
        self.running_since = (!paused && !self.gone).then_some(now);
        active
    }

    /// The next turn of this speaker.
    pub(crate) fn next_turn(&self, speaker: Speaker, text: impl Into<String>, at: Millis) -> Turn {
        let index = u32::try_from(self.turns.len()).unwrap_or(u32::MAX);
        Turn { at_ms: at, ..Turn::typed(index, speaker, text) }
    }

    /// Takes a turn in that is stored.
    pub(crate) fn push(&mut self, turn: Turn) {
        self.turns.push(turn);
        self.session.turns = u32::try_from(self.turns.len()).unwrap_or(u32::MAX);
    }
}

/// What an attempt is scored with.
fn context<'a>(catalog: &'a Catalog, session: &Session) -> Result<Context<'a>> {
    let (product, scenario) = views::of_session(catalog, session)?;
    Ok(Context {
        product: Some(product),
        scenario: Some(scenario),
        policies: &catalog.policies,
        // Not the session's: it may have begun under an older catalogue, and these are the facts that it is scored with.
        catalog_revision: Some(catalog.revision),
    })
}
