//! An attempt in progress: the customer and the listener, rebuilt from the stored turns whenever they are needed.

use sellme_core::{
    Millis,
    catalog::Catalog,
    customer::{CustomerState, Moved, Partner, Reply},
    error::Result,
    scoring::{Context, Scorer},
    session::{Mode, Session, Signal, Speaker, Status, Turn},
};
use sellme_store::StoredSession;
use tokio::sync::OwnedMappedMutexGuard;

use crate::{clock::Clock, seats::Seated, views};

/// An attempt that one use case holds alone.
pub(crate) type Held = OwnedMappedMutexGuard<Option<Live>, Live>;

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
    clock: Clock,
    /// True while nobody can talk: by voice until the line is open, and again while it is not.
    waits: bool,
    /// True while the last turn was spoken: then the goodbye is still to come when the customer has decided.
    speaking: bool,
    /// True once the customer has decided, as it is stored. A customer who is rebuilt with newer phrases may see it otherwise; what was said stays said.
    gone: bool,
    /// True once the store alone knows how it stands: this copy is not used again.
    stale: bool,
}

impl Seated for Live {
    fn is_needed(&self) -> bool {
        !self.stale
    }
}

impl Live {
    /// A fresh attempt, with the customer's opening line to be stored.
    pub(crate) fn begin(catalog: &Catalog, session: Session, now: Millis) -> Result<(Self, Reply)> {
        let mut live = Self::blank(catalog, session, now)?;
        let opening = live.partner.open();
        Ok((live, opening))
    }

    /// The attempt as its stored turns leave it. Where the customer owes an answer, that is given back to be stored: the program ended between the two. To a turn
    /// that was spoken, the voice owes one, unless it is wanted `in_writing`.
    pub(crate) fn rebuild(catalog: &Catalog, stored: StoredSession, now: Millis, in_writing: bool) -> Result<(Self, Option<Reply>)> {
        let mut live = Self::blank(catalog, stored.session, now)?;
        let opening = live.partner.open();
        let owes_opening = stored.turns.is_empty() && (in_writing || live.session.mode == Mode::Typing);
        let mut unanswered = owes_opening.then_some(opening);
        for (at, turn) in stored.turns.iter().enumerate() {
            let cues = live.scorer.hear(turn);
            let done: Vec<Signal> =
                stored.signals.iter().filter(|(index, _)| *index == turn.index).map(|(_, signal)| signal.clone()).collect();
            let written = stored.turns.get(at + 1).map_or(in_writing, |next| next.speaker == Speaker::Customer && !is_spoken(next));
            unanswered = match turn.speaker {
                Speaker::Rep if is_spoken(turn) && !written => {
                    live.partner.listen(turn, &cues);
                    live.partner.report(&done);
                    None
                }
                Speaker::Rep => Some(live.partner.hear(turn, &cues)),
                Speaker::Customer => {
                    if is_spoken(turn) {
                        live.partner.speak(turn, &cues, &done);
                    }
                    None
                }
            };
        }
        live.turns = stored.turns;
        live.gone = stored.signals.iter().any(|(_, signal)| matches!(signal, Signal::Decide { .. }));
        let unanswered = unanswered.map(|reply| live.told(reply));
        if live.gone {
            live.clock.stop();
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
        self.speaking = false;
        let cues = self.scorer.hear(rep);
        let reply = self.partner.hear(rep, &cues);
        self.told(reply)
    }

    /// A spoken turn, with what the customer reported to have done in it. A turn of the rep moves the customer, for whom a voice answers.
    pub(crate) fn follow(&mut self, turn: &Turn, done: &[Signal]) -> Moved {
        self.speaking = true;
        let cues = self.scorer.hear(turn);
        let moved = match turn.speaker {
            Speaker::Rep => {
                let moved = self.partner.listen(turn, &cues);
                self.partner.report(done);
                moved
            }
            Speaker::Customer => {
                self.partner.speak(turn, &cues, done);
                Moved::default()
            }
        };
        self.gone |= done.iter().any(|signal| matches!(signal, Signal::Decide { .. }));
        moved
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
        let waits = session.mode == Mode::Voice;
        Ok(Self {
            scorer: Scorer::new(&context(catalog, &session)?),
            partner: Partner::new(product, scenario, &catalog.policies, session.seed),
            clock: Clock::new(now, session.active_ms, session.status == Status::InProgress && !session.paused && !waits),
            waits,
            speaking: false,
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

    /// Milliseconds of practice so far.
    pub(crate) fn active(&self, now: Millis) -> Millis {
        self.clock.active(now)
    }

    /// Goes on with the clock of the copy that was in memory before this one was read.
    pub(crate) fn keep_time(&mut self, before: Self, now: Millis) {
        self.clock = before.clock;
        self.waits = before.waits;
        let runs = self.runs();
        self.session.active_ms = self.clock.mark(now, runs);
    }

    /// Somebody can talk from this moment on, or nobody can. Time in which nobody can is no practice.
    pub(crate) fn line(&mut self, at: Millis, open: bool) {
        if self.waits == open {
            self.waits = !open;
            let runs = self.runs();
            self.session.active_ms = self.clock.mark(at, runs);
        }
    }

    /// True while the clock runs.
    pub(crate) fn is_running(&self) -> bool {
        self.clock.runs()
    }

    /// Whether the clock is to run. With a customer who has gone there is nothing to go on with but a spoken goodbye.
    fn runs(&self) -> bool {
        !self.session.paused && !self.waits && (!self.gone || self.speaking)
    }

    /// From when to when on the practice's clock somebody spoke, who did from one moment of the device's clock to another. Nobody begins before the turn that they
    /// answer has begun.
    pub(crate) fn speech(&self, from: Millis, to: Millis, now: Millis) -> (Millis, Millis) {
        let begun = self.turns.iter().rev().find_map(|turn| turn.started_ms).unwrap_or(Millis(0));
        let from = self.clock.at(from, now).max(begun);
        (from, self.clock.at(to, now).max(from))
    }

    /// When it ends, if that is now; not before it began, where the clock was set back in between.
    pub(crate) fn end(&self, now: Millis) -> Millis {
        now.max(self.session.started_at)
    }

    /// Counts the time so far and goes on, or stops.
    pub(crate) fn settle(&mut self, now: Millis, paused: bool) -> Millis {
        self.session.paused = paused;
        let runs = self.runs();
        self.session.active_ms = self.clock.mark(now, runs);
        self.session.active_ms
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

/// True where a voice said it: only speech has times.
fn is_spoken(turn: &Turn) -> bool {
    turn.started_ms.is_some()
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
