//! The commands as the page calls them: JSON in, JSON out, through Tauri's own bridge and its permissions.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Arc, OnceLock},
};

use serde_json::{Value, json};
use tauri::{
    App, Manager, WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody, InvokeResponseBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder},
    webview::InvokeRequest,
};

use sellme_core::wire::VoiceSettings;

use super::{commands, context};
use crate::{
    config::Place,
    device::ThisDevice,
    host::{Host, Purpose},
};

const NOBODYS: &str = "01980000-0000-7000-8000-000000000000";
const SCENARIO: &str = "pilbara-skeptical-medium";

struct Bridge {
    app: App<MockRuntime>,
    window: WebviewWindow<MockRuntime>,
    _folder: tempfile::TempDir,
}

impl Bridge {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Where nobody answers: no key and no offer of a test goes anywhere.
        let nowhere = Some("http://127.0.0.1:9/v1".to_owned());
        let place = Place { data: folder.path().to_owned(), realtime_url: nowhere, ..Place::default() };
        let host = Host::new(&place, Arc::new(ThisDevice), Purpose::Practise);
        let app = commands::register(mock_builder()).build(context()).unwrap();
        app.manage(host);
        let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().unwrap();
        Self { app, window, _folder: folder }
    }

    fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        call(&self.window, command, arguments)
    }

    fn ok(&self, command: &str, arguments: Value) -> Value {
        self.call(command, arguments).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    fn refused(&self, command: &str, arguments: Value) -> String {
        let error = self.call(command, arguments).expect_err(command);
        let object = error.as_object().unwrap_or_else(|| panic!("{command}: {error}"));
        assert_eq!(object.keys().collect::<Vec<_>>(), ["code", "message"], "{command}: {error}");
        assert!(error["message"].as_str().is_some_and(|message| message.ends_with('.')), "{command}: {error}");
        error["code"].as_str().unwrap().to_owned()
    }
}

fn call(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
    let home = if cfg!(any(windows, target_os = "android")) { "http://tauri.localhost" } else { "tauri://localhost" };
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: home.parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| match body {
        InvokeResponseBody::Json(json) => serde_json::from_str(&json).unwrap(),
        InvokeResponseBody::Raw(bytes) => json!(bytes),
    })
}

/// The names in a text between two marks, as the pattern picks them out.
fn names(text: &str, from: &str, to: &str, pick: impl Fn(&str) -> Option<String>) -> BTreeSet<String> {
    let part = text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(part, _)| part).unwrap();
    part.lines().filter_map(|line| pick(line.trim())).collect()
}

fn commands_of_the_handler() -> BTreeSet<String> {
    names(include_str!("commands.rs"), "generate_handler![", "]", |line| line.strip_suffix(',').map(str::to_owned))
}

#[test]
fn one_list_of_commands_is_built_permitted_handled_and_asked_for() {
    let handled = commands_of_the_handler();
    assert!(handled.len() > 20);
    let built = names(include_str!("../../build.rs"), "COMMANDS: &[&str] = &[", "];", |line| {
        line.strip_prefix('"')?.strip_suffix("\",").map(str::to_owned)
    });
    assert_eq!(built, handled, "build.rs");
    let capability: Value = serde_json::from_str(include_str!("../../capabilities/main.json")).unwrap();
    let permitted = capability["permissions"].as_array().unwrap().iter();
    let permitted: BTreeSet<String> =
        permitted.map(|name| name.as_str().unwrap().strip_prefix("allow-").unwrap().replace('-', "_")).collect();
    assert_eq!(permitted, handled, "capabilities/main.json");
    assert_eq!(capability["windows"], json!(["main"]));
    let asked = include_str!("../../../ui/src/lib/backend/tauri.ts").split("call('").skip(1);
    let asked: BTreeSet<String> = asked.filter_map(|rest| rest.split_once('\'').map(|(name, _)| name.to_owned())).collect();
    assert_eq!(asked, handled, "tauri.ts");
    let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("capabilities")).unwrap();
    assert_eq!(files.count(), 1, "one capability file");
}

