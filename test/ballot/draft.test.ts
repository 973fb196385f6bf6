import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type Draft, emptyDraft, openDraft, sealDraft } from '../../src/ballot/draft.ts';
import { createKeyStore } from '../../src/ballot/keys.ts';

const keys = createKeyStore(join(mkdtempSync(join(tmpdir(), 'tenstar-draft-')), 'keys'));
keys.create('r1', 'working', Buffer.alloc(32, 1));
keys.create('r2', 'working', Buffer.alloc(32, 2));
const ANN = { review: 'r1', rollNo: 1, person: 'E0001' };
const REFUSED = { ok: false, reason: 'not_yours_or_outdated' };
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const mark = fc.constantFrom(null, 'x' as const, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
const draft: fc.Arbitrary<Draft> = fc.record({
  page: fc.integer({ min: 0, max: 300 }),
  marks: fc.array(fc.array(mark, { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 35 }),
});

describe('a sealed draft', () => {
  test.prop([draft])('comes back as it was', (given) => {
    expect(openDraft(keys, ANN, sealDraft(keys, ANN, given))).toEqual({ ok: true, value: given });
  });

  test.prop([draft, fc.nat(), fc.constantFrom(...BASE64URL.split(''))])(
    'is refused with any sign changed',
    (given, at, sign) => {
      const text = sealDraft(keys, ANN, given);
      const i = at % text.length;
      fc.pre(text[i] !== sign);
      expect(openDraft(keys, ANN, text.slice(0, i) + sign + text.slice(i + 1))).toEqual(REFUSED);
    },
  );

  it('is refused with any single sign changed, cut off or added', () => {
    const text = sealDraft(keys, ANN, emptyDraft(3));
    for (let i = 0; i < text.length; i++) {
      for (const sign of BASE64URL)
        if (sign !== text[i])
          expect(openDraft(keys, ANN, text.slice(0, i) + sign + text.slice(i + 1))).toEqual(REFUSED);
      expect(openDraft(keys, ANN, text.slice(0, i))).toEqual(REFUSED);
    }
    for (const spelled of [`${text}=`, `${text} `, `${text}A`, ` ${text}`])
      expect(openDraft(keys, ANN, spelled)).toEqual(REFUSED);
  });

  test.prop([draft, fc.string(), fc.integer({ min: 2, max: 99 })])(
    'is refused for anybody and anything else',
    (given, person, rollNo) => {
      fc.pre(person !== ANN.person);
      const text = sealDraft(keys, ANN, given);
      expect(openDraft(keys, { ...ANN, person }, text)).toEqual(REFUSED);
      expect(openDraft(keys, { ...ANN, rollNo }, text)).toEqual(REFUSED);
      expect(openDraft(keys, { ...ANN, review: 'r2' }, text)).toEqual(REFUSED);
      expect(openDraft(keys, { ...ANN, review: 'r3' }, text)).toEqual(REFUSED);
    },
  );

  test.prop([fc.string({ maxLength: 400 })])('is never made of anything typed', (text) => {
    expect(openDraft(keys, ANN, text)).toEqual(REFUSED);
  });

  it('has the same length however far the voter got, and stays short', () => {
    const full = { page: 30, marks: Array.from({ length: 31 }, () => Array.from({ length: 10 }, () => 10)) };
    expect(sealDraft(keys, ANN, full)).toHaveLength(sealDraft(keys, ANN, emptyDraft(31)).length);
    expect(sealDraft(keys, ANN, full).length).toBeLessThan(260);
  });

  it('never looks the same twice', () => {
    expect(sealDraft(keys, ANN, emptyDraft(3))).not.toBe(sealDraft(keys, ANN, emptyDraft(3)));
  });

  it('dies with the working key', () => {
    const binding = { review: 'over', rollNo: 1, person: 'E0001' };
    keys.create('over', 'working', Buffer.alloc(32, 3));
    const text = sealDraft(keys, binding, emptyDraft(3));
    keys.destroy('over', 'working');
    expect(openDraft(keys, binding, text)).toEqual(REFUSED);
    expect(() => sealDraft(keys, binding, emptyDraft(3))).toThrow(expect.objectContaining({ code: 'key_missing' }));
  });
});
