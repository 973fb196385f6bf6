import { beforeEach, describe, expect, it } from 'vitest';
import { openBox } from '../../src/ballot/urn.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { electorsOf } from '../../src/store/elector.ts';
import { findUrn } from '../../src/store/urn.ts';
import { type BallotCaster, type CastVerdict, createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import { readUrn, reopenUrn } from '../../src/usecases/urn-lifecycle.ts';
import { aRoll, type BallotWorld, ballotWorld, fill, NOON, openBallot, UNTIL } from '../support/ballot-world.ts';

const roll = aRoll({ members: 6, committee: 2, leaders: 2, colleagues: 2 });
const everybody = roll.electors.map(({ person }) => person);
let world: BallotWorld;
let now = NOON;
let caster: BallotCaster;
beforeEach(async () => {
  world = await ballotWorld();
  await openBallot(world, 'r1', roll);
  now = NOON;
  caster = createBallotCaster({ db: world.db, keys: world.keys, now: () => now });
});

const cast = (person: string, change: { review?: string; rollNo?: number; marks?: ReturnType<typeof fill> } = {}) =>
  caster.cast({
    review: 'r1',
    rollNo: 1,
    person,
    marks: fill(roll, everybody.includes(person) ? person : 'R001'),
    ...change,
  });
const read = (review = 'r1', rollNo = 1) => readUrn(world.db.read, world.keys, { review, rollNo });
const receiptsIn = (verdicts: readonly CastVerdict[]) =>
  verdicts.flatMap((verdict) => (verdict.ok ? [verdict.value.receipt] : []));
/** The same database, counting transactions. */
function counting(db: Database): Database & { writes: number } {
  const counted = { ...db, writes: 0 };
  counted.write = (fn) => {
    counted.writes++;
    return db.write(fn);
  };
  return counted;
}

describe('casting', () => {
  it('puts a ballot into the box and gives a receipt', async () => {
    const verdict = await cast('M001');
    expect(verdict).toEqual({ ok: true, value: { receipt: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/) } });
    const reading = await read();
    expect(reading).toMatchObject({ electors: 12, cast: 1, receipts: receiptsIn([verdict]) });
    for (const { subject, rows } of reading.subjects) {
      const want = { category: 'members_and_colleagues', marks: Array.from({ length: 10 }, () => 8) };
      expect(rows).toEqual(subject === 'M001' ? [] : [want]);
    }
  });

  it('keeps every mark of everybody', async () => {
    const mark = (person: string) => (subject: string, star: number) =>
      star === 3 ? ('x' as const) : (everybody.indexOf(person) + subject.length + star) % 11;
    await Promise.all(everybody.map((person) => cast(person, { marks: fill(roll, person, mark(person)) })));
    for (const { subject, rows } of (await read()).subjects) {
      const want = roll.electors
        .filter(({ person }) => person !== subject)
        .map(({ person, category }) => ({ category, marks: fill(roll, person, mark(person)).get(subject) }));
      const sorted = (list: readonly unknown[]) => list.map((row) => JSON.stringify(row)).toSorted();
      expect(sorted(rows)).toEqual(sorted(want));
    }
  });

  it.each([
    { name: 'somebody who is not on the roll', person: 'Z999', change: {}, want: 'not_elector' },
    { name: 'an unknown review', person: 'M001', change: { review: 'r9' }, want: 'not_open' },
    { name: 'an earlier opening', person: 'M001', change: { rollNo: 0 }, want: 'not_open' },
    { name: 'somebody else’s subjects', person: 'M001', change: { marks: fill(roll, 'M002') }, want: 'incomplete' },
    {
      name: 'an untouched mark',
      person: 'M001',
      change: { marks: new Map([...fill(roll, 'M001'), ['branch', []]]) },
      want: 'incomplete',
    },
  ])('refuses $name', async ({ person, change, want }) => {
    expect(await cast(person, change)).toEqual({ ok: false, reason: want });
    expect(await read()).toMatchObject({ cast: 0 });
  });

  it('refuses whoever comes after the window, by the server’s clock', async () => {
    now = UNTIL - 1;
    expect(await cast('M001')).toMatchObject({ ok: true });
    now = UNTIL;
    expect(await cast('M002')).toEqual({ ok: false, reason: 'window_over' });
  });

  it.each(['preparing', 'meeting', 'closed', 'tallied', 'final'])('refuses while the review is %s', async (state) => {
    await world.db.write((tx) => tx.run('UPDATE review SET state = ?', [state]));
    expect(await cast('M001')).toEqual({ ok: false, reason: 'not_open' });
  });

  it('counts one person once, however often and fast they press', async () => {
    const verdicts = await Promise.all(Array.from({ length: 50 }, () => cast('M001')));
    expect(receiptsIn(verdicts)).toHaveLength(1);
    expect(verdicts.filter((verdict) => !verdict.ok && verdict.reason === 'already_voted')).toHaveLength(49);
    expect(await cast('M001')).toEqual({ ok: false, reason: 'already_voted' });
    expect(await read()).toMatchObject({ cast: 1, receipts: receiptsIn(verdicts) });
  });

  it('takes the first complete ballot of a person in a group', async () => {
    const verdicts = await Promise.all([
      cast('M001', { marks: new Map() }),
      cast('M001', { marks: fill(roll, 'M001', () => 3) }),
      cast('M001', { marks: fill(roll, 'M001', () => 9) }),
    ]);
    expect(verdicts.map((verdict) => (verdict.ok ? 'cast' : verdict.reason))).toEqual([
      'incomplete',
      'cast',
      'already_voted',
    ]);
    expect((await read()).subjects.at(-1)?.rows).toMatchObject([{ marks: Array.from({ length: 10 }, () => 3) }]);
  });

  it('lets a large branch vote by Party group (A50)', async () => {
    const large = aRoll({ members: 8, committee: 1, leaders: 1, colleagues: 1, groups: 2 });
    await openBallot(world, 'r2', large);
    const verdicts = await Promise.all(
      large.electors.map(({ person }) => caster.cast({ review: 'r2', rollNo: 1, person, marks: fill(large, person) })),
    );
    expect(receiptsIn(verdicts)).toHaveLength(11);
    const { subjects } = await read('r2');
    expect(subjects.find(({ subject }) => subject === 'M001')).toMatchObject({
      eligible: { leadership: 1, committee: 1, members_and_colleagues: 4 },
    });
    expect(subjects.find(({ subject }) => subject === 'branch')?.rows).toHaveLength(11);
  });
});

