//! What a person reads in the terminal. The words come from the message catalogue.

use sellme_core::{
    Cents,
    catalog::{Catalog, ClaimKind},
    error::Result,
    progress::{Direction, Progress},
    scoring::report::{CoachingPoint, Message, Report, StepState},
    session::{Speaker, Status, Turn},
    wire::{Briefing, Debrief, Hint, HistoryPage, ProductSummary, ProductView, Unfinished},
};
use serde::Serialize;

use super::{line, write};
use crate::messages::Messages;

/// Writes for a person.
pub(super) struct Text {
    messages: Messages,
}

impl Text {
    pub(super) fn new() -> Self {
        Self { messages: Messages::english() }
    }

    /// The word for a value of one of our enums: `persona-skeptical`.
    fn value(&self, kind: &str, value: impl Serialize) -> String {
        let name = serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        self.messages.word(&format!("{kind}-{name}"))
    }

    fn heading(&self, id: &str) -> Result<()> {
        line("")?;
        line(&self.messages.word(id))
    }

    /// Who the customer is and what is scored.
    pub(super) fn briefing(&self, briefing: &Briefing) -> Result<()> {
        let scenario = &briefing.scenario;
        line(&format!(
            "{} · {} · {}",
            briefing.product.name,
            self.value("persona", scenario.persona),
            self.value("difficulty", scenario.difficulty)
        ))?;
        line(&briefing.goal)?;
        for seen in &briefing.customer.seen {
            line(&format!("  – {seen}"))?;
        }
        for fact in &briefing.facts {
            line(&format!("  ✓ {fact}"))?;
        }
        let weights: Vec<_> = briefing.weights.iter().map(|(skill, weight)| format!("{weight}% {}", self.value("skill", skill))).collect();
        line(&format!("{} {}", self.messages.word("cli-scored"), weights.join(", ")))?;
        line(&self.messages.word("cli-commands"))?;
        line("")
    }

    /// One thing said.
    pub(super) fn turn(&self, turn: &Turn) -> Result<()> {
        let who = match turn.speaker {
            Speaker::Rep => self.messages.word("speaker-rep"),
            Speaker::Customer => self.messages.word("speaker-customer"),
        };
        line(&format!("{who}: {}", turn.text))
    }

    /// Where the rep types.
    pub(super) fn prompt(&self) -> Result<()> {
        write(&format!("{}: ", self.messages.word("speaker-rep")))
    }

    /// Help on request.
    pub(super) fn hint(&self, hint: &Hint) -> Result<()> {
        line(&format!("  ({})", self.messages.say(&hint.text)))?;
        hint.example.iter().try_for_each(|example| line(&format!("  (“{example}”)")))
    }

    /// The same as one sentence.
    pub(super) fn hint_words(&self, hint: &Hint) -> String {
        self.messages.say(&hint.text)
    }

    /// The attempt was left.
    pub(super) fn left(&self) -> Result<()> {
        line(&self.messages.word("cli-left"))
    }

    /// A session's debrief.
    pub(super) fn debrief(&self, debrief: &Debrief, unused: &[String]) -> Result<()> {
        if !unused.is_empty() {
            let count = unused.len().to_string();
            line("")?;
            line(&self.messages.say(&Message::new("cli-unused").with("count", count)))?;
            unused.iter().try_for_each(|words| line(&format!("  {words}")))?;
        }
        match &debrief.report {
            Some(report) => self.score(report, if debrief.novice { 1 } else { 3 }),
            None if debrief.session.status == Status::InProgress => {
                line(&self.messages.say(&Message::new("cli-goes-on").with("id", debrief.session.id.to_string())))
            }
            None => self.left(),
        }
    }

    /// A report on any conversation.
    pub(super) fn report(&self, report: &Report) -> Result<()> {
        self.score(report, 3)
    }

