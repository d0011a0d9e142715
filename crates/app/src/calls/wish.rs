//! Whether somebody still wants the call that is being prepared: a key is asked for and devices are opened first, and meanwhile the rep may have left.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use sellme_core::{Code, Error, error::Result, id::SessionId};

/// Somebody wants to talk: from the press of the button until the call is over, is hung up, or is wanted anew. Every connection of a call is made with it.
#[derive(Debug, Clone)]
pub struct CallWish {
    id: SessionId,
    over: Arc<AtomicBool>,
}

impl CallWish {
    /// The attempt.
    #[must_use]
    pub fn id(&self) -> SessionId {
        self.id
    }

    /// To be asked before anything is opened for the call.
    ///
    /// # Errors
    /// `WrongState` once nobody wants it any more.
    pub fn check(&self) -> Result<()> {
        if self.over.load(Ordering::SeqCst) {
            return Err(Error::new(Code::WrongState, "The call was ended before it began."));
        }
        Ok(())
    }

    pub(super) fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.over, &other.over)
    }
}

/// The newest wish of every attempt.
#[derive(Debug, Default)]
pub(crate) struct Wishes(Mutex<HashMap<SessionId, CallWish>>);

impl Wishes {
    /// A new wish; an older one of the same attempt is over.
    pub(super) fn make(&self, id: SessionId) -> CallWish {
        let wish = CallWish { id, over: Arc::default() };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Those that nobody holds any more go first.
        all.retain(|_, wish| Arc::strong_count(&wish.over) > 1);
        all.insert(id, wish.clone()).iter().for_each(CallWish::end);
        wish
    }

    /// Nobody wants a call of this attempt any more.
    pub(super) fn end(&self, id: SessionId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id).iter().for_each(CallWish::end);
    }

    /// Nobody wants any call any more.
    pub(super) fn end_all(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).drain().for_each(|(_, wish)| wish.end());
    }
}
