-- What the administration of a company keeps: invitations, codes by which devices enrol, and devices.
-- `migrations/company/sqlite` has the same in SQLite's words.

ALTER TABLE account ADD COLUMN last_sign_in_at BIGINT;
-- Name and address in small letters, by which people are looked for and sorted. Sorted by their bytes, as in SQLite.
ALTER TABLE account ADD COLUMN search TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE account SET search = lower(name) || ' ' || email;
ALTER TABLE account ALTER COLUMN email TYPE TEXT COLLATE "C";
ALTER TABLE shop ALTER COLUMN name TYPE TEXT COLLATE "C";

-- By which somebody sets their password, once. Only its SHA-256 is kept; a new one takes the place of the one before.
CREATE TABLE invitation (
  organisation UUID NOT NULL,
  account UUID NOT NULL,
  hash BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, account),
  UNIQUE (organisation, hash),
  FOREIGN KEY (organisation, account) REFERENCES account (organisation, id)
);

-- A code that is typed into a device of a store, once. Only its SHA-256 is kept.
CREATE TABLE enrolment (
  organisation UUID NOT NULL,
  hash BYTEA NOT NULL,
  shop UUID NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, hash),
  FOREIGN KEY (organisation, shop) REFERENCES shop (organisation, id)
);

-- It is typed without the company's name.
CREATE INDEX enrolment_by_hash ON enrolment (hash);

-- A device on the floor of a store, with the SHA-256 of its token.
CREATE TABLE device (
  organisation UUID NOT NULL,
  id UUID NOT NULL,
  hash BYTEA NOT NULL,
  shop UUID NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  -- To the hour.
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, hash),
  FOREIGN KEY (organisation, shop) REFERENCES shop (organisation, id)
);

CREATE INDEX device_of_shop ON device (organisation, shop);
CREATE INDEX account_of_shop ON account (organisation, shop);
CREATE INDEX audit_of_actor ON audit (organisation, actor, seq);
