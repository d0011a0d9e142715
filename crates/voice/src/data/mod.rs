//! Models, voices, prices and retirement dates, as data (`data/voice.toml`).

mod day;
mod estimate;
mod session;

use std::sync::OnceLock;

use sellme_core::{Code, Error, Millis, wire::Retirement};
use serde::Deserialize;

pub use self::session::Choice;
use self::{day::Day, estimate::Usual};
use crate::{
    events::{TurnDetection, session::Field},
    provider::{ModelListed, has_model},
    usage::{Prices, TranscriptionPrice},
};

const FILE: &str = include_str!("../../data/voice.toml");

/// All of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoiceData {
    /// The service's own voices.
    pub voices: Vec<String>,
    /// What is asked for where nobody chose.
    pub defaults: Defaults,
    notice: Notice,
    usual: Usual,
    /// Models that talk, the best first.
    #[serde(rename = "model")]
    pub models: Vec<Model>,
    /// Models that write down what the rep says.
    #[serde(rename = "transcription")]
    pub transcriptions: Vec<Recogniser>,
}

/// What is asked for where nobody chose.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Model that talks.
    pub model: String,
    /// Its voice.
    pub voice: String,
    /// Model that writes down what the rep says.
    pub transcription: String,
    /// The one that takes its place where the service refuses it.
    pub transcription_fallback: String,
    /// Language of the talk.
    pub language: String,
    /// Noise reduction for a headset.
    pub headset: Field,
    /// Noise reduction for a laptop's own microphone.
    pub laptop: Field,
    /// How turns are noticed.
    pub turn_detection: TurnDetection,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    days: u32,
}

/// A model that talks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Its name at the service.
    pub id: String,
    /// It reasons: it knows `reasoning` and `parallel_tool_calls`, which others refuse.
    pub reasons: bool,
    /// What it costs, where that is known.
    pub prices: Option<Prices>,
    #[serde(default)]
    retires: Option<Day>,
    #[serde(default)]
    replacement: Option<String>,
}

/// How a recogniser is told the language; it refuses the other form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Names {
    /// `language`: one.
    Language,
    /// `languages`: several, and `keywords`.
    Languages,
}

/// Where a price is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceFrom {
    /// The service's own page.
    Service,
    /// Somebody else's list of its prices.
    Others,
    /// Worked out from another price of the service.
    Reckoned,
}

/// A model that writes down what the rep says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recogniser {
    /// Its name at the service.
    pub id: String,
    /// How it is told the language.
    pub names: Names,
    /// What it costs, where that is known.
    pub price: Option<TranscriptionPrice>,
    /// Where that is from.
    pub price_from: Option<PriceFrom>,
    #[serde(default)]
    retires: Option<Day>,
    #[serde(default)]
    replacement: Option<String>,
}

/// The data that was built in, read once.
///
/// # Errors
/// [`Code::Internal`] where it cannot be read, which a test rules out.
pub fn voice_data() -> Result<&'static VoiceData, Error> {
    static DATA: OnceLock<Result<VoiceData, Error>> = OnceLock::new();
    let read = || toml::from_str(FILE).map_err(|problem| Error::new(Code::Internal, format!("The voice data cannot be read: {problem}")));
    DATA.get_or_init(read).as_ref().map_err(Clone::clone)
}

