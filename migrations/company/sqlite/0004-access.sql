-- How people come in and what they may spend, and a log whose newest entries cannot be taken away unseen.

-- A token of somebody who signed in, or one that they made for a program.
ALTER TABLE token ADD COLUMN kind TEXT NOT NULL DEFAULT 'sign_in' CHECK (kind IN ('sign_in', 'personal'));

-- What a call costs about, in thousandths of a cent: what it may cost at most until it is closed, what it was after that.
ALTER TABLE call ADD COLUMN millicents INTEGER NOT NULL DEFAULT 0;

-- The newest entry of the log of what was done, kept apart from it.
ALTER TABLE organisation ADD COLUMN audit_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE organisation ADD COLUMN audit_hash BLOB;
UPDATE organisation SET
  audit_seq = coalesce((SELECT max(seq) FROM audit WHERE audit.organisation = organisation.id), 0),
  audit_hash = (SELECT hash FROM audit WHERE audit.organisation = organisation.id ORDER BY seq DESC LIMIT 1);

-- Sign-ins at the company's own sign-in service that are under way. Only hashes: of the word that comes back from there, and of what the browser keeps meanwhile.
CREATE TABLE sign_in (
  organisation BLOB NOT NULL REFERENCES organisation (id),
  hash BLOB NOT NULL,
  browser BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (organisation, hash)
) STRICT, WITHOUT ROWID;
