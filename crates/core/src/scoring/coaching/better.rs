//! A better line: what could have been said, from this product's facts and responses and this customer's needs.

use super::Habit;
use crate::{
    catalog::{Feature, Importance, ObjectionCategory, Response},
    scoring::{
        ledger::{Ledgers, claims, objections::category_name},
        points::Detail,
        record::Record,
        report::NeedRow,
        rubric::Rubric,
    },
};

/// First words of a sentence that tells the rep what to do; such a sentence of the catalogue is not said to a customer.
const ADVICE: [&str; 18] = [
    "Say", "Do", "Don't", "Offer", "Look", "Check", "Tell", "Ask", "State", "Name", "Point", "Call", "Leave", "Suggest", "Thank", "Quote",
    "Promise", "Send",
];
/// How the catalogue speaks of the customer to the rep, and the rep to the customer.
const TO_THE_CUSTOMER: [(&str, &str); 4] =
    [("the customer's", "your"), ("the customer owns", "you own"), ("The customer should", "You should"), ("ask their", "ask your")];

/// What better lines are built from.
pub(in crate::scoring) struct Better<'a> {
    pub(in crate::scoring) record: &'a Record,
    pub(in crate::scoring) ledgers: &'a Ledgers,
    pub(in crate::scoring) rubric: &'a Rubric,
}

