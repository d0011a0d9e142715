//! From the files' text to a checked catalogue.

use std::fmt;

use serde::{Deserialize, de::DeserializeOwned};

use super::{Catalog, Category, Claim, Product, check, entries};

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
        catalog.arrange();
        Ok(catalog)
    }

    /// Puts prices and products in the order in which they are shown.
    pub(super) fn arrange(&mut self) {
        self.products.iter_mut().for_each(|product| product.tiers.sort_by_key(|tier| tier.price_cents));
        let order = |product: &Product| self.categories.iter().position(|category| category.id == product.category);
        self.products.sort_by_cached_key(|product| (order(product), product.name.clone()));
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

/// The file's value, or what is wrong with it.
fn parse<T: DeserializeOwned>(file: SourceFile<'_>, problems: &mut Vec<CatalogError>) -> Option<T> {
    let table = match file.text.parse::<toml::Table>() {
        Ok(table) => toml::Value::Table(table),
        Err(error) => {
            problems.push(whole_file(file.path, error.message()));
            return None;
        }
    };
    let read = |value: &toml::Value| {
        serde_path_to_error::deserialize(value.clone()).map_err(|error| (error.path().clone(), error.inner().message().to_owned()))
    };
    entries::read(table, read, usize::MAX, |entry, problem| problems.push(CatalogError { entry, ..whole_file(file.path, &problem) }))
}
