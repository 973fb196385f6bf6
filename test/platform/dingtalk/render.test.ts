import { readFileSync } from 'node:fs';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/action.ts';
import { type Block, type Button, type Card, divider, facts, list, text } from '../../../src/card.ts';
import { readCardData, VARIABLES } from '../../../src/platform/dingtalk/card-data.ts';
import { CARD_MAX_BYTES, FORM_MAX_BYTES, SECTIONS, VALUE_MAX_BYTES } from '../../../src/platform/dingtalk/limits.ts';
import { lintCardData, refusals } from '../../../src/platform/dingtalk/lint.ts';
import { renderAnswer, renderCard } from '../../../src/platform/dingtalk/render.ts';
import { buildTemplate } from '../../../src/platform/dingtalk/template.ts';
import { WORST_CARDS } from '../../support/worst-cards.ts';

const card = (...blocks: Block[]): Card => ({ title: '季度评议', subtitle: '第三季度', tone: 'blue', blocks });
const view = (...blocks: Block[]) => readCardData(renderCard(card(...blocks), 'r1'));
const action = (a: Action): Action => a;
const button = (name: string, over: Partial<Button> = {}): Button => ({
  name,
  label: '下一步',
  style: 'default',
  action: action({ a: 'ballot_next', r: 'rv', d: 'sealed' }),
  ...over,
});
const marks = [...Array.from({ length: 11 }, (_, n) => `${n}`), 'x'].map((value) => ({ value, label: value }));
const select = (name: string, options = marks, initial?: string) =>
  ({
    kind: 'select',
    name,
    label: name,
    options,
    required: false,
    ...(initial === undefined ? {} : { initial }),
  }) as const;
const form = (
  fields: Extract<Block, { kind: 'form' }>['fields'],
  buttons: readonly Button[] = [button('submit')],
): Block => ({
  kind: 'form',
  name: 'self_review',
  fields,
  buttons,
});

describe('worst cases keep within the limits', () => {
  it.each(WORST_CARDS)('%s', (_what, worst) => {
    const data = renderCard(worst, 'r1');
    expect(refusals(lintCardData(data))).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(CARD_MAX_BYTES);
    for (const [name, value] of Object.entries(data))
      expect(Buffer.byteLength(value)).toBeLessThanOrEqual(name === 'form' ? FORM_MAX_BYTES : VALUE_MAX_BYTES);
  });
  it.each(WORST_CARDS)('%s: nothing is cut and every button is there', (_what, worst) => {
    const shown = readCardData(renderCard(worst, 'r1'));
    const names = [...shown.formButtons, ...shown.sections.flatMap(({ buttons }) => buttons)].map(({ id }) => id);
    const want = worst.blocks.flatMap((block) => ('buttons' in block ? block.buttons.map(({ name }) => name) : []));
    expect(names.toSorted()).toEqual(want.toSorted());
    expect(JSON.stringify(shown)).not.toContain('……');
  });
});

describe('the template', () => {
  const file = readFileSync(new URL('../../../src/platform/dingtalk/card-template.json', import.meta.url), 'utf8');
  it('is the one in the repository', () => expect(file).toBe(buildTemplate()));
  it('declares every variable, all private', () => {
    const { editorData } = JSON.parse(file) as { editorData: string };
    const { variableList } = JSON.parse(editorData) as {
      variableList: { name: string; type: string; private: boolean }[];
    };
    expect(variableList.map(({ name }) => name).toSorted()).toEqual(Object.keys(VARIABLES).toSorted());
    expect(variableList.every((variable) => variable.private)).toBe(true);
  });
  it('shows every variable that holds something to show', () => {
    for (const name of Object.keys(VARIABLES).filter((it) =>
      /_\d+(_[a-z]+)?$|^(title|subtitle|tone|toast|toast_kind|form|state|rev)$/.test(it),
    ))
      expect(file).toMatch(new RegExp(`\\\\"${name}(\\[0\\]|\\\\")|\\$\\{${name}\\}`));
  });
});

