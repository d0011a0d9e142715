//! The parts of a server: each goes on until it is told to stop.

use std::collections::HashMap;

use tokio::task::{Id, JoinSet};

/// What runs, by name.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    tasks: JoinSet<()>,
    names: HashMap<Id, &'static str>,
}

impl Parts {
    /// Lets a part begin.
    pub(crate) fn begin(&mut self, name: &'static str, part: impl Future<Output = ()> + Send + 'static) {
        let id = self.tasks.spawn(part).id();
        self.names.insert(id, name);
    }

    /// Waits until one ends, as it should or by a panic. Gives its name; none where all have ended.
    pub(crate) async fn one_ends(&mut self) -> Option<&'static str> {
        let id = match self.tasks.join_next_with_id().await? {
            Ok((id, ())) => id,
            Err(failed) => failed.id(),
        };
        self.names.remove(&id)
    }

    /// Waits until all have ended.
    pub(crate) async fn all_end(&mut self) {
        while self.one_ends().await.is_some() {}
    }

    /// Ends those that go on.
    pub(crate) fn give_up(&mut self) {
        self.tasks.abort_all();
    }
}
