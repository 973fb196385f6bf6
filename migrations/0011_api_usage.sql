-- Why: a platform may count calls by the month (DingTalk's plan without payment holds 5,000), so they are counted and shown. Sums only:
-- nothing here tells what was sent, to whom or when.
CREATE TABLE api_usage (
  platform TEXT NOT NULL,
  month TEXT NOT NULL, -- 2026-10
  kind TEXT NOT NULL CHECK (kind IN ('call', 'push')),
  n INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (platform, month, kind)
) STRICT, WITHOUT ROWID;
