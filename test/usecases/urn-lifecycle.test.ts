import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createKeyStore } from '../../src/ballot/keys.ts';
import { addBallots, openBox, sealBox } from '../../src/ballot/urn.ts';
import { openDatabase } from '../../src/store/db.ts';
import { electorsOf } from '../../src/store/elector.ts';
import { receiptsOf } from '../../src/store/receipt.ts';
import { findRecount, findUrn, replaceUrns } from '../../src/store/urn.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import {
  closeUrn,
  destroyRecount,
  destroyWorkingKey,
  openUrn,
  readRecount,
  readUrn,
  sweepKeys,
} from '../../src/usecases/urn-lifecycle.ts';
import { aRoll, type BallotWorld, ballotWorld, fill, NOON, openBallot, seededBelow } from '../support/ballot-world.ts';

const roll = aRoll({ members: 4, committee: 2, leaders: 1, colleagues: 1 });
const BINDING = { review: 'r1', rollNo: 1 };
let world: BallotWorld;
beforeEach(async () => {
  world = await ballotWorld();
  await openBallot(world, 'r1', roll);
});

async function vote(...people: string[]): Promise<string[]> {
  const caster = createBallotCaster({ db: world.db, keys: world.keys, now: () => NOON });
  const verdicts = await Promise.all(
    people.map((person) => caster.cast({ ...BINDING, person, marks: fill(roll, person) })),
  );
  return verdicts.map((verdict) => (verdict.ok ? verdict.value.receipt : verdict.reason));
}
const close = () => world.db.write((tx) => closeUrn(tx, world.keys, BINDING));
const keyNames = () =>
  world.keys
    .list()
    .map(({ review, purpose }) => `${review} ${purpose}`)
    .toSorted();

describe('opening', () => {
  it('freezes the roll and leaves an empty box with its key', async () => {
    expect(await readUrn(world.db.read, world.keys, BINDING)).toMatchObject({ electors: 8, cast: 0, receipts: [] });
    expect(await electorsOf(world.db.read, 'r1')).toHaveLength(8);
    expect(keyNames()).toEqual(['r1 working']);
  });

  it('happens once', async () => {
    const again = world.db.write((tx) => openUrn(tx, world.keys, { ...BINDING, ...roll }));
    await expect(again).rejects.toMatchObject({ code: 'bug' });
    expect(await vote('M001')).toEqual([expect.stringContaining('-')]);
  });

  it('makes a new key when a crash left one without a box', async () => {
    world.keys.create('r2', 'working', Buffer.alloc(32, 7));
    await openBallot(world, 'r2', roll);
    expect(Buffer.from(world.keys.load('r2', 'working'))).not.toEqual(Buffer.alloc(32, 7));
    expect(await readUrn(world.db.read, world.keys, { review: 'r2', rollNo: 1 })).toMatchObject({ cast: 0 });
  });
});

describe('closing', () => {
  it('gives the tally its rows, keeps them for a recount and publishes the receipts', async () => {
    const receipts = await vote('M001', 'C001', 'L001', 'R001');
    const reading = await close();
    await destroyWorkingKey(world.db, world.keys, 'r1');
    expect(reading).toMatchObject({ electors: 8, cast: 4 });
    expect(reading.subjects.map(({ subject, rows }) => [subject, rows.length])).toEqual([
      ['C001', 3],
      ['C002', 4],
      ['M001', 3],
      ['M002', 4],
      ['M003', 4],
      ['M004', 4],
      ['branch', 4],
    ]);
    expect(reading.subjects[2]?.eligible).toEqual({ leadership: 1, committee: 2, members_and_colleagues: 4 });
    expect(reading.subjects.at(-1)).toMatchObject({
      graded: false,
      eligible: { leadership: 1, committee: 2, members_and_colleagues: 5 },
    });
    expect(await receiptsOf(world.db.read, 'r1')).toEqual(receipts.toSorted());
    expect(await findUrn(world.db.read, 'r1')).toBeNull();
    expect(keyNames()).toEqual(['r1 recount']);
  });

  it('lets the kept rows be counted again', async () => {
    await vote('M001', 'M002', 'C001');
    const reading = await close();
    const again = await readRecount(world.db.read, world.keys, BINDING);
    const sorted = (of: typeof reading) =>
      of.subjects.map(({ subject, rows }) => [subject, rows.map((row) => JSON.stringify(row)).toSorted()]);
    expect(sorted(again)).toEqual(sorted(reading));
    expect(again).toMatchObject({ electors: 8, cast: 3 });
  });

  it('destroys no key whose box is still there', async () => {
    await destroyWorkingKey(world.db, world.keys, 'r1');
    expect(keyNames()).toEqual(['r1 working']);
  });

  it('changes nothing when the transaction is rolled back, and can be done again', async () => {
    const receipts = await vote('M001');
    const failing = world.db.write(async (tx) => {
      await closeUrn(tx, world.keys, BINDING);
      throw new Error('the tally failed');
    });
    await expect(failing).rejects.toThrow('the tally failed');
    expect(await readUrn(world.db.read, world.keys, BINDING)).toMatchObject({ cast: 1 });
    expect(await receiptsOf(world.db.read, 'r1')).toEqual([]);
    expect((await close()).receipts).toEqual(receipts);
    expect(await readRecount(world.db.read, world.keys, BINDING)).toMatchObject({ cast: 1 });
    await expect(close()).rejects.toMatchObject({ code: 'bug' });
  });

  it.each([
    { name: 'the roll says more than the box', sql: `UPDATE elector SET voted = 1 WHERE person = 'M002'` },
    { name: 'the roll says less than the box', sql: `UPDATE elector SET voted = 0 WHERE person = 'M001'` },
    { name: 'somebody else is said to have voted', sql: `UPDATE elector SET voted = person = 'M002'` },
    {
      name: 'a voter is said to be of another category',
      sql: `UPDATE elector SET class = 'committee' WHERE person = 'M001'`,
    },
  ])('refuses to count when $name', async ({ sql }) => {
    await vote('M001');
    await world.db.script(sql);
    await expect(readUrn(world.db.read, world.keys, BINDING)).rejects.toMatchObject({ code: 'seal_broken' });
    await expect(close()).rejects.toMatchObject({ code: 'seal_broken' });
    expect(await findUrn(world.db.read, 'r1')).not.toBeNull();
  });

  it('refuses to count an older box put back, or one that was stuffed', async () => {
    const old = (await findUrn(world.db.read, 'r1')) ?? new Uint8Array();
    await vote('M001');
    await world.db.write((tx) => replaceUrns(tx, [{ review: 'r1', box: old }]));
    await expect(close()).rejects.toMatchObject({ code: 'seal_broken' });

    const box = openBox(world.keys.load('r1', 'working'), BINDING, old);
    addBallots(
      box,
      [1, 2].map(() => ({ category: 'committee' as const, rows: [] })),
      seededBelow(1),
    );
    const stuffed = sealBox(world.keys.load('r1', 'working'), BINDING, box);
    await world.db.write((tx) => replaceUrns(tx, [{ review: 'r1', box: stuffed }]));
    await expect(close()).rejects.toMatchObject({ code: 'seal_broken' });
  });
});

