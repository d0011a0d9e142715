-- The company's side: who belongs to it, what they practised, what that was worth, and what was done about it.
-- Every table has its organisation first in its key, so that organisations can be spread over machines. Times are UTC milliseconds, ids are UUIDs.
-- `migrations/company/postgres` has the same tables in PostgreSQL's words.

CREATE TABLE organisation (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  -- The catalogue in force.
  catalog_revision INTEGER NOT NULL,
  -- What its admins have chosen, as JSON.
  settings TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shop (
  organisation BLOB NOT NULL REFERENCES organisation (id),
  id BLOB NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  organisation BLOB NOT NULL REFERENCES organisation (id),
  id BLOB NOT NULL,
  -- In small letters.
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('trainee', 'manager', 'admin')),
  shop BLOB,
  -- Argon2id, with its parameters and salt; none where the person signs in elsewhere.
  password TEXT,
  created_at INTEGER NOT NULL,
  disabled_at INTEGER,
  -- Failed sign-ins in a row, and until when no other is tried.
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, email),
  FOREIGN KEY (organisation, shop) REFERENCES shop (organisation, id)
) STRICT, WITHOUT ROWID;

-- What a person or a device shows instead of a password. Only its SHA-256 is kept.
CREATE TABLE token (
  organisation BLOB NOT NULL,
  hash BLOB NOT NULL,
  id BLOB NOT NULL,
  account BLOB NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (organisation, hash),
  UNIQUE (organisation, id),
  FOREIGN KEY (organisation, account) REFERENCES account (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX token_of_account ON token (organisation, account);

-- Every revision of a catalogue that was ever in force: sessions are scored with the one that they were begun with.
CREATE TABLE catalog (
  organisation BLOB NOT NULL REFERENCES organisation (id),
  revision INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  -- The catalogue as JSON, deflated.
  body BLOB NOT NULL,
  PRIMARY KEY (organisation, revision)
) STRICT;

CREATE TABLE session (
  organisation BLOB NOT NULL,
  id BLOB NOT NULL,
  account BLOB NOT NULL,
  scenario_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  visibility TEXT NOT NULL CHECK (visibility IN ('practice', 'submitted')),
  status TEXT NOT NULL CHECK (status IN ('IN_PROGRESS', 'COMPLETED', 'ABANDONED')),
  catalog_revision INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- As the client claims: the four metrics as JSON, and what they come to.
  claimed_metrics TEXT,
  claimed_score INTEGER,
  -- As the company computed it from the transcript.
  verification TEXT CHECK (verification IN ('pending', 'verified', 'differs')),
  score INTEGER,
  product_knowledge INTEGER,
  objection_handling INTEGER,
  closing_technique INTEGER,
  rapport INTEGER,
  outcome TEXT,
  rubric TEXT,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, account) REFERENCES account (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_of_account ON session (organisation, account, started_at);
CREATE INDEX session_scored ON session (organisation, account, ended_at, id) WHERE score IS NOT NULL;

-- What a client handed in with the end of a session, as it came. Never changed.
CREATE TABLE claim (
  organisation BLOB NOT NULL,
  session BLOB NOT NULL,
  feedback TEXT NOT NULL,
  transcript TEXT NOT NULL,
  PRIMARY KEY (organisation, session),
  FOREIGN KEY (organisation, session) REFERENCES session (organisation, id)
) STRICT;

-- The queue of what is still to be computed. A process that takes some has them until `leased_until`.
CREATE TABLE pending (
  organisation BLOB NOT NULL,
  session BLOB NOT NULL,
  account BLOB NOT NULL,
  queued_at INTEGER NOT NULL,
  leased_until INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (organisation, session)
) STRICT, WITHOUT ROWID;

CREATE INDEX pending_of_account ON pending (organisation, account);

-- The report that the company computed, as JSON, deflated.
CREATE TABLE report (
  organisation BLOB NOT NULL,
  session BLOB NOT NULL,
  catalog_revision INTEGER NOT NULL,
  rubric TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (organisation, session),
  FOREIGN KEY (organisation, session) REFERENCES session (organisation, id)
) STRICT;

-- What computed scores add up to, for each person and product.
CREATE TABLE tally (
  organisation BLOB NOT NULL,
  account BLOB NOT NULL,
  product_id TEXT NOT NULL,
  sessions INTEGER NOT NULL,
  scored INTEGER NOT NULL,
  score_sum INTEGER NOT NULL,
  best INTEGER,
  at_least_80 INTEGER NOT NULL,
  at_least_95 INTEGER NOT NULL,
  product_knowledge_seen INTEGER NOT NULL,
  product_knowledge_sum INTEGER NOT NULL,
  objection_handling_seen INTEGER NOT NULL,
  objection_handling_sum INTEGER NOT NULL,
  closing_technique_seen INTEGER NOT NULL,
  closing_technique_sum INTEGER NOT NULL,
  rapport_seen INTEGER NOT NULL,
  rapport_sum INTEGER NOT NULL,
  PRIMARY KEY (organisation, account, product_id)
) STRICT, WITHOUT ROWID;

-- The same for each person and day (days since 1970-01-01, UTC), for leaderboards.
CREATE TABLE day (
  organisation BLOB NOT NULL,
  day INTEGER NOT NULL,
  account BLOB NOT NULL,
  scored INTEGER NOT NULL,
  score_sum INTEGER NOT NULL,
  best INTEGER NOT NULL,
  PRIMARY KEY (organisation, day, account)
) STRICT, WITHOUT ROWID;

-- A call by voice that the company paid for.
CREATE TABLE call (
  organisation BLOB NOT NULL,
  id BLOB NOT NULL,
  session BLOB NOT NULL,
  account BLOB NOT NULL,
  shop BLOB,
  day INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  -- How much of it counts: what it may last at most until it is closed, how long it was after that.
  seconds INTEGER NOT NULL,
  -- What the service calls it; none for one that the client opens itself.
  at_service TEXT,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, session) REFERENCES session (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX call_of_day ON call (organisation, day, account);
CREATE INDEX call_of_session ON call (organisation, session);

-- What was done, each entry holding the hash of the one before it: nothing in between can be changed or taken out without a trace.
CREATE TABLE audit (
  organisation BLOB NOT NULL REFERENCES organisation (id),
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- Who did it; none where it was done on the server itself.
  actor BLOB,
  action TEXT NOT NULL,
  -- What it was done to, and further words about it as JSON.
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (organisation, seq)
) STRICT, WITHOUT ROWID;
