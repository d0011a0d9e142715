-- The queue's oldest, and the newest sessions of the whole company, are found without going through all of them.
-- `migrations/company/postgres` has the same in PostgreSQL's words, and there names are sorted by their bytes, as they are here.

CREATE INDEX pending_by_time ON pending (queued_at);
CREATE INDEX session_by_start ON session (organisation, started_at, id);
