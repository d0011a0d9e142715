-- What the administration of a company keeps: invitations, codes by which devices enrol, and devices.
-- `migrations/company/postgres` has the same in PostgreSQL's words.

ALTER TABLE account ADD COLUMN last_sign_in_at INTEGER;
-- Name and address in small letters, by which people are looked for and sorted. What is older gets it here as far as SQLite knows letters.
ALTER TABLE account ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE account SET search = lower(name) || ' ' || email;

-- By which somebody sets their password, once. Only its SHA-256 is kept; a new one takes the place of the one before.
CREATE TABLE invitation (
  organisation BLOB NOT NULL,
  account BLOB NOT NULL,
  hash BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (organisation, account),
  UNIQUE (organisation, hash),
  FOREIGN KEY (organisation, account) REFERENCES account (organisation, id)
) STRICT, WITHOUT ROWID;

-- A code that is typed into a device of a store, once. Only its SHA-256 is kept.
CREATE TABLE enrolment (
  organisation BLOB NOT NULL,
  hash BLOB NOT NULL,
  shop BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (organisation, hash),
  FOREIGN KEY (organisation, shop) REFERENCES shop (organisation, id)
) STRICT, WITHOUT ROWID;

-- It is typed without the company's name.
CREATE INDEX enrolment_by_hash ON enrolment (hash);

-- A device on the floor of a store, with the SHA-256 of its token.
CREATE TABLE device (
  organisation BLOB NOT NULL,
  id BLOB NOT NULL,
  hash BLOB NOT NULL,
  shop BLOB NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- To the hour.
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, hash),
  FOREIGN KEY (organisation, shop) REFERENCES shop (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX device_of_shop ON device (organisation, shop);
CREATE INDEX account_of_shop ON account (organisation, shop);
CREATE INDEX audit_of_actor ON audit (organisation, actor, seq);
