/** Every text is said somewhere, and none states a setting by itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/texts/en/index.ts';
import { zh } from '../../src/texts/zh/index.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const source = ['src', 'cards', 'commands']
  .flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => file.endsWith('.ts') && !file.startsWith('src/texts/'))
  .map((file) => readFileSync(`${ROOT}${file}`, 'utf8'))
  .join('\n');

type Texts = { readonly [key: string]: string | Texts };
const flat = (texts: Texts, prefix = ''): [key: string, text: string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );

/** Keys with parts that are known only when they are said, such as `notice.${key}`, as patterns with the parts left open. */
const patterns = [
  ...new Set(
    [...source.matchAll(/(key: )?`([a-z_]+[^`\s]*\$\{[^`]*)`/g)].map(([, notice, template = '']) =>
      notice === undefined ? template : `notice.${template}`,
    ),
  ),
].map((template) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '([a-z0-9_]+)')}$`));
const quoted = new Set([...source.matchAll(/['"`]([a-z0-9_.]+)['"`]/gi)].map(([, word = '']) => word));
const words = new Set(source.match(/\b[a-z0-9_]+\b/gi));
/** By its whole key, or by a pattern whose open parts are words of the program. */
const isUsed = (key: string): boolean =>
  quoted.has(key) ||
  patterns.some((pattern) => {
    const found = pattern.exec(key);
    return found !== null && found.slice(1).every((part) => words.has(part ?? ''));
  });

it.each(flat(zh).map(([key]) => key))('%s is said somewhere', (key) => expect(isUsed(key)).toBe(true));

/** Terms that are no settings. */
const CONSTANT = new Set(['meeting.ended', 'meeting.what.monthly_summary_remind']);
describe.each([
  ['zh', zh, /[0-9二三四五六七八九十]+ ?(天|日内|个工作日|年(?!度))|[0-9]+\/[0-9]+|三分之/],
  [
    'en',
    en,
    /\b([0-9]+|two|three|four|five|six|seven|eight|nine|ten|thirty) (working )?(days|years|marks)\b|two thirds/i,
  ],
] as const)('in %s', (_language, texts, term) => {
  it('no text states a term or a share that is a setting', () => {
    const stated = flat(texts as Texts).filter(
      ([key, text]) =>
        !CONSTANT.has(key) && !key.startsWith('kept.') && term.test(text.replace(/\{\{[a-z_]+\}\}/gi, '…')),
    );
    expect(stated).toEqual([]);
  });
});
