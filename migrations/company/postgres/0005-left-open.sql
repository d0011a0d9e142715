-- What is left open: reports that could not be computed, and calls that nobody has ended yet.
-- `migrations/company/sqlite` has the same in SQLite's words.

-- The version of the program that tried to compute the report and could not: it is tried again by another one.
ALTER TABLE pending ADD COLUMN failed_by TEXT;

-- Only calls that are open: few, however many there were.
CREATE INDEX call_open ON call (session) WHERE closed_at IS NULL;

-- With all that is added up of a day's calls, so that no other calls are looked at.
CREATE INDEX call_counted ON call (organisation, day, account, shop, seconds, millicents);
DROP INDEX call_of_day;
