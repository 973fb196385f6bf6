import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  countElectors,
  electorsOf,
  findElector,
  insertElectors,
  markVoted,
  owedBallots,
} from '../../src/store/elector.ts';
import { createIdleCheckpointer } from '../../src/store/idle-checkpoint.ts';
import { hasReceipt, insertReceipts, receiptsOf, reviewsWithReceipt } from '../../src/store/receipt.ts';
import { findUrn, pollsOf, replaceUrns, reviewsWithUrn } from '../../src/store/urn.ts';
import { aRoll, type BallotWorld, ballotWorld, openBallot, UNTIL } from '../support/ballot-world.ts';

let world: BallotWorld;
beforeEach(async () => {
  world = await ballotWorld();
  await openBallot(world, 'r1', aRoll({ members: 3, committee: 1, leaders: 1 }));
  await openBallot(world, 'r2', aRoll({ members: 3 }));
});

describe('the roll', () => {
  it('marks a group once and tells who was new', async () => {
    const mark = (...people: string[]) =>
      world.db.write((tx) =>
        markVoted(
          tx,
          people.map((person) => ({ review: 'r1', person })),
        ),
      );
    expect((await mark('M001', 'L001')).map(({ person }) => person).toSorted()).toEqual(['L001', 'M001']);
    expect(await mark('M001', 'M002', 'Z999')).toEqual([{ review: 'r1', person: 'M002' }]);
    expect(await owedBallots(world.db.read, 'r1')).toEqual(['C001', 'M003']);
    expect(await owedBallots(world.db.read, 'r2')).toEqual(['M001', 'M002', 'M003']);
    expect(await countElectors(world.db.read, 'r1')).toEqual([
      { category: 'committee', electors: 1, expected: 1, voted: 0 },
      { category: 'leadership', electors: 1, expected: 1, voted: 1 },
      { category: 'members_and_colleagues', electors: 3, expected: 3, voted: 2 },
    ]);
    expect(await findElector(world.db.read, 'r1', 'M001')).toEqual({
      person: 'M001',
      category: 'members_and_colleagues',
      voted: true,
    });
    expect(await findElector(world.db.read, 'r2', 'L001')).toBeNull();
  });

  it('holds everybody once', async () => {
    await expect(
      world.db.write((tx) => insertElectors(tx, 'r1', [{ person: 'M001', category: 'leadership' }])),
    ).rejects.toThrow(/UNIQUE/);
    expect(await electorsOf(world.db.read, 'r1')).toHaveLength(5);
  });

  it('is found through its key, not by reading the whole table', async () => {
    const plan = await world.db.read.all(
      z.object({ detail: z.string() }),
      `EXPLAIN QUERY PLAN UPDATE elector SET voted = 1
       WHERE voted = 0 AND (review, person) IN (SELECT value->>0, value->>1 FROM json_each('[]')) RETURNING review, person`,
    );
    expect(plan.map(({ detail }) => detail).join('\n')).toMatch(/SEARCH elector USING PRIMARY KEY/);
  });

  it.each(['elector', 'urn', 'recount', 'receipt', 'inbox'])(
    'and its neighbours: %s has no time and no order of entry',
    async (table) => {
      const columns = await world.db.read.all(
        z.object({ name: z.string(), type: z.string() }),
        'SELECT name, type FROM pragma_table_info(?)',
        [table],
      );
      expect(columns.map(({ name }) => name).filter((name) => /(_at|at|time|until|seq|id)$/.test(name))).toEqual([]);
      expect(columns.filter(({ name, type }) => type === 'INTEGER' && name !== 'voted')).toEqual([]);
      const made = await world.db.read.get(
        z.object({ sql: z.string() }),
        'SELECT sql FROM sqlite_master WHERE name = ?',
        [table],
      );
      expect(made?.sql).toMatch(/WITHOUT ROWID/);
    },
  );
});

describe('the boxes', () => {
  it('are replaced together in one statement', async () => {
    const [a, b] = [Buffer.from('first box'), Buffer.from('the second, longer box')];
    const changed = await world.db.write((tx) =>
      replaceUrns(tx, [
        { review: 'r2', box: b },
        { review: 'r1', box: a },
      ]),
    );
    expect(changed).toBe(2);
    expect(Buffer.from((await findUrn(world.db.read, 'r1')) ?? [])).toEqual(a);
    expect(Buffer.from((await findUrn(world.db.read, 'r2')) ?? [])).toEqual(b);
    expect((await reviewsWithUrn(world.db.read)).toSorted()).toEqual(['r1', 'r2']);
  });

  it('say when there is nothing to replace', async () => {
    expect(await world.db.write((tx) => replaceUrns(tx, [{ review: 'r9', box: Buffer.from('x') }]))).toBe(0);
  });

  it('come with what casting must know', async () => {
    const [poll, ...more] = await pollsOf(world.db.read, ['r1', 'nowhere']);
    expect(poll).toMatchObject({ review: 'r1', state: 'balloting', rollNo: 1, until: UNTIL });
    expect(poll?.box?.length).toBeGreaterThan(100);
    expect(more).toEqual([]);
  });
});

describe('receipts', () => {
  it('are a sorted list per review', async () => {
    await world.db.write((tx) => insertReceipts(tx, 'r1', ['ZZZZ-0000', 'AAAA-1111', 'K7Q2-M9TD']));
    expect(await receiptsOf(world.db.read, 'r1')).toEqual(['AAAA-1111', 'K7Q2-M9TD', 'ZZZZ-0000']);
    expect(await hasReceipt(world.db.read, 'r1', 'K7Q2-M9TD')).toBe(true);
    expect(await hasReceipt(world.db.read, 'r2', 'K7Q2-M9TD')).toBe(false);
    expect(await reviewsWithReceipt(world.db.read, 'K7Q2-M9TD')).toEqual(['r1']);
    expect(await reviewsWithReceipt(world.db.read, 'K7Q2-M9TE')).toEqual([]);
  });
});

describe('the write-ahead log', () => {
  const logBytes = () => statSync(`${join(world.dir, 'tenstar.db')}-wal`).size;

  it('is emptied at the close', async () => {
    expect(logBytes()).toBeGreaterThan(0);
    await createIdleCheckpointer(world.db).flush();
    expect(logBytes()).toBe(0);
  });

  it('and when nothing happens for a while', async () => {
    const checkpointer = createIdleCheckpointer(world.db, { idleMs: 1 });
    checkpointer.touch();
    checkpointer.touch();
    await expect.poll(logBytes, { timeout: 5_000 }).toBe(0);
  });
});
