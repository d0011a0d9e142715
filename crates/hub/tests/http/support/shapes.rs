//! Answers as golden files hold them, and the one shape of a refusal.

use serde_json::Value;
use uuid::Uuid;

use super::Answer;

/// The answer without what is different each time: ids become `[id 1]`, `[id 2]`… in the order in which they come, times `[time]`.
pub(crate) fn plain(value: &Value) -> Value {
    let mut plain = value.clone();
    walk(&mut plain, "", &mut Vec::new());
    plain
}

fn walk(value: &mut Value, name: &str, ids: &mut Vec<Uuid>) {
    match value {
        Value::String(text) => {
            if let Ok(id) = Uuid::parse_str(text) {
                let at = ids.iter().position(|known| *known == id).unwrap_or_else(|| {
                    ids.push(id);
                    ids.len() - 1
                });
                *text = format!("[id {}]", at + 1);
            } else if is_time(text) {
                "[time]".clone_into(text);
            }
        }
        Value::Number(_) if name == "duration" => *value = "[seconds]".into(),
        Value::Array(values) => values.iter_mut().for_each(|value| walk(value, "", ids)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| walk(value, name, ids)),
        _ => {}
    }
}

/// RFC 3339 with milliseconds, as JavaScript writes it.
fn is_time(text: &str) -> bool {
    let form = b"0000-00-00T00:00:00.000Z";
    text.len() == form.len() && text.bytes().zip(form).all(|(sign, form)| if *form == b'0' { sign.is_ascii_digit() } else { sign == *form })
}

/// Looks whether an answer refuses with this status in the one shape that there is. Gives its code.
pub(crate) fn is_refusal(answer: &Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{answer:?}");
    let body = answer.json();
    let has = |value: &Value, names: &[&str]| {
        let fields = value.as_object().unwrap();
        fields.len() == names.len() && names.iter().all(|name| fields.contains_key(*name))
    };
    assert!(has(&body, &["code", "message"]) || has(&body, &["code", "message", "details"]), "{answer:?}");
    assert!(!body["message"].as_str().unwrap().is_empty(), "{answer:?}");
    if let Some(details) = body.get("details") {
        // Where nothing is to blame, nothing is said.
        assert!(!details.as_array().unwrap().is_empty(), "{answer:?}");
        for detail in details.as_array().unwrap() {
            assert!(has(detail, &["field", "problem"]), "{answer:?}");
            assert!(detail["field"].is_string() && detail["problem"].is_string(), "{answer:?}");
        }
    }
    let code = body["code"].as_str().unwrap();
    assert!(!code.is_empty() && code.bytes().all(|sign| sign.is_ascii_lowercase() || sign == b'_'), "{answer:?}");
    code.to_owned()
}
