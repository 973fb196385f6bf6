import { describe, expect, it } from 'vitest';
import { CARD_MAX_ELEMENTS } from '../../../src/platform/lark/limits.ts';
import { cardBytes, countElements, lintCard, refusals } from '../../../src/platform/lark/lint.ts';

type Json = Record<string, unknown>;
const words = (content: string) => ({ tag: 'plain_text', content });
const card = (elements: readonly unknown[], more: Json = {}) => ({
  schema: '2.0',
  config: { update_multi: true },
  header: { title: words('每周自查'), template: 'blue' },
  body: { elements },
  ...more,
});
const md = (content = '正文', more: Json = {}) => ({ tag: 'markdown', content, ...more });
const button = (more: Json = {}) => ({
  tag: 'button',
  name: 'go',
  text: words('好'),
  behaviors: [{ type: 'callback', value: { a: 'go' } }],
  ...more,
});
const submit = (more: Json = {}) => button({ name: 'submit', form_action_type: 'submit', ...more });
const options = (n: number) => Array.from({ length: n }, (_, i) => ({ text: words(`${i}`), value: `${i}` }));
const select = (more: Json = {}) => ({
  tag: 'select_static',
  name: 'c1',
  required: true,
  placeholder: words('请选择'),
  options: options(11),
  ...more,
});
const input = (more: Json = {}) => ({ tag: 'input', name: 'note', max_length: 500, ...more });
const form = (elements: readonly unknown[], more: Json = {}) => ({ tag: 'form', name: 'f', elements, ...more });
const table = (more: Json = {}) => ({
  tag: 'table',
  page_size: 10,
  columns: [
    { name: 'rank', display_name: '#', data_type: 'number', width: '80px' },
    { name: 'who', display_name: '支部', data_type: 'text', width: 'auto' },
  ],
  rows: [{ rank: 1, who: '示例支部' }],
  ...more,
});
const chart = (spec: Json = {}) => ({
  tag: 'chart',
  aspect_ratio: '16:9',
  chart_spec: {
    type: 'bar',
    data: { values: [{ who: '甲', stars: 3 }] },
    xField: 'who',
    yField: 'stars',
    ...spec,
  },
});
const columns = (elements: readonly unknown[]) => ({
  tag: 'column_set',
  columns: [{ tag: 'column', width: 'weighted', weight: 1, elements }],
});
const nest = (depth: number): unknown =>
  depth === 0 ? md() : { tag: 'interactive_container', behaviors: button().behaviors, elements: [nest(depth - 1)] };
const many = (n: number) => Array.from({ length: n }, () => ({ tag: 'hr' }));

describe('good cards', () => {
  it.each([
    ['text', card([md(), { tag: 'hr' }, { tag: 'div', text: words('x') }])],
    [
      'buttons in columns',
      card([
        columns([button()]),
        columns([button({ name: 'two', confirm: { title: words('确认'), text: words('确定吗') } })]),
      ]),
    ],
    [
      'ten selects in a form',
      card([form([...Array.from({ length: 10 }, (_, i) => select({ name: `s${i}` })), submit()])]),
    ],
    [
      'inputs of every kind',
      card([
        form(
          [
            input({ label: words('说明'), input_type: 'multiline_text', rows: 3, default_value: '无' }),
            { tag: 'date_picker', name: 'due', initial_date: '2026-06-01' },
            { tag: 'checker', name: 'ok', text: words('是'), checked: false },
            { tag: 'multi_select_static', name: 'm', options: options(3), selected_values: ['1'] },
            submit(),
            button({ name: 'clear', form_action_type: 'reset', behaviors: undefined }),
          ].map((e) => JSON.parse(JSON.stringify(e))),
        ),
      ]),
    ],
    [
      'table and charts',
      card([
        table(),
        chart(),
        {
          tag: 'chart',
          aspect_ratio: '1:1',
          chart_spec: {
            type: 'radar',
            data: { values: [{ c: 'x', v: 1, s: 'a' }] },
            categoryField: 'c',
            valueField: 'v',
            seriesField: 's',
          },
        },
      ]),
    ],
    [
      'a select standing alone',
      card(
        [select({ required: undefined, behaviors: button().behaviors, initial_option: '7' })].map((e) =>
          JSON.parse(JSON.stringify(e)),
        ),
      ),
    ],
    ['a link', card([button({ behaviors: [{ type: 'open_url', default_url: 'https://bot.example.test/r/1' }] })])],
    [
      'i18n and styles',
      card([md('x', { i18n_content: { en_us: 'x' }, text_size: 'notation' })], {
        config: {
          update_multi: true,
          summary: { content: 's', i18n_content: { zh_cn: '摘要' } },
          width_mode: 'fill',
          enable_forward: false,
          locales: ['zh_cn'],
        },
      }),
    ],
    ['exactly 200 elements', card(many(CARD_MAX_ELEMENTS - 1))],
    ['five levels', card([nest(5)])],
    [
      'five tables, one of them markdown',
      card([table(), table(), table(), table(), md('| a | b |\n|---|:-:|\n| 1 | 2 |')]),
    ],
  ])('%s', (_, good) => expect(lintCard(good)).toEqual([]));
});

