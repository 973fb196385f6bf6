-- Why: guidance before each review with read receipts by branch (R68), and activities of districts, groups and branches (R32–R36, R69–R74).
CREATE TABLE guidance (
  id TEXT PRIMARY KEY,
  period TEXT NOT NULL, -- the quarter it is about
  body TEXT NOT NULL,
  due TEXT, -- date by which the tasks in it are to be done
  by_person TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX guidance_by_period ON guidance (period, at);
-- By branch only: who in the branch read it is nobody's business.
CREATE TABLE guidance_read (
  guidance TEXT NOT NULL REFERENCES guidance (id),
  branch TEXT NOT NULL REFERENCES branch (code),
  PRIMARY KEY (guidance, branch)
) STRICT, WITHOUT ROWID;
CREATE TABLE activity (
  id TEXT PRIMARY KEY,
  level TEXT NOT NULL CHECK (level IN ('district', 'group', 'branch')),
  scope TEXT NOT NULL, -- code of the district, group or branch
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  place TEXT NOT NULL,
  on_date TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'held', 'cancelled')),
  by_person TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_by_scope ON activity (level, scope, on_date);
CREATE INDEX activity_by_date ON activity (on_date);
-- The invited branches; `comes` is what their secretary answered.
CREATE TABLE activity_branch (
  activity TEXT NOT NULL REFERENCES activity (id),
  branch TEXT NOT NULL REFERENCES branch (code),
  comes INTEGER CHECK (comes IN (0, 1)),
  PRIMARY KEY (activity, branch)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_branch_by_branch ON activity_branch (branch);
CREATE TABLE activity_sign_in (
  activity TEXT NOT NULL REFERENCES activity (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  branch TEXT NOT NULL, -- the person's branch on that day
  PRIMARY KEY (activity, person)
) STRICT, WITHOUT ROWID;
