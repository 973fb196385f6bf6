-- Why: stars that are a post's own (R45, A39) and what units hang on stars (R46, R47).
-- Old rows: reviews opened before have no plan of posts and keep the common indicators. Old code: never reads these.

-- Which people of a branch share a post, and the stars that are judged by that post's indicators; one plan a year.
CREATE TABLE post_plan_version (
  hash TEXT PRIMARY KEY,
  body TEXT NOT NULL -- JSON; an approved plan never changes under its hash
) STRICT, WITHOUT ROWID;
CREATE TABLE post_plan (
  branch TEXT NOT NULL REFERENCES branch (code),
  year INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved')),
  draft TEXT NOT NULL, -- JSON: what is being written, or waits
  approved TEXT REFERENCES post_plan_version (hash), -- in force, also while a new one is being written; null: none yet
  comment TEXT NOT NULL DEFAULT '', -- why it was returned
  submitted_by TEXT,
  reply_by TEXT, -- date; null while nobody is asked
  decided_by TEXT,
  version INTEGER NOT NULL DEFAULT 0, -- +1 on every change: nobody approves what they have not read
  PRIMARY KEY (branch, year)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_plan_waiting ON post_plan (reply_by) WHERE state = 'submitted';
-- What was approved when the review was opened; it stays so to the end. No row: the common indicators for everybody.
CREATE TABLE review_post_plan (
  review TEXT PRIMARY KEY REFERENCES review (id),
  plan TEXT NOT NULL REFERENCES post_plan_version (hash)
) STRICT, WITHOUT ROWID;

-- An item of a branch, or of a unit for all its branches.
CREATE TABLE star_item (
  id TEXT PRIMARY KEY,
  level TEXT NOT NULL CHECK (level IN ('branch', 'unit')),
  scope TEXT NOT NULL, -- code of the branch or unit
  name TEXT NOT NULL,
  stars TEXT NOT NULL, -- JSON: one or two star keys
  from_date TEXT NOT NULL,
  to_date TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
  task TEXT REFERENCES task (id), -- of whoever carries it; null: nobody by name
  by_person TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX star_item_by_scope ON star_item (level, scope, to_date);
CREATE INDEX star_item_by_task ON star_item (task);
