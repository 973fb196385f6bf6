-- Why: the notice of a review meeting says when and where (J16, R89).
CREATE TABLE review_meeting (
  review TEXT PRIMARY KEY REFERENCES review (id),
  on_date TEXT NOT NULL,
  at_time TEXT NOT NULL,
  place TEXT NOT NULL
) STRICT, WITHOUT ROWID;
