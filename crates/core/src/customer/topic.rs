//! What a rep's question is about: data, in `data/customer/topics.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::{Pattern, Words, any};

/// What a question to the customer is about. The first ten are topics of a scenario's answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Topic {
    ForWhom,
    Use,
    Current,
    Budget,
    Timing,
    Fit,
    Experience,
    Style,
    Where,
    Others,
    Name,
    /// What brings it here.
    Looking,
    /// What is behind something.
    Why,
    /// What still holds it back.
    Concerns,
    /// What it thinks.
    Opinion,
    /// Whether that settles it.
    Settled,
    /// Whether it was understood.
    HeardRight,
    /// Whether it wants to try, hold or see it.
    Try,
    /// How it is.
    HowAreYou,
    /// What it holds the price against.
    Compared,
    /// What it meant by its own words, or why it asks.
    Meaning,
    /// What it would expect or hope for.
    Expected,
}

impl Topic {
    /// Its name among a scenario's answers.
    pub(super) fn key(self) -> Option<&'static str> {
        Some(match self {
            Self::ForWhom => "for-whom",
            Self::Use => "use",
            Self::Current => "current",
            Self::Budget => "budget",
            Self::Timing => "timing",
            Self::Fit => "fit",
            Self::Experience => "experience",
            Self::Style => "style",
            Self::Where => "where",
            Self::Others => "others",
            Self::Name => "name",
            _ => return None,
        })
    }

    /// True where a question about it wants a plain answer, whatever need may be behind it: a size, a date, a name.
    pub(super) fn is_plain(self) -> bool {
        matches!(self, Self::ForWhom | Self::Budget | Self::Timing | Self::Fit | Self::Others | Self::Name)
    }

    /// What the words ask about.
    pub(super) fn of(words: &Words) -> Option<Self> {
        TOPICS.iter().find(|(_, patterns)| any(patterns, words)).map(|(topic, _)| *topic)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    topic: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Topic,
    asks: Vec<String>,
}

const TEXT: &str = include_str!("../../data/customer/topics.toml");

// Read once; `a_question_has_the_topic_that_a_person_would_hear` keeps the file from ever failing here.
static TOPICS: LazyLock<Vec<(Topic, Vec<Pattern>)>> = LazyLock::new(|| {
    let entries = toml::from_str(TEXT).map(|file: File| file.topic).unwrap_or_default();
    entries.into_iter().map(|entry| (entry.id, Pattern::all(&entry.asks))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_has_the_topic_that_a_person_would_hear() {
        for (question, topic) in [
            ("What do you mean by that?", Topic::Meaning),
            ("Why do you ask?", Topic::Meaning),
            ("What would you expect?", Topic::Expected),
            ("Could you repeat the question?", Topic::Meaning),
            ("What would you expect to pay?", Topic::Budget),
            ("How long are you usually out there in a day?", Topic::Use),
            ("How long are your feet?", Topic::Fit),
            ("What did you have on when it soaked through?", Topic::Current),
            ("What did you wear before?", Topic::Current),
            ("What would make you believe it?", Topic::Concerns),
            ("What would convince you?", Topic::Concerns),
            ("Who are you shopping for?", Topic::ForWhom),
            ("Which size are you after?", Topic::Fit),
            ("Would you wear it to work or to town?", Topic::Use),
            ("Is there a date you need it for?", Topic::Timing),
            ("What's the occasion?", Topic::Use),
            ("Have you tried one on before?", Topic::Experience),
            ("What's your price range?", Topic::Budget),
            ("Compared with what?", Topic::Compared),
            ("What are you comparing it with?", Topic::Compared),
            ("Where did you see it cheaper?", Topic::Compared),
            ("Why not?", Topic::Concerns),
            ("How is your family?", Topic::HowAreYou),
            ("Who's it for?", Topic::ForWhom),
            ("Is this for yourself or a gift?", Topic::ForWhom),
            ("What will you use it for?", Topic::Use),
            ("What's it for?", Topic::Use),
            ("Is it for you?", Topic::ForWhom),
            ("Does that add up for you?", Topic::Settled),
            ("How often would you wear them?", Topic::Use),
            ("Tell me about your day out there.", Topic::Use),
            ("What are you wearing now?", Topic::Current),
            ("What happened to your last coat?", Topic::Current),
            ("What's wrong with the old pair?", Topic::Current),
            ("How much were you hoping to spend?", Topic::Budget),
            ("Do you have a budget in mind?", Topic::Budget),
            ("When do you need it by?", Topic::Timing),
            ("What size do you usually take?", Topic::Fit),
            ("Have you ever owned an oilskin before?", Topic::Experience),
            ("Do you prefer the brown or the black?", Topic::Style),
            ("Where will you be wearing it?", Topic::Where),
            ("Is anyone else helping you decide?", Topic::Others),
            ("And what's your name?", Topic::Name),
            ("Have I got that right?", Topic::HeardRight),
            ("What brings you in today?", Topic::Looking),
            ("What are you looking for?", Topic::Looking),
            ("What matters most to you in a coat?", Topic::Looking),
            ("Why is that?", Topic::Why),
            ("Is there anything else holding you back?", Topic::Concerns),
            ("What do you think?", Topic::Opinion),
            ("How does that sound?", Topic::Opinion),
            ("Does that answer your question?", Topic::Settled),
            ("Would you like to try it on?", Topic::Try),
            ("How are you doing today?", Topic::HowAreYou),
        ] {
            assert_eq!(Topic::of(&Words::of(question)), Some(topic), "{question}");
        }
    }
}
