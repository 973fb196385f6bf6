import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../../src/action.ts';
import { type Block, type Button, type Card, divider, type Field, facts, list, text } from '../../../src/card.ts';
import { CARD_MESSAGE_MAX_BYTES, CARD_SAFE_ELEMENTS } from '../../../src/platform/lark/limits.ts';
import { cardBytes, countElements, lintCard } from '../../../src/platform/lark/lint.ts';
import { renderAnswer, renderCard } from '../../../src/platform/lark/render.ts';

const MARKS = [...Array.from({ length: 11 }, (_, n) => `${n}`), 'x'].map((value) => ({ value, label: value }));
const DRAFT = 'A'.repeat(520); // 30 subjects × 11 marks, sealed
const action = (a: 'ballot_next' | 'ballot_cast'): Action => ({
  a,
  r: '0199b3c2-aaaa-7bbb-8ccc-0123456789ab',
  d: DRAFT,
});
const button = (name: string, over: Partial<Button> = {}): Button => ({
  name,
  label: '下一位',
  style: 'default',
  action: action('ballot_next'),
  ...over,
});
const card = (...blocks: Block[]): Card => ({ title: '季度评议', subtitle: '第三季度', tone: 'blue', blocks });
const elements = (...blocks: Block[]) => renderCard(card(...blocks)).body.elements;
const confirm = { title: '提交投票', text: '提交后不能更改，确定吗？' };
const select = (name: string, options = MARKS): Field => ({
  kind: 'select',
  name,
  label: '1. 遵章守纪星（* 必填）',
  hint: '严守政治纪律和政治规矩；按时参加组织生活；遵守单位各项规章制度，没有违规违纪行为',
  options,
  required: false,
});
const input = (name: string): Field => ({
  kind: 'input',
  name,
  label: '主要成绩',
  placeholder: '不超过 1000 字',
  initial: '优'.repeat(1_000),
  multiline: true,
  maxLength: 1_000,
  required: true,
});
const stars = (options = MARKS) => Array.from({ length: 10 }, (_, n) => select(`star_${n}`, options));

describe('worst cases keep within the platform’s limits', () => {
  const intro = '请按 0 至 10 分为每颗星打分。只有统计结果会公布，谁也看不到您的测评票；测评票保存到公示结束后三十天。';
  const ballot = card(
    text(intro, 'muted'),
    { kind: 'progress', label: '进度', done: 3, of: 31 },
    text('张三（演示）', 'strong'),
    {
      kind: 'form',
      name: 'ballot_E0001',
      fields: stars(),
      buttons: [button('ballot_back'), button('ballot_review'), button('ballot_next', { style: 'primary', confirm })],
    },
    text('您可以随时返回修改。', 'muted'),
  );
  const selfReview = card(text(intro, 'muted'), facts(['期间', '2026 年第三季度'], ['截止', '10 月 12 日 18:00']), {
    kind: 'form',
    name: 'self_review',
    fields: [...stars(MARKS.slice(0, 11)), input('achievements'), input('shortcomings'), input('direction')],
    buttons: [button('submit', { style: 'primary', action: { a: 'self_review', r: 'rv' }, confirm })],
  });
  const names = Array.from({ length: 31 }, (_, n) => `E${String(n).padStart(4, '0')}`);
  const review = card(
    text(intro, 'muted'),
    facts(['已填', '31 人'], ['共', '31 人']),
    {
      kind: 'buttons',
      compact: true,
      buttons: names.map((s) =>
        button(`ballot_edit_${s}`, {
          label: '欧阳某某',
          action: { a: 'ballot_edit', r: '0199b3c2-aaaa-7bbb-8ccc-0123456789ab', d: DRAFT, s },
        }),
      ),
    },
    {
      kind: 'buttons',
      buttons: [
        button('ballot_cast', { style: 'primary', action: action('ballot_cast'), confirm }),
        button('ballot_back'),
      ],
    },
  );
  const league = card(
    {
      kind: 'table',
      pageSize: 10,
      columns: [
        { key: 'rank', label: '名次', kind: 'number' },
        ...Array.from({ length: 9 }, (_, n) => ({ key: `c${n}`, label: `第${n}列`, kind: 'text' as const })),
      ],
      rows: Array.from({ length: 60 }, (_, n) => ({
        rank: n + 1,
        ...Object.fromEntries(names.slice(0, 9).map((_name, i) => [`c${i}`, '某某支部 98.25'])),
      })),
    },
    { kind: 'chart', chart: 'bar', points: names.map((label, n) => ({ label, value: n })) },
    {
      kind: 'chart',
      chart: 'radar',
      points: names.slice(0, 10).flatMap((label) => ['自评', '互评'].map((series) => ({ label, value: 8.25, series }))),
    },
  );
  it.each([
    ['ballot page', ballot],
    ['self-review', selfReview],
    ['review page of 31', review],
    ['league', league],
  ])('%s', (_what, worst) => {
    const rendered = renderCard(worst);
    expect(lintCard(rendered)).toEqual([]);
    expect(countElements(rendered)).toBeLessThanOrEqual(CARD_SAFE_ELEMENTS);
    expect(cardBytes(rendered)).toBeLessThanOrEqual(CARD_MESSAGE_MAX_BYTES);
  });
});

