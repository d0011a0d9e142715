//! The index of what was said, one row for each session that is over.

use rusqlite::Connection;

use crate::Result;

/// Makes a session's words findable; called once, when it ends.
pub(crate) fn index(db: &Connection, session: i64) -> Result<()> {
    db.prepare_cached("INSERT INTO session_words (rowid, words) SELECT session, words FROM transcript WHERE session = ?1")?
        .execute([session])?;
    Ok(())
}

/// Makes the whole index anew from the turns that are there, so that nothing of a deleted one is left in it.
pub(crate) fn index_anew(db: &Connection) -> Result<()> {
    db.execute_batch(
        "INSERT INTO session_words (session_words) VALUES ('delete-all'); \
         INSERT INTO session_words (rowid, words) SELECT transcript.session, transcript.words FROM transcript \
         JOIN session ON session.no = transcript.session WHERE session.ended_at IS NOT NULL;",
    )?;
    Ok(())
}
