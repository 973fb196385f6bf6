-- Why: the months and meetings between two reviews: the monthly summary (R65), the register of meetings with sign-in and minutes
-- (R56–R58, R67), the unit's leading group (R20, R21) and the evidence of the five sames (R117).
-- Old rows: none. Old code: never reads these.

-- The monthly summary. A round is opened on the 25th and closed on the 5th; a branch that was never asked is never late.
CREATE TABLE month_round (
  month TEXT PRIMARY KEY, -- 2026-10
  opened_on TEXT NOT NULL, -- date
  closes_on TEXT NOT NULL, -- date
  state TEXT NOT NULL CHECK (state IN ('open', 'closed'))
) STRICT, WITHOUT ROWID;
CREATE TABLE month_due (
  month TEXT NOT NULL REFERENCES month_round (month),
  branch TEXT NOT NULL REFERENCES branch (code),
  PRIMARY KEY (month, branch)
) STRICT, WITHOUT ROWID;
CREATE TABLE monthly_summary (
  branch TEXT NOT NULL REFERENCES branch (code),
  month TEXT NOT NULL,
  progress TEXT NOT NULL,
  problems TEXT NOT NULL,
  plan TEXT NOT NULL,
  measures TEXT NOT NULL,
  filed_by TEXT NOT NULL,
  filed_on TEXT NOT NULL, -- date of the last change
  on_time INTEGER NOT NULL CHECK (on_time IN (0, 1)), -- 1: filed first before the month was closed
  version INTEGER NOT NULL DEFAULT 1, -- +1 on every change
  PRIMARY KEY (branch, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX monthly_summary_by_month ON monthly_summary (month);

-- Meetings of a branch.
CREATE TABLE meeting (
  id TEXT PRIMARY KEY,
  branch TEXT NOT NULL REFERENCES branch (code),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  on_date TEXT NOT NULL,
  at_time TEXT NOT NULL,
  place TEXT NOT NULL,
  agenda TEXT NOT NULL, -- one item a line
  state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'held', 'cancelled')),
  noticed INTEGER NOT NULL DEFAULT 0 CHECK (noticed IN (0, 1)),
  by_person TEXT NOT NULL,
  due INTEGER, -- counted when it ended
  present INTEGER,
  minutes_by TEXT, -- date by which minutes are to be there; null before it ended
  points TEXT, -- what was agreed, not who said what (A54); null: no minutes yet
  follow_up TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 0 -- +1 when date, place or agenda change: a new notice goes out
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_by_branch ON meeting (branch, on_date);
CREATE INDEX meeting_waiting ON meeting (state, on_date);
-- Who was there; no moment is kept. `leader`: of the unit's leadership team on that day (R67).
CREATE TABLE meeting_sign_in (
  meeting TEXT NOT NULL REFERENCES meeting (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  leader INTEGER NOT NULL CHECK (leader IN (0, 1)),
  PRIMARY KEY (meeting, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_sign_in_by_person ON meeting_sign_in (person);
-- Other branches of the four-mutual group at a commitment meeting (R70); their checklist has yes and no, no marks (A18).
CREATE TABLE meeting_guest (
  meeting TEXT NOT NULL REFERENCES meeting (id),
  branch TEXT NOT NULL REFERENCES branch (code),
  comes INTEGER CHECK (comes IN (0, 1)), -- null: no answer yet
  who TEXT NOT NULL DEFAULT '',
  checklist TEXT, -- JSON {item: yes}; null: not filled in
  remark TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (meeting, branch)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_guest_by_branch ON meeting_guest (branch);

-- The unit's Party-building leading group.
CREATE TABLE leading_meeting (
  id TEXT PRIMARY KEY,
  unit TEXT NOT NULL REFERENCES unit (code),
  on_date TEXT NOT NULL,
  topic TEXT NOT NULL,
  decided TEXT NOT NULL,
  by_person TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX leading_meeting_by_unit ON leading_meeting (unit, on_date);
CREATE TABLE five_same (
  id TEXT PRIMARY KEY,
  unit TEXT NOT NULL REFERENCES unit (code),
  year INTEGER NOT NULL,
  same TEXT NOT NULL CHECK (same IN ('planned', 'assigned', 'inspected', 'assessed', 'commended')),
  text TEXT NOT NULL,
  reference TEXT NOT NULL, -- number or title of the document
  by_person TEXT NOT NULL,
  on_date TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX five_same_by_unit ON five_same (unit, year);
