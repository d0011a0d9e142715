-- What managers and admins do with it: editions of the catalogue, reviews of sessions, figures of the team, who stands on the board.

-- Who published an edition; none where the program brought it.
ALTER TABLE catalog ADD COLUMN published_by UUID;

-- 0 where a person does not want to stand on the board.
ALTER TABLE account ADD COLUMN on_board BIGINT NOT NULL DEFAULT 1;

-- What is handed in, by time: of the whole company.
CREATE INDEX session_handed_in ON session (organisation, ended_at, id) WHERE ended_at IS NOT NULL;

-- What a manager or an admin says about a session. Nothing is changed: what was said anew has the next version, and the newest counts.
CREATE TABLE review (
  organisation UUID NOT NULL,
  session UUID NOT NULL,
  reviewer UUID NOT NULL,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  comment TEXT NOT NULL,
  -- 0-100; never taken for the computed one.
  score BIGINT,
  PRIMARY KEY (organisation, session, reviewer, version),
  FOREIGN KEY (organisation, session) REFERENCES session (organisation, id),
  FOREIGN KEY (organisation, reviewer) REFERENCES account (organisation, id)
);

-- What customers held against a product in a session, as the company's report says.
CREATE TABLE objection (
  organisation UUID NOT NULL,
  -- When the session was handed in.
  at BIGINT NOT NULL,
  session UUID NOT NULL,
  -- Its place in the report, from 0.
  place BIGINT NOT NULL,
  account UUID NOT NULL,
  product_id TEXT NOT NULL,
  category TEXT NOT NULL,
  -- Id of the product's objection; none where it is none of the catalogue.
  objection TEXT,
  resolved BIGINT NOT NULL CHECK (resolved IN (0, 1)),
  PRIMARY KEY (organisation, at, session, place),
  FOREIGN KEY (organisation, session) REFERENCES session (organisation, id)
);

-- Whether the objections of a report are in the table above: those of older ones are put there afterwards.
ALTER TABLE report ADD COLUMN sorted_out BIGINT NOT NULL DEFAULT 0;

CREATE INDEX report_to_sort_out ON report (organisation, session) WHERE sorted_out = 0;
