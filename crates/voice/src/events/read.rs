//! Fields of a JSON object as far as they are what they should be.

use serde_json::{Map, Value};

pub(super) type Object = Map<String, Value>;

/// Takes a text out of an object: `None` where it is missing or something else.
pub(super) fn text(object: &mut Object, key: &str) -> Option<String> {
    match object.get_mut(key) {
        Some(Value::String(text)) => Some(std::mem::take(text)),
        _ => None,
    }
}

/// The first of these texts that is there and not empty.
pub(super) fn first_text(object: &mut Object, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| text(object, key).filter(|text| !text.is_empty()))
}

/// A whole number that is not negative; a number with a fraction is rounded down.
pub(super) fn whole(object: &Object, key: &str) -> Option<u64> {
    let value = object.get(key)?;
    value.as_u64().or_else(|| value.as_f64().filter(|number| (0.0..9e15).contains(number)).map(|number| number as u64))
}

/// Milliseconds or seconds, from 0; beyond a year they are no such thing.
pub(super) fn millis(object: &Object, key: &str) -> Option<i64> {
    const YEAR_MS: u64 = 366 * 24 * 60 * 60 * 1000;
    whole(object, key).filter(|millis| *millis <= YEAR_MS).and_then(|millis| i64::try_from(millis).ok())
}

/// A place in a list.
pub(super) fn index(object: &Object, key: &str) -> u32 {
    whole(object, key).and_then(|index| u32::try_from(index).ok()).unwrap_or_default()
}

/// Takes an object out of an object.
pub(super) fn object(object: &mut Object, key: &str) -> Option<Object> {
    match object.get_mut(key) {
        Some(Value::Object(inner)) => Some(std::mem::take(inner)),
        _ => None,
    }
}

/// Takes the objects out of a list; whatever else is in it is left out.
pub(super) fn objects(object: &mut Object, key: &str) -> Vec<Object> {
    match object.get_mut(key) {
        Some(Value::Array(list)) => std::mem::take(list)
            .into_iter()
            .filter_map(|value| match value {
                Value::Object(inner) => Some(inner),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
