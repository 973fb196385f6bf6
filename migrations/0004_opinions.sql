-- Why: opinions (R79, P24, F7) are gathered in a sealed box; this holds how far a branch has got, and what the secretary made of it.
-- Nothing here says who gave an opinion or when: the only moments kept are the branch's own deadlines.
-- Old rows: a review opened earlier has no round; `opinion-open` gives it one while it is still being prepared. Old code: never writes these.
CREATE TABLE opinion_round (
  review TEXT PRIMARY KEY REFERENCES review (id),
  -- open: forms are taken; grouping: closed, read by those who group; passed_on: all passed on, raw texts destroyed;
  -- unopened: too few forms, the box was destroyed unread.
  state TEXT NOT NULL CHECK (state IN ('open', 'grouping', 'passed_on', 'unopened')),
  until INTEGER NOT NULL, -- Unix ms; the meeting may end it earlier
  forward_by TEXT -- date; null while open
) STRICT, WITHOUT ROWID;
CREATE INDEX opinion_round_by_state ON opinion_round (state);
-- The grouped and reworded text about one person or the branch, and the answer to it.
CREATE TABLE opinion_digest (
  review TEXT NOT NULL REFERENCES review (id),
  subject TEXT NOT NULL, -- an employee number, or 'branch'
  body TEXT NOT NULL, -- empty: nothing that may be passed on
  answer_by TEXT, -- date; null until it is passed on
  answer TEXT,
  PRIMARY KEY (review, subject)
) STRICT, WITHOUT ROWID;
