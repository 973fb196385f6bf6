-- Why: what is asked at every message and every card (by which account somebody is reached, what concerns a person) read whole tables
-- (test/store/lookups.test.ts). Old rows, old code: nothing changes for them.
CREATE INDEX identity_by_person ON identity (person);
CREATE INDEX review_due_by_person ON review_due (person);
CREATE INDEX activity_sign_in_by_person ON activity_sign_in (person);
CREATE INDEX branch_by_group ON branch (mutual_group);
