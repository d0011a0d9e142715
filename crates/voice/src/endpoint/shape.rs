//! Shapes of JSON, checked strictly: a key that is not known is refused, as the service does.

use serde_json::{Map, Value};

use super::fault::Fault;

/// What a value may be.
pub(super) enum Shape {
    /// Anything.
    Any,
    /// `null`.
    Nothing,
    /// A string.
    Text,
    /// One of these strings.
    One(&'static [&'static str]),
    /// A boolean.
    Flag,
    /// A whole number in these bounds.
    Whole(i64, i64),
    /// A number in these bounds.
    Number(f64, f64),
    /// A list.
    List(&'static Shape),
    /// An object with these fields and no others.
    Object(&'static [Field]),
    /// An object whose `type` says which fields it has beside it.
    Tagged(&'static [(&'static str, &'static [Field])]),
    /// Any of these; they differ in kind.
    Either(&'static [Shape]),
}

/// A field of an object.
pub(super) struct Field {
    name: &'static str,
    needed: bool,
    shape: Shape,
}

/// A field that must be there.
pub(super) const fn needed(name: &'static str, shape: Shape) -> Field {
    Field { name, needed: true, shape }
}

/// A field that may be there.
pub(super) const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, needed: false, shape }
}

impl Shape {
    /// Checks a value; `path` is where it is.
    pub(super) fn check(&self, value: &Value, path: &str) -> Result<(), Fault> {
        if !self.takes(value) {
            let message = format!("Invalid type for '{path}': expected {}, but got {} instead.", self.kind(), kind_of(value));
            return Err(Fault::at("invalid_type", path, message));
        }
        match (self, value) {
            (Self::One(known), Value::String(text)) if !known.contains(&text.as_str()) => {
                Err(wrong(path, &format!("'{text}'. Supported values are: {}", known.join(", "))))
            }
            (Self::Whole(low, high), _) if !value.as_i64().is_some_and(|whole| (*low..=*high).contains(&whole)) => {
                Err(wrong(path, &format!("{value}. Expected {low} to {high}")))
            }
            (Self::Number(low, high), _) if !value.as_f64().is_some_and(|number| (*low..=*high).contains(&number)) => {
                Err(wrong(path, &format!("{value}. Expected {low} to {high}")))
            }
            (Self::List(shape), Value::Array(items)) => {
                items.iter().enumerate().try_for_each(|(at, item)| shape.check(item, &format!("{path}[{at}]")))
            }
            (Self::Object(fields), Value::Object(object)) => check_fields(fields, object, path, None),
            (Self::Tagged(kinds), Value::Object(object)) => check_tagged(kinds, object, path),
            (Self::Either(shapes), _) => shapes.iter().find(|shape| shape.takes(value)).map_or(Ok(()), |shape| shape.check(value, path)),
            _ => Ok(()),
        }
    }

    fn takes(&self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Nothing => value.is_null(),
            Self::Text | Self::One(_) => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Whole(..) => value.is_i64() || value.is_u64(),
            Self::Number(..) => value.is_number(),
            Self::List(_) => value.is_array(),
            Self::Object(_) | Self::Tagged(_) => value.is_object(),
            Self::Either(shapes) => shapes.iter().any(|shape| shape.takes(value)),
        }
    }

    fn kind(&self) -> String {
        match self {
            Self::Any => "anything".to_owned(),
            Self::Nothing => "null".to_owned(),
            Self::Text | Self::One(_) => "a string".to_owned(),
            Self::Flag => "a boolean".to_owned(),
            Self::Whole(..) => "an integer".to_owned(),
            Self::Number(..) => "a number".to_owned(),
            Self::List(_) => "an array".to_owned(),
            Self::Object(_) | Self::Tagged(_) => "an object".to_owned(),
            Self::Either(shapes) => shapes.iter().map(Self::kind).collect::<Vec<_>>().join(" or "),
        }
    }
}

fn check_tagged(kinds: &[(&str, &[Field])], object: &Map<String, Value>, path: &str) -> Result<(), Fault> {
    let at = below(path, "type");
    let Some(kind) = object.get("type") else { return Err(missing(&at)) };
    let Some(kind) = kind.as_str() else {
        return Err(Fault::at(
            "invalid_type",
            &at,
            format!("Invalid type for '{at}': expected a string, but got {} instead.", kind_of(kind)),
        ));
    };
    match kinds.iter().find(|(name, _)| *name == kind) {
        Some((_, fields)) => check_fields(fields, object, path, Some("type")),
        None => {
            let known = kinds.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            Err(wrong(&at, &format!("'{kind}'. Supported values are: {known}")))
        }
    }
}

fn check_fields(fields: &[Field], object: &Map<String, Value>, path: &str, tag: Option<&str>) -> Result<(), Fault> {
    if let Some(field) = fields.iter().find(|field| field.needed && !object.contains_key(field.name)) {
        return Err(missing(&below(path, field.name)));
    }
    for (name, value) in object {
        if tag == Some(name) {
            continue;
        }
        let at = below(path, name);
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            return Err(Fault::at("unknown_parameter", &at, format!("Unknown parameter: '{at}'.")));
        };
        field.shape.check(value, &at)?;
    }
    Ok(())
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn missing(path: &str) -> Fault {
    Fault::at("missing_required_parameter", path, format!("Missing required parameter: '{path}'."))
}

fn wrong(path: &str, what: &str) -> Fault {
    Fault::at("invalid_value", path, format!("Invalid value for '{path}': {what}."))
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