describe('blocks', () => {
  it('text keeps its tone and is shown without markup', () =>
    expect(
      view(text('**a** <b>\n\nb', 'warn'), list(['x']), facts(['k', 'v'], ['期间', '三季度']), divider).sections[0]
        ?.lines,
    ).toEqual([
      { t: '**a** <b>', k: 'warn' },
      { t: 'b', k: 'warn' },
      { t: '• x', k: 'normal' },
      { t: 'k: v', k: 'normal' },
      { t: '期间：三季度', k: 'normal' },
      { t: '', k: 'rule' },
    ]));
  it.each([
    [0, 10, '░░░░░░░░░░'],
    [1, 1000, '▓░░░░░░░░░'],
    [999, 1000, '▓▓▓▓▓▓▓▓▓░'],
    [10, 10, '▓▓▓▓▓▓▓▓▓▓'],
  ])('progress %i of %i', (done, of, bar) =>
    expect(view({ kind: 'progress', label: '进度', done, of }).sections[0]?.lines[0]?.t).toBe(
      `进度 ${bar} ${done}/${of}`,
    ),
  );
  it('what the actions have in common travels once', () => {
    const data = renderCard(
      card({
        kind: 'buttons',
        buttons: [button('a'), button('b', { action: { a: 'ballot_back', r: 'rv', d: 'sealed' } })],
      }),
      'r1',
    );
    expect(JSON.parse(data['state'] ?? '')).toEqual({ r: 'rv', d: 'sealed' });
    const { buttons } = readCardData(data).sections[0] ?? { buttons: [] };
    expect(buttons.map(({ act }) => act)).toEqual(['{"a":"ballot_next"}', '{"a":"ballot_back"}']);
  });
  it('a dialog and a link', () =>
    expect(
      view({
        kind: 'buttons',
        buttons: [
          button('go', { style: 'danger', confirm: { title: 't', text: 'm' } }),
          { name: 'see', label: 'see', style: 'primary', link: 'https://bot.example.com' },
        ],
      }).sections[0]?.buttons,
    ).toEqual([
      { id: 'go', text: '下一步', color: 'red', act: '{}', ct: 't', cm: 'm' },
      { id: 'see', text: 'see', color: 'blue', url: 'https://bot.example.com' },
    ]));
  it('keeps the order: below the form is below the form', () => {
    const shown = view(text('before'), form([select('a')]), text('after'));
    expect(shown.sections[0]?.lines[0]?.t).toBe('before');
    expect(shown.sections[6]?.lines[0]?.t).toBe('after');
  });
});