#[test]
fn every_command_answers_through_the_bridge() {
    let called: OnceLock<std::sync::Mutex<BTreeSet<String>>> = OnceLock::new();
    let called = called.get_or_init(Default::default);
    let bridge = Bridge::new();
    let ok = |command: &str, arguments: Value| {
        called.lock().unwrap().insert(command.to_owned());
        bridge.ok(command, arguments)
    };
    assert_eq!(ok("boot", json!({}))["profile"], Value::Null);
    let dana = ok("create_profile", json!({ "name": "Dana" }));
    assert_eq!(ok("rename_profile", json!({ "id": dana["id"], "name": "Dana Reed" }))["name"], "Dana Reed");
    assert_eq!(ok("choose_profile", json!({ "id": dana["id"] }))["profile"]["name"], "Dana Reed");
    let mut settings = json!({ "theme": "dark", "reducedMotion": true, "letterKeys": false });
    let saved = ok("save_settings", json!({ "settings": settings }));
    settings["voice"] = serde_json::to_value(VoiceSettings::default()).unwrap();
    assert_eq!(saved, settings, "what was not chosen is as usual");
    assert!(ok("practice", json!({}))["products"].as_array().is_some_and(|all| all.len() > 25));
    let first = ok("recommend", json!({ "skip": [] }))["scenario"]["id"].clone();
    assert_ne!(ok("recommend", json!({ "skip": [first] }))["scenario"]["id"], first);
    assert!(!ok("products", json!({ "text": "oilskin", "category": null })).as_array().unwrap().is_empty());
    assert_eq!(ok("product", json!({ "id": "pilbara-jacket" }))["summary"]["sku"], "3J02");
    assert_eq!(ok("briefing", json!({ "scenarioId": SCENARIO }))["scenario"]["id"], SCENARIO);
    let id = ok("start", json!({ "scenarioId": SCENARIO, "mode": "typing" }))["session"]["id"].clone();
    let said = ok("say", json!({ "id": id, "text": "Good morning, what brings you in?" }));
    assert_eq!((&said["rep"]["index"], &said["customer"]["index"]), (&json!(1), &json!(2)));
    assert_eq!(ok("pause", json!({ "id": id }))["session"]["paused"], true);
    assert_eq!(ok("resume", json!({ "id": id }))["session"]["paused"], false);
    assert_eq!(ok("session", json!({ "id": id }))["turns"].as_array().map(Vec::len), Some(3));
    assert!(ok("hint", json!({ "id": id }))["text"]["id"].is_string());
    assert_eq!(ok("complete", json!({ "id": id }))["session"]["status"], "COMPLETED");
    assert!(ok("debrief", json!({ "id": id }))["report"].is_object());
    let other = ok("start", json!({ "scenarioId": SCENARIO, "mode": "voice" }))["session"]["id"].clone();
    let refused = |command: &str, arguments: Value| {
        called.lock().unwrap().insert(command.to_owned());
        bridge.refused(command, arguments)
    };
    assert_eq!(ok("voice", json!({}))["key"]["kind"], "missing");
    assert_eq!(ok("save_key", json!({ "key": "sk-made-for-a-test" }))["key"]["lastFour"], "test");
    assert_eq!(ok("test_key", json!({}))["accepted"], false, "nobody answers");
    assert_eq!(ok("ask_service", json!({}))["hasModel"], Value::Null, "nobody answers");
    assert!(ok("sound_devices", json!({}))["inputs"].is_array());
    let events = "__CHANNEL__:7";
    called.lock().unwrap().insert("listen".to_owned());
    let heard = bridge.call("listen", json!({ "input": null, "events": events }));
    assert!(heard.as_ref().is_ok_and(Value::is_null) || heard.is_err_and(|error| error["code"] == "no_microphone"));
    assert_eq!(ok("stop_listening", json!({})), Value::Null);
    let offer = json!({ "id": other, "offer": { "sdp": "v=0" }, "events": events });
    assert_eq!(refused("open_call", offer), "service_unavailable");
    assert_eq!(ok("call_message", json!({ "id": other, "message": "{}" })), Value::Null);
    assert_eq!(ok("call_link", json!({ "id": other, "link": "failed" })), Value::Null);
    assert_eq!(ok("control", json!({ "id": other, "control": { "kind": "hang_up" } })), Value::Null);
    assert_eq!(ok("remove_key", json!({}))["key"]["kind"], "missing");
    let bytes: Vec<u8> = b"OggS and sound".to_vec();
    assert_eq!(ok("keep_recording", json!({ "id": other, "track": "rep", "beginsMs": 0, "bytes": bytes })), Value::Null);
    assert_eq!(ok("recording", json!({ "id": other, "track": "rep", "beginsMs": 0 })), json!(bytes));
    assert_eq!(ok("delete_recording", json!({ "id": other }))["voice"]["recording"], Value::Null);
    assert_eq!(ok("go_on_typing", json!({ "id": other }))["turns"].as_array().map(Vec::len), Some(1), "the customer's first line");
    assert_eq!(ok("abandon", json!({ "id": other }))["status"], "ABANDONED");
    assert_eq!(ok("history", json!({ "query": { "text": "morning", "offset": 0, "limit": 0 } }))["matching"], 1);
    assert_eq!(ok("progress", json!({}))["totalSessions"], 1);
    assert!(Path::new(ok("export_session", json!({ "id": id }))["path"].as_str().unwrap()).is_file());
    assert_eq!(ok("export_all", json!({}))["sessions"], 2);
    assert_eq!(ok("log", json!({ "message": "made by a test" })), Value::Null);
    assert_eq!(ok("delete_everything", json!({ "confirmation": "Dana Reed" }))["sessions"], 2);
    assert_eq!(*called.lock().unwrap(), commands_of_the_handler(), "a command was left out");
}