describe('broken cards', () => {
  it.each<[string, unknown, number, string]>([
    ['not an object', 'x', 200621, '$'],
    ['card JSON 1.0', { elements: [md()] }, 200621, '$.schema'],
    ['unknown property at the top', card([], { elements: [] }), 200621, '$.elements'],
    ['unknown property of an element', card([md('x', { colour: 'red' })]), 200621, '$.body.elements[0].colour'],
    [
      'unknown property deep inside',
      card([columns([button({ value: {} })])]),
      200621,
      '$.body.elements[0].columns[0].elements[0].value',
    ],
    ['exclusive card', card([], { config: { update_multi: false } }), 200621, '$.config.update_multi'],
    ['header without title', card([], { header: {} }), 200621, '$.header.title'],
    [
      'unknown header colour',
      card([], { header: { title: words('x'), template: 'pink' } }),
      200621,
      '$.header.template',
    ],
    [
      'hexadecimal colour',
      card([columns([])].map((c) => ({ ...c, background_style: '#fff' }))),
      200621,
      '$.body.elements[0].background_style',
    ],
    ['tag note of 1.0', card([{ tag: 'note', elements: [] }]), 200861, '$.body.elements[0].tag'],
    ['tag action of 1.0', card([{ tag: 'action', actions: [] }]), 200861, '$.body.elements[0].tag'],
    ['201 elements', card(many(CARD_MAX_ELEMENTS)), 11310, '$'],
    ['six tables', card([...Array.from({ length: 5 }, () => table()), md('|a|b|\n|-|-|\n|1|2|')]), 11310, '$'],
    [
      'six levels',
      card([nest(6)]),
      200621,
      '$.body.elements[0].elements[0].elements[0].elements[0].elements[0].elements[0]',
    ],
    ['table in a column', card([columns([table()])]), 200621, '$.body.elements[0].columns[0].elements[0]'],
    ['form in a form', card([form([form([submit()], { name: 'g' })])]), 200621, '$.body.elements[0].elements[0]'],
    ['chart in a form', card([form([chart(), submit()])]), 200621, '$.body.elements[0].elements[0]'],
    ['a name twice', card([button(), button()]), 200530, '$.body.elements[1].name'],
    [
      'a name twice across form and root',
      card([form([select({ name: 'go' }), submit()]), button()]),
      200530,
      '$.body.elements[1].name',
    ],
    [
      'element_id twice',
      card([md('a', { element_id: 'x' }), md('b', { element_id: 'x' })]),
      300301,
      '$.body.elements[1].element_id',
    ],
    [
      'element_id starting with a digit',
      card([md('a', { element_id: '1x' })]),
      200621,
      '$.body.elements[0].element_id',
    ],
    [
      'input without a name in a form',
      card([form([input({ name: '' }), submit()])]),
      200530,
      '$.body.elements[0].elements[0].name',
    ],
    ['form without a name', card([form([submit()], { name: '' })]), 200530, '$.body.elements[0].name'],
    ['form without a submit button', card([form([select()])]), 200621, '$.body.elements[0]'],
    ['submit outside a form', card([submit()]), 200621, '$.body.elements[0].form_action_type'],
    ['required outside a form', card([select()]), 200621, '$.body.elements[0].required'],
    [
      'multi select outside a form',
      card([{ tag: 'multi_select_static', options: options(2) }]),
      200621,
      '$.body.elements[0]',
    ],
    [
      'select without options',
      card([form([select({ options: [] }), submit()])]),
      200621,
      '$.body.elements[0].elements[0].options',
    ],
    [
      'an option twice',
      card([form([select({ options: [...options(2), ...options(1)] }), submit()])]),
      200621,
      '$.body.elements[0].elements[0].options',
    ],
    [
      'initial option unknown',
      card([form([select({ initial_option: '11' }), submit()])]),
      200621,
      '$.body.elements[0].elements[0].initial_option',
    ],
    [
      'initial index too large',
      card([form([select({ initial_index: 12 }), submit()])]),
      200621,
      '$.body.elements[0].elements[0].initial_index',
    ],
    [
      'max_length 1001',
      card([form([input({ max_length: 1001 }), submit()])]),
      200621,
      '$.body.elements[0].elements[0].max_length',
    ],
    [
      'default longer than max_length',
      card([form([input({ max_length: 2, default_value: 'abc' }), submit()])]),
      200621,
      '$.body.elements[0].elements[0].default_value',
    ],
    [
      'placeholder of 101 characters',
      card([form([input({ placeholder: words('好'.repeat(101)) }), submit()])]),
      200621,
      '$.body.elements[0].elements[0].placeholder',
    ],
    [
      'a string as callback value',
      card([button({ behaviors: [{ type: 'callback', value: 'x' }] })]),
      200621,
      '$.body.elements[0].behaviors[0].value',
    ],
    ['button that does nothing', card([{ tag: 'button', text: words('x') }]), 200621, '$.body.elements[0].behaviors'],
    [
      'confirm without text',
      card([button({ confirm: { title: words('x') } })]),
      200621,
      '$.body.elements[0].confirm.text',
    ],
    ['cell of a wrong type', card([table({ rows: [{ rank: '1' }] })]), 200914, '$.body.elements[0].rows[0].rank'],
    ['undeclared column', card([table({ rows: [{ rnk: 1 }] })]), 200915, '$.body.elements[0].rows[0].rnk'],
    ['page size 11', card([table({ page_size: 11 })]), 200621, '$.body.elements[0].page_size'],
    ['unknown chart', card([chart({ type: 'gauge' })]), 200550, '$.body.elements[0].chart_spec.type'],
    ['null in a chart', card([chart({ axes: null })]), 200550, '$.body.elements[0].chart_spec.axes'],
    ['chart without data', card([chart({ data: {} })]), 200550, '$.body.elements[0].chart_spec.data'],
    ['chart field not in the data', card([chart({ yField: 'score' })]), 200550, '$.body.elements[0].chart_spec.yField'],
    [
      'bad image key',
      card([{ tag: 'img', img_key: 'http://x', alt: words('') }]),
      200570,
      '$.body.elements[0].img_key',
    ],
    ['bad person', card([{ tag: 'person', user_id: '' }]), 100290, '$.body.elements[0]'],
    ['bad mention', card([md('<at id=张三></at>')]), 100290, '$.body.elements[0]'],
  ])('%s', (_, broken, subCode, path) => {
    const problems = refusals(lintCard(broken));
    expect(problems).toContainEqual(expect.objectContaining({ code: 230099, subCode, path }));
  });

  it('a message over 30 KB is 230025, counted as the string it is sent as', () => {
    const big = card([md('"'.repeat(8_000))]);
    expect(cardBytes(big)).toBeGreaterThan(30 * 1024);
    expect(lintCard(big)).toEqual([expect.objectContaining({ code: 230025, subCode: null })]);
  });

  it('what is only not shown is a warning', () => {
    const warned = lintCard(card(Array.from({ length: 6 }, () => chart())));
    expect(warned).toEqual([expect.objectContaining({ severity: 'warning' })]);
    expect(refusals(warned)).toEqual([]);
  });
});

it('counts option texts, labels and columns as elements, table rows not', () => {
  expect(countElements(card([form([select(), submit()])]))).toBe(1 + 1 + 1 + 1 + 11 + 2);
  expect(countElements(card([table()]))).toBe(2);
});
