//! Which item comes after which. Told by the items themselves, in whatever order they are told.

use crate::events::Previous;

/// One item's place.
#[derive(Debug, Clone)]
struct Slot {
    id: String,
    previous: Previous,
}

/// Items that are not yet released, in the order of the conversation as far as it is known.
///
/// An item whose place is not known is at the end. One that names another as the one before it is right after that one, and so are those that name it: they move
/// together. One that names an item nobody has heard of makes a slot for that one.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    slots: Vec<Slot>,
}

impl Order {
    pub(super) fn has(&self, id: &str) -> bool {
        self.slots.iter().any(|slot| slot.id == id)
    }

    /// The first item.
    pub(super) fn head(&self) -> Option<&str> {
        self.slots.first().map(|slot| slot.id.as_str())
    }

    /// Ids, first to last.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.slots.iter().map(|slot| slot.id.as_str())
    }

    /// A slot at the end for an item whose place is not known yet.
    pub(super) fn reserve(&mut self, id: &str) {
        if !self.has(id) {
            self.slots.push(Slot { id: id.to_owned(), previous: Previous::Unknown });
        }
    }

    /// Puts an item where it says it belongs. `released` is true where the one before it was there and is gone already. Gives the id of an item that was not heard
    /// of before and got a slot.
    pub(super) fn place(&mut self, id: &str, previous: &Previous, released: bool) -> Option<String> {
        self.reserve(id);
        let known = self.slots.iter().find(|slot| slot.id == id).is_some_and(|slot| slot.previous == *previous);
        if known || *previous == Previous::Unknown {
            return None;
        }
        let (from, to) = self.block(id);
        if let Previous::After(before) = previous
            && self.slots[from..to].iter().any(|slot| slot.id == *before)
        {
            // It says that it is after itself, or after one that is after it: no place at all.
            return None;
        }
        let mut block: Vec<Slot> = self.slots.drain(from..to).collect();
        if let Some(first) = block.first_mut() {
            first.previous = previous.clone();
        }
        let mut unheard = None;
        let at = match previous {
            Previous::After(before) if !released => match self.slots.iter().position(|slot| slot.id == *before) {
                Some(position) => position + 1,
                None => {
                    block.insert(0, Slot { id: before.clone(), previous: Previous::Unknown });
                    unheard = Some(before.clone());
                    self.slots.len()
                }
            },
            _ => 0,
        };
        self.slots.splice(at..at, block);
        unheard
    }

    /// Where an item and those that hang on it are.
    fn block(&self, id: &str) -> (usize, usize) {
        let from = self.slots.iter().position(|slot| slot.id == id).unwrap_or(self.slots.len());
        let mut to = (from + 1).min(self.slots.len());
        while let Some(Slot { previous: Previous::After(before), .. }) = self.slots.get(to)
            && self.slots[from..to].iter().any(|slot| slot.id == *before)
        {
            to += 1;
        }
        (from, to)
    }

    /// Takes an item out.
    pub(super) fn remove(&mut self, id: &str) {
        self.slots.retain(|slot| slot.id != id);
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(order: &Order) -> Vec<&str> {
        order.ids().collect()
    }

    fn after(id: &str) -> Previous {
        Previous::After(id.into())
    }

    #[test]
    fn a_chain_told_backwards_comes_out_forwards() {
        let mut order = Order::default();
        assert_eq!(order.place("d", &after("c"), false).as_deref(), Some("c"));
        assert_eq!(order.place("c", &after("b"), false).as_deref(), Some("b"));
        order.reserve("x");
        assert_eq!(order.place("b", &after("a"), false).as_deref(), Some("a"));
        assert_eq!(ids(&order), ["x", "a", "b", "c", "d"]);
        order.place("a", &Previous::First, false);
        assert_eq!(ids(&order), ["a", "b", "c", "d", "x"]);
        order.place("x", &after("b"), false);
        assert_eq!(ids(&order), ["a", "b", "x", "c", "d"]);
    }

    #[test]
    fn what_hangs_on_an_item_moves_with_it() {
        let mut order = Order::default();
        order.reserve("u");
        order.place("b", &after("u"), false);
        order.place("a", &Previous::First, false);
        assert_eq!(ids(&order), ["a", "u", "b"]);
        order.reserve("v");
        order.place("u", &after("v"), false);
        assert_eq!(ids(&order), ["a", "v", "u", "b"]);
    }

    #[test]
    fn an_item_after_one_that_is_gone_is_first() {
        let mut order = Order::default();
        order.reserve("u");
        order.place("a", &after("gone"), true);
        assert_eq!(ids(&order), ["a", "u"]);
    }

    #[test]
    fn a_circle_is_no_place() {
        let mut order = Order::default();
        order.place("a", &after("a"), false);
        order.place("b", &after("a"), false);
        order.place("a", &after("b"), false);
        assert_eq!(ids(&order), ["a", "b"]);
        order.remove("a");
        assert_eq!((order.head(), order.len()), (Some("b"), 1));
    }
}
