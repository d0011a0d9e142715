//! Checks the catalogue's files and embeds them: a bad file stops the build with its name, entry and field.

#[path = "src/catalog/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    missing_docs,
    unreachable_pub,
    reason = "the module is compiled a second time here, only to check the files"
)]
mod catalog;

use std::{env, error::Error, fs, path::Path};

use catalog::{Catalog, SourceFile};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data/catalog");
    println!("cargo::rerun-if-changed=src/catalog");
    let folder = Path::new("data/catalog");
    let mut texts = Vec::new();
    for name in ["catalog.toml", "policies.toml"] {
        texts.push((name.to_owned(), fs::read_to_string(folder.join(name))?));
    }
    let mut names =
        fs::read_dir(folder.join("products"))?.map(|entry| Ok(entry?.file_name())).collect::<Result<Vec<_>, std::io::Error>>()?;
    names.sort();
    for name in names.iter().filter_map(|name| name.to_str()).filter(|name| name.ends_with(".toml")) {
        texts.push((format!("products/{name}"), fs::read_to_string(folder.join("products").join(name))?));
    }
    let files: Vec<_> = texts.iter().map(|(path, text)| SourceFile { path, text }).collect();
    let catalog = Catalog::from_files(&files).map_err(|problems| {
        let each = problems.iter().map(|problem| format!("crates/core/data/catalog/{problem}"));
        each.collect::<Vec<_>>().join("\n")
    })?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("catalog.json"), serde_json::to_vec(&catalog)?)?;
    Ok(())
}
