-- Why: a due list follows the roster while it is open (A9, A14); an elector may be excused after a refused tally (A7); and a person may
-- be rated for feedback only, or not at all on request (A20, A21).
-- Old rows: whoever had left without signing in was not counted as due, and stays so. Old code: keeps working, it never writes these.
ALTER TABLE review_due ADD COLUMN gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)); -- left, or moved to another branch, while the list was open
UPDATE review_due SET gone = 1 WHERE present = 0 AND person IN (SELECT employee_no FROM person WHERE left_on IS NOT NULL);
-- People rated in a ballot that is open now who joined after the opening: from here on they may file a self-review.
INSERT INTO review_due (review, person, kind)
  SELECT s.review, s.person, CASE p.status WHEN 'probationary' THEN 'probationary' ELSE 'member' END
  FROM review_subject s JOIN review r ON r.id = s.review JOIN person p ON p.employee_no = s.person
  WHERE r.state IN ('balloting', 'closed') AND NOT EXISTS (SELECT 1 FROM review_due d WHERE d.review = s.review AND d.person = s.person);

-- Electors nothing waits for, beside those recorded on the due list. It says nothing about who has voted.
CREATE TABLE elector_excuse (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  reason TEXT NOT NULL CHECK (reason IN ('duty_travel', 'leave', 'illness', 'posting', 'other', 'left')),
  by_person TEXT NOT NULL,
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;

-- Those who are rated otherwise than by their status; a category only (F13).
CREATE TABLE review_rating (
  review TEXT NOT NULL REFERENCES review (id),
  person TEXT NOT NULL REFERENCES person (employee_no),
  ground TEXT NOT NULL CHECK (ground IN ('new', 'seconded', 'absent', 'retired', 'ill', 'mobile')),
  by_person TEXT NOT NULL,
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;
