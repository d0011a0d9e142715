-- The queue's oldest, and the newest sessions of the whole company, are found without going through all of them.

CREATE INDEX pending_by_time ON pending (queued_at);
CREATE INDEX session_by_start ON session (organisation, started_at, id);

-- What is sorted is sorted by its bytes, as in SQLite, whatever language the server speaks.
ALTER TABLE organisation ALTER COLUMN name TYPE TEXT COLLATE "C";
ALTER TABLE account ALTER COLUMN name TYPE TEXT COLLATE "C";
ALTER TABLE device ALTER COLUMN name TYPE TEXT COLLATE "C";
ALTER TABLE session ALTER COLUMN product_id TYPE TEXT COLLATE "C";
ALTER TABLE tally ALTER COLUMN product_id TYPE TEXT COLLATE "C";
ALTER TABLE objection ALTER COLUMN product_id TYPE TEXT COLLATE "C";
ALTER TABLE objection ALTER COLUMN category TYPE TEXT COLLATE "C";
ALTER TABLE objection ALTER COLUMN objection TYPE TEXT COLLATE "C";