impl VoiceData {
    /// The model of this name.
    #[must_use]
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id == id)
    }

    /// The recogniser of this name.
    #[must_use]
    pub fn recogniser(&self, id: &str) -> Option<&Recogniser> {
        self.transcriptions.iter().find(|recogniser| recogniser.id == id)
    }

    /// The recogniser that is asked for on this day: the usual one until it ends, then the one that takes its place.
    #[must_use]
    pub fn usual_recogniser(&self, today: Millis) -> &str {
        let Defaults { transcription, transcription_fallback, .. } = &self.defaults;
        let ended = self.recogniser(transcription).and_then(|known| known.retires).is_some_and(|day| Day::of(today) >= day);
        if ended { transcription_fallback } else { transcription }
    }

    /// What this model costs.
    #[must_use]
    pub fn prices(&self, model: &str) -> Option<Prices> {
        self.model(model)?.prices
    }

    /// What this recogniser costs.
    #[must_use]
    pub fn transcription_price(&self, recogniser: &str) -> Option<TranscriptionPrice> {
        self.recogniser(recogniser)?.price
    }

    /// Models that may be chosen on this day: those that have not ended, the best first. Of a service that was asked, those that it `listed`; of one that lists
    /// none of ours there is nothing to choose by.
    #[must_use]
    pub fn choices(&self, listed: &[ModelListed], today: Millis) -> Vec<&str> {
        let here = |model: &&Model| model.retires.is_none_or(|day| Day::of(today) < day);
        let all: Vec<&str> = self.models.iter().filter(here).map(|model| model.id.as_str()).collect();
        let there: Vec<&str> = all.iter().copied().filter(|id| has_model(listed, id) != Some(false)).collect();
        if there.is_empty() { all } else { there }
    }

    /// Those of these models and recognisers that end soon, or have ended. What the service itself `listed` goes before what is written here.
    #[must_use]
    pub fn retiring(&self, used: &[&str], listed: &[ModelListed], today: Millis) -> Vec<Retirement> {
        let models = self.models.iter().map(|model| (&model.id, model.retires, &model.replacement));
        let recognisers = self.transcriptions.iter().map(|known| (&known.id, known.retires, &known.replacement));
        let known: Vec<_> = models.chain(recognisers).collect();
        let told = |model: &str| listed.iter().find(|one| one.id == model)?.shutdown_date.as_deref().and_then(Day::parse);
        let retirement = |model: &&str| {
            let written = known.iter().find(|(id, ..)| id == model);
            let day = told(model).or_else(|| written.and_then(|(_, day, _)| *day))?;
            let soon = day.days_after(Day::of(today)) <= i64::from(self.notice.days);
            let replacement = written.and_then(|(.., replacement)| (*replacement).clone());
            soon.then(|| Retirement { model: (*model).to_owned(), on: day.to_string(), replacement })
        };
        used.iter().filter_map(retirement).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-23, noon.
    pub(super) const TODAY: Millis = Millis(1_795_435_200_000);

    fn data() -> &'static VoiceData {
        voice_data().expect("the data can be read")
    }

    #[test]
    fn what_is_asked_for_by_default_is_there_and_has_a_price() {
        let data = data();
        let defaults = &data.defaults;
        assert_eq!((defaults.model.as_str(), defaults.voice.as_str()), ("gpt-realtime-2.1", "coral"));
        assert!(data.voices.contains(&defaults.voice));
        assert!(data.prices(&defaults.model).is_some());
        for recogniser in [&defaults.transcription, &defaults.transcription_fallback] {
            assert!(data.transcription_price(recogniser).is_some(), "{recogniser}");
        }
        assert_ne!(defaults.transcription, defaults.transcription_fallback);
        let TurnDetection::ServerVad { threshold, prefix_padding_ms, silence_duration_ms, create_response, interrupt_response, .. } =
            &defaults.turn_detection
        else {
            panic!("turns are noticed by loudness");
        };
        assert!(threshold.is_some() && prefix_padding_ms.is_some() && silence_duration_ms.is_some(), "said in full");
        assert_eq!((*create_response, *interrupt_response), (Some(true), Some(true)), "half of the two misbehaves");
    }

    #[test]
    fn a_price_of_a_recogniser_says_where_it_is_from() {
        for known in &data().transcriptions {
            assert_eq!(known.price.is_some(), known.price_from.is_some(), "{}", known.id);
        }
        assert_eq!(data().recogniser("gpt-4o-mini-transcribe").and_then(|known| known.price_from), Some(PriceFrom::Reckoned));
    }

    #[test]
    fn what_ends_names_what_stays() {
        let data = data();
        let ids: Vec<&str> =
            data.models.iter().map(|model| model.id.as_str()).chain(data.transcriptions.iter().map(|known| known.id.as_str())).collect();
        for (index, id) in ids.iter().enumerate() {
            assert!(!ids[..index].contains(id), "{id} is there twice");
        }
        for (id, retires, replacement) in data
            .models
            .iter()
            .map(|model| (&model.id, model.retires, &model.replacement))
            .chain(data.transcriptions.iter().map(|known| (&known.id, known.retires, &known.replacement)))
        {
            assert_eq!(retires.is_some(), replacement.is_some(), "{id}");
            if let Some(replacement) = replacement {
                let stays =
                    data.model(replacement).map(|model| model.retires).or_else(|| data.recogniser(replacement).map(|known| known.retires));
                assert_eq!(stays, Some(None), "{id} is replaced by {replacement}");
            }
        }
        assert!(data.models.iter().all(|model| model.retires.is_some() || model.prices.is_some()));
    }

    #[test]
    fn a_recogniser_is_asked_for_until_the_day_on_which_it_ends() {
        let data = data();
        // 2027-02-26, midnight.
        let end = Millis(1_803_600_000_000);
        assert_eq!(data.usual_recogniser(TODAY), "gpt-4o-mini-transcribe");
        assert_eq!(data.usual_recogniser(Millis(end.0 - 1)), "gpt-4o-mini-transcribe");
        assert_eq!(data.usual_recogniser(end), "gpt-live-transcribe");
    }

    #[test]
    fn a_model_is_announced_before_it_ends_and_not_chosen_after() {
        let data = data();
        let used = ["gpt-realtime", "gpt-realtime-2.1", "gpt-4o-mini-transcribe", "somebody-elses"];
        let told = data.retiring(&used, &[], TODAY);
        assert_eq!(
            told.iter().map(|end| (end.model.as_str(), end.on.as_str())).collect::<Vec<_>>(),
            [("gpt-realtime", "2027-01-20"), ("gpt-4o-mini-transcribe", "2027-02-26")]
        );
        assert_eq!(told[0].replacement.as_deref(), Some("gpt-realtime-2.1"));
        let long_before = Millis(TODAY.0 - 365 * 86_400_000);
        assert_eq!(data.retiring(&used, &[], long_before), []);
        assert!(data.choices(&[], TODAY).contains(&"gpt-realtime"));
        let after = Millis(TODAY.0 + 58 * 86_400_000);
        assert!(!data.choices(&[], after).contains(&"gpt-realtime"));
        assert_eq!(data.choices(&[], after)[0], "gpt-realtime-2.1");
    }

    #[test]
    fn what_the_service_says_of_its_models_goes_before_what_is_written_here() {
        let data = data();
        let listed = |id: &str, day: Option<&str>| ModelListed { id: id.to_owned(), shutdown_date: day.map(str::to_owned) };
        let list = [
            listed("gpt-realtime-2.1", Some("2027-02-01")),
            listed("gpt-realtime-2.1-mini", Some("no day")),
            listed("gpt-realtime", None),
            listed("somebody-elses", Some("2026-12-01")),
        ];
        let told = |model: &str| data.retiring(&[model], &list, TODAY).pop().map(|end| (end.on, end.replacement));
        assert_eq!(told("gpt-realtime-2.1"), Some(("2027-02-01".to_owned(), None)));
        assert_eq!(told("gpt-realtime-2.1-mini"), None);
        assert_eq!(
            told("gpt-realtime"),
            Some(("2027-01-20".to_owned(), Some("gpt-realtime-2.1".to_owned()))),
            "it says nothing of this one"
        );
        assert_eq!(told("somebody-elses"), Some(("2026-12-01".to_owned(), None)));
        assert_eq!(data.choices(&list, TODAY), ["gpt-realtime-2.1", "gpt-realtime-2.1-mini", "gpt-realtime"]);
        assert_eq!(data.choices(&[listed("somebody-elses", None)], TODAY), data.choices(&[], TODAY), "a list of something else");
    }
}
