//! From the files' text to a checked catalogue.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, de::DeserializeOwned};

use super::{Catalog, Category, Claim, Product, check};

/// One file of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'a> {
    /// Its path within the catalogue's folder, with `/`: `catalog.toml`, `policies.toml`, `products/pilbara-jacket.toml`.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What is wrong with the catalogue's files: where, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogError {
    /// Path of the file within the catalogue's folder.
    pub file: String,
    /// Path of the entry within the file, such as `feature[oil-finish]`.
    pub entry: String,
    /// The field, where one is to blame.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        for part in [&self.entry, &self.field] {
            if !part.is_empty() {
                write!(f, ": {part}")?;
            }
        }
        write!(f, ": {}", self.problem)
    }
}

impl std::error::Error for CatalogError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    revision: u32,
    category: Vec<Category>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Policies {
    claim: Vec<Claim>,
}

impl Catalog {
    /// Reads and checks a whole catalogue.
    ///
    /// # Errors
    /// Everything that is wrong: a file that is missing or is not TOML, a missing, unknown or empty field, an id that is used twice or that refers to nothing.
    /// Whatever cannot be read is left out of what is checked further, so that one mistake is reported once.
    pub fn from_files(files: &[SourceFile<'_>]) -> Result<Self, Vec<CatalogError>> {
        let mut problems = Vec::new();
        let head: Option<Head> = find(files, "catalog.toml", &mut problems);
        let policies: Option<Policies> = find(files, "policies.toml", &mut problems);
        let (mut products, mut paths) = (Vec::new(), Vec::new());
        let theirs = files.iter().filter(|file| file.path.starts_with("products/"));
        for file in theirs.clone() {
            if let Some(product) = parse::<Product>(*file, &mut problems) {
                products.push(product);
                paths.push(file.path.to_owned());
            }
        }
        if theirs.count() == 0 {
            problems.push(whole_file("products", "holds no product"));
        }
        // What a product refers to is in these two.
        let (Some(head), Some(policies)) = (head, policies) else { return Err(problems) };
        let mut catalog = Self { revision: head.revision, categories: head.category, policies: policies.claim, products };
        problems.extend(check::catalog(&catalog, &paths));
        if !problems.is_empty() {
            return Err(problems);
        }
        catalog.products.iter_mut().for_each(|product| product.tiers.sort_by_key(|tier| tier.price_cents));
        let order = |product: &Product| catalog.categories.iter().position(|category| category.id == product.category);
        catalog.products.sort_by(|a, b| (order(a), &a.name).cmp(&(order(b), &b.name)));
        Ok(catalog)
    }
}

fn whole_file(path: &str, problem: &str) -> CatalogError {
    CatalogError { file: path.to_owned(), entry: String::new(), field: String::new(), problem: problem.to_owned() }
}

fn find<T: DeserializeOwned>(files: &[SourceFile<'_>], path: &str, problems: &mut Vec<CatalogError>) -> Option<T> {
    match files.iter().find(|file| file.path == path) {
        Some(file) => parse(*file, problems),
        None => {
            problems.push(whole_file(path, "the file is missing"));
            None
        }
    }
}

/// The file's value, or what is wrong with it. Reading ends at the first entry that is wrong, so that one is taken out and the rest is read again, until what is
/// left is whole or cannot be mended so.
fn parse<T: DeserializeOwned>(file: SourceFile<'_>, problems: &mut Vec<CatalogError>) -> Option<T> {
    let mut value = match file.text.parse::<toml::Table>() {
        Ok(table) => toml::Value::Table(table),
        Err(error) => {
            problems.push(whole_file(file.path, error.message()));
            return None;
        }
    };
    let mut gone = Gone::default();
    loop {
        let error = match serde_path_to_error::deserialize::<_, T>(value.clone()) {
            Ok(read) => return gone.0.is_empty().then_some(read),
            Err(error) => error,
        };
        let entry = name_entries(&value, error.path(), &gone);
        problems.push(CatalogError { entry, ..whole_file(file.path, error.inner().message()) });
        if !take_out(&mut value, error.path(), &mut gone) {
            return None;
        }
    }
}

/// Which entries were taken out, by their list and their numbers in the file.
#[derive(Default)]
struct Gone(BTreeMap<String, BTreeSet<usize>>);

impl Gone {
    /// The number in the file of an entry that now has this one.
    fn number(&self, list: &str, now: usize) -> usize {
        let before = self.0.get(list).into_iter().flatten();
        before.fold(now, |number, gone| if *gone <= number { number + 1 } else { number })
    }
}

/// Takes the innermost entry on this path out of its list. False where the path leads through none, and then nothing more can be read.
fn take_out(value: &mut toml::Value, path: &serde_path_to_error::Path, gone: &mut Gone) -> bool {
    let segments: Vec<_> = path.iter().collect();
    let Some(last) = segments.iter().rposition(|segment| matches!(segment, serde_path_to_error::Segment::Seq { .. })) else { return false };
    let mut here = Some(value);
    let mut list = String::new();
    for segment in &segments[..last] {
        here = match segment {
            serde_path_to_error::Segment::Seq { index } => {
                list = format!("{list}[{}]", gone.number(&list, *index));
                here.and_then(|value| value.get_mut(*index))
            }
            serde_path_to_error::Segment::Map { key } | serde_path_to_error::Segment::Enum { variant: key } => {
                list = format!("{list}.{key}");
                here.and_then(|value| value.get_mut(key.as_str()))
            }
            serde_path_to_error::Segment::Unknown => None,
        };
    }
    match (here.and_then(toml::Value::as_array_mut), segments[last]) {
        (Some(entries), serde_path_to_error::Segment::Seq { index }) if *index < entries.len() => {
            entries.remove(*index);
            let number = gone.number(&list, *index);
            gone.0.entry(list).or_default().insert(number);
            true
        }
        _ => false,
    }
}

/// `feature[2]` becomes `feature[oil-finish]` where the entry has an id to be called by.
fn name_entries(value: &toml::Value, path: &serde_path_to_error::Path, gone: &Gone) -> String {
    let mut here = Some(value);
    let (mut name, mut list) = (String::new(), String::new());
    for segment in path.iter() {
        match segment {
            serde_path_to_error::Segment::Seq { index } => {
                here = here.and_then(|value| value.get(*index));
                let id = here.and_then(|value| value.get("id")).and_then(toml::Value::as_str);
                let number = gone.number(&list, *index);
                list = format!("{list}[{number}]");
                match id {
                    Some(id) => name.push_str(&format!("[{id}]")),
                    None => name.push_str(&format!("[{number}]")),
                }
            }
            serde_path_to_error::Segment::Map { key } | serde_path_to_error::Segment::Enum { variant: key } => {
                here = here.and_then(|value| value.get(key.as_str()));
                list = format!("{list}.{key}");
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(key);
            }
            serde_path_to_error::Segment::Unknown => {}
        }
    }
    name
}
