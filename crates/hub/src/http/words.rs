//! Words and figures of the domain as the document says them: which there are, between which bounds.

use serde_json::Value;
use utoipa::openapi::{
    KnownFormat, RefOr, Schema, SchemaFormat,
    schema::{AnyOf, AnyOfBuilder, Array, ArrayBuilder, Object, ObjectBuilder, SchemaType, Type},
};

/// Most turns of a transcript and longest text of one, and longest words about a session, as they are taken.
const TURNS: usize = 5_000;
const TEXT: usize = 20_000;

fn one_of(words: &[&str]) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied())).build()
}

fn one_of_or_null(words: &[&str]) -> Object {
    let values = words.iter().map(|word| Value::from(*word)).chain([Value::Null]);
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])).enum_values(Some(values)).build()
}

/// Where a session stands.
pub(super) fn status() -> Object {
    one_of(&["IN_PROGRESS", "COMPLETED", "ABANDONED"])
}

/// Who may see a session.
pub(super) fn visibility() -> Object {
    one_of(&["practice", "submitted"])
}

/// The same, where nothing may be said.
pub(super) fn maybe_visibility() -> Object {
    one_of_or_null(&["practice", "submitted"])
}

/// What somebody may do.
pub(super) fn role() -> Object {
    one_of(&["trainee", "manager", "admin"])
}

/// The same, where nothing may be said.
pub(super) fn maybe_role() -> Object {
    one_of_or_null(&["trainee", "manager", "admin"])
}

/// Whether somebody may sign in.
pub(super) fn state() -> Object {
    one_of(&["active", "disabled"])
}

/// By what people are sorted.
pub(super) fn people_order() -> Object {
    one_of(&["name", "email", "createdAt", "lastSignInAt"])
}

/// Which way a list is sorted.
pub(super) fn way() -> Object {
    one_of(&["asc", "desc"])
}

/// In which form a list is taken elsewhere.
pub(super) fn format() -> Object {
    one_of(&["json", "csv"])
}

/// What a token was given for.
pub(super) fn token_kind() -> Object {
    one_of(&["sign_in", "personal"])
}

/// What something is called: on one line, and more than white space.
pub(super) fn name() -> Object {
    let pattern = r"^[^\u0000-\u001f\u007f-\u009f]*[^\u0000-\u001f\u007f-\u009f\s][^\u0000-\u001f\u007f-\u009f]*$";
    ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(120)).pattern(Some(pattern)).build()
}

/// The same, where nothing may be said.
pub(super) fn maybe_name() -> Object {
    ObjectBuilder::from(name()).schema_type(SchemaType::from_iter([Type::String, Type::Null])).build()
}

/// An address to sign in with.
pub(super) fn address() -> Object {
    let sign = r#"[^\s\u0000-\u001f\u007f-\u009f@<>"',;:\\]"#;
    let no_dot = r#"[^\s\u0000-\u001f\u007f-\u009f@<>"',;:\\.]"#;
    let pattern = format!("^{sign}+@{no_dot}{sign}*\\.({sign}*{no_dot})$");
    ObjectBuilder::new().schema_type(Type::String).max_length(Some(254)).pattern(Some(pattern)).build()
}

/// A text to look for.
pub(super) fn text() -> Object {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(r"^[^\u0000]*$")).build()
}

/// For how many days something is good, where nothing may be said.
pub(super) fn maybe_days() -> Object {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Integer, Type::Null])).minimum(Some(1)).maximum(Some(366)).build()
}

/// What became of what was claimed.
pub(super) fn verification() -> Object {
    one_of(&["pending", "verified", "differs"])
}

/// How a conversation ended.
pub(super) fn maybe_outcome() -> Object {
    one_of_or_null(&["sale", "no_sale", "undecided"])
}

/// The same, where one is asked for.
pub(super) fn outcome() -> Object {
    one_of(&["sale", "no_sale", "undecided"])
}

/// Kinds of objection.
pub(super) fn objection() -> Object {
    one_of(&["price", "quality", "timing", "competition", "need", "trust"])
}

/// How scores go.
pub(super) fn direction() -> Object {
    one_of(&["improving", "steady", "declining", "too_early"])
}

/// The four figures as a client claims them; `null` for a skill that was not observed.
pub(super) fn claimed_metrics() -> Object {
    let names = ["productKnowledge", "objectionHandling", "closingTechnique", "rapport"];
    names
        .into_iter()
        .fold(ObjectBuilder::new().schema_type(Type::Object), |object, name| object.property(name, figure()).required(name))
        .build()
}

fn figure() -> Object {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Number, Type::Null])).minimum(Some(0)).maximum(Some(100)).build()
}

/// What the client says about a session.
pub(super) fn feedback() -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .max_length(Some(TEXT))
        .pattern(Some(r"^[^\u0000]*$"))
        .build()
}

/// What was said, in the form of any of the clients.
pub(super) fn transcript() -> Array {
    ArrayBuilder::new()
        .schema_type(SchemaType::from_iter([Type::Array, Type::Null]))
        .items(RefOr::T(Schema::AnyOf(turn())))
        .max_items(Some(TURNS))
        .build()
}

fn turn() -> AnyOf {
    let form = |who: &str, text: &str| {
        let words = ObjectBuilder::new().schema_type(Type::String).max_length(Some(TEXT)).build();
        let speakers =
            one_of(&["rep", "customer", "user", "assistant", "trainee", "salesperson", "ai", "REP", "USER", "CUSTOMER", "ASSISTANT"]);
        ObjectBuilder::new().schema_type(Type::Object).property(who, speakers).required(who).property(text, words).required(text)
    };
    let first = form("role", "text").property("at", Object::with_type(SchemaType::AnyValue));
    let chat = form("role", "content").property("timestamp", Object::with_type(SchemaType::AnyValue));
    let ours = form("speaker", "text").property("startedMs", milliseconds()).property("endedMs", milliseconds());
    AnyOfBuilder::new().item(first).item(chat).item(ours).build()
}

fn milliseconds() -> Object {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::Number, Type::Null])).build()
}

/// An id that a client may bring.
pub(super) fn maybe_id() -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
        .pattern(Some("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"))
        .build()
}