impl Better<'_> {
    pub(in crate::scoring) fn line(&self, habit: Habit, detail: &Detail) -> String {
        let objection = match detail {
            Detail::Objection(index) => self.response(*index),
            _ => None,
        };
        match (habit, objection) {
            (Habit::Clarify | Habit::Pause, response) => self.clarify(detail, response),
            (Habit::Answer | Habit::Resolve | Habit::AskDoubts | Habit::Argue, Some(response)) => {
                joined(&[&response.acknowledge, &response.answer, &response.check])
            }
            (Habit::Acknowledge, Some(response)) if response.acknowledge.is_empty() => joined(&[self.text("empathy"), &response.answer]),
            (Habit::Acknowledge, Some(response)) => joined(&[&response.acknowledge, &response.answer]),
            (Habit::Check, Some(response)) => joined(&[&response.answer, &response.check]),
            (Habit::Discount, Some(response)) => joined(&[&response.clarify, &response.answer]),
            (habit, _) => self.general(habit, detail),
        }
    }

    fn general(&self, habit: Habit, detail: &Detail) -> String {
        let need = self.need(detail);
        if let Some(line) = self.without_product(habit, detail) {
            return self.fill(&line, need);
        }
        if let (Detail::Objection(index), true) =
            (detail, matches!(habit, Habit::Answer | Habit::Resolve | Habit::Check | Habit::AskDoubts))
        {
            let postponed = self.ledgers.objections.get(*index).is_some_and(|case| case.postponed());
            return self.fill(if postponed { "next-step" } else { "value" }, need);
        }
        match habit {
            Habit::Claim | Habit::Unsupported => match detail {
                Detail::Truth(truth) => match truth_to_say(truth) {
                    Some(fact) => self.fill("exact", need).replace("{truth}", &fact),
                    None => self.fill("unknown", need),
                },
                _ => self.fill("unknown", need),
            },
            Habit::Question => match detail {
                Detail::Question(about) => {
                    self.answer_to(about).map_or_else(|| self.fill("unknown", need), |fact| self.text("answer").replace("{fact}", &fact))
                }
                _ => self.fill("unknown", need),
            },
            Habit::TieNeed => self.fill(named(need, ["tie", "tie-said", "tie-said", "fact"]), need),
            Habit::Recital => self.fill(named(need, ["one-thing", "one-thing-said", "one-thing-said", "one-thing-unasked"]), need),
            Habit::Listen => self.fill(named(need, ["listen", "listen-said", "listen-quoted", "listen-unasked"]), need),
            Habit::Empathy | Habit::Acknowledge | Habit::Argue => {
                let known = self.ledgers.objections.iter().enumerate().find_map(|(index, _)| self.response(index));
                known
                    .map(|response| response.acknowledge.clone())
                    .filter(|line| !line.is_empty())
                    .unwrap_or_else(|| self.fill("empathy", need))
            }
            Habit::Price => self.fill("price", need),
            Habit::Ask => self.fill("ask", need),
            Habit::AskEarly | Habit::AskDoubts | Habit::Answer | Habit::Resolve | Habit::Check => self.fill("value", need),
            Habit::Trial => self.fill("trial", need),
            Habit::Push => self.fill("leave", need),
            Habit::Discount => self.fill("discount", need),
            Habit::NextStep => self.fill("next-step", need),
            Habit::Discovery => self.fill("discovery", need),
            Habit::Facts => self.fill("fact", need),
            Habit::Opening => self.fill("opening", need),
            Habit::Questions | Habit::Clarify | Habit::Pause => self.fill("questions", need),
            Habit::Courtesy => self.fill("courtesy", need),
            Habit::Monologue | Habit::Talk => self.fill("shorter", need),
            Habit::Interrupt => self.fill("interrupt", need),
            Habit::PutDown => self.fill("respect", need),
            Habit::Interrogation => self.fill("give", need),
        }
    }

    /// The line for a talk about nothing of the catalogue, where the usual one would have only gaps in place of facts.
    fn without_product(&self, habit: Habit, detail: &Detail) -> Option<String> {
        if !self.record.material.features.is_empty() {
            return None;
        }
        let case = match detail {
            Detail::Objection(index) => self.ledgers.objections.get(*index),
            _ => None,
        };
        let line = match (habit, case) {
            (Habit::Answer | Habit::Resolve, Some(case)) => return Some(format!("answer-{}", category_name(case.category))),
            (Habit::Check, _) => "check",
            (Habit::AskDoubts, _) => "ask-doubts",
            (Habit::AskEarly | Habit::Answer | Habit::Resolve, _) => "reason",
            (Habit::Price, _) if self.record.material.price_cents.is_none() => "price-unknown",
            (Habit::Discount, _) => "worth",
            (Habit::Interrogation, _) => "give-unasked",
            (Habit::TieNeed, _) => named(self.need(detail), ["reason", "listen-quoted", "listen-quoted", "listen-unasked"]),
            _ => return None,
        };
        Some(line.to_owned())
    }

    /// A question about what is behind the doubt, after taking it seriously where the same response does both.
    fn clarify(&self, detail: &Detail, response: Option<&Response>) -> String {
        let category = match detail {
            Detail::Objection(index) => self.ledgers.objections.get(*index).map_or(ObjectionCategory::Price, |case| case.category),
            _ => ObjectionCategory::Price,
        };
        let own = response.filter(|response| !response.clarify.is_empty());
        let general = self.rubric.clarify.get(category_name(category)).map_or("", String::as_str);
        own.map_or_else(|| general.to_owned(), |response| joined(&[&response.acknowledge, &response.clarify]))
    }

    /// A response of the catalogue to an objection, the fullest one.
    pub(in crate::scoring) fn response(&self, index: usize) -> Option<&Response> {
        let id = self.ledgers.objections.get(index)?.objection.as_deref()?;
        let responses = &self.record.material.objection(id)?.responses;
        let full = |response: &&Response| !response.clarify.is_empty() && !response.acknowledge.is_empty();
        responses.iter().find(full).or_else(|| responses.iter().find(|response| !response.clarify.is_empty())).or(responses.first())
    }

    /// The need that a line should speak to: the one at fault, else one that was told and not used, else one that was told.
    pub(in crate::scoring) fn need(&self, detail: &Detail) -> Option<&NeedRow> {
        let needs = &self.ledgers.needs;
        let named = match detail {
            Detail::Need(id) => needs.iter().find(|row| row.need == *id && row.told.is_some()),
            _ => None,
        };
        let told = |row: &&NeedRow| row.told.is_some();
        named.or_else(|| needs.iter().filter(told).find(|row| row.tied.is_none())).or_else(|| needs.iter().find(told))
    }

    /// What answers a question of the customer.
    pub(in crate::scoring) fn answer_to(&self, about: &str) -> Option<String> {
        if about == "price" {
            return claims::price(self.record);
        }
        let material = &self.record.material;
        let fact = material.feature(about).map(|feature| to_the_customer(&feature.fact));
        fact.or_else(|| material.claim(about).and_then(|(_, truth)| truth_to_say(truth)))
    }

    /// A line of the rubric with its slots filled.
    pub(in crate::scoring) fn fill(&self, name: &str, need: Option<&NeedRow>) -> String {
        let feature = self.feature(need);
        let fact = feature.map(|feature| to_the_customer(&feature.fact)).unwrap_or_default();
        let benefit = feature.map(|feature| to_the_customer(&feature.benefit)).unwrap_or_default();
        let said = need.and_then(|row| row.told.as_ref()).map(|told| closed(&told.text)).unwrap_or_default();
        let words = said.trim_end_matches(|mark: char| mark.is_whitespace() || matches!(mark, '.' | ',' | '!' | '…')).to_owned();
        let price = claims::price(self.record).unwrap_or_default();
        let label = need.map(|row| lower_first(&row.label)).unwrap_or_default();
        let filled =
            [("{fact}", fact), ("{benefit}", benefit), ("{price}", price), ("{need}", label), ("{said}", said), ("{words}", words)]
                .iter()
                .fold(self.text(name).to_owned(), |line, (slot, words)| line.replace(slot, words));
        filled.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn text(&self, name: &str) -> &str {
        self.rubric.lines.get(name).map_or("", String::as_str)
    }

    /// The feature that answers the need, else the one that matters most.
    fn feature(&self, need: Option<&NeedRow>) -> Option<&Feature> {
        let material = &self.record.material;
        let answers = need.and_then(|row| material.need(&row.need)).and_then(|need| need.features.first());
        let rank = |feature: &&Feature| match feature.importance {
            Importance::High => 0,
            Importance::Medium => 1,
            Importance::Low => 2,
        };
        answers.and_then(|id| material.feature(id)).or_else(|| material.features.iter().min_by_key(rank))
    }
}

