//! What the window may ask for: one command per method of the window's `Backend`. Each takes typed input, calls one use case, returns.

use std::sync::Arc;

use sellme_core::{
    Millis,
    error::Result,
    id::{SessionId, UserId},
    progress::Progress,
    session::{Mode, Profile, Session},
    wire::{
        Answered, Boot, Briefing, CallAnswer, CallControl, CallEvent, CallOffer, Debrief, Deleted, Exported, Hint, HistoryPage,
        HistoryQuery, KeyTest, Link, MicrophoneEvent, PracticeView, ProductSummary, ProductView, Recommendation, SessionView, Settings,
        SoundDevices, Track, VoiceView,
    },
};
use tauri::{
    Builder, Runtime, State,
    ipc::{Channel, Response},
};

use super::guard::answer;
use crate::host::Host;

/// Adds every command to the window.
pub(super) fn register<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder.invoke_handler(tauri::generate_handler![
        boot,
        create_profile,
        rename_profile,
        choose_profile,
        save_settings,
        practice,
        recommend,
        products,
        product,
        briefing,
        start,
        session,
        say,
        pause,
        resume,
        hint,
        complete,
        abandon,
        voice,
        ask_service,
        save_key,
        remove_key,
        test_key,
        sound_devices,
        listen,
        stop_listening,
        open_call,
        call_message,
        call_link,
        control,
        go_on_typing,
        keep_recording,
        recording,
        delete_recording,
        debrief,
        history,
        progress,
        export_session,
        export_all,
        delete_everything,
        log,
    ])
}

/// What the window needs to begin.
#[tauri::command]
async fn boot(host: State<'_, Host>) -> Result<Boot> {
    let host = host.inner().clone();
    answer("boot", async move { host.boot().await }).await
}

/// Makes a profile and chooses it.
#[tauri::command]
async fn create_profile(host: State<'_, Host>, name: String) -> Result<Profile> {
    let host = host.inner().clone();
    answer("create_profile", async move { host.app()?.create_profile(&name).await }).await
}

/// Changes a person's name.
#[tauri::command]
async fn rename_profile(host: State<'_, Host>, id: UserId, name: String) -> Result<Profile> {
    let host = host.inner().clone();
    answer("rename_profile", async move { host.app()?.rename_profile(id, &name).await }).await
}

/// From now on this person practises.
#[tauri::command]
async fn choose_profile(host: State<'_, Host>, id: UserId) -> Result<Boot> {
    let host = host.inner().clone();
    answer("choose_profile", async move {
        host.app()?.choose_profile(id).await?;
        host.boot().await
    })
    .await
}

/// Keeps what the person has chosen.
#[tauri::command]
async fn save_settings(host: State<'_, Host>, settings: Settings) -> Result<Settings> {
    let host = host.inner().clone();
    answer("save_settings", async move { host.app()?.save_settings(&settings).await }).await
}

/// The home screen.
#[tauri::command]
async fn practice(host: State<'_, Host>) -> Result<PracticeView> {
    let host = host.inner().clone();
    answer("practice", async move { host.app()?.practice().await }).await
}

/// Another recommendation than these scenarios.
#[tauri::command]
async fn recommend(host: State<'_, Host>, skip: Vec<String>) -> Result<Recommendation> {
    let host = host.inner().clone();
    answer("recommend", async move { host.app()?.recommend(&skip).await }).await
}

/// Products that match.
#[tauri::command]
async fn products(host: State<'_, Host>, text: String, category: Option<String>) -> Result<Vec<ProductSummary>> {
    let host = host.inner().clone();
    answer("products", async move { host.app()?.products(&text, category.as_deref()).await }).await
}

/// A product to study.
#[tauri::command]
async fn product(host: State<'_, Host>, id: String) -> Result<ProductView> {
    let host = host.inner().clone();
    answer("product", async move { host.app()?.product(&id).await }).await
}

/// What the rep knows before the start.
#[tauri::command]
async fn briefing(host: State<'_, Host>, scenario_id: String) -> Result<Briefing> {
    let host = host.inner().clone();
    answer("briefing", async move { host.app()?.briefing(&scenario_id).await }).await
}