/** Each is named in parity.test.ts. */
describe('what differs from Feishu', () => {
  const points = (count: number) => Array.from({ length: count }, (_, n) => ({ label: `第${n}支部`, value: n }));
  it('a radar chart is a bar chart', () =>
    expect(view({ kind: 'chart', chart: 'radar', points: points(3) }).sections[0]?.chart?.type).toBe('histogram'));
  it('a chart of very many points is lines of text', () => {
    const [section] = view({ kind: 'chart', chart: 'bar', points: points(240) }).sections;
    expect(section?.chart).toBeNull();
    expect(section?.lines[1]?.t).toBe('第1支部 ▓░░░░░░░░░ 1');
  });
  it('a long table is several', () => {
    const rows = Array.from({ length: 45 }, (_, n) => ({ n }));
    const tables = view({
      kind: 'table',
      columns: [{ key: 'n', label: 'n', kind: 'number' }],
      rows,
      pageSize: 10,
    }).sections.flatMap(({ table }) => table ?? []);
    expect(tables.map(({ data }) => data.length)).toEqual([20, 20, 5]);
  });
  it('many drop-downs on a page are typed', () => {
    const fields = (count: number) =>
      view(form(Array.from({ length: count }, (_, n) => select(`star_${n}`, marks, '7')))).form?.fields ?? [];
    expect(fields(3).every(({ type }) => type === 'SELECT')).toBe(true);
    expect(fields(10)[0]).toEqual({
      name: 'star_0',
      label: 'star_0',
      type: 'TEXT',
      placeholder: '0–10, x',
      defaultValue: '7',
    });
  });
  it('text between fields is a label or a field of its own', () => {
    const fields = view(
      form([select('a'), { kind: 'text', text: 'short' }, select('b'), { kind: 'text', text: '长'.repeat(100) }]),
    ).form?.fields;
    expect(fields?.map(({ label, type }) => `${type} ${label}`)).toEqual(['SELECT a', 'SELECT short\nb', 'TEXT_AREA ']);
  });
  it('hints stand above the form', () =>
    expect(view(form([{ ...select('a'), hint: 'why' }])).sections[0]?.lines).toEqual([{ t: 'a: why', k: 'muted' }]));
  it('several forms are one', () => {
    const shown = view(
      form([{ ...select('a'), required: true }], [button('one')]),
      form([select('b')], [button('two')]),
    );
    expect(shown.form?.fields.map(({ name, required }) => [name, required])).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
    expect(shown.formButtons.map(({ id }) => id)).toEqual(['one', 'two']);
  });
  it('what a dialog of a form would ask stands above the form', () => {
    const shown = view(
      form([select('a')], [button('send', { label: '发', confirm: { title: '真的？', text: '不能撤回' } })]),
    );
    expect(shown.sections[0]?.lines).toEqual([{ t: '发：真的？ 不能撤回', k: 'warn' }]);
    expect(shown.formButtons[0]).not.toHaveProperty('ct');
  });
  it('what does not fit is cut, and its buttons stay', () => {
    const shown = view(text('字'.repeat(20_000)), { kind: 'buttons', buttons: [button('still_here')] });
    expect(shown.sections[SECTIONS - 1]?.lines.at(-1)?.t).toBe('……');
    expect(shown.sections[SECTIONS - 1]?.buttons[0]?.id).toBe('still_here');
  });
  it('a toast is a line of the card', () => {
    const answer = renderAnswer({ toast: { type: 'warning', text: 'no' } }, { rev: 'r2', group: false });
    expect(answer).toEqual({
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      userPrivateData: { cardParamMap: { toast: 'no', toast_kind: 'warning', rev: 'r2' } },
    });
  });
  it('the answer to a click in a group changes the card for the one who clicked', () => {
    const answer = renderAnswer(
      { card: card(text('x')), toast: { type: 'success', text: 'yes' } },
      { rev: 'r2', group: true },
    );
    expect(answer).toMatchObject({
      cardData: { cardParamMap: { title: '季度评议' } },
      userPrivateData: { cardParamMap: { toast: 'yes' } },
    });
    expect(JSON.stringify(answer['cardData'])).not.toContain('yes');
  });
  it('a text box has no length', () =>
    expect(
      JSON.stringify(
        view(form([{ kind: 'input', name: 'i', label: 'i', multiline: true, maxLength: 5, required: true }])).form,
      ),
    ).not.toContain('5'));
});

describe('whatever the texts are', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 80 });
  const anyBlock: fc.Arbitrary<Block> = fc.oneof(
    anyText.map((value) => text(value)),
    fc.array(anyText, { maxLength: 8 }).map(list),
    fc.record({
      kind: fc.constant('table' as const),
      columns: fc.constant([{ key: 'k', label: 'K', kind: 'text' as const }]),
      rows: fc.array(
        anyText.map((k) => ({ k })),
        { maxLength: 60 },
      ),
      pageSize: fc.constant(10),
    }),
    fc.record({
      kind: fc.constant('chart' as const),
      chart: fc.constantFrom('bar' as const, 'line' as const, 'radar' as const),
      points: fc.array(fc.record({ label: anyText, value: fc.integer({ min: 0, max: 100 }) }), { maxLength: 40 }),
    }),
    anyText
      .filter((value) => value !== '')
      .map((label) => ({ kind: 'buttons' as const, buttons: [{ ...button('x'), label }] })),
  );
  test.prop([fc.array(anyBlock, { maxLength: 30 })])('the data is taken and every button is there', (blocks) => {
    const named = blocks.map(
      (block, index): Block =>
        block.kind === 'buttons'
          ? { ...block, buttons: block.buttons.map((it) => ({ ...it, name: `b${index}` })) }
          : block,
    );
    const data = renderCard(card(...named), 'r1');
    expect(refusals(lintCardData(data))).toEqual([]);
    const shown = readCardData(data).sections.flatMap(({ buttons }) => buttons).length;
    expect(shown).toBe(named.filter(({ kind }) => kind === 'buttons').length);
  });
});
