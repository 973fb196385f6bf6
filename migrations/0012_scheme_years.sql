-- Why: what a year is run by is adopted, numbered and kept with its reason (R42, R43, R48, J1, J2).
-- Old rows: none; a year gets its first version when the bot starts. Old code: never reads these.

CREATE TABLE projects_version (hash TEXT PRIMARY KEY, body TEXT NOT NULL, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- Append-only but for published_at: a version is never changed, the next one takes its place.
CREATE TABLE scheme_version (
  year INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  rules TEXT NOT NULL REFERENCES rules_version (hash),
  catalogue TEXT NOT NULL REFERENCES catalogue_version (hash),
  projects TEXT NOT NULL REFERENCES projects_version (hash),
  reason TEXT NOT NULL, -- `@first_version` and `@unused` are the bot's own
  adopted_by TEXT NOT NULL, -- employee number, or system
  adopted_at INTEGER NOT NULL,
  published_at INTEGER, -- when secretaries were told; from then on the version binds
  PRIMARY KEY (year, version)
) STRICT, WITHOUT ROWID;