describe('a group', () => {
  it('is one commit, and its boxes are opened and sealed once', async () => {
    await openBallot(world, 'r2', roll);
    const db = counting(world.db);
    caster = createBallotCaster({ db, keys: world.keys, now: () => now });
    const verdicts = await Promise.all(everybody.flatMap((person) => [cast(person), cast(person, { review: 'r2' })]));
    expect(receiptsIn(verdicts)).toHaveLength(24);
    expect(db.writes).toBe(1);
    expect(await read('r1')).toMatchObject({ cast: 12 });
    expect(await read('r2')).toMatchObject({ cast: 12 });
  });

  it('is never larger than it may be', async () => {
    const db = counting(world.db);
    caster = createBallotCaster({ db, keys: world.keys, now: () => now, maxGroup: 5 });
    expect(receiptsIn(await Promise.all(everybody.map((person) => cast(person))))).toHaveLength(12);
    expect(db.writes).toBe(3);
  });

  it('answers good ballots although others in it are bad', async () => {
    await openBallot(world, 'broken', roll);
    await openBallot(world, 'keyless', roll);
    await world.db.write((tx) => tx.run(`UPDATE urn SET box = zeroblob(500) WHERE review = 'broken'`));
    world.keys.destroy('keyless', 'working');
    const results = await Promise.allSettled([
      cast('M001'),
      cast('M001', { review: 'broken' }),
      cast('M002', { review: 'keyless' }),
      cast('M003', { marks: new Map() }),
      cast('Z999'),
      cast('M004'),
    ]);
    expect(
      results.map((result) =>
        result.status === 'fulfilled' ? (result.value.ok ? 'cast' : result.value.reason) : result.reason.code,
      ),
    ).toEqual(['cast', 'seal_broken', 'key_missing', 'incomplete', 'not_elector', 'cast']);
    expect(await read()).toMatchObject({ cast: 2 });
    expect((await electorsOf(world.db.read, 'broken')).filter(({ voted }) => voted)).toEqual([]);
  });

  it('marks nobody as having voted when the commit fails, and the same ballot can be cast again', async () => {
    const before = await findUrn(world.db.read, 'r1');
    const failing: Database = {
      ...world.db,
      write: (fn) =>
        world.db.write(async (tx) => {
          await fn(tx);
          throw new Error('disk full');
        }),
    };
    const unlucky = createBallotCaster({ db: failing, keys: world.keys, now: () => now });
    await expect(unlucky.cast({ review: 'r1', rollNo: 1, person: 'M001', marks: fill(roll, 'M001') })).rejects.toThrow(
      'disk full',
    );
    expect(await findUrn(world.db.read, 'r1')).toEqual(before);
    expect(await cast('M001')).toMatchObject({ ok: true });
    expect(await read()).toMatchObject({ cast: 1 });
  });

  it('is refused when too many wait already, and the others are not harmed', async () => {
    caster = createBallotCaster({ db: world.db, keys: world.keys, now: () => now, maxQueue: 4 });
    const results = await Promise.allSettled(everybody.map((person) => cast(person)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'overloaded' });
    await caster.idle();
    expect(await read()).toMatchObject({ cast: 4 });
    expect(await cast('R002')).toMatchObject({ ok: true });
  });

  it('tells who waits for a quiet moment', async () => {
    let commits = 0;
    caster = createBallotCaster({ db: world.db, keys: world.keys, now: () => now, onCommitted: () => commits++ });
    await cast('M001', { marks: new Map() });
    expect(commits).toBe(0);
    await cast('M001');
    expect(commits).toBe(1);
  });
});

