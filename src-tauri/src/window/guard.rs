//! A panic in a command becomes `internal`, is logged, and the window lives on.

use std::{future::Future, panic};

use sellme_core::{Code, Error, error::Result};

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
    panic::set_hook(Box::new(move |info| {
        tracing::error!(place = %info.location().map_or_else(String::new, ToString::to_string), "panic");
        before(info);
    }));
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
