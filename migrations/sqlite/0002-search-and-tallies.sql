-- What makes ten thousand sessions quick to search and to add up: words, counts that are kept as sessions end, and an index that covers the list.

-- Sessions that are over, newest first; holds every column that the list filters on and progress reads.
CREATE INDEX session_over ON session (
  person, ended_at, status, overall_score, product_knowledge, objection_handling, closing_technique, rapport, outcome, product_id, scenario_id
) WHERE ended_at IS NOT NULL;

-- One row for each person and scenario, kept by the trigger below.
CREATE TABLE tally (
  person INTEGER NOT NULL,
  product_id TEXT NOT NULL,
  scenario_id TEXT NOT NULL,
  organisation INTEGER NOT NULL DEFAULT 1,
  completed INTEGER NOT NULL,
  abandoned INTEGER NOT NULL,
  practice_ms INTEGER NOT NULL,
  scored INTEGER NOT NULL,
  score_sum INTEGER NOT NULL,
  best INTEGER,
  at_least_95 INTEGER NOT NULL,
  at_least_80 INTEGER NOT NULL,
  uncontradicted INTEGER NOT NULL,
  all_resolved INTEGER NOT NULL,
  sales INTEGER NOT NULL,
  product_knowledge_seen INTEGER NOT NULL,
  product_knowledge_sum INTEGER NOT NULL,
  objection_handling_seen INTEGER NOT NULL,
  objection_handling_sum INTEGER NOT NULL,
  closing_technique_seen INTEGER NOT NULL,
  closing_technique_sum INTEGER NOT NULL,
  rapport_seen INTEGER NOT NULL,
  rapport_sum INTEGER NOT NULL,
  PRIMARY KEY (person, product_id, scenario_id)
) STRICT, WITHOUT ROWID;

-- What one session that is over adds to its tally.
CREATE VIEW session_worth AS SELECT
  no, person, product_id, scenario_id, organisation,
  status = 'COMPLETED' AS completed,
  status = 'ABANDONED' AS abandoned,
  iif(status = 'COMPLETED', active_ms, 0) AS practice_ms,
  overall_score IS NOT NULL AS scored,
  coalesce(overall_score, 0) AS score_sum,
  overall_score AS best,
  coalesce(overall_score >= 95, 0) AS at_least_95,
  coalesce(overall_score >= 80, 0) AS at_least_80,
  overall_score IS NOT NULL AND contradicted IS 0 AS uncontradicted,
  overall_score IS NOT NULL AND coalesce(objections > 0 AND resolved = objections, 0) AS all_resolved,
  outcome IS 'sale' AS sales,
  product_knowledge IS NOT NULL AS product_knowledge_seen, coalesce(product_knowledge, 0) AS product_knowledge_sum,
  objection_handling IS NOT NULL AS objection_handling_seen, coalesce(objection_handling, 0) AS objection_handling_sum,
  closing_technique IS NOT NULL AS closing_technique_seen, coalesce(closing_technique, 0) AS closing_technique_sum,
  rapport IS NOT NULL AS rapport_seen, coalesce(rapport, 0) AS rapport_sum
FROM session WHERE ended_at IS NOT NULL;

CREATE TRIGGER session_tallied AFTER UPDATE OF status ON session WHEN OLD.status = 'IN_PROGRESS' AND NEW.status <> 'IN_PROGRESS'
BEGIN
  INSERT INTO tally
  SELECT person, product_id, scenario_id, organisation, completed, abandoned, practice_ms, scored, score_sum, best, at_least_95, at_least_80,
    uncontradicted, all_resolved, sales, product_knowledge_seen, product_knowledge_sum, objection_handling_seen, objection_handling_sum,
    closing_technique_seen, closing_technique_sum, rapport_seen, rapport_sum
  FROM session_worth WHERE no = NEW.no
  ON CONFLICT (person, product_id, scenario_id) DO UPDATE SET
    completed = completed + excluded.completed,
    abandoned = abandoned + excluded.abandoned,
    practice_ms = practice_ms + excluded.practice_ms,
    scored = scored + excluded.scored,
    score_sum = score_sum + excluded.score_sum,
    best = max(coalesce(best, excluded.best), coalesce(excluded.best, best)),
    at_least_95 = at_least_95 + excluded.at_least_95,
    at_least_80 = at_least_80 + excluded.at_least_80,
    uncontradicted = uncontradicted + excluded.uncontradicted,
    all_resolved = all_resolved + excluded.all_resolved,
    sales = sales + excluded.sales,
    product_knowledge_seen = product_knowledge_seen + excluded.product_knowledge_seen,
    product_knowledge_sum = product_knowledge_sum + excluded.product_knowledge_sum,
    objection_handling_seen = objection_handling_seen + excluded.objection_handling_seen,
    objection_handling_sum = objection_handling_sum + excluded.objection_handling_sum,
    closing_technique_seen = closing_technique_seen + excluded.closing_technique_seen,
    closing_technique_sum = closing_technique_sum + excluded.closing_technique_sum,
    rapport_seen = rapport_seen + excluded.rapport_seen,
    rapport_sum = rapport_sum + excluded.rapport_sum;
END;

INSERT INTO tally
SELECT person, product_id, scenario_id, min(organisation), sum(completed), sum(abandoned), sum(practice_ms), sum(scored), sum(score_sum), max(best),
  sum(at_least_95), sum(at_least_80), sum(uncontradicted), sum(all_resolved), sum(sales), sum(product_knowledge_seen), sum(product_knowledge_sum),
  sum(objection_handling_seen), sum(objection_handling_sum), sum(closing_technique_seen), sum(closing_technique_sum), sum(rapport_seen), sum(rapport_sum)
FROM session_worth GROUP BY person, product_id, scenario_id;

-- The words of each session that is over, by the session's number. Only the index is kept: the words themselves are in `turn`.
CREATE VIRTUAL TABLE session_words USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- The whole of what was said. The sign between two turns is in Unicode's private area: it counts as a word of its own, so that no phrase runs
-- from one turn into the next, and nobody can type it into the search field.
CREATE VIEW transcript AS SELECT
  session, group_concat(text, ' ' || char(57344) || ' ' ORDER BY idx) AS words
FROM turn GROUP BY session;

INSERT INTO session_words (rowid, words)
SELECT transcript.session, transcript.words FROM transcript JOIN session ON session.no = transcript.session WHERE session.ended_at IS NOT NULL;

-- The catalogue, for searching only; filled anew with every revision. In three tables, so that going from a hit to its product reads no long texts.
CREATE TABLE product (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  category TEXT NOT NULL
) STRICT;

CREATE TABLE product_text (
  no INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sku TEXT NOT NULL,
  features TEXT NOT NULL,
  description TEXT NOT NULL
) STRICT;

-- Name, number and description in small letters without diacritics, for pieces of one or two letters.
CREATE TABLE product_folded (
  no INTEGER PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

-- By words and their beginnings.
CREATE VIRTUAL TABLE product_words USING fts5 (
  name, sku, features, description,
  content = 'product_text', content_rowid = 'no', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

-- By any three letters in a row, within words too.
CREATE VIRTUAL TABLE product_pieces USING fts5 (
  name, sku, description,
  content = 'product_text', content_rowid = 'no', tokenize = 'trigram case_sensitive 0 remove_diacritics 1'
);