describe('blocks', () => {
  it('head and settings', () =>
    expect(renderCard({ ...card(divider), summary: '请投票' })).toEqual({
      schema: '2.0',
      config: { update_multi: true, enable_forward: false, width_mode: 'fill', summary: { content: '请投票' } },
      header: {
        title: { tag: 'plain_text', content: '季度评议' },
        subtitle: { tag: 'plain_text', content: '第三季度' },
        template: 'blue',
      },
      body: { elements: [{ tag: 'hr' }] },
    }));
  it('the title stands in for a summary', () =>
    expect(renderCard({ title: '完成', tone: 'green', blocks: [] })).toMatchObject({
      config: { summary: { content: '完成' } },
      header: { title: { content: '完成' }, template: 'green' },
    }));
  it.each([
    ['normal', {}],
    ['muted', { text_size: 'notation', text_color: 'grey' }],
    ['good', { text_color: 'green' }],
    ['warn', { text_color: 'orange' }],
    ['bad', { text_color: 'red' }],
  ] as const)('%s text is plain', (tone, style) =>
    expect(elements(text('*a* <at id=all></at>', tone))).toEqual([
      { tag: 'div', text: { tag: 'plain_text', content: '*a* <at id=all></at>', ...style } },
    ]),
  );
  it('bold text, facts and lists are escaped', () => {
    expect(elements(text('a*b\n\nc', 'strong'))).toEqual([{ tag: 'markdown', content: '**a&#42;b**\n\n**c**' }]);
    expect(elements(facts(['姓名', '*张三*\n李四'], ['', 'x']))).toEqual([
      { tag: 'markdown', content: '**姓名** &#42;张三&#42; 李四\n x' },
    ]);
    expect(elements(list(['<a>', 'b\nc']))).toEqual([{ tag: 'markdown', content: '- &#60;a&#62;\n- b c' }]);
    expect(elements(list([]), facts())).toEqual([]);
  });
  it.each([
    [0, 12, '░░░░░░░░░░ 0/12'],
    [1, 1000, '▓░░░░░░░░░ 1/1000'],
    [6, 12, '▓▓▓▓▓░░░░░ 6/12'],
    [999, 1000, '▓▓▓▓▓▓▓▓▓░ 999/1000'],
    [12, 12, '▓▓▓▓▓▓▓▓▓▓ 12/12'],
    [13, 12, '▓▓▓▓▓▓▓▓▓▓ 13/12'],
    [0, 0, '░░░░░░░░░░ 0/0'],
  ])('progress %i of %i', (done, of, want) =>
    expect(elements({ kind: 'progress', label: '进度', done, of })).toMatchObject([
      { text: { content: `进度 ${want}` } },
    ]),
  );
  it('fields', () => {
    const fields: Field[] = [
      { kind: 'text', text: '说明' },
      { kind: 'select', name: 's', label: 'L', options: MARKS.slice(0, 2), initial: '1', required: true },
      { kind: 'select', name: 't', label: 'L', options: MARKS.slice(0, 1), initial: '9', required: false },
      {
        kind: 'input',
        name: 'i',
        label: 'L',
        multiline: false,
        maxLength: 5_000,
        required: false,
        placeholder: 'p'.repeat(200),
      },
      { kind: 'input', name: 'j', label: 'L', multiline: true, maxLength: 3, required: true, initial: 'ab😀' },
      { kind: 'date', name: 'd', label: 'L', initial: '2026-12-01', required: true },
    ];
    const [form] = elements({ kind: 'form', name: 'f', fields, buttons: [button('go')] });
    expect(form).toEqual({
      tag: 'form',
      name: 'f',
      elements: [
        { tag: 'div', text: { tag: 'plain_text', content: '说明' } },
        { tag: 'markdown', content: '**L**' },
        {
          tag: 'select_static',
          name: 's',
          required: true,
          width: 'fill',
          options: [
            { text: { tag: 'plain_text', content: '0' }, value: '0' },
            { text: { tag: 'plain_text', content: '1' }, value: '1' },
          ],
          initial_option: '1',
        },
        { tag: 'markdown', content: '**L**' },
        {
          tag: 'select_static',
          name: 't',
          required: false,
          width: 'fill',
          options: [{ text: { tag: 'plain_text', content: '0' }, value: '0' }],
        },
        { tag: 'markdown', content: '**L**' },
        {
          tag: 'input',
          name: 'i',
          required: false,
          width: 'fill',
          max_length: 1_000,
          placeholder: { tag: 'plain_text', content: 'p'.repeat(100) },
        },
        { tag: 'markdown', content: '**L**' },
        {
          tag: 'input',
          name: 'j',
          required: true,
          width: 'fill',
          max_length: 3,
          input_type: 'multiline_text',
          rows: 3,
          default_value: 'ab',
        },
        { tag: 'markdown', content: '**L**' },
        { tag: 'date_picker', name: 'd', required: true, width: 'fill', initial_date: '2026-12-01' },
        {
          tag: 'button',
          name: 'go',
          text: { tag: 'plain_text', content: '下一位' },
          form_action_type: 'submit',
          behaviors: [{ type: 'callback', value: action('ballot_next') }],
        },
      ],
    });
  });
  it('buttons: link, style, dialog', () =>
    expect(
      elements({
        kind: 'buttons',
        buttons: [
          { name: 'board', label: '公示栏', style: 'danger', link: 'https://bot.example.test/board/1', confirm },
        ],
      }),
    ).toEqual([
      {
        tag: 'button',
        name: 'board',
        text: { tag: 'plain_text', content: '公示栏' },
        type: 'danger',
        confirm: {
          title: { tag: 'plain_text', content: confirm.title },
          text: { tag: 'plain_text', content: confirm.text },
        },
        behaviors: [{ type: 'open_url', default_url: 'https://bot.example.test/board/1' }],
      },
    ]));
  it.each([
    ['two share a row', 2, false, '下一位', 'column_set'],
    ['five stand alone', 5, false, '下一位', 'button'],
    ['compact with short labels', 5, true, '张三', 'column_set'],
    ['compact with long labels', 5, true, '一个特别长的按钮名字', 'button'],
  ])('buttons: %s', (_what, count, compact, label, tag) => {
    const buttons = Array.from({ length: count }, (_, n) => button(`b${n}`, { label }));
    const rendered = elements({ kind: 'buttons', buttons, compact });
    expect(rendered[0]?.tag).toBe(tag);
    const found = JSON.stringify(rendered).match(/"name":"b\d"/g) ?? [];
    expect(found.toSorted()).toEqual(buttons.map(({ name }) => `"name":"${name}"`));
  });
  it('compact buttons read line by line', () => {
    const buttons = Array.from({ length: 5 }, (_, n) => button(`b${n}`, { label: `${n}` }));
    const [set] = elements({ kind: 'buttons', buttons, compact: true });
    const columns = set?.columns as { elements: { name: string }[] }[];
    expect(columns.map(({ elements: inside }) => inside.map(({ name }) => name))).toEqual([
      ['b0', 'b3'],
      ['b1', 'b4'],
      ['b2'],
    ]);
  });
  it('tables: numbers keep their decimals, words make a text column, other keys are dropped', () =>
    expect(
      elements({
        kind: 'table',
        pageSize: 50,
        columns: [
          { key: 'n', label: '分', kind: 'number' },
          { key: 'i', label: '位', kind: 'number' },
          { key: 'm', label: '均', kind: 'number' },
          { key: 't', label: '*', kind: 'text' },
        ],
        rows: [
          { n: 8.25, i: 1, m: 7, t: '*x*', secret: 'no' },
          { n: 9, i: 2, m: '—', t: 5 },
        ],
      }),
    ).toEqual([
      {
        tag: 'table',
        page_size: 10,
        row_height: 'low',
        freeze_first_column: true,
        header_style: { background_style: 'grey', bold: true, lines: 1 },
        columns: [
          { name: 'n', display_name: '分', data_type: 'number', format: { precision: 2 }, horizontal_align: 'right' },
          { name: 'i', display_name: '位', data_type: 'number', format: { precision: 0 }, horizontal_align: 'right' },
          { name: 'm', display_name: '均', data_type: 'text', horizontal_align: 'right' },
          { name: 't', display_name: '*', data_type: 'text' },
        ],
        rows: [
          { n: 8.25, i: 1, m: 7, t: '*x*' },
          { n: 9, i: 2, m: '—', t: 5 },
        ],
      },
    ]));
  it('charts', () => {
    const one = [{ label: 'a', value: 1 }];
    const two = [{ label: 'a', value: 1, series: 's' }];
    const spec = (chart: 'bar' | 'radar' | 'line', points: typeof one) =>
      elements({ kind: 'chart', chart, points })[0]?.chart_spec;
    expect(spec('bar', one)).toEqual({
      type: 'bar',
      data: { values: one },
      xField: 'label',
      yField: 'value',
      label: { visible: true },
    });
    expect(spec('bar', two)).toMatchObject({
      xField: ['label', 'series'],
      seriesField: 'series',
      legends: { visible: true },
    });
    expect(spec('line', one)).toEqual({ type: 'line', data: { values: one }, xField: 'label', yField: 'value' });
    expect(spec('radar', two)).toMatchObject({ categoryField: 'label', valueField: 'value', seriesField: 'series' });
    expect(elements({ kind: 'chart', chart: 'bar', points: [] })).toEqual([]);
  });
});

it.each([
  [{}, {}],
  [{ toast: { type: 'warning' as const, text: '已投过票' } }, { toast: { type: 'warning', content: '已投过票' } }],
])('an answer %j', (answer, want) => expect(renderAnswer(answer)).toEqual(want));
it('an answer with a card holds the card as an object', () =>
  expect(renderAnswer({ card: card(divider) })).toEqual({ card: { type: 'raw', data: renderCard(card(divider)) } }));

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...Array.from('*_~`#>[]()!|<&\\-+:/$"\'={}^ \n张1.')),
    fc.string({ minLength: 1, maxLength: 1 }),
  ),
});
test.prop([anyText, anyText])('whatever people write, the platform takes the card', (a, b) => {
  const field: Field = {
    kind: 'input',
    name: 'i',
    label: a,
    multiline: true,
    maxLength: 100,
    required: true,
    initial: b,
  };
  const rendered = renderCard(
    card(text(a), text(b, 'strong'), facts([a, b]), list([a, b]), {
      kind: 'form',
      name: 'f',
      fields: [{ ...select('s'), label: a, hint: b } as Field, field],
      buttons: [button('go', { label: 'x' })],
    }),
  );
  expect(lintCard(rendered)).toEqual([]);
});
