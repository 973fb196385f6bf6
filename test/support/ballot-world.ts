/** A real database in a temporary folder with one branch, its people and its reviews: the ground every ballot test stands on. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyStore, type KeyStore } from '../../src/ballot/keys.ts';
import type { Below } from '../../src/ballot/random.ts';
import {
  ballotLines,
  type Elector,
  type FrozenSubject,
  type MarkedSubjects,
  type Roll,
} from '../../src/ballot/roll.ts';
import type { Category, Mark } from '../../src/domain/marks.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openUrn } from '../../src/usecases/urn-lifecycle.ts';

export const NOON = Date.parse('2026-10-09T12:00:00+08:00');
export const UNTIL = NOON + 3 * 24 * 3_600_000;

export interface BallotWorld {
  dir: string;
  url: string;
  keysDir: string;
  db: Database;
  keys: KeyStore;
}

/** An empty database with every migration, and an empty key folder. */
export async function ballotWorld(): Promise<BallotWorld> {
  const dir = mkdtempSync(join(tmpdir(), 'tenstar-ballot-'));
  const url = `file:${join(dir, 'tenstar.db')}`;
  const db = await openDatabase({ url });
  await migrate(db, NOON);
  await db.script(`INSERT INTO district (code, name) VALUES ('D1', 'Demo district');
    INSERT INTO unit (code, name) VALUES ('U1', 'Demo unit');
    INSERT INTO branch (code, name, district, unit) VALUES ('B001', 'Demo branch', 'D1', 'U1');
    INSERT INTO rules_version (hash, body, since) VALUES ('rules', '{}', 0);
    INSERT INTO catalogue_version (hash, body, since) VALUES ('catalogue', '{}', 0)`);
  const keysDir = join(dir, 'keys');
  return { dir, url, keysDir, db, keys: createKeyStore(keysDir) };
}

export interface RollSpec {
  members: number;
  committee?: number;
  leaders?: number;
  colleagues?: number;
  /** Party groups of A50; 0: everybody rates everybody. */
  groups?: number;
}

/** A roll: members and committee are rated, leaders and colleagues only rate. */
export function aRoll({ members, committee = 0, leaders = 0, colleagues = 0, groups = 0 }: RollSpec): Roll {
  const people = (count: number, prefix: string, category: Category): Elector[] =>
    Array.from({ length: count }, (_, i) => ({ person: `${prefix}${String(i + 1).padStart(3, '0')}`, category }));
  const rated = [...people(committee, 'C', 'committee'), ...people(members, 'M', 'members_and_colleagues')];
  const subjects: FrozenSubject[] = rated.map(({ person }, i) => ({
    person,
    graded: true,
    partyGroup: groups === 0 ? 0 : 1 + (i % groups),
  }));
  return {
    electors: [...rated, ...people(leaders, 'L', 'leadership'), ...people(colleagues, 'R', 'members_and_colleagues')],
    subjects,
  };
}

/** A review of that roll, open for voting. */
export async function openBallot({ db, keys }: BallotWorld, review: string, roll: Roll, rollNo = 1): Promise<void> {
  await db.write(async (tx) => {
    await tx.run(
      `INSERT INTO person (employee_no, name, branch, status, position)
       SELECT value, value, 'B001', 'full', 0 FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`,
      [JSON.stringify(roll.electors.map(({ person }) => person))],
    );
    await tx.run(
      `INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at, roll_no, ballot_until)
       VALUES (?, 'B001', ?, 'balloting', 'rules', 'catalogue', 'office', 0, ?, ?)`,
      [review, review, rollNo, UNTIL],
    );
    await openUrn(tx, keys, { review, rollNo, electors: roll.electors, subjects: roll.subjects });
  });
}

/** Ten marks for every subject of this person's ballot. */
export function fill(
  roll: Roll,
  person: string,
  mark: (subject: string, star: number) => Mark = () => 8,
): MarkedSubjects {
  const elector = roll.electors.find((one) => one.person === person);
  if (!elector) throw new Error(`${person} is not on the roll`);
  return new Map(
    ballotLines(roll, elector).map(({ subject }) => [
      subject,
      Array.from({ length: 10 }, (_, star) => mark(subject, star)),
    ]),
  );
}

/** Repeatable random numbers for statistics (xorshift32); never used by the product. */
export function seededBelow(seed: number): Below {
  let state = seed | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let i = 0; i < 20; i++) next();
  return (bound) => Math.floor((next() / 2 ** 32) * bound);
}