/// Starts an attempt.
#[tauri::command]
async fn start(host: State<'_, Host>, scenario_id: String, mode: Mode) -> Result<SessionView> {
    let host = host.inner().clone();
    answer("start", async move { host.app()?.start(&scenario_id, mode).await }).await
}

/// An attempt as it stands.
#[tauri::command]
async fn session(host: State<'_, Host>, id: SessionId) -> Result<SessionView> {
    let host = host.inner().clone();
    answer("session", async move { host.app()?.session(id).await }).await
}

/// The rep says something; answered once both turns are stored.
#[tauri::command]
async fn say(host: State<'_, Host>, id: SessionId, text: String) -> Result<Answered> {
    let host = host.inner().clone();
    answer("say", async move { host.app()?.say(id, &text).await }).await
}

/// Stops the clock.
#[tauri::command]
async fn pause(host: State<'_, Host>, id: SessionId) -> Result<SessionView> {
    let host = host.inner().clone();
    answer("pause", async move { host.app()?.pause(id).await }).await
}

/// Goes on.
#[tauri::command]
async fn resume(host: State<'_, Host>, id: SessionId) -> Result<SessionView> {
    let host = host.inner().clone();
    answer("resume", async move { host.app()?.resume(id).await }).await
}

/// Help on request.
#[tauri::command]
async fn hint(host: State<'_, Host>, id: SessionId) -> Result<Hint> {
    let host = host.inner().clone();
    answer("hint", async move { host.app()?.hint(id).await }).await
}

/// Ends and scores an attempt.
#[tauri::command]
async fn complete(host: State<'_, Host>, id: SessionId) -> Result<Debrief> {
    let host = host.inner().clone();
    answer("complete", async move { host.app()?.complete(id).await }).await
}

/// Leaves an attempt.
#[tauri::command]
async fn abandon(host: State<'_, Host>, id: SessionId) -> Result<Session> {
    let host = host.inner().clone();
    answer("abandon", async move { host.app()?.abandon(id).await }).await
}

/// What talking by voice needs.
#[tauri::command]
async fn voice(host: State<'_, Host>) -> Result<VoiceView> {
    let host = host.inner().clone();
    answer("voice", async move { host.voice().await }).await
}

/// The same, after the service was asked which models it has.
#[tauri::command]
async fn ask_service(host: State<'_, Host>) -> Result<VoiceView> {
    let host = host.inner().clone();
    answer("ask_service", async move { host.ask_service().await }).await
}

/// Keeps the key of the chosen service.
#[tauri::command]
async fn save_key(host: State<'_, Host>, key: String) -> Result<VoiceView> {
    let host = host.inner().clone();
    answer("save_key", async move { host.save_key(key).await }).await
}

/// Forgets the key of the chosen service.
#[tauri::command]
async fn remove_key(host: State<'_, Host>) -> Result<VoiceView> {
    let host = host.inner().clone();
    answer("remove_key", async move { host.remove_key().await }).await
}

/// Asks the chosen service whether it takes the key.
#[tauri::command]
async fn test_key(host: State<'_, Host>) -> Result<KeyTest> {
    let host = host.inner().clone();
    answer("test_key", async move { host.test_key().await }).await
}

/// The machine's microphones and speakers.
#[tauri::command]
async fn sound_devices(host: State<'_, Host>) -> Result<SoundDevices> {
    let host = host.inner().clone();
    answer("sound_devices", async move { host.sound_devices().await }).await
}

/// Tries the microphone and tells how loud it is. A window that is gone needs to be told nothing.
#[tauri::command]
async fn listen(host: State<'_, Host>, input: Option<String>, events: Channel<MicrophoneEvent>) -> Result<()> {
    let host = host.inner().clone();
    answer("listen", async move { host.listen(input, move |event| drop(events.send(event))).await }).await
}

/// The microphone is no longer tried.
#[tauri::command]
async fn stop_listening(host: State<'_, Host>) -> Result<()> {
    let host = host.inner().clone();
    answer("stop_listening", async move { host.stop_listening().await }).await
}

