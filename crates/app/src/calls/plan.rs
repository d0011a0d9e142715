//! What a call is to be: the customer's briefing, and what the person chose.

use sellme_core::{
    Millis,
    error::Result,
    wire::{OfferForm, ProviderKind, VoiceSettings},
};
use sellme_voice::{
    call::{Fallback, Plan},
    data::{Choice, VoiceData, voice_data},
    events::{SessionConfig, session::Tool},
};

use super::Service;
use crate::spoken::VoiceBrief;

/// The plan of a call with this customer at this service, which begins now.
///
/// # Errors
/// Where the built-in data cannot be read.
pub(super) fn plan(brief: &VoiceBrief, settings: &VoiceSettings, service: &Service, now: Millis) -> Result<Plan> {
    let data = voice_data()?;
    let session = session(data, brief, settings, service, now);
    let priced = service.kind == ProviderKind::OpenAi;
    let transcription = session.transcription().map(|transcription| transcription.model.clone());
    let fallback = Some(&data.defaults.transcription_fallback)
        .filter(|fallback| writes_as_open_ai(service) && transcription.as_ref() != Some(fallback));
    let price = |model: Option<&String>| model.and_then(|model| data.transcription_price(model)).filter(|_| priced);
    Ok(Plan {
        tell_session: matches!(service.offer, OfferForm::Sdp | OfferForm::Json),
        customer_begins: brief.turns.is_empty(),
        history: brief.turns.iter().map(|turn| (turn.speaker, turn.text.clone())).collect(),
        longest: Millis(i64::from(settings.longest_minutes.max(1)) * 60_000),
        most_millicents: Some(u64::from(settings.most_cents) * 1_000),
        prices: session.model.as_deref().and_then(|model| data.prices(model)).filter(|_| priced),
        transcription_price: price(transcription.as_ref()),
        fallback: fallback.map(|fallback| Fallback {
            transcription: data.transcription(fallback, &brief.keywords),
            price: data.transcription_price(fallback),
        }),
        ..Plan::new(session)
    })
}

/// True where the recognisers are those of OpenAI: a hub has its calls answered there.
fn writes_as_open_ai(service: &Service) -> bool {
    service.kind != ProviderKind::Compatible
}

/// The session that is asked for. A compatible server is asked for its own model and voice where none is chosen, and for nothing that only OpenAI knows; a hub for
/// neither, since it has chosen both.
fn session(data: &VoiceData, brief: &VoiceBrief, settings: &VoiceSettings, service: &Service, now: Millis) -> SessionConfig {
    let choice = Choice {
        model: settings.model.clone(),
        voice: settings.voice.clone(),
        // One that has ended at OpenAI is not asked for there.
        recogniser: writes_as_open_ai(service).then(|| data.usual_recogniser(now).to_owned()),
        microphone: settings.microphone,
        push_to_talk: settings.push_to_talk,
        keywords: brief.keywords.clone(),
    };
    let tools = brief.tools.iter().map(|tool| Tool::function(tool.name, &tool.description, tool.parameters.clone()));
    let mut session = data.session(&choice);
    session.instructions = Some(brief.instructions.clone());
    session.tools = Some(tools.collect());
    let own = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let (model, voice) = match service.kind {
        ProviderKind::OpenAi => return session,
        ProviderKind::Compatible => (own(&settings.compatible.model), own(&settings.compatible.voice)),
        ProviderKind::Hub => (None, None),
    };
    session.model = model;
    if let Some(output) = session.audio.as_mut().and_then(|audio| audio.output.as_mut()) {
        output.voice = voice;
    }
    session
}
