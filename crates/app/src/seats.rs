//! What is in memory for an attempt while it goes on: one thing of a kind, that one use case at a time holds alone.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex as Quick, PoisonError},
};

use sellme_core::id::SessionId;
use tokio::sync::Mutex;

/// What has a seat.
pub(crate) trait Seated {
    /// False once the store alone knows how it stands, so that nothing is lost with the seat.
    fn is_needed(&self) -> bool {
        true
    }
}

/// Where it is while it lasts; empty before and after.
type Seat<T> = Arc<Mutex<Option<T>>>;

/// All of one kind. The lock of them all is held for a look only; whoever waits for one waits at its own seat.
pub(crate) struct Seats<T>(Quick<HashMap<SessionId, Seat<T>>>);

impl<T> Default for Seats<T> {
    fn default() -> Self {
        Self(Quick::default())
    }
}

impl<T: Seated> Seats<T> {
    /// The seat of this attempt.
    pub(crate) fn seat(&self, id: SessionId) -> Seat<T> {
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Seats that nobody needs any more go first: of what is over, and of ids that nothing was found for.
        seats.retain(|known, seat| {
            *known == id || Arc::strong_count(seat) > 1 || seat.try_lock().is_ok_and(|seat| seat.as_ref().is_some_and(T::is_needed))
        });
        Arc::clone(seats.entry(id).or_default())
    }

    /// Seats what was begun.
    pub(crate) fn put(&self, id: SessionId, one: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::new(Mutex::new(Some(one))));
    }

    /// Attempts that have a seat now.
    pub(crate) fn ids(&self) -> Vec<SessionId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }

    /// Empties them all.
    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl<T> fmt::Debug for Seats<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Seats(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Guest(bool);

    impl Seated for Guest {
        fn is_needed(&self) -> bool {
            self.0
        }
    }

    fn id(number: u8) -> SessionId {
        SessionId(uuid::Uuid::from_u128(number.into()))
    }

    #[tokio::test]
    async fn a_seat_is_kept_while_somebody_is_in_it_or_waits_for_it_and_no_longer() {
        let seats = Seats::default();
        seats.put(id(1), Guest(true));
        seats.put(id(2), Guest(false));
        let waited_for = seats.seat(id(3));
        let held = seats.seat(id(4)).lock_owned().await;
        drop(seats.seat(id(5)));
        seats.seat(id(6));
        let mut known = seats.ids();
        known.sort();
        assert_eq!(known, [id(1), id(3), id(4), id(6)]);
        drop((waited_for, held));
        seats.clear();
        assert!(seats.ids().is_empty());
    }
}
