-- Why: a branch that disappears from the roster keeps its reviews but must leave lists and league tables; and a language the
-- person chose in a chat must survive the next import, so the value last seen in the file is kept apart from the one in force.
-- Old rows: every branch open, no language seen in a file yet. Old code: keeps working, it never writes these columns.
ALTER TABLE branch ADD COLUMN closed_on TEXT; -- date
ALTER TABLE person ADD COLUMN file_locale TEXT;
