/** The attacks of somebody who holds copies of everything the bot stores, but not the keys (F3, design.md sections 10, 12.16). */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDraft, sealDraft } from '../../src/ballot/draft.ts';
import { ballotLines } from '../../src/ballot/roll.ts';
import type { Mark } from '../../src/domain/marks.ts';
import { findUrn } from '../../src/store/urn.ts';
import { createBallotCaster } from '../../src/usecases/cast-ballot.ts';
import { closeUrn, destroyWorkingKey } from '../../src/usecases/urn-lifecycle.ts';
import { aRoll, type BallotWorld, ballotWorld, fill, NOON, openBallot } from '../support/ballot-world.ts';
import { dump } from '../support/dump.ts';

const roll = aRoll({ members: 9, committee: 2, leaders: 2 });
const people = roll.electors.map(({ person }) => person);
/** A row that cannot come about by chance, in any of the ways it is ever written down. */
const ROW: readonly Mark[] = [9, 1, 7, 2, 'x', 10, 0, 6, 3, 5];
const CODES = ROW.map((mark) => (mark === 'x' ? 11 : mark));
const spellings: Record<string, Buffer> = {
  bytes: Buffer.from(CODES),
  'half bytes': Buffer.from(Array.from({ length: 5 }, (_, i) => ((CODES[2 * i] ?? 0) << 4) | (CODES[2 * i + 1] ?? 0))),
  'a JSON list': Buffer.from(JSON.stringify(ROW).slice(1, -1)),
  'a list of strings': Buffer.from(ROW.map((mark) => `"${mark}"`).join(',')),
  'hexadecimal digits': Buffer.from(Buffer.from(CODES).toString('hex')),
  'a base64 text': Buffer.from(Buffer.from(CODES.slice(0, 9)).toString('base64')),
};

function stored(world: BallotWorld): Buffer {
  const file = join(world.dir, 'tenstar.db');
  return Buffer.concat([file, `${file}-wal`, `${file}-shm`].filter(existsSync).map((name) => readFileSync(name)));
}
const casterOf = ({ db, keys }: BallotWorld, maxGroup = 64) =>
  createBallotCaster({ db, keys, now: () => NOON, maxGroup });