    fn score(&self, report: &Report, coaching: usize) -> Result<()> {
        self.heading("cli-debrief")?;
        let outcome = self.value("outcome", report.outcome);
        match report.overall_score {
            Some(score) => line(&format!("{score} / 100 · {outcome}"))?,
            None => line(&format!("{} · {outcome}", report.not_scored.as_ref().map(|why| self.messages.say(why)).unwrap_or_default()))?,
        }
        report.headline.iter().try_for_each(|sentence| line(&self.messages.say(sentence)))?;
        for point in report.coaching.iter().take(coaching) {
            self.coach(point)?;
        }
        self.skills(report)?;
        self.objections(report)?;
        self.claims(report)
    }

    fn skills(&self, report: &Report) -> Result<()> {
        for skill in &report.skills {
            line("")?;
            let name = self.value("skill", skill.skill);
            match (skill.score, &skill.not_observed) {
                (Some(score), _) => line(&format!("{name}: {score} ({} / {}, {}%)", skill.earned, skill.available, skill.weight))?,
                (None, why) => line(&format!("{name}: – {}", why.as_ref().map(|why| self.messages.say(why)).unwrap_or_default()))?,
            }
            for point in &skill.points {
                let quote = point.quote.as_ref().map(|quote| format!(" “{}”", short(&quote.text))).unwrap_or_default();
                line(&format!("  {:+} {}{quote}", point.value, self.messages.say(&point.label)))?;
            }
        }
        Ok(())
    }

    fn objections(&self, report: &Report) -> Result<()> {
        if !report.objections.is_empty() {
            self.heading("cli-objections")?;
        }
        for row in &report.objections {
            let settled = self.messages.word(if row.resolved { "objection-settled" } else { "objection-open" });
            line(&format!("  “{}” – {settled}", short(&row.raised.text)))?;
            let steps = row.steps.iter().filter(|step| step.state != StepState::NotMeasurable);
            let steps: Vec<_> = steps
                .map(|step| format!("{} {}", if step.state == StepState::Done { "✓" } else { "–" }, self.value("step", step.kind)))
                .collect();
            line(&format!("    {}", steps.join("  ")))?;
        }
        Ok(())
    }

    fn claims(&self, report: &Report) -> Result<()> {
        if !report.claims.is_empty() {
            self.heading("cli-claims")?;
        }
        for row in &report.claims {
            let truth = row.truth.as_ref().map(|truth| format!(" {truth}")).unwrap_or_default();
            line(&format!("  “{}” – {}.{truth}", short(&row.said.text), self.value("verdict", row.verdict)))?;
        }
        Ok(())
    }

    fn coach(&self, point: &CoachingPoint) -> Result<()> {
        line("")?;
        line(&format!("→ {}", self.messages.say(&point.title)))?;
        if let Some(quote) = &point.quote {
            line(&format!("  “{}”", short(&quote.text)))?;
        }
        line(&format!("  {} “{}”", self.messages.word("coaching-better"), point.better))?;
        line(&format!("  {}", self.messages.say(&point.why)))
    }

    /// Attempts in a list.
    pub(super) fn history(&self, page: &HistoryPage) -> Result<()> {
        for row in &page.rows {
            let score = row.session.overall_score.map_or_else(|| "–".to_owned(), |score| score.to_string());
            let ended = match row.session.outcome {
                Some(outcome) => self.value("outcome", outcome),
                None => self.value("status", row.session.status),
            };
            line(&format!("{}  {score:>3}  {ended:<12} {}", row.session.id, row.product_name))?;
            if let Some(snippet) = &row.snippet {
                line(&format!("    “{}”", snippet.text))?;
            }
        }
        line(
            &self
                .messages
                .say(&Message::new("cli-matching").with("matching", page.matching.to_string()).with("total", page.total.to_string())),
        )
    }

    /// Attempts that were begun and not ended.
    pub(super) fn open(&self, open: &[Unfinished]) -> Result<()> {
        if open.is_empty() {
            return Ok(());
        }
        self.heading("cli-open")?;
        open.iter().try_for_each(|one| {
            let product = one.product.as_ref().map_or(one.session.product_id.as_str(), |product| &product.name);
            line(&format!("{}  {product}", one.session.id))
        })
    }

