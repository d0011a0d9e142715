//! Long lists, a page at a time.

/// Which page of a list, and how long pages are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// From 1.
    pub page: u32,
    /// How many a page has.
    pub size: u32,
}

impl Paging {
    /// How many are passed over before it.
    pub(in crate::company) fn offset(self) -> u32 {
        self.page.saturating_sub(1).saturating_mul(self.size)
    }

    /// The page, of so many.
    pub(in crate::company) fn page<T>(self, items: Vec<T>, total: u32) -> Page<T> {
        Page { items, total, page: self.page, size: self.size }
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// How many there are on all pages.
    pub total: u32,
    /// Which page, from 1.
    pub page: u32,
    /// How many a page has.
    pub size: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_passes_over_nothing_and_none_passes_over_more_than_can_be_counted() {
        assert_eq!(Paging { page: 1, size: 50 }.offset(), 0);
        assert_eq!(Paging { page: 3, size: 50 }.offset(), 100);
        assert_eq!(Paging { page: 0, size: 50 }.offset(), 0);
        assert_eq!(Paging { page: u32::MAX, size: 200 }.offset(), u32::MAX);
    }
}
