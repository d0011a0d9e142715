//! The catalogue as its clients ask for it: found by id, by category, by a piece of its text.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use axum::body::Bytes;
use memchr::memmem::Finder;
use sellme_app::company::Edition;
use sellme_core::catalog::{Product, Scenario};

/// Stands between two products in the text that is searched; nobody can ask for it.
const BETWEEN: u8 = 0;

/// A catalogue that is quick to ask.
#[derive(Debug)]
pub(crate) struct Shelf {
    edition: Arc<Edition>,
    /// Places of the products, by name.
    by_name: Vec<usize>,
    by_id: HashMap<String, usize>,
    /// Where a scenario is: its product, and its place there.
    scenarios: HashMap<String, (usize, usize)>,
    /// Name, description and number of every product in their order by name, in small letters.
    text: Vec<u8>,
    /// Where in the text each of them begins.
    begins: Vec<usize>,
    /// All products as they are listed, and each with everything: answers that are always the same.
    pub(crate) listed: Written,
    whole: Vec<Written>,
}

/// An answer that is written once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written(OnceLock<Bytes>);

impl Written {
    /// The answer; it is written by this where it was not yet.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn or<E>(&self, write: impl FnOnce() -> Result<Bytes, E>) -> Result<Bytes, E> {
        match self.0.get() {
            Some(written) => Ok(written.clone()),
            None => write().map(|written| self.0.get_or_init(|| written).clone()),
        }
    }
}

impl Shelf {
    pub(crate) fn new(edition: Arc<Edition>) -> Self {
        let products = &edition.catalog.products;
        let mut by_name: Vec<usize> = (0..products.len()).collect();
        by_name.sort_by(|a, b| products[*a].name.cmp(&products[*b].name));
        let by_id = products.iter().enumerate().map(|(at, product)| (product.id.clone(), at)).collect();
        let places = |(at, product): (usize, &Product)| -> Vec<_> {
            product.scenarios.iter().enumerate().map(|(place, scenario)| (scenario.id.clone(), (at, place))).collect()
        };
        let scenarios = products.iter().enumerate().flat_map(places).collect();
        let (mut text, mut begins) = (Vec::new(), Vec::with_capacity(products.len()));
        for product in by_name.iter().map(|at| &products[*at]) {
            begins.push(text.len());
            for part in [&product.name, &product.description, &product.sku] {
                text.extend(part.bytes().map(|byte| byte.to_ascii_lowercase()));
                text.push(BETWEEN);
            }
        }
        let (listed, whole) = (Written::default(), vec![Written::default(); products.len()]);
        Self { by_name, by_id, scenarios, text, begins, listed, whole, edition }
    }

    /// The catalogue itself.
    pub(crate) fn edition(&self) -> &Edition {
        &self.edition
    }

    fn products(&self) -> &[Product] {
        &self.edition.catalog.products
    }

    pub(crate) fn product(&self, id: &str) -> Option<&Product> {
        self.by_id.get(id).map(|at| &self.products()[*at])
    }

    /// A product, and where it is written with everything.
    pub(crate) fn whole(&self, id: &str) -> Option<(&Product, &Written)> {
        self.by_id.get(id).map(|at| (&self.products()[*at], &self.whole[*at]))
    }

    pub(crate) fn scenario(&self, id: &str) -> Option<(&Product, &Scenario)> {
        let (at, place) = self.scenarios.get(id)?;
        let product = &self.products()[*at];
        Some((product, &product.scenarios[*place]))
    }

    /// All products by name, or those of a category, by its id or its name.
    pub(crate) fn of_category(&self, category: Option<&str>) -> impl Iterator<Item = &Product> {
        let meant = self.meant(category);
        self.by_name.iter().map(|at| &self.products()[*at]).filter(move |product| is_of(product, meant.as_deref()))
    }

    /// The ids of the categories that have this id or this name; nothing where none is asked for.
    fn meant(&self, category: Option<&str>) -> Option<Vec<&str>> {
        let category = category?;
        let categories = self.edition.catalog.categories.iter();
        let meant = categories.filter(|known| known.id == category || known.name == category);
        Some(meant.map(|known| known.id.as_str()).collect())
    }

