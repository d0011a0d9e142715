-- Calls that are over here, and of which the service has not been told yet: since when. Whoever tells it forgets that.
-- `migrations/company/postgres` has the same in PostgreSQL's words.

ALTER TABLE call ADD COLUMN untold_since INTEGER;

CREATE INDEX call_untold ON call (untold_since) WHERE untold_since IS NOT NULL;
