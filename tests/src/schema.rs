//! What is printed against the schemas that the program prints.

use serde_json::Value;

use crate::place::Place;

/// The schema of that name.
#[must_use]
pub fn schema(place: &Place, name: &str) -> Value {
    place.run(&["schema", name]).json()
}

/// That the value is what the schema of that name says.
///
/// # Panics
/// Where it is not, or where the schema allows anything.
pub fn fits(place: &Place, name: &str, value: &Value) {
    let schema = schema(place, name);
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    let wrong: Vec<_> = validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    assert!(!validator.is_valid(&Value::from("something else")), "the schema of {name} allows anything");
}
