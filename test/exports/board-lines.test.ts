/** Lines of a board: nothing is lost, nothing sticks out, no line begins with a comma. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { characters, printable, setLines } from '../../src/exports/board/lines.ts';

/** As wide as a screen shows it: a Chinese character is two Latin ones. */
const of = (text: string): number => characters(text).reduce((sum, one) => sum + (/[ -~]/.test(one) ? 0.5 : 1), 0);
function lines(text: string, width: number) {
  let broken = false;
  const set = setLines([{ text }], {
    width,
    gap: 1,
    of,
    broke: () => {
      broken = true;
    },
  });
  return { lines: set.map((line) => line.map((placed) => placed.text.trimEnd()).join('')), broken };
}

describe('lines', () => {
  it.each<[string, number, string[]]>([
    ['按月公开办件时限', 4, ['按月公开', '办件时限']],
    ['公开时限，办结', 4, ['公开时', '限，办结']], // no comma begins a line
    ['公开“时限”吧', 3, ['公开', '“时', '限”吧']], // no quotation mark ends one
    ['two home visits', 4.5, ['two home', 'visits']],
    ['按期率95%以上', 3, ['按期率', '95%以', '上']],
    ['Montgomery-Featherstone', 8, ['Montgomery-', 'Featherstone']],
    ['到2027-11-30止', 5, ['到', '2027-11-30', '止']],
  ])('%s in %d', (text, width, expected) => {
    expect(lines(text, width).lines).toEqual(expected);
  });
  it('breaks a word only where no line holds it, and tells', () => {
    expect(lines('abcdefgh', 2)).toEqual({ lines: ['abcd', 'efgh'], broken: true });
    expect(lines('abcd efgh', 2)).toEqual({ lines: ['abcd', 'efgh'], broken: false });
  });
  it('begins a piece only on a line that holds it whole', () => {
    const set = setLines([{ text: '★ 政治坚定星' }, { text: '★ 好学上进星' }], {
      width: 10,
      gap: 1,
      of,
      broke: () => {},
    });
    expect(set.map((line) => line.map(({ text, x }) => [text, x]))).toEqual([
      [['★ 政治坚定星', 0]],
      [['★ 好学上进星', 0]],
    ]);
  });
  it.each([
    ['a  b\n\tc', 'a b c'],
    ['\u202e反\u200b转', '反转'],
    ['葛\u{e0100}示例', '葛示例'],
    ['\u0000王', '王'],
    ['\ue000示例', '\ue000示例'],
    ['𫖮', '𫖮'],
  ])('%j is printed as %j', (text, shown) => expect(printable(text)).toBe(shown));

  const words = fc.string({
    unit: fc.constantFrom(...characters('按月公开办件时限，。：（）“”、a1%-b ★𫖮·')),
    maxLength: 80,
  });
  test.prop([words, fc.integer({ min: 2, max: 20 })])('keep every character and the width', (text, width) => {
    const { lines: set } = lines(text, width);
    expect(set.join('').replaceAll(' ', '')).toBe(printable(text).replaceAll(' ', ''));
    for (const line of set) if (characters(line).length > 1) expect(of(line)).toBeLessThanOrEqual(width);
  });
});