describe('files copied during a ballot', () => {
  it('hold no mark, no receipt and no draft in any spelling', async () => {
    const world = await ballotWorld();
    await openBallot(world, 'r1', roll);
    const caster = casterOf(world, 3);
    const drafts: string[] = [];
    const receipts: string[] = [];
    await Promise.all(
      people.map(async (person) => {
        const binding = { review: 'r1', rollNo: 1, person };
        const lines = ballotLines(roll, roll.electors.find((one) => one.person === person)!);
        const draft = sealDraft(world.keys, binding, { page: 3, marks: lines.map(() => ROW) });
        drafts.push(draft);
        const opened = openDraft(world.keys, binding, draft);
        if (!opened.ok) throw new Error('a draft did not come back');
        const marks = new Map(lines.map(({ subject }, i) => [subject, opened.value.marks[i] ?? []]));
        const verdict = await caster.cast({ ...binding, marks });
        if (verdict.ok) receipts.push(verdict.value.receipt);
      }),
    );
    expect(receipts).toHaveLength(13);
    const files = stored(world);
    expect(files.includes(Buffer.from('M001'))).toBe(true); // the search would find what is there
    const found = [
      ...Object.entries(spellings)
        .filter(([, bytes]) => files.includes(bytes))
        .map(([name]) => name),
      ...receipts.filter((code) => files.includes(code) || files.includes(code.replace('-', ''))),
      ...drafts.filter((draft) => files.includes(draft) || files.includes(Buffer.from(draft, 'base64url'))),
      ...[world.keys.load('r1', 'working')].filter((key) => files.includes(Buffer.from(key))).map(() => 'the key'),
    ];
    expect(found).toEqual([]);

    await world.db.write((tx) => closeUrn(tx, world.keys, { review: 'r1', rollNo: 1 }));
    await destroyWorkingKey(world.db, world.keys, 'r1');
    await world.db.checkpoint();
    const after = stored(world);
    expect(
      Object.entries(spellings)
        .filter(([, bytes]) => after.includes(bytes))
        .map(([name]) => name),
    ).toEqual([]);
    expect(receipts.every((code) => after.includes(code))).toBe(true); // the published list
  });

  it('replayed commit by commit show who has voted and that the box changed, nothing else', async () => {
    const world = await ballotWorld();
    await openBallot(world, 'r1', roll);
    const caster = casterOf(world);
    const file = join(world.dir, 'tenstar.db');
    const snapshots: Map<string, string[]>[] = [];
    const snapshot = async () => {
      const folder = join(world.dir, `copy-${snapshots.length}`);
      mkdirSync(folder);
      for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, join(folder, `tenstar.db${end}`));
      snapshots.push(await dump(join(folder, 'tenstar.db')));
    };
    await snapshot();
    const voters = people.slice(0, 8);
    for (const [i, person] of voters.entries()) {
      await caster.cast({ review: 'r1', rollNo: 1, person, marks: fill(roll, person, () => ((i % 2) * 10) as Mark) });
      await snapshot();
    }
    const boxes: Buffer[] = [];
    for (const [i, after] of snapshots.entries()) {
      const [box = ''] = after.get('urn') ?? [];
      boxes.push(Buffer.from(box.slice(box.indexOf('box=') + 4), 'hex'));
      const before = snapshots[i - 1];
      if (!before) continue;
      const changed = [...after].flatMap(([table, rows]) =>
        rows
          .filter((row) => !before.get(table)?.includes(row))
          .map((row) => (table === 'urn' ? 'urn' : `${table} ${row}`)),
      );
      const voter = roll.electors.find(({ person }) => person === voters[i - 1])!;
      expect(changed.toSorted()).toEqual([
        `elector review=r1|person=${voter.person}|class=${voter.category}|voted=1`,
        'urn',
      ]);
      expect([...after].map(([table, rows]) => [table, rows.length])).toEqual(
        [...before].map(([table, rows]) => [table, rows.length]),
      );
    }
    // Boxes are of one length and share no more bytes than chance has it: 1 in 256, whether the marks were all 0 or all 10.
    expect(new Set(boxes.map(({ length }) => length)).size).toBe(1);
    for (let i = 1; i < boxes.length; i++) {
      const [a, b] = [boxes[i - 1]!, boxes[i]!];
      const same = a.reduce((count, byte, at) => count + (byte === b[at] ? 1 : 0), 0);
      expect(same / a.length).toBeLessThan(0.03);
    }
  });

  it('show a box of one size from the opening to the last vote, whatever the marks', async () => {
    const world = await ballotWorld();
    await openBallot(world, 'r1', roll);
    const caster = casterOf(world, 1);
    const sizes = new Set<number>();
    const measure = async () => sizes.add((await findUrn(world.db.read, 'r1'))?.length ?? 0);
    await measure();
    const marks: readonly Mark[] = [0, 10, 'x', 5];
    for (const [i, person] of people.entries()) {
      await caster.cast({ review: 'r1', rollNo: 1, person, marks: fill(roll, person, () => marks[i % 4] ?? 0) });
      await measure();
    }
    expect([...sizes]).toHaveLength(1);
  });
});

describe('errors', () => {
  it('say nothing about marks or voters', async () => {
    const world = await ballotWorld();
    await openBallot(world, 'r1', roll);
    world.keys.destroy('r1', 'working');
    const failed = await casterOf(world)
      .cast({ review: 'r1', rollNo: 1, person: 'M001', marks: fill(roll, 'M001', () => 7) })
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'key_missing' });
    const text = `${String(failed)} ${JSON.stringify(failed)} ${failed instanceof Error ? failed.stack : ''}`;
    expect(text).not.toMatch(/M001|"marks"/);
  });
});