    /// The name of a product's category.
    pub(crate) fn category<'a>(&'a self, product: &'a Product) -> &'a str {
        self.edition.catalog.category(&product.category).map_or(&product.category, |category| &category.name)
    }

    /// A page of the products, of a category where one is asked for, whose name, description or number has this piece of text in it, ASCII letters in either case; and
    /// how many have it.
    pub(crate) fn search(&self, piece: &str, category: Option<&str>, offset: usize, limit: usize) -> (Vec<&Product>, usize) {
        let meant = self.meant(category);
        let piece = piece.to_ascii_lowercase();
        let (mut page, mut total) = (Vec::new(), 0);
        if piece.as_bytes().contains(&BETWEEN) {
            return (page, total);
        }
        let finder = Finder::new(piece.as_bytes());
        let mut from = 0;
        while let Some(found) = self.text.get(from..).and_then(|rest| finder.find(rest)) {
            let at = self.begins.partition_point(|begin| *begin <= from + found).saturating_sub(1);
            let product = &self.products()[self.by_name[at]];
            if is_of(product, meant.as_deref()) {
                if total >= offset && page.len() < limit {
                    page.push(product);
                }
                total += 1;
            }
            // On with the next product: each counts once.
            match self.begins.get(at + 1) {
                Some(next) => from = *next,
                None => break,
            }
        }
        (page, total)
    }
}

/// Whether a product is of one of these categories, where any are asked for.
fn is_of(product: &Product, meant: Option<&[&str]>) -> bool {
    meant.is_none_or(|meant| meant.contains(&product.category.as_str()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use sellme_core::{Millis, embedded};

    use super::*;

    fn shelf() -> Shelf {
        Shelf::new(Arc::new(Edition { catalog: embedded::catalog().unwrap().clone(), published_at: Millis(0), bytes: 0 }))
    }

    #[test]
    fn a_search_finds_what_a_look_through_all_finds() {
        let shelf = shelf();
        for piece in ["boot", "HAT", "a", "leather", "zzzz", " ", "é", "PRT", "e. T", ""] {
            let low = piece.to_ascii_lowercase();
            let has = |product: &&Product| {
                [&product.name, &product.description, &product.sku].iter().any(|text| text.to_ascii_lowercase().contains(&low))
            };
            let expected: Vec<&str> = shelf.of_category(None).filter(has).map(|product| product.id.as_str()).collect();
            let (found, total) = shelf.search(piece, None, 0, usize::MAX);
            assert_eq!(found.iter().map(|product| product.id.as_str()).collect::<Vec<_>>(), expected, "{piece:?}");
            assert_eq!(total, expected.len());
        }
    }

    #[test]
    fn what_is_found_in_a_category_is_what_is_found_and_of_it() {
        let shelf = shelf();
        let categories = &shelf.edition().catalog.categories;
        let asked = categories.iter().flat_map(|category| [category.id.as_str(), &category.name]).chain(["none of these", ""]);
        for category in asked {
            let of_it: Vec<&str> = shelf.of_category(Some(category)).map(|product| product.id.as_str()).collect();
            let (found, _) = shelf.search("a", None, 0, usize::MAX);
            let expected: Vec<&str> = found.into_iter().map(|product| product.id.as_str()).filter(|id| of_it.contains(id)).collect();
            let (found, total) = shelf.search("a", Some(category), 0, usize::MAX);
            assert_eq!(found.iter().map(|product| product.id.as_str()).collect::<Vec<_>>(), expected, "{category:?}");
            assert_eq!(total, expected.len());
            assert_eq!(shelf.search("a", Some(category), 1, 1).0, found.get(1..2).unwrap_or_default(), "a page of it");
        }
        assert!(shelf.of_category(Some(&categories[0].name)).count() > 0);
    }

    #[test]
    fn a_page_is_a_part_of_all_and_the_total_stays() {
        let shelf = shelf();
        let (all, total) = shelf.search("a", None, 0, usize::MAX);
        let (page, same) = shelf.search("a", None, 2, 3);
        assert_eq!((page.as_slice(), same), (&all[2..5], total));
        assert_eq!(shelf.search("a", None, total, 3).0.len(), 0);
    }

    #[test]
    fn nothing_is_found_across_two_texts() {
        let shelf = shelf();
        assert_eq!(shelf.search("\0", None, 0, 9).1, 0);
    }
}
