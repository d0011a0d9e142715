//! What was used lately, so many bytes of it: what was not used for longest makes room for what is new.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Things by their names, as large as they are said to be.
#[derive(Debug)]
pub struct Recent<K, V> {
    /// The one that was used last is the last.
    kept: Mutex<Vec<Kept<K, V>>>,
    most: usize,
}

#[derive(Debug)]
struct Kept<K, V> {
    name: K,
    bytes: usize,
    thing: Arc<V>,
}

impl<K: PartialEq, V> Recent<K, V> {
    /// Room for so many bytes, or for one thing that is larger.
    #[must_use]
    pub fn of_bytes(most: usize) -> Self {
        Self { kept: Mutex::default(), most }
    }

    /// What is kept under that name.
    pub fn get(&self, name: &K) -> Option<Arc<V>> {
        let mut kept = self.kept();
        let at = kept.iter().position(|one| one.name == *name)?;
        kept[at..].rotate_left(1);
        kept.last().map(|one| Arc::clone(&one.thing))
    }

    /// Keeps it, and gives it back; or what somebody else has kept under that name meanwhile.
    pub fn keep(&self, name: K, bytes: usize, thing: Arc<V>) -> Arc<V> {
        let mut kept = self.kept();
        if let Some(there) = kept.iter().find(|one| one.name == name) {
            return Arc::clone(&there.thing);
        }
        kept.push(Kept { name, bytes, thing: Arc::clone(&thing) });
        let mut all: usize = kept.iter().map(|one| one.bytes).sum();
        while all > self.most && kept.len() > 1 {
            all -= kept.remove(0).bytes;
        }
        thing
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Kept<K, V>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_used_for_longest_makes_room_and_what_is_too_large_is_kept_alone() {
        let recent = Recent::of_bytes(10);
        for (name, bytes) in [("a", 4), ("b", 4)] {
            recent.keep(name, bytes, Arc::new(bytes));
        }
        assert_eq!(recent.get(&"a").as_deref(), Some(&4));
        recent.keep("c", 6, Arc::new(6));
        assert_eq!(["a", "b", "c"].map(|name| recent.get(&name).is_some()), [true, false, true]);
        recent.keep("d", 11, Arc::new(11));
        assert_eq!(["a", "c", "d"].map(|name| recent.get(&name).is_some()), [false, false, true]);
        assert_eq!(*recent.keep("d", 11, Arc::new(12)), 11, "what is there stays");
    }
}
