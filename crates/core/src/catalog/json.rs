//! From JSON to a checked catalogue.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{Catalog, CatalogError, Category, Claim, Product, check, entries};

/// Most faults that are told at once.
const MOST: usize = 500;

/// What is wrong with a catalogue in JSON: where, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where, such as `products[pilbara-jacket].features[oil-finish].fact`.
    pub path: String,
    /// What is wrong there.
    pub problem: String,
}

/// What was found so far.
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, path: impl Into<String>, problem: impl Into<String>) {
        self.0.push(Fault { path: path.into(), problem: problem.into() });
    }
}

impl Catalog {
    /// Reads and checks a whole catalogue, as the program writes one.
    ///
    /// # Errors
    /// Everything that is wrong, up to 500 faults. Whatever cannot be read is left out of what is checked further, so that one mistake is told once.
    pub fn from_json(value: Value) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults(Vec::new());
        let Value::Object(mut whole) = value else {
            faults.add("", "an object is wanted");
            return Err(faults.0);
        };
        let revision = revision(&mut whole, &mut faults);
        let categories: Option<Vec<Category>> = list(&mut whole, "categories", &mut faults);
        let policies: Option<Vec<Claim>> = list(&mut whole, "policies", &mut faults);
        // What a product refers to is in these two.
        let head_is_whole = faults.0.iter().all(|fault| fault.path == "revision");
        let products: Option<Vec<Product>> = list(&mut whole, "products", &mut faults);
        for unknown in whole.keys() {
            faults.add(unknown, "there is no such field");
        }
        if head_is_whole && let (Some(categories), Some(policies), Some(products)) = (categories, policies, products) {
            // A revision that cannot be read was told already.
            let mut catalog = Self { revision: revision.unwrap_or(1), categories, policies, products };
            if catalog.products.is_empty() && !faults.0.iter().any(|fault| fault.path.starts_with("products")) {
                faults.add("products", "holds no product");
            }
            let files: Vec<String> = catalog.products.iter().map(|product| format!("products/{}.toml", product.id)).collect();
            faults.0.extend(check::catalog(&catalog, &files).iter().map(Fault::from));
            if faults.0.is_empty() {
                catalog.arrange();
                return Ok(catalog);
            }
        }
        faults.0.truncate(MOST);
        Err(faults.0)
    }
}

fn revision(whole: &mut Map<String, Value>, faults: &mut Faults) -> Option<u32> {
    let read = whole.remove("revision").and_then(|value| value.as_u64()).and_then(|value| u32::try_from(value).ok());
    if read.is_none() {
        faults.add("revision", "a whole number is wanted");
    }
    read
}

/// The entries of a list that can be read; what is wrong with the others is told.
fn list<T: DeserializeOwned>(whole: &mut Map<String, Value>, name: &str, faults: &mut Faults) -> Option<Vec<T>> {
    let Some(Value::Array(values)) = whole.remove(name) else {
        faults.add(name, "a list is wanted");
        return None;
    };
    let mut read = Vec::with_capacity(values.len());
    for (value, number) in values.into_iter().zip(0..) {
        let at = match value.get("id").and_then(Value::as_str) {
            Some(id) => format!("{name}[{id}]"),
            None => format!("{name}[{number}]"),
        };
        let reading =
            |value: &Value| serde_path_to_error::deserialize(value).map_err(|error| (error.path().clone(), error.inner().to_string()));
        let left = MOST.saturating_sub(faults.0.len());
        read.extend(entries::read(value, reading, left, |entry, problem| {
            faults.add(if entry.is_empty() { at.clone() } else { format!("{at}.{entry}") }, problem);
        }));
    }
    Some(read)
}

/// What the files call one entry of a list, and the list in JSON.
const LISTS: [(&str, &str); 10] = [
    ("category", "categories"),
    ("claim", "claims"),
    ("tier", "tiers"),
    ("feature", "features"),
    ("objection", "objections"),
    ("response", "responses"),
    ("tip", "tips"),
    ("scenario", "scenarios"),
    ("need", "needs"),
    ("question", "questions"),
];

impl From<&CatalogError> for Fault {
    /// The same place, in the words of the JSON.
    fn from(error: &CatalogError) -> Self {
        let file = error.file.trim_end_matches(".toml");
        let mut path = match file.split_once('/') {
            Some((list, id)) => format!("{list}[{id}]"),
            None => String::new(),
        };
        for entry in error.entry.split_inclusive(']').filter(|entry| !entry.is_empty()) {
            let entry = entry.trim_start_matches('.');
            let (kind, id) = entry.split_once('[').unwrap_or((entry, "]"));
            let list = if file == "policies" { "policies" } else { listed(kind) };
            add(&mut path, &format!("{list}[{id}"));
        }
        let field = match error.field.split_once('.') {
            Some(("trap", field)) => format!("traps.{field}"),
            Some((kind, field)) => format!("{}.{field}", listed(kind)),
            // The category of a product is a field, those of the catalogue are a list.
            None if error.field == "category" => error.field.clone(),
            None => camel(listed(&error.field)),
        };
        if !field.is_empty() {
            add(&mut path, &field);
        }
        Self { path, problem: error.problem.clone() }
    }
}

fn add(path: &mut String, part: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(part);
}

fn listed(kind: &str) -> &str {
    LISTS.iter().find(|(one, _)| *one == kind).map_or(kind, |(_, list)| list)
}

/// `price_cents` as JSON writes it.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (head, tail) = word.split_at(word.len().min(1));
        format!("{name}{}{tail}", head.to_ascii_uppercase())
    })
}
