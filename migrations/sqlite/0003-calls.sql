-- How the calls of a session went, and where its recording is. Shown beside the score, never part of it.

-- One row a call, as JSON: model, end, latencies, cost.
CREATE TABLE call (
  session INTEGER NOT NULL REFERENCES session (no),
  idx INTEGER NOT NULL,
  organisation INTEGER NOT NULL DEFAULT 1,
  person INTEGER NOT NULL,
  call TEXT NOT NULL,
  PRIMARY KEY (session, idx)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER call_kept_from_insert BEFORE INSERT ON call WHEN (SELECT status FROM session WHERE no = NEW.session) = 'COMPLETED'
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER call_kept_from_update BEFORE UPDATE ON call WHEN (SELECT status FROM session WHERE no = OLD.session) = 'COMPLETED'
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER call_kept_from_delete BEFORE DELETE ON call
WHEN (SELECT status FROM session WHERE no = OLD.session) = 'COMPLETED' AND NOT EXISTS (SELECT 1 FROM deletion WHERE person = OLD.person)
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

-- A recording goes on its day or when it is asked to, whatever its session is: it has no such triggers. The sound is in files.
CREATE TABLE recording (
  session INTEGER PRIMARY KEY REFERENCES session (no),
  organisation INTEGER NOT NULL DEFAULT 1,
  person INTEGER NOT NULL,
  begins_ms INTEGER NOT NULL,
  goes_at INTEGER NOT NULL,
  media_type TEXT NOT NULL
) STRICT;

CREATE INDEX recording_due ON recording (goes_at);
