import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { secureBelow } from '../../src/ballot/random.ts';
import {
  addBallots,
  type Ballot,
  type Box,
  emptyBox,
  openBox,
  readBox,
  sealBox,
  sealedBytes,
  shuffleBox,
  widenBox,
  wipeBox,
} from '../../src/ballot/urn.ts';
import { CATEGORIES, type Mark, type RatingRow } from '../../src/domain/marks.ts';
import { seededBelow } from '../support/ballot-world.ts';

const KEY = Buffer.alloc(32, 1);
const BINDING = { review: 'r1', rollNo: 1 };
const below = secureBelow();
const marksOf = (mark: Mark): Mark[] => Array.from({ length: 10 }, () => mark);
const aBallot = (mark: Mark, sections: readonly number[], category: Ballot['category'] = 'committee'): Ballot => ({
  category,
  rows: sections.map((section) => ({ section, marks: marksOf(mark) })),
});

const shape = fc.record({ electors: fc.integer({ min: 1, max: 8 }), subjects: fc.integer({ min: 1, max: 6 }) });
const mark = fc.constantFrom<Mark>('x', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
const boxAndBallots = shape.chain((s) =>
  fc.record({
    shape: fc.constant(s),
    ballots: fc.array(
      fc.record({
        category: fc.constantFrom(...CATEGORIES),
        rows: fc
          .uniqueArray(fc.integer({ min: 0, max: s.subjects - 1 }), { maxLength: s.subjects })
          .chain((sections) =>
            fc.tuple(
              ...sections.map((section) =>
                fc.record({ section: fc.constant(section), marks: fc.array(mark, { minLength: 10, maxLength: 10 }) }),
              ),
            ),
          ),
      }),
      { maxLength: s.electors },
    ),
  }),
);
const sorted = (rows: readonly RatingRow[]) => rows.map((row) => JSON.stringify(row)).toSorted();

describe('a box', () => {
  test.prop([boxAndBallots, fc.nat()])(
    'gives back exactly the rows that went in, whatever the grouping',
    ({ shape: s, ballots }, cut) => {
      let box = emptyBox(s);
      const at = ballots.length === 0 ? 0 : cut % ballots.length;
      const receipts: string[] = [];
      for (const group of [ballots.slice(0, at), ballots.slice(at)]) {
        receipts.push(...addBallots(box, group, below));
        const sealed = sealBox(KEY, BINDING, box);
        expect(sealed.length).toBe(sealedBytes(s));
        box = openBox(KEY, BINDING, sealed);
      }
      const content = readBox(box);
      for (let section = 0; section < s.subjects; section++) {
        const want = ballots.flatMap(({ category, rows }) =>
          rows.filter((row) => row.section === section).map(({ marks }) => ({ category, marks })),
        );
        expect(sorted(content.sections[section] ?? [])).toEqual(sorted(want));
      }
      expect(content.receipts.toSorted()).toEqual(receipts.toSorted());
      expect(new Set(receipts).size).toBe(ballots.length);
    },
  );

  it('has one length for no ballot, every ballot and any marks', () => {
    const box = emptyBox({ electors: 5, subjects: 3 });
    const lengths = new Set([sealBox(KEY, BINDING, box).length]);
    for (const value of [0, 'x', 10, 1, 7] as const) {
      addBallots(box, [aBallot(value, [0, 1, 2])], below);
      lengths.add(sealBox(KEY, BINDING, box).length);
    }
    expect([...lengths]).toEqual([sealedBytes({ electors: 5, subjects: 3 })]);
  });

  it('opens only with its key, for its review and its roll', () => {
    const sealed = sealBox(KEY, BINDING, emptyBox({ electors: 3, subjects: 2 }));
    expect(readBox(openBox(KEY, BINDING, sealed)).receipts).toEqual([]);
    const broken = expect.objectContaining({ code: 'seal_broken' });
    expect(() => openBox(Buffer.alloc(32, 2), BINDING, sealed)).toThrow(broken);
    expect(() => openBox(KEY, { ...BINDING, review: 'r2' }, sealed)).toThrow(broken);
    expect(() => openBox(KEY, { ...BINDING, rollNo: 2 }, sealed)).toThrow(broken);
    expect(() => openBox(KEY, BINDING, sealed.subarray(1))).toThrow(broken);
    expect(() => openBox(KEY, BINDING, Buffer.alloc(0))).toThrow(broken);
  });

  test.prop([fc.nat(), fc.integer({ min: 1, max: 255 })])('does not open with a bit changed', (at, flip) => {
    const sealed = sealBox(KEY, BINDING, emptyBox({ electors: 3, subjects: 2 }));
    const i = at % sealed.length;
    sealed[i] = sealed.readUInt8(i) ^ flip;
    expect(() => openBox(KEY, BINDING, sealed)).toThrow(expect.objectContaining({ code: 'seal_broken' }));
  });

  it.each([
    { name: 'one ballot too many', ballots: [aBallot(8, [0]), aBallot(8, [0]), aBallot(8, [0])] },
    { name: 'a receipt too many', ballots: [aBallot(8, [0]), aBallot(8, [1]), aBallot(8, [])] },
    { name: 'a subject twice', ballots: [aBallot(8, [0, 0])] },
    { name: 'a subject that is not there', ballots: [aBallot(8, [2])] },
    {
      name: 'nine marks',
      ballots: [{ category: 'committee' as const, rows: [{ section: 0, marks: marksOf(8).slice(1) }] }],
    },
  ])('refuses $name', ({ ballots }) => {
    const box = emptyBox({ electors: 2, subjects: 2 });
    expect(() => addBallots(box, ballots, below)).toThrow(expect.objectContaining({ code: 'bug' }));
  });

  it('refuses a slot that no ballot could have filled', () => {
    const box = emptyBox({ electors: 2, subjects: 2 });
    box.bytes[5] = 9;
    expect(() => readBox(box)).toThrow(expect.objectContaining({ code: 'seal_broken' }));
  });

  it('keeps its ballots when it is made wider', () => {
    const box = emptyBox({ electors: 2, subjects: 2 });
    const receipts = addBallots(box, [aBallot(3, [0, 1]), aBallot(9, [1])], below);
    const wide = widenBox(box, 4, below);
    expect(wide.electors).toBe(4);
    expect(readBox(wide).sections.map(sorted)).toEqual(readBox(box).sections.map(sorted));
    expect(readBox(wide).receipts.toSorted()).toEqual(receipts.toSorted());
    expect(() => widenBox(wide, 3, below)).toThrow(expect.objectContaining({ code: 'bug' }));
  });

  it('leaves nothing behind when it is wiped', () => {
    const box = emptyBox({ electors: 2, subjects: 2 });
    addBallots(box, [aBallot(7, [0, 1])], below);
    wipeBox(box);
    expect(box.bytes.every((byte) => byte === 0)).toBe(true);
  });
});

/** Spearman's rank correlation of two orders of the same people: 0 for unrelated, 1 for equal. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const n = a.length;
  const squares = a.reduce((sum, rank, i) => sum + (rank - (b[i] ?? 0)) ** 2, 0);
  return 1 - (6 * squares) / (n * (n * n - 1));
}

describe('an opened box names nobody', () => {
  // Voter v gives every subject the same two marks, which only v gives: the best case for somebody who wants to join sections.
  const VOTERS = 20;
  const [first, second] = [0, 1];
  const votersIn = (box: Box, section: number) =>
    (readBox(box).sections[section] ?? []).map(({ marks }) => Number(marks[0]) * 5 + Number(marks[1]));
  const rank = (order: readonly number[]) => Array.from({ length: VOTERS }, (_, voter) => order.indexOf(voter));
  const castAll = (seed: number, groupsOf: number): Box => {
    const random = seededBelow(seed);
    const box = emptyBox({ electors: VOTERS, subjects: 2 });
    const ballots = Array.from({ length: VOTERS }, (_, voter): Ballot => {
      const marks: Mark[] = [Math.trunc(voter / 5), voter % 5, ...marksOf(8).slice(2)];
      return { category: 'committee', rows: [first, second].map((section) => ({ section, marks })) };
    });
    for (let at = 0; at < VOTERS; at += groupsOf) addBallots(box, ballots.slice(at, at + groupsOf), random);
    return box;
  };

  it.each([1, 4, VOTERS])('by the order of casting, nor by place in another section (groups of %i)', (groupsOf) => {
    const runs = 400;
    const castOrder = Array.from({ length: VOTERS }, (_, voter) => voter);
    let [withCasting, withOther, receiptsSorted] = [0, 0, 0];
    const places = Array.from({ length: VOTERS }, () => 0);
    for (let run = 0; run < runs; run++) {
      const box = castAll(1000 + run, groupsOf);
      const [a, b] = [rank(votersIn(box, first)), rank(votersIn(box, second))];
      withCasting += correlation(castOrder, a) / runs;
      withOther += correlation(a, b) / runs;
      places[a[0] ?? 0] = (places[a[0] ?? 0] ?? 0) + 1;
      const { receipts } = readBox(box);
      if (receipts.join() === receipts.toSorted().join()) receiptsSorted++;
    }
    // The standard error of the mean is 1 / sqrt(19 · 400) = 0.0115; the seeds are fixed, so this cannot fail by chance.
    expect(Math.abs(withCasting)).toBeLessThan(0.04);
    expect(Math.abs(withOther)).toBeLessThan(0.04);
    expect(receiptsSorted).toBe(0);
    // The first voter is found in every place about equally often (20 expected).
    expect(Math.min(...places)).toBeGreaterThan(5);
    expect(Math.max(...places)).toBeLessThan(45);
  });

  it('and shuffling again breaks what order there was', () => {
    const box = castAll(7, 1);
    const before = votersIn(box, first).join();
    shuffleBox(box, seededBelow(8));
    expect(votersIn(box, first).join()).not.toBe(before);
    expect(votersIn(box, first).toSorted((a, b) => a - b)).toEqual(Array.from({ length: VOTERS }, (_, v) => v));
  });
});
