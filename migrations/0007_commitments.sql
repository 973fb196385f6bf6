-- Why: the year before and beside the ballot (R49–R64): commitments and their approval, tasks, the weekly self-check.
-- Old rows: none. Old code: never reads these.

-- One sheet of items a year for a member, or for the branch itself.
CREATE TABLE commitment (
  id TEXT PRIMARY KEY,
  year INTEGER NOT NULL,
  branch TEXT NOT NULL REFERENCES branch (code),
  person TEXT REFERENCES person (employee_no), -- null: the branch's own
  state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'published')),
  catalogue TEXT NOT NULL REFERENCES catalogue_version (hash), -- the stars the items stand under
  comment TEXT NOT NULL DEFAULT '', -- why it was returned
  submitted_by TEXT,
  reply_by TEXT, -- date; null while nobody is asked
  decided_by TEXT,
  -- +1 on every change: nobody approves what they have not read.
  version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX commitment_by_person ON commitment (person, year) WHERE person IS NOT NULL;
CREATE UNIQUE INDEX commitment_of_branch ON commitment (branch, year) WHERE person IS NULL;
CREATE INDEX commitment_by_branch ON commitment (branch, year);
CREATE INDEX commitment_waiting ON commitment (reply_by) WHERE state = 'submitted';
CREATE TABLE commitment_item (
  id TEXT PRIMARY KEY,
  commitment TEXT NOT NULL REFERENCES commitment (id),
  position INTEGER NOT NULL,
  star TEXT NOT NULL,
  text TEXT NOT NULL,
  result TEXT NOT NULL,
  due TEXT NOT NULL -- date
) STRICT;
CREATE INDEX commitment_item_of ON commitment_item (commitment, position);

-- Tasks: approved items, and what the secretary adds (R29).
CREATE TABLE task (
  id TEXT PRIMARY KEY,
  branch TEXT NOT NULL REFERENCES branch (code),
  year INTEGER NOT NULL,
  item TEXT UNIQUE REFERENCES commitment_item (id), -- null: added by the secretary
  own INTEGER NOT NULL CHECK (own IN (0, 1)), -- 1: from the owner's own commitment, which nobody else may change (R60)
  owner TEXT NOT NULL REFERENCES person (employee_no),
  text TEXT NOT NULL,
  due TEXT NOT NULL, -- date
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
  done_on TEXT -- date
) STRICT;
CREATE INDEX task_by_owner ON task (owner, state);
CREATE INDEX task_by_branch ON task (branch, year, state);

-- The weekly self-check (R64). No moment of an answer is kept: there is no reward for speed (F22).
CREATE TABLE check_round (
  week TEXT PRIMARY KEY, -- 2026-W41
  opened_on TEXT NOT NULL, -- date
  until INTEGER NOT NULL, -- Unix ms; answers are taken until the round is closed, which is due then
  -- closing: no more answers, digests are being sent branch by branch
  state TEXT NOT NULL CHECK (state IN ('open', 'closing', 'closed'))
) STRICT, WITHOUT ROWID;
CREATE TABLE check_due (
  week TEXT NOT NULL REFERENCES check_round (week),
  person TEXT NOT NULL REFERENCES person (employee_no),
  branch TEXT NOT NULL REFERENCES branch (code),
  answered INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1)),
  PRIMARY KEY (week, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX check_due_by_person ON check_due (person, week);
CREATE INDEX check_due_by_branch ON check_due (branch, week);
CREATE TABLE check_answer (
  week TEXT NOT NULL REFERENCES check_round (week),
  task TEXT NOT NULL REFERENCES task (id),
  person TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'on_track', 'needs_help')),
  note TEXT NOT NULL,
  PRIMARY KEY (week, task)
) STRICT, WITHOUT ROWID;
CREATE INDEX check_answer_by_task ON check_answer (task, week);
-- What others than the person and the secretary may know (A48): the rate of a branch.
CREATE TABLE check_rate (
  week TEXT NOT NULL REFERENCES check_round (week),
  branch TEXT NOT NULL REFERENCES branch (code),
  due INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  PRIMARY KEY (week, branch)
) STRICT, WITHOUT ROWID;
