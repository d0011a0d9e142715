//! A panic in a command becomes `internal`, is logged, and the window lives on.

use std::{future::Future, panic};

use sellme_core::{Code, Error, error::Result};

type Hook = Box<dyn Fn(&panic::PanicHookInfo<'_>) + Sync + Send>;

/// Waits for a command's answer; a panic in it is an answer too.
pub(super) async fn answer<T: Send + 'static>(name: &'static str, work: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
    let fault = faults(name);
    let task = tokio::spawn(async move {
        if fault {
            panic::panic_any(format!("asked to fail in {name}"));
        }
        work.await
    });
    match task.await {
        Ok(answer) => {
            if let Err(error) = &answer {
                tracing::warn!(command = name, code = ?error.code, "refused");
            }
            answer
        }
        Err(error) => {
            // Not what it panicked with: that can be a piece of what somebody said. Where it was is in the log already.
            tracing::error!(command = name, panicked = error.is_panic(), "failed");
            Err(Error::new(Code::Internal, "Something went wrong inside the program. Everything said so far is kept; try again."))
        }
    }
}

/// Panics go to the log.
pub(super) fn log_panics() {
    let before = panic::take_hook();
    panic::set_hook(logging(before, cfg!(debug_assertions)));
}

/// A hook that logs where it was. The one before prints what it panicked with too, which can be a piece of what somebody said: only who builds the program
/// sees that.
fn logging(before: Hook, prints: bool) -> Hook {
    Box::new(move |info| {
        tracing::error!(place = %info.location().map_or_else(String::new, ToString::to_string), "panic");
        if prints {
            before(info);
        }
    })
}

/// Tests let a command panic with `SELLME_FAULT=<command>`.
#[cfg(feature = "automation")]
fn faults(name: &str) -> bool {
    std::env::var("SELLME_FAULT").is_ok_and(|fault| fault == name)
}

#[cfg(not(feature = "automation"))]
fn faults(_name: &str) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use super::*;

    #[test]
    fn what_it_panicked_with_is_printed_to_those_who_build_it_only() {
        const WORDS: &str = "I am allergic to wool";
        let printed = Arc::new(AtomicU32::new(0));
        for (prints, times) in [(false, 0), (true, 1)] {
            let count = Arc::clone(&printed);
            let before: Hook = Box::new(move |info| {
                // Other tests may panic meanwhile.
                count.fetch_add(u32::from(info.payload_as_str() == Some(WORDS)), Ordering::SeqCst);
            });
            let theirs = panic::take_hook();
            panic::set_hook(logging(before, prints));
            assert!(panic::catch_unwind(|| panic::panic_any(WORDS)).is_err());
            panic::set_hook(theirs);
            assert_eq!(printed.load(Ordering::SeqCst), times);
        }
    }
}