describe('two casters on one database', () => {
  it('count everybody once', async () => {
    const second = await openDatabase({ url: world.url });
    const other = createBallotCaster({ db: second, keys: world.keys, now: () => now, maxGroup: 2 });
    caster = createBallotCaster({ db: world.db, keys: world.keys, now: () => now, maxGroup: 2 });
    const verdicts = await Promise.all(
      everybody.flatMap((person) => [
        cast(person),
        other.cast({ review: 'r1', rollNo: 1, person, marks: fill(roll, person) }),
      ]),
    );
    expect(receiptsIn(verdicts)).toHaveLength(12);
    const reading = await read();
    expect(reading.cast).toBe(12);
    expect(reading.receipts.toSorted()).toEqual(receiptsIn(verdicts).toSorted());
    await second.close();
  });
});

describe('after a reopening', () => {
  it('old ballots stay, new people may vote, cards of the first opening are outdated', async () => {
    await cast('M001');
    const added = [{ person: 'R003', category: 'members_and_colleagues' as const }];
    await world.db.write(async (tx) => {
      await tx.run(
        `INSERT INTO person (employee_no, name, branch, status, position) VALUES ('R003', 'R003', 'B001', 'colleague', 0)`,
      );
      await tx.run('UPDATE review SET roll_no = 2');
      await reopenUrn(tx, world.keys, { review: 'r1', fromRoll: 1, toRoll: 2, added });
    });
    expect(await cast('M002')).toEqual({ ok: false, reason: 'not_open' });
    expect(await cast('M001', { rollNo: 2 })).toEqual({ ok: false, reason: 'already_voted' });
    expect(await cast('M002', { rollNo: 2 })).toMatchObject({ ok: true });
    expect(await cast('R003', { rollNo: 2, marks: fill(roll, 'R001') })).toMatchObject({ ok: true });
    expect(await read('r1', 2)).toMatchObject({ electors: 13, cast: 3 });
    const sealed = (await findUrn(world.db.read, 'r1')) ?? new Uint8Array();
    expect(() => openBox(world.keys.load('r1', 'working'), { review: 'r1', rollNo: 1 }, sealed)).toThrow(
      expect.objectContaining({ code: 'seal_broken' }),
    );
  });
});
