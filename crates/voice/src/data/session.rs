//! The session that is asked for: what the data says, where nobody chose otherwise.

use sellme_core::wire::Microphone;

use super::{Names, VoiceData};
use crate::events::session::{Audio, AudioInput, AudioOutput, Modality, NoiseReduction, SessionConfig, Transcription};

/// What somebody chose.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The model; `None` is the default.
    pub model: Option<String>,
    /// The voice; `None` is the default.
    pub voice: Option<String>,
    /// The recogniser; `None` is the default.
    pub recogniser: Option<String>,
    /// Which microphone.
    pub microphone: Microphone,
    /// Speaks only while a button is held.
    pub push_to_talk: bool,
    /// Names to listen for, where the recogniser can.
    pub keywords: Vec<String>,
}

impl VoiceData {
    /// The session for this choice, without a briefing and functions.
    #[must_use]
    pub fn session(&self, choice: &Choice) -> SessionConfig {
        let defaults = &self.defaults;
        let field = match choice.microphone {
            Microphone::Headset => defaults.headset,
            Microphone::Laptop => defaults.laptop,
        };
        let input = AudioInput {
            noise_reduction: Some(Some(NoiseReduction { field })),
            transcription: Some(Some(self.transcription(choice.recogniser.as_ref().unwrap_or(&defaults.transcription), &choice.keywords))),
            turn_detection: Some((!choice.push_to_talk).then(|| defaults.turn_detection.clone())),
        };
        let output = AudioOutput { voice: Some(choice.voice.clone().unwrap_or_else(|| defaults.voice.clone())), speed: None };
        SessionConfig {
            model: Some(choice.model.clone().unwrap_or_else(|| defaults.model.clone())),
            output_modalities: Some(vec![Modality::Audio]),
            audio: Some(Audio { input: Some(input), output: Some(output) }),
            ..SessionConfig::default()
        }
    }

    /// How this recogniser is asked for. One that is not known here is told nothing that it may refuse.
    #[must_use]
    pub fn transcription(&self, recogniser: &str, keywords: &[String]) -> Transcription {
        let asked = Transcription { model: recogniser.to_owned(), ..Transcription::default() };
        let language = self.defaults.language.clone();
        match self.recogniser(recogniser).map(|known| known.names) {
            Some(Names::Language) => Transcription { language: Some(language), ..asked },
            Some(Names::Languages) => Transcription { languages: vec![language], keywords: keywords.to_vec(), ..asked },
            None => asked,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::data::voice_data;

    #[test]
    fn by_default_coral_speaks_turns_are_noticed_and_everything_is_written_down() {
        let session = voice_data().expect("data").session(&Choice::default());
        let expected = json!({
            "type": "realtime",
            "model": "gpt-realtime-2.1",
            "output_modalities": ["audio"],
            "audio": {
                "input": {
                    "noise_reduction": { "type": "near_field" },
                    "transcription": { "model": "gpt-4o-mini-transcribe", "language": "en" },
                    "turn_detection": { "type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300, "silence_duration_ms": 500,
                        "create_response": true, "interrupt_response": true },
                },
                "output": { "voice": "coral" },
            },
        });
        assert_eq!(serde_json::to_value(session).expect("JSON"), expected);
    }

    #[test]
    fn what_was_chosen_is_asked_for() {
        let data = voice_data().expect("data");
        let choice = Choice {
            model: Some("mine".into()),
            voice: Some("cedar".into()),
            recogniser: Some("theirs".into()),
            microphone: Microphone::Laptop,
            push_to_talk: true,
            keywords: vec!["Pilbara".into()],
        };
        let session = serde_json::to_value(data.session(&choice)).expect("JSON");
        assert_eq!((&session["model"], &session["audio"]["output"]["voice"]), (&json!("mine"), &json!("cedar")));
        let input = session["audio"]["input"].as_object().expect("input");
        assert_eq!(input["transcription"], json!({ "model": "theirs" }));
        assert_eq!(input["noise_reduction"], json!({ "type": "far_field" }));
        assert_eq!(input.get("turn_detection"), Some(&json!(null)), "off, and said so");
        let live = data.transcription("gpt-live-transcribe", &choice.keywords);
        assert_eq!(
            serde_json::to_value(live).expect("JSON"),
            json!({ "model": "gpt-live-transcribe", "languages": ["en"], "keywords": ["Pilbara"] })
        );
        assert_eq!(serde_json::to_value(data.transcription("theirs", &[])).expect("JSON"), json!({ "model": "theirs" }));
    }
}
