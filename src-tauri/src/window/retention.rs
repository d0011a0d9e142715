//! Recordings go on their day also where the window stays open for weeks.

use std::time::Duration;

use crate::host::Host;

/// How late one may go. Only time counts in which the machine is awake.
const BEAT: Duration = Duration::from_secs(60 * 60);

/// Removes what is due, again and again. The first time is when the folder is opened.
pub(super) async fn keep(host: Host) {
    loop {
        tokio::time::sleep(BEAT).await;
        let Ok(app) = host.app() else { continue };
        if let Err(error) = app.forget_due_recordings().await {
            tracing::warn!(code = ?error.code, "recordings whose day has come could not be removed");
        }
    }
}
