-- Why: an upheld objection must lead to a correction, and somebody with a declared relation must be able to step aside (A46, F10, F17).
-- Old rows: cases upheld before have no settlement, so whoever corrects them is asked now. Old code: never reads these.
ALTER TABLE objection ADD COLUMN decided_as TEXT CHECK (decided_as IN ('committee', 'leading_group', 'office')); -- an appeal goes past this body
ALTER TABLE objection ADD COLUMN settled_by TEXT;
ALTER TABLE objection ADD COLUMN settled_at INTEGER; -- null: not decided, rejected, or upheld and still to be corrected
ALTER TABLE objection ADD COLUMN settled_reason TEXT; -- what the person reads
ALTER TABLE objection ADD COLUMN bar_lifted INTEGER NOT NULL DEFAULT 0 CHECK (bar_lifted IN (0, 1));
ALTER TABLE objection ADD COLUMN star_named TEXT; -- key of the star named outstanding by the correction

-- Who stepped aside from which case; neither why nor when.
CREATE TABLE recusal (
  objection TEXT NOT NULL REFERENCES objection (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  PRIMARY KEY (objection, person)
) STRICT, WITHOUT ROWID;

-- Somebody's results are found by the person, whatever branch they belong to now.
CREATE INDEX sheet_by_person ON sheet (person);
