/** What the READMEs say of commands, settings and platforms is what there is. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { program } from '../src/cli/cli.ts';
import { PARITY } from '../src/platform/dingtalk/parity.ts';

const FILES = [
  { file: 'README.md', lang: 'en' },
  { file: 'README.zh-CN.md', lang: 'zh' },
] as const;
const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

describe.each(FILES)('$file', ({ file, lang }) => {
  const text = read(file);
  test('the table of differences between the platforms is the list in the program', () => {
    const table = /<!-- parity -->\n([\s\S]*?)<!-- \/parity -->/.exec(text)?.[1] ?? '';
    const rows = Object.values(PARITY).map(({ what, instead }) => `| ${what[lang]} | ${instead[lang]} |`);
    expect(table.trim().split('\n').slice(2)).toEqual(rows);
  });
  test('every chat command is there', () => {
    for (const { name, zh } of commands)
      expect(
        [name, ...zh].some((word) => text.includes(`/${word}`)),
        name,
      ).toBe(true);
  });
  test('every command of the command line is there', () => {
    for (const command of program().commands) expect(text).toContain(`\`${command.name()}`);
  });
  test('nothing it links to inside the project is missing', () => {
    for (const [, path] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g))
      expect(() => readFileSync(new URL(`../${path}`, import.meta.url))).not.toThrow();
  });
});
