-- Who practises, what was said and what it was worth.
-- Rows point at each other by small numbers (`no`), which cost a byte or two; the ids that leave the file are UUIDs.
-- Every row that belongs to somebody names the organisation and the person, so that one schema serves a device and a server.
-- Times are UTC milliseconds.

CREATE TABLE organisation (
  no INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO organisation (no, name) VALUES (1, 'local');

CREATE TABLE profile (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  organisation INTEGER NOT NULL DEFAULT 1 REFERENCES organisation (no),
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  settings TEXT
) STRICT;

-- What belongs to the device and to nobody: the chosen profile, the indexed revision of the catalogue, work left to do.
CREATE TABLE device (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  organisation INTEGER NOT NULL DEFAULT 1 REFERENCES organisation (no),
  person INTEGER NOT NULL REFERENCES profile (no),
  product_id TEXT NOT NULL,
  scenario_id TEXT NOT NULL,
  seed INTEGER NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('typing', 'voice')),
  visibility TEXT NOT NULL CHECK (visibility IN ('practice', 'submitted')),
  status TEXT NOT NULL CHECK (status IN ('IN_PROGRESS', 'COMPLETED', 'ABANDONED')),
  paused INTEGER NOT NULL DEFAULT 0,
  outcome TEXT CHECK (outcome IN ('sale', 'no_sale', 'undecided')),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  active_ms INTEGER NOT NULL DEFAULT 0,
  turns INTEGER NOT NULL DEFAULT 0,
  catalog_revision INTEGER NOT NULL,
  win_path TEXT NOT NULL,
  -- From the report, so that progress never opens one.
  overall_score INTEGER,
  product_knowledge INTEGER,
  objection_handling INTEGER,
  closing_technique INTEGER,
  rapport INTEGER,
  contradicted INTEGER,
  objections INTEGER,
  resolved INTEGER,
  CHECK ((status = 'IN_PROGRESS') = (ended_at IS NULL))
) STRICT;

CREATE INDEX session_unfinished ON session (person, started_at) WHERE ended_at IS NULL;

CREATE TABLE turn (
  session INTEGER NOT NULL REFERENCES session (no),
  idx INTEGER NOT NULL,
  organisation INTEGER NOT NULL DEFAULT 1,
  person INTEGER NOT NULL,
  speaker TEXT NOT NULL CHECK (speaker IN ('rep', 'customer')),
  at_ms INTEGER NOT NULL,
  started_ms INTEGER,
  ended_ms INTEGER,
  interrupted INTEGER NOT NULL DEFAULT 0,
  text TEXT NOT NULL,
  PRIMARY KEY (session, idx)
) STRICT, WITHOUT ROWID;

-- What the customer did by saying a turn, as JSON.
CREATE TABLE signal (
  session INTEGER NOT NULL REFERENCES session (no),
  idx INTEGER NOT NULL,
  place INTEGER NOT NULL,
  organisation INTEGER NOT NULL DEFAULT 1,
  person INTEGER NOT NULL,
  signal TEXT NOT NULL,
  PRIMARY KEY (session, idx, place)
) STRICT, WITHOUT ROWID;

-- The report as JSON, deflated.
CREATE TABLE report (
  session INTEGER PRIMARY KEY REFERENCES session (no),
  organisation INTEGER NOT NULL DEFAULT 1,
  person INTEGER NOT NULL,
  rubric TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- A completed session never changes. Only while a person's number stands in `deletion`, which the one path that deletes a person writes and
-- clears within its transaction, may that person's rows go.
CREATE TABLE deletion (
  person INTEGER PRIMARY KEY
) STRICT;

-- A replacing insert deletes without asking the triggers on deletion.
CREATE TRIGGER session_kept_from_insert BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM session WHERE (no = NEW.no OR id = NEW.id) AND status = 'COMPLETED')
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER session_kept_from_update BEFORE UPDATE ON session WHEN OLD.status = 'COMPLETED'
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER session_kept_from_delete BEFORE DELETE ON session
WHEN OLD.status = 'COMPLETED' AND NOT EXISTS (SELECT 1 FROM deletion WHERE person = OLD.person)
BEGIN SELECT RAISE (ABORT, 'a completed session is never deleted by itself'); END;

CREATE TRIGGER turn_kept_from_insert BEFORE INSERT ON turn WHEN (SELECT status FROM session WHERE no = NEW.session) = 'COMPLETED'
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER turn_kept_from_update BEFORE UPDATE ON turn WHEN (SELECT status FROM session WHERE no = OLD.session) = 'COMPLETED'
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER turn_kept_from_delete BEFORE DELETE ON turn
WHEN (SELECT status FROM session WHERE no = OLD.session) = 'COMPLETED' AND NOT EXISTS (SELECT 1 FROM deletion WHERE person = OLD.person)
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER signal_kept_from_insert BEFORE INSERT ON signal WHEN (SELECT status FROM session WHERE no = NEW.session) = 'COMPLETED'
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER signal_kept_from_update BEFORE UPDATE ON signal WHEN (SELECT status FROM session WHERE no = OLD.session) = 'COMPLETED'
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER signal_kept_from_delete BEFORE DELETE ON signal
WHEN (SELECT status FROM session WHERE no = OLD.session) = 'COMPLETED' AND NOT EXISTS (SELECT 1 FROM deletion WHERE person = OLD.person)
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER report_kept_from_insert BEFORE INSERT ON report WHEN (SELECT status FROM session WHERE no = NEW.session) = 'COMPLETED'
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER report_kept_from_update BEFORE UPDATE ON report WHEN (SELECT status FROM session WHERE no = OLD.session) = 'COMPLETED'
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;

CREATE TRIGGER report_kept_from_delete BEFORE DELETE ON report
WHEN (SELECT status FROM session WHERE no = OLD.session) = 'COMPLETED' AND NOT EXISTS (SELECT 1 FROM deletion WHERE person = OLD.person)
BEGIN SELECT RAISE (ABORT, 'a completed session never changes'); END;
