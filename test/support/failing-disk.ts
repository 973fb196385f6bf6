/**
 * A disk that fails in the middle of a job: triggers in the database refuse a write. The run is claimed, what it has committed by then
 * is on the disk, and its row in the ledger stays open, as if the process had been killed just there; then it is killed.
 */
import type { Database } from '../../src/store/db.ts';

/**
 * Where it fails: `before_end`, when everything a run does is committed and only the ledger does not know; `between_branches`, when
 * messages to one branch are written and those to the next are not.
 */
export type Place = 'before_end' | 'between_branches';
/** By place, the jobs that fail there. */
export type Failures = Readonly<Record<Place, readonly string[]>>;

/** What the bot says when the end of a run could not be written. */
export const REFUSED = 'job: the ledger could not be used';

const DROP = 'DROP TRIGGER IF EXISTS fail_before_end; DROP TRIGGER IF EXISTS fail_between_branches;';
const among = (jobs: readonly string[]): string => `(SELECT value FROM json_each('${JSON.stringify(jobs)}'))`;

/** Fails at the next run of each of these jobs; of those that had something to do, unless `idle` ones are meant too. */
export const failAt = (
  db: Database,
  { before_end: atEnd, between_branches: between }: Failures,
  idle = false,
): Promise<void> =>
  db.script(`${DROP}
    CREATE TRIGGER fail_before_end BEFORE UPDATE OF state ON job_run
      WHEN OLD.state = 'running' AND ((NEW.job IN ${among(atEnd)} AND json_extract(NEW.outcome, '$.done') ${idle ? '>=' : '>'} 0)
        OR (NEW.job IN ${among(between)} AND NEW.state = 'failed' AND NEW.outcome <> OLD.outcome))
      BEGIN SELECT RAISE(ABORT, 'the disk fails'); END;
    CREATE TRIGGER fail_between_branches BEFORE INSERT ON outbox
      WHEN NEW.recipient_kind = 'person' AND EXISTS (
        SELECT 1 FROM job_run r JOIN outbox o ON o.created_at >= r.started_at AND o.recipient_kind = 'person'
          JOIN person a ON a.employee_no = o.recipient JOIN person b ON b.employee_no = NEW.recipient
        WHERE r.state = 'running' AND r.job IN ${among(between)} AND a.branch <> b.branch)
        AND (SELECT count(*) FROM job_run WHERE state = 'running') = 1 -- else the message may be another job's
      BEGIN SELECT RAISE(ABORT, 'the disk fails'); END;`);

/** The disk as it was. */
export const asBefore = (db: Database): Promise<void> => db.script(DROP);