    /// What the attempts add up to.
    pub(super) fn progress(&self, progress: &Progress, catalog: &Catalog) -> Result<()> {
        let number = |value: Option<u8>| value.map_or_else(|| "–".to_owned(), |value| value.to_string());
        let fact = |id: &str, value: String| line(&format!("{:<24} {value}", self.messages.word(id)));
        fact("cli-sessions", progress.total_sessions.to_string())?;
        fact("cli-average", number(progress.average_score))?;
        fact("cli-best", number(progress.best_score))?;
        let slope = f64::from(progress.trend.slope_hundredths) / 100.0;
        let trend = self.value("direction", progress.trend.direction);
        fact("cli-trend", if progress.trend.direction == Direction::TooEarly { trend } else { format!("{trend} ({slope:+.2})") })?;
        fact("cli-streak", progress.streak.to_string())?;
        fact("cli-minutes", (progress.practice_ms.0 / 60_000).to_string())?;
        for skill in &progress.skills {
            line(&format!("  {:<22} {}", self.value("skill", skill.skill), number(skill.average)))?;
        }
        for mastery in &progress.mastery {
            let name = catalog.product(&mastery.product_id).map_or(mastery.product_id.as_str(), |product| product.name.as_str());
            line(&format!(
                "  {name:<30} {:>3}  {}",
                mastery.average,
                self.messages.say(&Message::new("cli-best-of").with("best", mastery.best.to_string()))
            ))?;
        }
        for badge in &progress.badges {
            let mark = if badge.earned { "★" } else { "☆" };
            line(&format!(
                "  {mark} {} {} / {}",
                self.messages.word(&format!("badge-{}", badge.id)),
                badge.have.min(badge.need),
                badge.need
            ))?;
        }
        Ok(())
    }

    /// Products in a list.
    pub(super) fn products(&self, products: &[ProductSummary]) -> Result<()> {
        if products.is_empty() {
            return line(&self.messages.word("cli-nothing"));
        }
        for product in products {
            let sample = if product.sample { format!(" ({})", self.messages.word("sample")) } else { String::new() };
            line(&format!(
                "{:<28} {:<14} {:>20}  {}{sample}",
                product.id,
                product.sku,
                price(product.price_from, product.price_to),
                product.name
            ))?;
        }
        Ok(())
    }

    /// A catalogue in which nothing is wrong.
    pub(super) fn checked(&self, catalog: &Catalog) -> Result<()> {
        let (products, revision) = (catalog.products.len().to_string(), catalog.revision.to_string());
        line(&self.messages.say(&Message::new("cli-checked").with("products", products).with("revision", revision)))
    }

    /// A product to study.
    pub(super) fn product(&self, product: &ProductView) -> Result<()> {
        let summary = &product.summary;
        line(&format!("{} · {} · {}", summary.name, summary.sku, price(summary.price_from, summary.price_to)))?;
        line(&product.description)?;
        for feature in &product.features {
            line(&format!("  ✓ {}: {} {}", feature.name, feature.fact, feature.benefit))?;
        }
        self.heading("cli-avoid")?;
        for claim in product.claims.iter().filter(|claim| claim.kind == ClaimKind::Trap) {
            line(&format!("  × {}: {}", claim.name, claim.truth))?;
        }
        self.heading("cli-objections")?;
        for objection in &product.objections {
            line(&format!("  “{}”", objection.line))?;
            for response in &objection.responses {
                let parts = [&response.clarify, &response.acknowledge, &response.answer, &response.check];
                let said: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
                line(&format!("    {}", said.join(" ")))?;
            }
        }
        self.heading("cli-scenarios")?;
        for scenario in &product.scenarios {
            line(&format!(
                "  {:<44} {}, {}",
                scenario.id,
                self.value("persona", scenario.persona),
                self.value("difficulty", scenario.difficulty)
            ))?;
        }
        Ok(())
    }
}

fn price(from: Cents, to: Cents) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

/// A quote that fits on a line.
fn short(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= 90 { flat } else { format!("{}…", flat.chars().take(89).collect::<String>()) }
}

#[cfg(test)]
mod tests {
    use sellme_core::scoring::report::Skill;

    use super::*;

    #[test]
    fn every_skill_has_a_word() {
        let text = Text::new();
        for skill in Skill::ALL {
            assert!(!text.value("skill", skill).contains("skill-"), "{skill:?}");
        }
    }
}
