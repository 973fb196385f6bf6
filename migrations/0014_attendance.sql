-- Why: guests of the four-mutual group at reviews (R70, A18), absences at meetings by category (F13), and how many of a branch were at an
-- activity, so that the count outlives the sign-ins (F16).
-- Old rows: activities that were held keep their counts; reviews have no guests. Old code: never reads these.

-- Other branches of the group at a review: they get no ballot and are not due. Their checklist has yes and no, no marks.
CREATE TABLE review_guest (
  review TEXT NOT NULL REFERENCES review (id),
  branch TEXT NOT NULL REFERENCES branch (code),
  comes INTEGER CHECK (comes IN (0, 1)), -- null: no answer yet
  who TEXT NOT NULL DEFAULT '',
  present INTEGER NOT NULL DEFAULT 0, -- how many signed in
  checklist TEXT, -- JSON {item: yes}; null: not filled in
  remark TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (review, branch)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_guest_by_branch ON review_guest (branch);
-- Who was there; no moment is kept.
CREATE TABLE review_guest_sign_in (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_guest_sign_in_by_person ON review_guest_sign_in (person);

-- Who is excused from a meeting, by category only: seen by the person and the secretary.
CREATE TABLE meeting_absence (
  meeting TEXT NOT NULL REFERENCES meeting (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  reason TEXT NOT NULL CHECK (reason IN ('duty_travel', 'leave', 'illness', 'posting', 'other')),
  PRIMARY KEY (meeting, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_absence_by_person ON meeting_absence (person);

ALTER TABLE activity_branch ADD COLUMN present INTEGER NOT NULL DEFAULT 0;
UPDATE activity_branch SET present = (SELECT count(*) FROM activity_sign_in s WHERE s.activity = activity_branch.activity AND s.branch = activity_branch.branch);
