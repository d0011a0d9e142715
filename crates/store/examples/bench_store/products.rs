//! Search among ten thousand products.

use std::{error::Error, fs, path::Path};

use sellme_core::{
    Millis,
    catalog::{Catalog, Feature, Product},
    embedded,
};
use sellme_store::{Folder, FolderLock, SqliteStore};

use crate::{
    numbers::Numbers,
    timing::{timed, wait},
};

const MANY: usize = 10_000;
const NOON: Millis = Millis(1_795_435_200_000);

/// What somebody types into the search field: a word of few products, the beginning of a common one, two words, part of a word, a number, one letter, two, what is
/// in most descriptions, and what is nowhere.
const ASKED: [&str; 10] = ["turquoise", "leath", "oiled cotton", "quoise", "0417", "o", "qu", "the", "zzyx", "warm lining for winter"];

/// Fills a folder and asks about it; what counts is the slowest question.
pub(crate) fn measure(path: &Path) -> Result<(), Box<dyn Error>> {
    let folder = Folder::at(path);
    fs::create_dir_all(path)?;
    let _lock = FolderLock::take(&folder)?;
    let store = SqliteStore::open(&folder, NOON)?.store;
    wait(store.index_products(&shop(embedded::catalog()?)))?;
    for asked in ASKED {
        let found = wait(store.search_products(asked, None))?.len();
        eprint!("“{asked}” finds {found}; ");
        timed(&format!("products {asked}"), || {
            wait(store.search_products(asked, None))?;
            Ok(())
        })?;
    }
    store.close();
    Ok(())
}

/// A shop of ten thousand products, whose texts are put together from those of the catalogue.
fn shop(catalog: &Catalog) -> Catalog {
    let mut numbers = Numbers::new(7);
    let features: Vec<&Feature> = catalog.products.iter().flat_map(|product| &product.features).collect();
    let words: Vec<&str> = catalog.products.iter().flat_map(|product| product.name.split_whitespace()).collect();
    let sentences: Vec<&str> = catalog.products.iter().flat_map(|product| product.description.split_inclusive(". ")).collect();
    let products = (0..MANY).map(|number| {
        let model = numbers.one(&catalog.products).clone();
        let name = format!("{} {} {}", numbers.strange_word(), numbers.one(&words), numbers.one(&words));
        let description = (0..4).map(|_| *numbers.one(&sentences)).collect::<Vec<_>>().join(" ");
        let features = (0..5).map(|_| (*numbers.one(&features)).clone()).collect();
        Product { id: format!("product-{number}"), sku: format!("{}-{number:04}", model.sku), name, description, features, ..model }
    });
    let products = products.collect();
    Catalog { products, ..catalog.clone() }
}
