-- Why: the first version of everything a quarterly review needs.
-- Secrecy (design.md section 10 and 12.16): elector, urn, recount, receipt and inbox hold no time and share no key beyond the review.

-- Roster -------------------------------------------------------------------------------------------------------------
CREATE TABLE district (code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE mutual_group (
  code TEXT PRIMARY KEY, name TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES district (code)
) STRICT, WITHOUT ROWID;
CREATE TABLE unit (code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE branch (
  code TEXT PRIMARY KEY, name TEXT NOT NULL,
  district TEXT NOT NULL REFERENCES district (code),
  mutual_group TEXT REFERENCES mutual_group (code), -- null: a gap the roster check lists
  unit TEXT NOT NULL REFERENCES unit (code)
) STRICT, WITHOUT ROWID;
CREATE INDEX branch_by_unit ON branch (unit);
CREATE INDEX branch_by_district ON branch (district);
CREATE TABLE person (
  employee_no TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  mobile TEXT,
  branch TEXT NOT NULL REFERENCES branch (code),
  status TEXT NOT NULL CHECK (status IN ('full', 'probationary', 'colleague')),
  locale TEXT CHECK (locale IN ('zh-CN', 'en')),
  position INTEGER NOT NULL, -- order of the roster file (A45)
  left_on TEXT, -- date; people are marked left, never deleted
  -- The platform of the last typed command; never touched by a ballot click (design.md section 12.16).
  preferred_platform TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_branch ON person (branch, position);
CREATE INDEX person_by_mobile ON person (mobile);
CREATE TABLE person_role (
  person TEXT NOT NULL REFERENCES person (employee_no),
  role TEXT NOT NULL CHECK (role IN ('secretary', 'deputy_secretary', 'committee', 'leader', 'leading_group', 'liaison', 'office', 'assessor')),
  scope TEXT NOT NULL DEFAULT '', -- district code of a liaison officer, else empty
  PRIMARY KEY (person, role, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_role_by_role ON person_role (role, scope);
CREATE TABLE identity (
  platform TEXT NOT NULL,
  app_id TEXT NOT NULL, -- an open_id is per app (platform/lark.md §4.8)
  user_id TEXT NOT NULL,
  person TEXT NOT NULL REFERENCES person (employee_no),
  reachable INTEGER NOT NULL DEFAULT 1 CHECK (reachable IN (0, 1)),
  PRIMARY KEY (platform, app_id, user_id),
  UNIQUE (platform, app_id, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE bind_code (
  person TEXT PRIMARY KEY REFERENCES person (employee_no),
  code_hash TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  issued_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE chat (
  platform TEXT NOT NULL,
  chat_id TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  scope TEXT CHECK (scope IN ('city', 'district', 'group', 'branch')), -- null: not set up yet
  code TEXT, -- of the district, group or branch; null for the city
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  PRIMARY KEY (platform, chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX chat_by_scope ON chat (scope, code);

-- Rules --------------------------------------------------------------------------------------------------------------
CREATE TABLE rules_version (hash TEXT PRIMARY KEY, body TEXT NOT NULL, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE catalogue_version (hash TEXT PRIMARY KEY, body TEXT NOT NULL, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- A branch's review of a period -----------------------------------------------------------------------------------------
CREATE TABLE review (
  id TEXT PRIMARY KEY,
  branch TEXT NOT NULL REFERENCES branch (code),
  period TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('preparing', 'meeting', 'balloting', 'closed', 'tallied', 'confirmed', 'notice', 'final')),
  rules TEXT NOT NULL REFERENCES rules_version (hash),
  catalogue TEXT NOT NULL REFERENCES catalogue_version (hash),
  opened_by TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  agenda_done INTEGER NOT NULL DEFAULT 0,
  roll_no INTEGER NOT NULL DEFAULT 0, -- +1 whenever the ballot is opened or reopened; part of every sealed draft
  ballot_until INTEGER, -- end of the window, Unix ms
  extensions INTEGER NOT NULL DEFAULT 0,
  closed_by TEXT,
  closed_at INTEGER,
  refused TEXT, -- why the tally was refused: A7, A13 or A17 as a reason name
  counts TEXT, -- JSON, frozen at the close: due, present, electors, cast, valid
  confirmed_by TEXT,
  confirmed_at INTEGER,
  notice_until TEXT, -- date; last day of the notice
  published_at INTEGER,
  final_at INTEGER,
  version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),
  UNIQUE (branch, period)
) STRICT;
CREATE INDEX review_by_state ON review (state);
CREATE INDEX review_by_period ON review (period);
-- Those due to attend: members and representatives (design.md section 12.3).
CREATE TABLE review_due (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  kind TEXT NOT NULL CHECK (kind IN ('member', 'probationary', 'representative')),
  exempt TEXT CHECK (exempt IN ('duty_travel', 'leave', 'illness', 'posting', 'other')), -- not counted as due (A14)
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)), -- a representative taken off the list by the secretary
  present INTEGER NOT NULL DEFAULT 0 CHECK (present IN (0, 1)),
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;
-- Those who are rated, frozen when the ballot opens.
CREATE TABLE review_subject (
  review TEXT NOT NULL REFERENCES review (id),
  position INTEGER NOT NULL,
  person TEXT NOT NULL REFERENCES person (employee_no),
  graded INTEGER NOT NULL CHECK (graded IN (0, 1)), -- 0: probationary, feedback only (A19)
  party_group INTEGER NOT NULL DEFAULT 0, -- 0: everybody rates everybody; else the group of A50
  PRIMARY KEY (review, position),
  UNIQUE (review, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE self_review (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL, -- an employee number, or 'branch' for the branch's own
  marks TEXT NOT NULL, -- JSON {star: mark}
  achievements TEXT NOT NULL,
  shortcomings TEXT NOT NULL,
  direction TEXT NOT NULL,
  filed_by TEXT NOT NULL,
  filed_at INTEGER NOT NULL,
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE self_review_excuse (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('duty_travel', 'leave', 'illness', 'posting', 'other')),
  by_person TEXT NOT NULL,
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;

-- The ballot -----------------------------------------------------------------------------------------------------------
CREATE TABLE elector (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  class TEXT NOT NULL CHECK (class IN ('leadership', 'committee', 'members_and_colleagues')),
  voted INTEGER NOT NULL DEFAULT 0 CHECK (voted IN (0, 1)),
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE urn (review TEXT PRIMARY KEY REFERENCES review (id), box BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE recount (review TEXT PRIMARY KEY REFERENCES review (id), box BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE receipt (
  review TEXT NOT NULL REFERENCES review (id),
  code TEXT NOT NULL,
  PRIMARY KEY (review, code)
) STRICT, WITHOUT ROWID;

-- Results --------------------------------------------------------------------------------------------------------------
CREATE TABLE sheet (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL, -- an employee number, or 'branch' for the feedback to the branch
  body TEXT NOT NULL, -- JSON; holds only what passed the publication gate
  acknowledged INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged IN (0, 1)),
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE decision (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('outstanding', 'barred')),
  value TEXT NOT NULL, -- star key, or one of the three grounds of R121
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'hearing', 'decided', 'dropped')),
  by_person TEXT NOT NULL,
  at INTEGER NOT NULL,
  hearing_until INTEGER, -- barred only (F9)
  statement TEXT, -- the member's side
  stated_at INTEGER,
  PRIMARY KEY (review, person, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE objection (
  id TEXT PRIMARY KEY,
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL,
  body TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level IN (1, 2)), -- 2: appeal
  state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'rejected')),
  filed_at INTEGER NOT NULL,
  decide_by TEXT NOT NULL, -- date
  decided_by TEXT,
  decided_at INTEGER,
  answer TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_by_review ON objection (review, person);
CREATE INDEX objection_by_state ON objection (state, decide_by);
CREATE TABLE sheet_view (
  id INTEGER PRIMARY KEY,
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL,
  viewer TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX sheet_view_by_person ON sheet_view (person, review);

-- Opinions (R79, F7): sealed like ballots, one box per review ------------------------------------------------------------
CREATE TABLE opinion_roll (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  given INTEGER NOT NULL DEFAULT 0 CHECK (given IN (0, 1)),
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE opinion_box (review TEXT PRIMARY KEY REFERENCES review (id), box BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Trail and machinery ----------------------------------------------------------------------------------------------------
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL, -- an employee number or 'system'
  act TEXT NOT NULL,
  object TEXT NOT NULL,
  detail TEXT NOT NULL, -- JSON
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TABLE inbox (
  platform TEXT NOT NULL,
  key TEXT NOT NULL,
  day TEXT NOT NULL, -- date only, for cleaning up
  PRIMARY KEY (platform, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_by_day ON inbox (day);
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE, -- the platform's idempotency key
  platform TEXT NOT NULL,
  recipient_kind TEXT NOT NULL CHECK (recipient_kind IN ('chat', 'person')),
  recipient TEXT NOT NULL, -- chat id, or employee number
  card TEXT NOT NULL, -- name of the card or file to compose when it is sent; never its content
  args TEXT NOT NULL, -- JSON: ids only
  once_key TEXT UNIQUE, -- at most one message with this key, ever
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead', 'dropped')),
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL,
  last_error TEXT,
  message_id TEXT,
  created_at INTEGER NOT NULL,
  first_try_at INTEGER,
  done_at INTEGER
) STRICT;
CREATE INDEX outbox_waiting ON outbox (not_before, id) WHERE state = 'waiting';
CREATE INDEX outbox_by_recipient ON outbox (platform, recipient_kind, recipient, id) WHERE state = 'waiting';
CREATE TABLE job_run (
  job TEXT NOT NULL,
  slot TEXT NOT NULL, -- the scheduled moment, ISO 8601 with zone
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'skipped')),
  owner TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  outcome TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (job, slot)
) STRICT, WITHOUT ROWID;
CREATE TABLE lease (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
