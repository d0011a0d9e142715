//! The least that two stored turns can take: two rows in two transactions, durable as the store's are, and nothing else.

use std::path::Path;

use rusqlite::{Connection, Result, TransactionBehavior};

pub(crate) struct Floor {
    db: Connection,
    turns: i64,
}

impl Floor {
    /// A file of its own, set up as the store's writer is.
    pub(crate) fn open(file: &Path) -> Result<Self> {
        let db = Connection::open(file)?;
        db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        db.pragma_update(None, "secure_delete", true)?;
        db.execute_batch(
            "CREATE TABLE turn (session INTEGER, idx INTEGER, text TEXT NOT NULL, PRIMARY KEY (session, idx)) STRICT, WITHOUT ROWID",
        )?;
        Ok(Self { db, turns: 0 })
    }

    /// Stores two turns, the second after the first is on the disk.
    pub(crate) fn two(&mut self, text: &str) -> Result<()> {
        for _ in 0..2 {
            let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.prepare_cached("INSERT INTO turn (session, idx, text) VALUES (1, ?1, ?2)")?.execute((self.turns, text))?;
            transaction.commit()?;
            self.turns += 1;
        }
        Ok(())
    }
}