/// The parts of a true fact that can be said to a customer, without those that tell the rep what to do; none where it is advice throughout.
fn truth_to_say(truth: &str) -> Option<String> {
    let sentences = truth.split_inclusive(". ").map(str::trim);
    let said: Vec<String> = sentences.filter_map(fact_in).collect();
    (!said.is_empty()).then(|| to_the_customer(&said.join(" ")))
}

/// A sentence up to where it turns to the rep: "It is cotton: say that, and no more."
fn fact_in(sentence: &str) -> Option<String> {
    let advises = |part: &str| {
        let mut words = part.split([' ', ',']).filter(|word| !matches!(*word, "" | "so" | "and" | "So" | "And" | "please"));
        let first = words.next().unwrap_or_default().trim_end_matches('.');
        ADVICE.iter().any(|word| word.eq_ignore_ascii_case(first))
    };
    if advises(sentence) {
        return None;
    }
    let turns = |(at, _): &(usize, &str)| {
        let rest = &sentence[*at + 1..];
        // Behind a comma only "so do not …" turns to the rep; "rinse, do not wring" belongs together.
        advises(rest) && (!sentence[*at..].starts_with(',') || rest.trim_start().starts_with("so "))
    };
    match sentence.match_indices([':', ';', ',']).find(turns) {
        Some((at, _)) => Some(format!("{}.", sentence[..at].trim_end())),
        None => Some(sentence.to_owned()),
    }
}

fn to_the_customer(text: &str) -> String {
    TO_THE_CUSTOMER.iter().fold(text.to_owned(), |text, (about, to)| text.replace(about, to))
}

