-- Why: an answer to a command must not wait behind a fan-out of thousands of cards (design.md section 12.2), and the sender
-- must find due rows without sorting everything that waits.
-- Old rows: not urgent. Old code: keeps working, it never writes this column.
ALTER TABLE outbox ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1));
CREATE INDEX outbox_queue ON outbox (platform, id) WHERE state = 'waiting';
CREATE INDEX outbox_urgent ON outbox (platform, recipient_kind, recipient) WHERE state = 'waiting' AND urgent = 1;
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead';
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
