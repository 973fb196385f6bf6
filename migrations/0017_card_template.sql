-- Why: DingTalk tells an app nothing of its card template, so what drew the cards that were tapped is remembered and `doctor` can say
-- whether it is ours and of this version. One row for each template id, without who tapped or when.
CREATE TABLE card_template (
  platform TEXT NOT NULL,
  template_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 0), -- 0: not ours
  PRIMARY KEY (platform, template_id)
) STRICT, WITHOUT ROWID;
