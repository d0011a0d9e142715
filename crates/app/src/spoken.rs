//! Practising by voice: who the voice is told to be, and what was spoken.

use sellme_core::{
    Error, Millis,
    briefing::{Brief, Tool, back_to_role, slips, steer},
    catalog::Scenario,
    customer::CustomerState,
    error::Result,
    id::SessionId,
    session::{Signal, Speaker, Turn},
};

use crate::{
    App, Store,
    live::Live,
    practice::{LINE_LIMIT, plain},
    views,
};

/// What a customer said who reported something and spoke no word.
const WORDLESS: &str = "…";

/// A finished turn of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Who spoke.
    pub speaker: Speaker,
    /// The words, as far as they were heard.
    pub text: String,
    /// When they began, by the device's clock ([`crate::Device::now`]).
    pub started: Millis,
    /// When they ended, by the same clock.
    pub ended: Millis,
    /// True where the other side cut in before they were finished.
    pub interrupted: bool,
    /// What the voice reported to have done in it.
    pub signals: Vec<Signal>,
}

/// What came of a finished turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The turn as it is stored.
    pub turn: Turn,
    /// What was reported in it and can be meant by this customer, stored with it.
    pub signals: Vec<Signal>,
    /// How the customer stands.
    pub state: CustomerState,
    /// What the voice must be told now, silently.
    pub steer: Option<String>,
    /// True where the voice fell out of the customer's role; the note puts it back.
    pub slipped: bool,
}

/// Who a voice is told to be, for one attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceBrief {
    /// The instructions.
    pub instructions: String,
    /// The functions by which it reports what it does; [`Signal::from_call`] reads them.
    pub tools: Vec<Tool>,
    /// Names and terms that a recogniser should expect.
    pub keywords: Vec<String>,
    /// The customer's first words.
    pub opening: String,
    /// The scenario, to read the reports with.
    pub scenario: Scenario,
    /// What was said so far: a voice that takes over goes on from there.
    pub turns: Vec<Turn>,
}

impl<S: Store> App<S> {
    /// Who a voice is told to be that speaks in this attempt: the customer whom its seed makes.
    ///
    /// # Errors
    /// An unknown session, or one that is over.
    pub async fn voice_brief(&self, id: SessionId) -> Result<VoiceBrief> {
        let (live, _) = self.hold(id).await?;
        let (product, scenario) = views::of_session(&self.catalog, &live.session)?;
        let brief = Brief::new(product, scenario, &self.catalog.policies, live.session.seed);
        Ok(VoiceBrief {
            instructions: brief.instructions(),
            tools: brief.tools(),
            keywords: brief.keywords(),
            opening: brief.opening(),
            scenario: scenario.clone(),
            turns: live.turns.clone(),
        })
    }

    /// Somebody can talk in this attempt from this moment of the device's clock on, or nobody can: the clock of the practice stands until a line is open, and
    /// again while it is lost, is called again or ends. Whoever types needs none.
    ///
    /// # Errors
    /// An unknown session, or one that is over.
    pub async fn line(&self, id: SessionId, at: Millis, open: bool) -> Result<()> {
        self.hold(id).await?.0.line(at, open);
        Ok(())
    }

    /// Something was spoken: stored with its real times before anything else. It is taken while the clock is stopped and after the customer has decided, since
    /// what was said is written down late. Words beyond the longest line are cut.
    ///
    /// # Errors
    /// No words and nothing reported; a session that is over; what the store refuses: then the same turn can be handed in again.
    pub async fn spoken(&self, id: SessionId, spoken: Spoken) -> Result<Heard> {
        let mut text: String = plain(&spoken.text).chars().take(LINE_LIMIT).collect();
        if text.is_empty() {
            if spoken.signals.is_empty() {
                return Err(Error::invalid("There was nothing to understand in what was spoken."));
            }
            WORDLESS.clone_into(&mut text);
        }
        let (mut live, _) = self.hold(id).await?;
        // As with a typed line: until it is stored and heard, the store alone knows how it stands.
        live.forget();
        let heard = self.take(&mut live, spoken, text).await;
        if heard.is_ok() {
            live.remember();
        }
        heard
    }

    async fn take(&self, live: &mut Live, spoken: Spoken, text: String) -> Result<Heard> {
        let (_, scenario) = views::of_session(&self.catalog, &live.session)?;
        let gone = live.customer().ended;
        let signals = meant(spoken.signals, scenario, gone);
        let now = self.device.now();
        let (started, ended) = live.speech(spoken.started, spoken.ended, now);
        let active = live.settle(now, live.session.paused);
        let at = live.turns.last().map_or(ended, |last| ended.max(last.at_ms));
        let turn = Turn {
            started_ms: Some(started),
            ended_ms: Some(ended),
            interrupted: spoken.interrupted,
            ..live.next_turn(spoken.speaker, text, at)
        };
        self.store.append_turn(live.session.id, &turn, &signals, active).await?;
        let moved = live.follow(&turn, &signals);
        live.push(turn.clone());
        let slipped = turn.speaker == Speaker::Customer && slips(&turn.text).is_some();
        let state = live.customer();
        let steer = if slipped { Some(back_to_role().to_owned()) } else { steer(&moved, scenario) };
        Ok(Heard { turn, signals, steer: steer.filter(|_| !state.ended), state, slipped })
    }
}

/// Of what was reported, what this customer can have done: nothing of another scenario, nothing twice, and no second decision.
fn meant(reported: Vec<Signal>, scenario: &Scenario, gone: bool) -> Vec<Signal> {
    let mut signals: Vec<Signal> = Vec::new();
    for signal in reported {
        let decides = |signal: &Signal| matches!(signal, Signal::Decide { .. });
        let again = signals.contains(&signal) || decides(&signal) && (gone || signals.iter().any(decides));
        if signal.fits(scenario) && !again {
            signals.push(signal);
        }
    }
    signals
}
