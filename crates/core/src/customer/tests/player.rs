//! A rep for tests: says lines with cues made by hand, and plays a win path.

use crate::{
    catalog::{Claim, Product, Scenario},
    customer::{Partner, Reply},
    scoring::cue::{Cue, CueKind, Span, Strength, Verdict},
    session::{Decision, Signal, Speaker, Turn},
};

/// A line of the rep and what is noticed in it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) cues: Vec<Cue>,
}

/// A line without cues.
pub(super) fn line(text: &str) -> Line {
    Line { text: text.to_owned(), cues: Vec::new() }
}

impl Line {
    pub(super) fn cue(mut self, kind: CueKind, subject: &str, refers_to: &str) -> Self {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.cues.push(Cue {
            kind,
            turn: 0,
            span: Span { start: 0, end: 0 },
            quote: self.text.clone(),
            rule: "test".to_owned(),
            subject: some(subject),
            refers_to: some(refers_to),
            strength: Strength::Plain,
            verdict: None,
        });
        self
    }

    pub(super) fn claim(mut self, id: &str, verdict: Verdict) -> Self {
        self = self.cue(CueKind::Claim, "other", id);
        if let Some(cue) = self.cues.last_mut() {
            cue.verdict = Some(verdict);
        }
        self
    }

    /// The last cue, noticed by this rule.
    pub(super) fn ruled(mut self, rule: &str) -> Self {
        if let Some(cue) = self.cues.last_mut() {
            rule.clone_into(&mut cue.rule);
        }
        self
    }

    pub(super) fn asks(self, need: &str) -> Self {
        self.cue(CueKind::OpenQuestion, "", "").cue(CueKind::DiscoveryQuestion, "", need)
    }

    pub(super) fn ties(self, feature: &str, need: &str) -> Self {
        self.cue(CueKind::Benefit, feature, need)
    }

    pub(super) fn feature(self, id: &str) -> Self {
        self.cue(CueKind::Feature, id, "")
    }

    pub(super) fn asks_for_sale(self) -> Self {
        self.cue(CueKind::AskForSale, "direct", "")
    }
}

/// A rep turn with its index.
pub(super) fn turn(index: u32, text: &str) -> Turn {
    Turn::typed(index, Speaker::Rep, text)
}

/// A conversation under way.
#[derive(Clone)]
pub(super) struct Talk {
    pub(super) partner: Partner,
    pub(super) log: Vec<(String, String)>,
    pub(super) last: Reply,
    pub(super) turns: u32,
}

impl Talk {
    pub(super) fn begin(product: &Product, scenario: &Scenario, policies: &[Claim], seed: u32) -> Self {
        let mut partner = Partner::new(product, scenario, policies, seed);
        let last = partner.open();
        let log = vec![(String::new(), last.text.clone())];
        Self { partner, log, last, turns: 0 }
    }

    pub(super) fn say(&mut self, line: &Line) -> &Reply {
        self.turns += 1;
        self.last = self.partner.hear(&turn(self.turns * 2 - 1, &line.text), &line.cues);
        self.log.push((line.text.clone(), self.last.text.clone()));
        &self.last
    }

    pub(super) fn raised(&self) -> Option<String> {
        self.last.signals.iter().find_map(|signal| match signal {
            Signal::RaiseObjection { id } => Some(id.clone()),
            _ => None,
        })
    }

    pub(super) fn bought(&self) -> bool {
        self.partner.decision().is_some_and(|(decision, _)| decision == Decision::Buy)
    }

    pub(super) fn printed(&self) -> String {
        let mut text = String::new();
        for (rep, customer) in &self.log {
            if !rep.is_empty() {
                text.push_str(&format!("  REP  {rep}\n"));
            }
            text.push_str(&format!("  CUST {customer}\n"));
        }
        text.push_str(&format!("  => {:?} {:?}", self.partner.decision(), self.last.state.mood));
        text
    }
}

/// Words that a pattern matches: the first of its alternatives.
fn words_of(pattern: &str) -> String {
    pattern.split_whitespace().filter(|part| *part != "..").map(|part| part.split('|').next().unwrap_or(part)).collect::<Vec<_>>().join(" ")
}

/// A rep who does what the win path says, and deals with everything on the way.
pub(super) fn play_win_path(product: &Product, scenario: &Scenario, policies: &[Claim], seed: u32) -> Talk {
    play(product, scenario, policies, seed, true)
}

