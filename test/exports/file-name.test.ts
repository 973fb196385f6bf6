import { fc, test as prop } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fileName } from '../../src/exports/file-name.ts';

describe('names of files', () => {
  it.each([
    [['晴川第一党支部', '2026年第3季度', '测评汇总表'], '晴川第一党支部_2026年第3季度_测评汇总表.xlsx'],
    [['a/b\\c:d', '..'], 'a-b-c-d_...xlsx'],
    [['=cmd|calc', '-x', '表'], 'cmd-calc_-x_表.xlsx'],
    [['\u202egpj', 'x'], 'gpj_x.xlsx'],
    [['', ' ', ''], 'file.xlsx'],
    [['Q3 2026', 'count-sheet'], 'Q3-2026_count-sheet.xlsx'],
  ])('%j', (parts, name) => expect(fileName(parts, 'xlsx')).toBe(name));

  it('what kind of file it is stays, however long the rest', () => {
    expect(fileName(['晴'.repeat(200), '公示表'], 'xlsx')).toBe(`${'晴'.repeat(66)}_公示表.xlsx`);
  });

  prop.prop([fc.array(fc.string({ unit: 'binary', maxLength: 100 }), { minLength: 1, maxLength: 4 })])(
    'is always safe',
    (parts) => {
      const name = fileName([...parts, '公示表'], 'csv');
      expect(name).toMatch(/公示表\.csv$/);
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\\/:*?"<>|%$`;&]|^[.\-=+@~]/u);
      expect(Array.from(name).length).toBeLessThanOrEqual(75);
    },
  );
});
