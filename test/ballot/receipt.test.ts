import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { secureBelow } from '../../src/ballot/random.ts';
import { drawReceipt, normaliseReceipt, showReceipt } from '../../src/ballot/receipt.ts';

describe('a receipt', () => {
  it.each([
    { typed: 'K7Q2-M9TD', want: 'K7Q2-M9TD' },
    { typed: 'k7q2m9td', want: 'K7Q2-M9TD' },
    { typed: '  k7q2 m9td ', want: 'K7Q2-M9TD' },
    { typed: 'Ｋ７Ｑ２－Ｍ９ＴＤ', want: 'K7Q2-M9TD' },
    { typed: 'K7Q2—M9TD', want: 'K7Q2-M9TD' },
    { typed: 'K7Q2_M9TD', want: 'K7Q2-M9TD' },
    { typed: 'ol1i-0000', want: '0111-0000' },
    { typed: 'K7Q2-M9T', want: null },
    { typed: 'K7Q2-M9TDD', want: null },
    { typed: 'K7Q2-M9TU', want: null },
    { typed: 'K7Q2-M9T投', want: null },
    { typed: '', want: null },
  ])('typed as $typed is $want', ({ typed, want }) => expect(normaliseReceipt(typed)).toBe(want));

  it('comes from 40 random bits in signs that cannot be confused', () => {
    const below = secureBelow();
    const drawn = Array.from({ length: 2_000 }, () => drawReceipt(below));
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(drawn.join('')).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/);
    expect(new Set(drawn.join('')).size).toBe(32);
  });

  test.prop([fc.integer({ min: 1 }), fc.boolean(), fc.boolean()])(
    'reads back however it is spelled',
    (seed, lower, spaced) => {
      const code = showReceipt(drawReceipt((bound) => seed % bound));
      const spelled = spaced ? code.split('').join(' ') : code;
      expect(normaliseReceipt(lower ? spelled.toLowerCase() : spelled)).toBe(code);
    },
  );
});

describe('random numbers', () => {
  it.each([1, 2, 3, 10, 33, 1000])('below %i stay below it and reach every value', (bound) => {
    const below = secureBelow();
    const counts = new Map<number, number>();
    for (let i = 0; i < bound * 200; i++) {
      const drawn = below(bound);
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect([...counts.keys()].every((value) => Number.isInteger(value) && value >= 0 && value < bound)).toBe(true);
    expect(counts.size).toBe(bound);
  });
});
