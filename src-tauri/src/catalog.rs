//! A catalogue from a folder of files, for those who write one.

use std::{fs, io, path::Path};

use sellme_core::{
    Code, Error,
    catalog::{Catalog, CatalogError, SourceFile},
    error::Result,
};

/// Reads and checks the whole folder.
///
/// # Errors
/// [`Code::CatalogInvalid`] with everything that is wrong, a line for each: file, entry, field.
pub(crate) fn read(folder: &Path) -> Result<Catalog> {
    let mut unreadable = Vec::new();
    let mut cannot = |file: &str, error: &io::Error| {
        unreadable.push(CatalogError { file: file.to_owned(), entry: String::new(), field: String::new(), problem: error.to_string() });
    };
    let products = product_files(folder).unwrap_or_else(|error| {
        cannot(&folder.join("products").display().to_string(), &error);
        Vec::new()
    });
    let mut texts = Vec::new();
    for name in ["catalog.toml".to_owned(), "policies.toml".to_owned()].into_iter().chain(products) {
        match fs::read_to_string(folder.join(&name)) {
            Ok(text) => texts.push((name, text)),
            Err(error) => cannot(&name, &error),
        }
    }
    let files: Vec<_> = texts.iter().map(|(path, text)| SourceFile { path, text }).collect();
    let problems = match Catalog::from_files(&files) {
        Ok(catalog) if unreadable.is_empty() => return Ok(catalog),
        Ok(_) => Vec::new(),
        Err(problems) => problems,
    };
    // A file that cannot be read is not missing too.
    let beside: Vec<_> =
        problems.into_iter().filter(|problem| unreadable.iter().all(|known| !known.file.ends_with(&problem.file))).collect();
    let all: Vec<_> = unreadable.iter().chain(&beside).map(ToString::to_string).collect();
    Err(Error::new(Code::CatalogInvalid, all.join("\n")))
}

/// Paths of the products' files within the folder, in order.
fn product_files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.join("products"))? {
        let name = entry?.file_name();
        names.extend(name.to_str().filter(|name| name.ends_with(".toml")).map(|name| format!("products/{name}")));
    }
    names.sort();
    Ok(names)
}
