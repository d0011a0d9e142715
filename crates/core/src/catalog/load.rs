//! From the files' text to a checked catalogue.

use std::fmt;

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
    /// The first thing that is wrong: a file that is missing or is not TOML, a missing, unknown or empty field, an id that is used twice or that refers to nothing.
    pub fn from_files(files: &[SourceFile<'_>]) -> Result<Self, CatalogError> {
        let head: Head = parse(find(files, "catalog.toml")?)?;
        let policies: Policies = parse(find(files, "policies.toml")?)?;
        let mut products = Vec::new();
        for file in files.iter().filter(|file| file.path.starts_with("products/")) {
            let mut product: Product = parse(*file)?;
            product.tiers.sort_by_key(|tier| tier.price_cents);
            check::file_name(file.path, &product)?;
            products.push(product);
        }
        let order = |product: &Product| head.category.iter().position(|category| category.id == product.category);
        products.sort_by(|a, b| (order(a), &a.name).cmp(&(order(b), &b.name)));
        let catalog = Self { revision: head.revision, categories: head.category, policies: policies.claim, products };
        check::catalog(&catalog)?;
        Ok(catalog)
    }
}

fn find<'a>(files: &[SourceFile<'a>], path: &str) -> Result<SourceFile<'a>, CatalogError> {
    files.iter().find(|file| file.path == path).copied().ok_or_else(|| CatalogError {
        file: path.to_owned(),
        entry: String::new(),
        field: String::new(),
        problem: "the file is missing".to_owned(),
    })
}

fn parse<T: DeserializeOwned>(file: SourceFile<'_>) -> Result<T, CatalogError> {
    let fail = |entry: String, problem: String| CatalogError { file: file.path.to_owned(), entry, field: String::new(), problem };
    let table: toml::Table = file.text.parse().map_err(|error: toml::de::Error| fail(String::new(), error.message().to_owned()))?;
    let value = toml::Value::Table(table);
    serde_path_to_error::deserialize(value.clone()).map_err(|error| {
        let entry = name_entries(&value, error.path());
        fail(entry, error.inner().message().to_owned())
    })
}

/// `feature[2]` becomes `feature[oil-finish]` where the entry has an id to be called by.
fn name_entries(value: &toml::Value, path: &serde_path_to_error::Path) -> String {
    let mut here = Some(value);
    let mut name = String::new();
    for segment in path.iter() {
        match segment {
            serde_path_to_error::Segment::Seq { index } => {
                here = here.and_then(|value| value.get(*index));
                let id = here.and_then(|value| value.get("id")).and_then(toml::Value::as_str);
                match id {
                    Some(id) => name.push_str(&format!("[{id}]")),
                    None => name.push_str(&format!("[{index}]")),
                }
            }
            serde_path_to_error::Segment::Map { key } | serde_path_to_error::Segment::Enum { variant: key } => {
                here = here.and_then(|value| value.get(key.as_str()));
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