#[test]
fn refusals_are_a_code_and_a_sentence() {
    let bridge = Bridge::new();
    assert_eq!(bridge.refused("progress", json!({})), "wrong_state");
    assert_eq!(bridge.refused("create_profile", json!({ "name": " " })), "invalid_input");
    bridge.ok("create_profile", json!({ "name": "Dana" }));
    for command in ["session", "pause", "resume", "hint", "complete", "abandon", "debrief", "export_session"] {
        assert_eq!(bridge.refused(command, json!({ "id": NOBODYS })), "not_found", "{command}");
    }
    assert_eq!(bridge.refused("say", json!({ "id": NOBODYS, "text": "Hello" })), "not_found");
    assert_eq!(bridge.refused("choose_profile", json!({ "id": NOBODYS })), "not_found");
    assert_eq!(bridge.refused("rename_profile", json!({ "id": NOBODYS, "name": "Al" })), "not_found");
    assert_eq!(bridge.refused("product", json!({ "id": "a-moon-boot" })), "not_found");
    assert_eq!(bridge.refused("briefing", json!({ "scenarioId": "nobody-here" })), "not_found");
    assert_eq!(bridge.refused("start", json!({ "scenarioId": "nobody-here", "mode": "typing" })), "not_found");
    assert_eq!(bridge.refused("delete_everything", json!({ "confirmation": "Dan" })), "invalid_input");
    let id = bridge.ok("start", json!({ "scenarioId": SCENARIO, "mode": "typing" }))["session"]["id"].clone();
    assert_eq!(bridge.refused("say", json!({ "id": id, "text": "" })), "invalid_input");
    bridge.ok("complete", json!({ "id": id }));
    assert_eq!(bridge.refused("say", json!({ "id": id, "text": "Hello" })), "wrong_state");
}

#[test]
fn what_is_not_listed_is_denied_and_another_window_may_ask_for_nothing() {
    let bridge = Bridge::new();
    for command in ["run_sql", "plugin:window|close", "plugin:event|listen", "plugin:webview|create_webview_window"] {
        assert!(bridge.call(command, json!({})).is_err(), "{command}");
    }
    let stranger = WebviewWindowBuilder::new(&bridge.app, "stranger", tauri::WebviewUrl::default()).build().unwrap();
    let answer = call(&stranger, "boot", json!({}));
    assert!(answer.as_ref().is_err_and(|error| error.to_string().contains("not allowed")), "{answer:?}");
    assert!(bridge.call("boot", json!({})).is_ok());
}
