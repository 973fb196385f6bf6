-- Why: a reminder that a stopped bot or an outage held up must not arrive at night (design.md 12.2): after this moment it waits for
-- the next message hours.
-- Old rows: may leave at any time, as before. Old code: keeps working, it never reads this.
ALTER TABLE outbox ADD COLUMN leave_by INTEGER; -- Unix ms; null: any time
