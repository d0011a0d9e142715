-- The company's side: who belongs to it, what they practised, what that was worth, and what was done about it.
-- Every table has its organisation first in its key, so that organisations can be spread over machines. Times are UTC milliseconds, ids are UUIDs.
-- `migrations/company/sqlite` has the same tables in SQLite's words.

CREATE TABLE organisation (
  id UUID NOT NULL PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  -- The catalogue in force.
  catalog_revision BIGINT NOT NULL,
  -- What its admins have chosen, as JSON.
  settings TEXT NOT NULL
);

CREATE TABLE shop (
  organisation UUID NOT NULL REFERENCES organisation (id),
  id UUID NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, name)
);

CREATE TABLE account (
  organisation UUID NOT NULL REFERENCES organisation (id),
  id UUID NOT NULL,
  -- In small letters.
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('trainee', 'manager', 'admin')),
  shop UUID,
  -- Argon2id, with its parameters and salt; none where the person signs in elsewhere.
  password TEXT,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT,
  -- Failed sign-ins in a row, and until when no other is tried.
  failures BIGINT NOT NULL DEFAULT 0,
  locked_until BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, email),
  FOREIGN KEY (organisation, shop) REFERENCES shop (organisation, id)
);

-- What a person or a device shows instead of a password. Only its SHA-256 is kept.
CREATE TABLE token (
  organisation UUID NOT NULL,
  hash BYTEA NOT NULL,
  id UUID NOT NULL,
  account UUID NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, hash),
  UNIQUE (organisation, id),
  FOREIGN KEY (organisation, account) REFERENCES account (organisation, id)
);

CREATE INDEX token_of_account ON token (organisation, account);

-- Every revision of a catalogue that was ever in force: sessions are scored with the one that they were begun with.
CREATE TABLE catalog (
  organisation UUID NOT NULL REFERENCES organisation (id),
  revision BIGINT NOT NULL,
  published_at BIGINT NOT NULL,
  -- The catalogue as JSON, deflated.
  body BYTEA NOT NULL,
  PRIMARY KEY (organisation, revision)
);

CREATE TABLE session (
  organisation UUID NOT NULL,
  id UUID NOT NULL,
  account UUID NOT NULL,
  scenario_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  visibility TEXT NOT NULL CHECK (visibility IN ('practice', 'submitted')),
  status TEXT NOT NULL CHECK (status IN ('IN_PROGRESS', 'COMPLETED', 'ABANDONED')),
  catalog_revision BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  -- As the client claims: the four metrics as JSON, and what they come to.
  claimed_metrics TEXT,
  claimed_score BIGINT,
  -- As the company computed it from the transcript.
  verification TEXT CHECK (verification IN ('pending', 'verified', 'differs')),
  score BIGINT,
  product_knowledge BIGINT,
  objection_handling BIGINT,
  closing_technique BIGINT,
  rapport BIGINT,
  outcome TEXT,
  rubric TEXT,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, account) REFERENCES account (organisation, id)
);

CREATE INDEX session_of_account ON session (organisation, account, started_at);
CREATE INDEX session_scored ON session (organisation, account, ended_at, id) WHERE score IS NOT NULL;

-- What a client handed in with the end of a session, as it came. Never changed.
CREATE TABLE claim (
  organisation UUID NOT NULL,
  session UUID NOT NULL,
  feedback TEXT NOT NULL,
  transcript TEXT NOT NULL,
  PRIMARY KEY (organisation, session),
  FOREIGN KEY (organisation, session) REFERENCES session (organisation, id)
);

-- The queue of what is still to be computed. A process that takes some has them until `leased_until`.
CREATE TABLE pending (
  organisation UUID NOT NULL,
  session UUID NOT NULL,
  account UUID NOT NULL,
  queued_at BIGINT NOT NULL,
  leased_until BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (organisation, session)
);

CREATE INDEX pending_of_account ON pending (organisation, account);

-- The report that the company computed, as JSON, deflated.
CREATE TABLE report (
  organisation UUID NOT NULL,
  session UUID NOT NULL,
  catalog_revision BIGINT NOT NULL,
  rubric TEXT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (organisation, session),
  FOREIGN KEY (organisation, session) REFERENCES session (organisation, id)
);

-- What computed scores add up to, for each person and product.
CREATE TABLE tally (
  organisation UUID NOT NULL,
  account UUID NOT NULL,
  product_id TEXT NOT NULL,
  sessions BIGINT NOT NULL,
  scored BIGINT NOT NULL,
  score_sum BIGINT NOT NULL,
  best BIGINT,
  at_least_80 BIGINT NOT NULL,
  at_least_95 BIGINT NOT NULL,
  product_knowledge_seen BIGINT NOT NULL,
  product_knowledge_sum BIGINT NOT NULL,
  objection_handling_seen BIGINT NOT NULL,
  objection_handling_sum BIGINT NOT NULL,
  closing_technique_seen BIGINT NOT NULL,
  closing_technique_sum BIGINT NOT NULL,
  rapport_seen BIGINT NOT NULL,
  rapport_sum BIGINT NOT NULL,
  PRIMARY KEY (organisation, account, product_id)
);

-- The same for each person and day (days since 1970-01-01, UTC), for leaderboards.
CREATE TABLE day (
  organisation UUID NOT NULL,
  day BIGINT NOT NULL,
  account UUID NOT NULL,
  scored BIGINT NOT NULL,
  score_sum BIGINT NOT NULL,
  best BIGINT NOT NULL,
  PRIMARY KEY (organisation, day, account)
);

-- A call by voice that the company paid for.
CREATE TABLE call (
  organisation UUID NOT NULL,
  id UUID NOT NULL,
  session UUID NOT NULL,
  account UUID NOT NULL,
  shop UUID,
  day BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  closed_at BIGINT,
  -- How much of it counts: what it may last at most until it is closed, how long it was after that.
  seconds BIGINT NOT NULL,
  -- What the service calls it; none for one that the client opens itself.
  at_service TEXT,
  PRIMARY KEY (organisation, id),
  FOREIGN KEY (organisation, session) REFERENCES session (organisation, id)
);

CREATE INDEX call_of_day ON call (organisation, day, account);
CREATE INDEX call_of_session ON call (organisation, session);

-- What was done, each entry holding the hash of the one before it: nothing in between can be changed or taken out without a trace.
CREATE TABLE audit (
  organisation UUID NOT NULL REFERENCES organisation (id),
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  -- Who did it; none where it was done on the server itself.
  actor UUID,
  action TEXT NOT NULL,
  -- What it was done to, and further words about it as JSON.
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash BYTEA NOT NULL,
  PRIMARY KEY (organisation, seq)
);
