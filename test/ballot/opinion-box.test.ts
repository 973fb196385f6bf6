import { randomBytes } from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  addRemarks,
  emptyOpinions,
  openOpinions,
  readRemarks,
  sealedOpinionBytes,
  sealOpinions,
  SLOTS_PER_PERSON,
  wipeOpinions,
} from '../../src/ballot/opinion-box.ts';
import { secureBelow } from '../../src/ballot/random.ts';
import { type Remark, REMARK_MAX } from '../../src/domain/opinion.ts';
import { seededBelow } from '../support/ballot-world.ts';

const key = randomBytes(32);
const sorted = (remarks: readonly Remark[]) => remarks.map(({ subject, text }) => `${subject} ${text}`).toSorted();
const remark = fc.record({
  subject: fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/),
  text: fc.string({ unit: 'binary', minLength: 1, maxLength: REMARK_MAX }).map((text) => text.slice(0, REMARK_MAX)),
});
const form = fc.array(remark, { maxLength: SLOTS_PER_PERSON });

describe('the opinion box', () => {
  test.prop([fc.array(form, { maxLength: 4 }), fc.integer({ min: 1 })])(
    'gives back every remark and nothing else, at one length',
    (forms, seed) => {
      const box = emptyOpinions(4);
      const below = seededBelow(seed);
      for (const remarks of forms) {
        addRemarks(box, remarks, below);
        expect(sealOpinions(key, 'r1', box)).toHaveLength(sealedOpinionBytes(4));
      }
      expect(sorted(readRemarks(openOpinions(key, 'r1', sealOpinions(key, 'r1', box))))).toEqual(sorted(forms.flat()));
    },
  );

  it('opens for one key and one review only, and not with a bit changed', () => {
    const sealed = sealOpinions(key, 'r1', emptyOpinions(2));
    const bent = Buffer.from(sealed);
    bent[40] = (bent[40] ?? 0) ^ 1;
    for (const [k, review, bytes] of [
      [randomBytes(32), 'r1', sealed],
      [key, 'r2', sealed],
      [key, 'r1', bent],
      [key, 'r1', Buffer.alloc(3)],
    ] as const)
      expect(() => openOpinions(k, review, bytes)).toThrow(expect.objectContaining({ code: 'seal_broken' }));
  });

  it('holds the full form of everybody and refuses more', () => {
    const box = emptyOpinions(3);
    const full = Array.from({ length: SLOTS_PER_PERSON }, (_, i) => ({
      subject: `E${i}`,
      text: '好'.repeat(REMARK_MAX),
    }));
    for (let i = 0; i < 3; i++) addRemarks(box, full, secureBelow());
    expect(readRemarks(box)).toHaveLength(3 * SLOTS_PER_PERSON);
    expect(() => addRemarks(box, [{ subject: 'E1', text: 'x' }], secureBelow())).toThrow('full');
  });

  it.each([
    { subject: '', text: 'x' },
    { subject: 'E'.repeat(41), text: 'x' },
    { subject: 'E1', text: 'x'.repeat(REMARK_MAX + 1) },
  ])('takes nothing that does not fit a slot', (one) =>
    expect(() => addRemarks(emptyOpinions(1), [one], secureBelow())).toThrow('fit'),
  );

  it('shuffles: where a remark lies says nothing about when it came', () => {
    const people = 4;
    const places = new Map<number, number>();
    const rounds = 2_000;
    const below = secureBelow();
    for (let i = 0; i < rounds; i++) {
      const box = emptyOpinions(people);
      for (let person = 0; person < people; person++) addRemarks(box, [{ subject: `E${person}`, text: 'x' }], below);
      const first = readRemarks(box).findIndex(({ subject }) => subject === 'E0');
      places.set(first, (places.get(first) ?? 0) + 1);
    }
    // Each of four places gets a quarter: 500, with a standard deviation of about 19.
    for (let place = 0; place < people; place++)
      expect(Math.abs((places.get(place) ?? 0) - rounds / people)).toBeLessThan(120);
  });

  it('is sealed differently each time and wiped to nothing', () => {
    const box = emptyOpinions(2);
    addRemarks(box, [{ subject: 'E1', text: 'x' }], secureBelow());
    expect(sealOpinions(key, 'r1', box).equals(sealOpinions(key, 'r1', box))).toBe(false);
    wipeOpinions(box);
    expect(box.bytes.every((byte) => byte === 0)).toBe(true);
  });
});