describe('keys', () => {
  it('are swept when their box is gone, and only then', async () => {
    await openBallot(world, 'r2', roll);
    await openBallot(world, 'refused', roll);
    await close(); // the process dies before it destroys the working key
    await world.db.write((tx) =>
      tx.run(`UPDATE review SET state = 'closed', refused = 'too_few_valid' WHERE id = 'refused'`),
    );
    await world.db.script(`INSERT INTO review (id, branch, period, state, rules, catalogue, opened_by, opened_at)
      VALUES ('never-opened', 'B001', 'never-opened', 'meeting', 'rules', 'catalogue', 'office', 0)`);
    world.keys.create('never-opened', 'working', Buffer.alloc(32, 7));
    world.keys.create('r2', 'recount', Buffer.alloc(32, 7));
    const swept = await sweepKeys(world.db, world.keys);
    expect(swept.map(({ review, purpose }) => `${review} ${purpose}`).toSorted()).toEqual([
      'never-opened working',
      'r1 working',
      'r2 recount',
    ]);
    expect(keyNames()).toEqual(['r1 recount', 'r2 working', 'refused working']);
    expect(await sweepKeys(world.db, world.keys)).toEqual([]);
  });

  it('are left alone when the database does not know their review: it may be the wrong one', async () => {
    const [other, receipts] = [await ballotWorld(), await vote('M001')];
    expect(await sweepKeys(other.db, world.keys)).toEqual([]);
    expect((await close()).receipts).toEqual(receipts);
  });

  it('of a recount go with the kept rows (F16)', async () => {
    await close();
    await destroyWorkingKey(world.db, world.keys, 'r1');
    const kept = (await findRecount(world.db.read, 'r1')) ?? new Uint8Array();
    expect(await destroyRecount(world.db, world.keys, 'r1')).toBe(true);
    expect(keyNames()).toEqual([]);
    expect(await findRecount(world.db.read, 'r1')).toBeNull();
    expect(await destroyRecount(world.db, world.keys, 'r1')).toBe(false);
    await expect(readRecount(world.db.read, world.keys, BINDING)).rejects.toMatchObject({ code: 'not_found' });
    // A backup still has the sealed rows; nothing opens them any more.
    await world.db.write((tx) => tx.run('INSERT INTO recount (review, box) VALUES (?, ?)', ['r1', kept]));
    await expect(readRecount(world.db.read, world.keys, BINDING)).rejects.toMatchObject({ code: 'key_missing' });
  });

  it('destroyed after the close leave an old backup shut', async () => {
    await vote('M001', 'M002');
    const file = join(world.dir, 'backup.db');
    await world.db.backup(file);
    await close();
    await destroyWorkingKey(world.db, world.keys, 'r1');
    const old = await openDatabase({ url: `file:${file}` });
    expect(await findUrn(old.read, 'r1')).not.toBeNull();
    await expect(readUrn(old.read, world.keys, BINDING)).rejects.toMatchObject({ code: 'key_missing' });
    await old.close();
  });

  it('are nowhere in the database', async () => {
    await vote('M001');
    const elsewhere = join(world.dir, 'other-keys');
    mkdirSync(elsewhere);
    await expect(readUrn(world.db.read, createKeyStore(elsewhere), BINDING)).rejects.toMatchObject({
      code: 'key_missing',
    });
  });
});