/// Opens the call of an attempt and tells what happens in it.
#[tauri::command]
async fn open_call(host: State<'_, Host>, id: SessionId, offer: CallOffer, events: Channel<CallEvent>) -> Result<CallAnswer> {
    let host = host.inner().clone();
    answer("open_call", async move { host.open_call(id, offer, Arc::new(move |event| drop(events.send(event)))).await }).await
}

/// A message of the webview's data channel.
#[tauri::command]
async fn call_message(host: State<'_, Host>, id: SessionId, message: String) -> Result<()> {
    let host = host.inner().clone();
    answer("call_message", async move {
        host.app()?.call_message(id, &message).await;
        Ok(())
    })
    .await
}

/// What the webview's connection says of itself.
#[tauri::command]
async fn call_link(host: State<'_, Host>, id: SessionId, link: Link) -> Result<()> {
    let host = host.inner().clone();
    answer("call_link", async move {
        host.app()?.call_link(id, link).await;
        Ok(())
    })
    .await
}

/// What the rep asks of a call.
#[tauri::command]
async fn control(host: State<'_, Host>, id: SessionId, control: CallControl) -> Result<()> {
    let host = host.inner().clone();
    answer("control", async move { host.app()?.control_call(id, control).await }).await
}

/// From now on the rep types.
#[tauri::command]
async fn go_on_typing(host: State<'_, Host>, id: SessionId) -> Result<SessionView> {
    let host = host.inner().clone();
    answer("go_on_typing", async move { host.app()?.go_on_typing(id).await }).await
}

/// The next piece of one side of a recording.
#[tauri::command]
async fn keep_recording(host: State<'_, Host>, id: SessionId, track: Track, begins_ms: i64, bytes: Vec<u8>) -> Result<()> {
    let host = host.inner().clone();
    answer("keep_recording", async move { host.app()?.keep_recording(id, track, Millis(begins_ms), bytes).await }).await
}

/// One side of a recorded call, as bytes.
#[tauri::command]
async fn recording(host: State<'_, Host>, id: SessionId, track: Track, begins_ms: i64) -> Result<Response> {
    let host = host.inner().clone();
    answer("recording", async move { host.app()?.recording(id, track, Millis(begins_ms)).await.map(Response::new) }).await
}

/// Deletes a recording.
#[tauri::command]
async fn delete_recording(host: State<'_, Host>, id: SessionId) -> Result<Debrief> {
    let host = host.inner().clone();
    answer("delete_recording", async move { host.app()?.delete_recording(id).await }).await
}

/// An attempt with its report.
#[tauri::command]
async fn debrief(host: State<'_, Host>, id: SessionId) -> Result<Debrief> {
    let host = host.inner().clone();
    answer("debrief", async move { host.app()?.debrief(id).await }).await
}

/// Attempts that match.
#[tauri::command]
async fn history(host: State<'_, Host>, query: HistoryQuery) -> Result<HistoryPage> {
    let host = host.inner().clone();
    answer("history", async move { host.app()?.history(&query).await }).await
}

/// What the attempts add up to.
#[tauri::command]
async fn progress(host: State<'_, Host>) -> Result<Progress> {
    let host = host.inner().clone();
    answer("progress", async move { host.app()?.progress().await }).await
}

/// Writes one attempt as JSON.
#[tauri::command]
async fn export_session(host: State<'_, Host>, id: SessionId) -> Result<Exported> {
    let host = host.inner().clone();
    answer("export_session", async move { host.app()?.export_session(id).await }).await
}

/// Writes everything of this person as JSON.
#[tauri::command]
async fn export_all(host: State<'_, Host>) -> Result<Exported> {
    let host = host.inner().clone();
    answer("export_all", async move { host.app()?.export_all().await }).await
}

/// Deletes everything of this person.
#[tauri::command]
async fn delete_everything(host: State<'_, Host>, confirmation: String) -> Result<Deleted> {
    let host = host.inner().clone();
    answer("delete_everything", async move { host.app()?.delete_everything(&confirmation).await }).await
}

/// Writes an error of the window to the log.
#[tauri::command]
async fn log(message: String) -> Result<()> {
    answer("log", async move {
        crate::logs::page_failed(&message);
        Ok(())
    })
    .await
}
