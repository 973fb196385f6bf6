/** Each line of the table of differences names the tests that prove it, and they are there. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PARITY } from '../../../src/platform/dingtalk/parity.ts';

type Proof = readonly [file: string, title: string];
const RENDER = 'platform/dingtalk/render.test.ts';
const CLIENT = 'platform/dingtalk/client.test.ts';

const PROOFS: Record<keyof typeof PARITY, readonly [Proof, ...Proof[]]> = {
  radar_as_bars: [[RENDER, 'a radar chart is a bar chart']],
  chart_as_lines: [[RENDER, 'a chart of very many points is lines of text']],
  table_in_parts: [[RENDER, 'a long table is several']],
  choice_as_text: [
    [RENDER, 'many drop-downs on a page are typed'],
    ['journey/wrong-input.test.ts', 'the client stops what is missing or too long'],
  ],
  form_text_as_field: [[RENDER, 'text between fields is a label or a field of its own']],
  hint_above_form: [[RENDER, 'hints stand above the form']],
  forms_merged: [[RENDER, 'several forms are one']],
  form_dialog_as_line: [[RENDER, 'what a dialog of a form would ask stands above the form']],
  long_card_cut: [[RENDER, 'what does not fit is cut, and its buttons stay']],
  toast_in_card: [[RENDER, 'a toast is a line of the card']],
  group_update_delayed: [
    [RENDER, 'the answer to a click in a group changes the card for the one who clicked'],
    [CLIENT, 'what a click in a group changed reaches the others later, in one call'],
  ],
  file_as_zip: [[CLIENT, 'other types go inside a zip']],
  text_without_template: [
    ['platform/dingtalk/text-message.test.ts', '%s: the words, the links, and what to type'],
    ['journey/no-template.test.ts', 'everybody votes on the web; counted, confirmed and published by words'],
  ],
  chat_known_by_mention: [
    ['journey/dingtalk.test.ts', 'a group the bot was added to is known from the first word to it'],
  ],
  chat_lost_late: [
    [
      'journey/chats.test.ts',
      'removed from the group: the office hears of it, once, and nothing is posted there any more',
    ],
  ],
  greeted_by_word: [
    [
      'journey/chats.test.ts',
      'opening the private chat greets a known person, once; where that is not told, the first word is answered',
    ],
  ],
  second_tap_received: [
    ['journey/review-refusals.test.ts', 'two taps on "start meeting" start it once; the deputy may'],
  ],
  length_checked_late: [
    [RENDER, 'a text box has no length'],
    ['journey/wrong-input.test.ts', 'the client stops what is missing or too long'],
  ],
};

/** Titles of the tests in a file, `it.each(…)` included. A comment is no test, and a file that leaves tests out proves nothing. */
function titlesIn(source: string): string[] {
  if (/\b(?:it|test|describe)\.(?:skip|todo|fails|skipIf|runIf)\b/.test(source)) return [];
  const code = source.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const calls = code.matchAll(/(?:\b(?:it|test)|\))\(\s*(['"`])((?:(?!\1).)*)\1,\s*(?:async\s*)?\(/g);
  return [...calls].map(([, , title = '']) => title);
}
const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

it.each(Object.entries(PROOFS).flatMap(([rule, proofs]) => proofs.map(([file, title]) => ({ rule, file, title }))))(
  '$rule: $file, "$title"',
  ({ file, title }) => expect(titlesIn(read(file))).toContain(title),
);

it.each([
  ["it('a', () => 1);", ['a']],
  ["  test.each([1])('a %i', async (n) => n);", ['a %i']],
  ["// it('a', () => 1);", []],
  ["it('a');", []],
  [`it('a', () => 1); it.${'skip'}('b', () => 2);`, []],
])('what counts as a test: %s', (source, titles) => expect(titlesIn(source)).toEqual(titles));
