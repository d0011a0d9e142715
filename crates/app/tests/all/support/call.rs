//! A call under the test's hand.

use sellme_app::{App, Device, Heard, Spoken};
use sellme_core::{
    id::SessionId,
    scoring::report::{MeasureKind, Message, Report},
    session::{Decision, Mode, Reason, Signal, Speaker},
    wire::SessionView,
};

use super::{Desk, SCENARIO, catalog, faulty::Faulty};

/// What a spoken rep says, and what a voice answers with what it reports.
pub(crate) const TALK: [(&str, &str); 9] = [
    ("Good morning! What brings you in today?", "I am after a coat that keeps the rain off, and I have been sold a bad one before."),
    ("What kind of work do you do out there?", "I check water gaps and fence lines, mostly by myself."),
    ("What happened with the last coat you had?", "It soaked through at the shoulders the first winter."),
    (
        "The outer cloth is cotton with an oil finish, so the rain runs off it instead of soaking your shoulders.",
        "Everybody says that about their coats.",
    ),
    (
        "That is fair, you have been let down before. It is water-resistant, not waterproof, and you can re-wax it once a year.",
        "Well, at least you say so.",
    ),
    ("Would that keep you dry checking water gaps?", "I suppose that it would, mostly."),
    ("It is one nineteen ninety-nine.", "That is a good bit of money for a coat."),
    ("I understand. You can wear it for years, since the finish can be renewed. Does that make sense?", "It does, put like that."),
    ("Shall I ring it up for you today?", "All right, I will take it. Ring it up."),
];

/// A measure in tenths, where it could be taken.
pub(crate) fn measured(report: &Report, kind: MeasureKind) -> Result<i32, Message> {
    let row = report.measures.iter().find(|row| row.kind == kind).unwrap();
    row.tenths.ok_or_else(|| row.not_measurable.clone().unwrap())
}

/// Milliseconds that a word takes.
pub(crate) const WORD: i64 = 700;

pub(crate) struct Call<'a> {
    pub(crate) app: &'a App<Faulty>,
    pub(crate) desk: &'a Desk,
    pub(crate) id: SessionId,
}

impl<'a> Call<'a> {
    pub(crate) async fn begin(app: &'a App<Faulty>, desk: &'a Desk) -> Call<'a> {
        let id = app.start_seeded(SCENARIO, Some(7), Mode::Voice).await.unwrap().session.id;
        app.line(id, desk.clock.now(), true).await.unwrap();
        Call { app, desk, id }
    }

    /// Somebody speaks, after a moment, and slowly.
    pub(crate) async fn speaks(&self, speaker: Speaker, text: &str, signals: &[Signal], interrupted: bool) -> Heard {
        self.desk.clock.pass(900);
        let started = self.desk.clock.now();
        self.desk.clock.pass(WORD * i64::try_from(text.split_whitespace().count()).unwrap());
        let ended = self.desk.clock.now();
        // What was said is written down a little later.
        self.desk.clock.pass(300);
        let spoken = Spoken { speaker, text: text.to_owned(), started, ended, interrupted, signals: signals.to_vec() };
        self.app.spoken(self.id, spoken).await.unwrap()
    }

    pub(crate) async fn rep(&self, text: &str) -> Heard {
        self.speaks(Speaker::Rep, text, &[], false).await
    }

    pub(crate) async fn customer(&self, text: &str, signals: &[Signal]) -> Heard {
        self.speaks(Speaker::Customer, text, signals, false).await
    }

    /// The whole of [`TALK`], after these first words of the customer. Once the rep cuts in.
    pub(crate) async fn whole(&self, opening: &str) {
        self.customer(opening, &[]).await;
        for (at, (rep, customer)) in TALK.iter().enumerate() {
            self.rep(rep).await;
            let signals = match at {
                1 => vec![reveals(0)],
                3 => vec![raises(0)],
                8 => vec![BUYS],
                _ => Vec::new(),
            };
            let heard = self.speaks(Speaker::Customer, customer, &signals, at == 5).await;
            assert_eq!((heard.signals, heard.slipped), (signals, false));
            assert_eq!(heard.state.ended, at == 8);
        }
    }

    pub(crate) async fn view(&self) -> SessionView {
        self.app.session(self.id).await.unwrap()
    }
}

pub(crate) fn raises(at: usize) -> Signal {
    let catalog = catalog();
    let id = catalog.scenario(SCENARIO).unwrap().1.objections[at].id.clone();
    Signal::RaiseObjection { id }
}

pub(crate) fn reveals(at: usize) -> Signal {
    let catalog = catalog();
    let id = catalog.scenario(SCENARIO).unwrap().1.needs[at].id.clone();
    Signal::RevealNeed { id }
}

pub(crate) const BUYS: Signal = Signal::Decide { decision: Decision::Buy, reason: Reason::Convinced };
