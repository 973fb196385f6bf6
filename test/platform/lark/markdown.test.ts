import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { bold, escapeLine, escapeMarkdown } from '../../../src/platform/lark/markdown.ts';

const decode = (text: string) => text.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)));
const MARKUP = '*_~`#>[]()!|<&\\-+:/$"\'={}^';
const nasty = fc.string({ unit: fc.constantFrom(...Array.from(`${MARKUP}1. \n\t你@a`)) });

it.each([
  ['*重点*', '&#42;重点&#42;'],
  ['<at id=all></at>', '&#60;at id&#61;all&#62;&#60;&#47;at&#62;'],
  ['1. first', '1&#46; first'],
  ['8.25', '8&#46;25'],
  ['得分 8.25', '得分 8.25'],
  [':OK:', '&#58;OK&#58;'],
  ['    code', 'code'],
  ['&#42;', '&#38;&#35;42;'],
])('%j is shown as written: %j', (text, want) => expect(escapeMarkdown(text)).toBe(want));

test.prop([nasty])('nothing that could be markup is left', (text) => {
  const bare = escapeMarkdown(text).replace(/&#\d+;/g, '');
  expect(Array.from(bare).filter((sign) => MARKUP.includes(sign))).toEqual([]);
  expect(escapeMarkdown(text)).not.toMatch(/^\d+\./m);
  expect(escapeMarkdown(text)).not.toMatch(/^[ \t]/m);
});
test.prop([fc.oneof(nasty, fc.string({ unit: 'grapheme' }))])('reads back as the same text', (text) => {
  const lines = text.replace(/\r\n?/g, '\n').replace(/^[^\S\n]+/gm, '');
  expect(decode(escapeMarkdown(text))).toBe(lines);
});
test.prop([nasty])('a line stays one line', (text) => {
  expect(escapeLine(text)).not.toContain('\n');
});
it('does not make empty text bold', () => expect(bold('  ')).toBe(''));