/// The line that fits the need: by its name, in the customer's words where its name is about somebody else or is nothing but these words, and without one.
fn named(need: Option<&NeedRow>, [by_name, said, quoted, without]: [&'static str; 4]) -> &'static str {
    const OTHERS: [&str; 8] = ["he", "she", "his", "her", "him", "their", "they", "them"];
    let others =
        |label: &str| label.split(|letter: char| !letter.is_alphabetic()).any(|word| OTHERS.contains(&word.to_lowercase().as_str()));
    let long = |row: &NeedRow, least: usize| row.told.as_ref().is_some_and(|told| told.text.split_whitespace().count() >= least);
    match need {
        Some(row) if unnamed(row) => {
            if long(row, 3) {
                quoted
            } else {
                without
            }
        }
        Some(row) if !others(&row.label) => by_name,
        // Two words given back sound like mockery.
        Some(row) if long(row, 5) => said,
        _ => without,
    }
}

/// True where nobody named the need: its name is what the customer said, and does not fit into a sentence of the rep's.
fn unnamed(row: &NeedRow) -> bool {
    row.told.as_ref().is_some_and(|told| told.text == row.label)
}

/// A quote with the mark that ends it.
fn closed(quote: &str) -> String {
    if quote.ends_with(['.', '!', '?', '…']) { quote.to_owned() } else { format!("{quote}.") }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// `Dry past mid-morning` within a sentence; a name or an abbreviation keeps its capital.
fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scoring::{
        cue::CueKind,
        material::{Context, Material},
        rubric::rubric,
        testing::{Talk, mark},
    };

    #[test]
    fn what_is_advice_to_the_rep_is_not_said_to_the_customer() {
        let truth = "The catalogue does not say where it is made. Say that you do not know, and offer to look at the label together.";
        let said = |truth: &str| truth_to_say(truth).unwrap_or_default();
        assert_eq!(said(truth), "The catalogue does not say where it is made.");
        assert_eq!(said("It is cotton: say that, and no more."), "It is cotton.");
        assert_eq!(said("It is cotton with an oil finish; do not offer it for welding."), "It is cotton with an oil finish.");
        assert_eq!(said("Nothing is listed about the steps, so do not make one up."), "Nothing is listed about the steps.");
        assert_eq!(
            said("Water-resistant, and it can be re-waxed. Not waterproof."),
            "Water-resistant, and it can be re-waxed. Not waterproof."
        );
        assert_eq!(
            said("It is a question for the customer's own clinician; suggest that the customer asks."),
            "It is a question for your own clinician."
        );
        assert_eq!(truth_to_say("Do not promise it."), None);
        assert_eq!(truth_to_say(""), None);
    }

    #[test]
    fn a_label_fits_into_a_sentence() {
        assert_eq!(lower_first("Dry past mid-morning"), "dry past mid-morning");
        assert_eq!(lower_first("US sizes"), "US sizes");
        assert_eq!(lower_first("A hat that shows respect"), "a hat that shows respect");
    }

    /// A talk about nothing of the catalogue, with one need told in these words and a doubt of every category.
    fn without_product(told: &'static str) -> Record {
        let mut talk = Talk::new();
        talk.record = Record::new(Material::new(&Context::default()));
        let talk = talk.rep("Good morning.", &[]).customer(told, &[mark(CueKind::Need, told.trim_end_matches('.'))]);
        let doubts = ["price", "quality", "timing", "competition", "need", "trust"].into_iter();
        doubts.fold(talk, |talk, kind| talk.customer("Hm.", &[mark(CueKind::Objection, "Hm").about(kind)]).rep("Well.", &[])).record
    }

    fn line(told: &'static str, habit: Habit, detail: &Detail) -> String {
        let record = without_product(told);
        Better { record: &record, ledgers: &Ledgers::of(&record, rubric()), rubric: rubric() }.line(habit, detail)
    }

    #[test]
    fn a_need_without_a_name_is_quoted_and_not_turned() {
        let quoted = "You said “i hike with my dogs mostly”. Tell me more about that, so I show you the right one.";
        assert_eq!(line("i hike with my dogs mostly.", Habit::Listen, &Detail::Nothing), quoted);
        assert_eq!(line("i hike with my dogs mostly.", Habit::TieNeed, &Detail::Nothing), quoted);
        // Two words given back sound like mockery.
        assert!(!line("for hiking", Habit::Listen, &Detail::Nothing).contains("for hiking"));
    }

    #[test]
    fn without_a_product_every_kind_of_doubt_has_its_own_answer() {
        let record = without_product("my feet hurt");
        let ledgers = Ledgers::of(&record, rubric());
        let better = Better { record: &record, ledgers: &ledgers, rubric: rubric() };
        let answers: BTreeSet<String> = (0..ledgers.objections.len())
            .map(|index| better.general(Habit::Answer, &Detail::Objection(index)))
            .chain([Habit::AskEarly, Habit::AskDoubts, Habit::Check, Habit::Trial].map(|habit| better.line(habit, &Detail::Nothing)))
            .collect();
        assert_eq!((ledgers.objections.len(), answers.len()), (6, 10), "{answers:?}");
        assert!(answers.iter().all(|line| line.split_whitespace().count() > 4), "{answers:?}");
        assert!(answers.contains("What were you hoping to spend? Then I can show you what the difference buys."));
        for habit in [Habit::Price, Habit::Discount, Habit::Interrogation] {
            let line = better.line(habit, &Detail::Nothing);
            assert!(!line.contains("It is .") && line.ends_with(['.', '?']), "{line}");
        }
    }
}
