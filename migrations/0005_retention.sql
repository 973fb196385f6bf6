-- Why: F16 gives every kind of record a term of its own, counted from the day a result is final; this says which terms of a review
-- are over, so that the nightly run deals with each of them once and leaves one entry in the audit trail.
-- Old rows: no term is over yet, the next run sees to those that are. Old code: keeps working, it never reads this.
CREATE TABLE retired (
  review TEXT NOT NULL REFERENCES review (id),
  -- raw_ballots, raw_opinions: boxes and their keys; sheets: self-reviews, scores, decisions. After the last term the review goes.
  what TEXT NOT NULL CHECK (what IN ('raw_ballots', 'raw_opinions', 'sheets')),
  PRIMARY KEY (review, what)
) STRICT, WITHOUT ROWID;