/// The same, stopping short of the ask.
pub(super) fn play_win_path_until_the_ask(product: &Product, scenario: &Scenario, policies: &[Claim], seed: u32) -> Talk {
    play(product, scenario, policies, seed, false)
}

fn play(product: &Product, scenario: &Scenario, policies: &[Claim], seed: u32, asks: bool) -> Talk {
    let mut talk = Talk::begin(product, scenario, policies, seed);
    let path: Vec<String> = talk.partner.win_path().to_vec();
    let price = format!("It is ${}.", product.price_range_cents().0 as f64 / 100.0);
    let (mut step, mut said, mut priced) = (0, 0, false);
    let mut open: Option<String> = None;
    while talk.partner.decision().is_none() && talk.turns < 60 {
        open = talk.raised().or(open);
        let trap = talk.last.signals.iter().find_map(|signal| match signal {
            Signal::Trap { id } => Some(id.clone()),
            _ => None,
        });
        let asked = scenario.questions.iter().find(|question| talk.last.text.contains(question.ask.as_str()));
        let wants_price = !priced && talk.partner.mind.open == Some(crate::customer::mind::Open::Price);
        if let Some(id) = open.clone() {
            let settled = scenario
                .objections
                .iter()
                .position(|raised| raised.id == id)
                .is_some_and(|at| talk.partner.mind.doubts[at].stage == crate::customer::mind::Stage::Settled);
            if settled {
                open = None;
            }
        }
        let next = if let Some(id) = trap {
            line("No, and I would rather say so.").claim(&id, Verdict::Supported)
        } else if let Some(id) = &open {
            answer(product, id)
        } else if wants_price || asked.is_some_and(|question| question.about == "price") {
            priced = true;
            line(&price).cue(CueKind::PriceQuote, "right", "")
        } else if let Some(question) = asked {
            if product.feature(&question.about).is_some() {
                line("Let me answer that with what I know.").feature(&question.about)
            } else {
                line("Let me answer that with what I know.").claim(&question.about, Verdict::Supported)
            }
        } else {
            let (kind, id) = path.get(step).and_then(|step| step.split_once(':')).unwrap_or(("ask", ""));
            match kind {
                "need" => {
                    let at = scenario.needs.iter().position(|need| need.id == id).unwrap();
                    let need = &scenario.needs[at];
                    if talk.partner.mind.tied[at] {
                        step += 1;
                        continue;
                    }
                    if talk.partner.mind.needs[at] == crate::customer::mind::Told::Outright {
                        said += 1;
                        line(&format!("Because of what you told me, number {said}: this is made for it."))
                            .ties(&need.features[0], &need.id)
                            .cue(CueKind::Reflection, "", &need.id)
                    } else {
                        said += 1;
                        line(&format!("Tell me about number {said}?")).asks(&need.id)
                    }
                }
                "objection" => {
                    let at = scenario.objections.iter().position(|raised| raised.id == id).unwrap();
                    if talk.partner.mind.doubts[at].stage == crate::customer::mind::Stage::Settled {
                        step += 1;
                        continue;
                    }
                    if !priced {
                        priced = true;
                        line(&price).cue(CueKind::PriceQuote, "right", "")
                    } else {
                        said += 1;
                        let feature = &product.features[said % product.features.len()];
                        line(&format!("Something else, number {said}.")).feature(&feature.id)
                    }
                }
                _ if !priced => {
                    priced = true;
                    line(&price).cue(CueKind::PriceQuote, "right", "")
                }
                _ if !asks => break,
                _ => {
                    said += 1;
                    let need = &scenario.needs[said % scenario.needs.len()];
                    line(&format!("So it does that for you, number {said}. Shall I wrap it up?"))
                        .ties(&need.features[0], &need.id)
                        .asks_for_sale()
                }
            }
        };
        talk.say(&next);
    }
    talk
}

/// A whole answer to an objection: takes it seriously, answers it, asks whether that settles it.
pub(super) fn answer(product: &Product, id: &str) -> Line {
    let objection = product.objection(id).unwrap();
    let text = format!("I hear you. It is {}. Does that settle it?", words_of(&objection.answers[0]));
    let mut line = line(&text).cue(CueKind::Empathy, "", "").cue(CueKind::CheckBack, "", "");
    if let Some(feature) = objection.features.first() {
        line = line.feature(feature);
    }
    line
}
