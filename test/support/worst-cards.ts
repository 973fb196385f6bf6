/** Cards at the edge of what the program makes, for the lint of every platform. */
import type { Action } from '../../src/action.ts';
import { type Block, type Button, type Card, facts, type Field, list, text } from '../../src/card.ts';

const REVIEW = '0199b3c2-aaaa-7bbb-8ccc-0123456789ab';
/** 30 subjects of 11 marks, sealed. */
const DRAFT = 'A'.repeat(520);
const MARKS = [...Array.from({ length: 11 }, (_, n) => `${n}`), 'x'].map((value) => ({
  value,
  label: value === 'x' ? '不了解' : value,
}));
const confirm = { title: '提交投票', text: '提交后不能更改，确定吗？' };
const button = (name: string, action: Action, over: Partial<Button> = {}): Button => ({
  name,
  label: '下一位',
  style: 'default',
  action,
  ...over,
});
const ballot = (a: 'ballot_next' | 'ballot_back' | 'ballot_review'): Action => ({ a, r: REVIEW, d: DRAFT });
const card = (...blocks: Block[]): Card => ({ title: '某某支部季度评议', subtitle: '第三季度', tone: 'blue', blocks });
const stars = (options = MARKS, required = false, initial?: string): Field[] =>
  Array.from({ length: 10 }, (_, n) => ({
    kind: 'select',
    name: `star_of_conduct_${n}`,
    label: `${n + 1}. 遵章守纪星`,
    hint: '严守政治纪律和政治规矩；按时参加组织生活；遵守单位各项规章制度，没有违规违纪行为',
    options,
    required,
    ...(initial === undefined ? {} : { initial }),
  }));
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
const intro = '请按 0 至 10 分为每颗星打分。只有统计结果会公布，谁也看不到您的测评票；测评票保存到公示结束后三十天。';
const people = Array.from({ length: 31 }, (_, n) => `E${String(n).padStart(4, '0')}`);

export const WORST_CARDS: readonly (readonly [what: string, card: Card])[] = [
  [
    'ballot page, filled in before',
    card(
      text(intro, 'muted'),
      { kind: 'progress', label: '进度', done: 3, of: 31 },
      text('张三（演示）', 'strong'),
      {
        kind: 'form',
        name: 'ballot_E0001',
        fields: stars(MARKS, false, 'x'),
        buttons: [
          button('ballot_back', ballot('ballot_back')),
          button('ballot_review', ballot('ballot_review')),
          button('ballot_next', ballot('ballot_next'), { style: 'primary', confirm }),
        ],
      },
      text('您可以随时返回修改。', 'muted'),
    ),
  ],
  [
    'self-review, filed before',
    card(text(intro, 'muted'), facts(['期间', '2026 年第三季度'], ['截止', '10 月 12 日 18:00']), {
      kind: 'form',
      name: 'self_review',
      fields: [
        ...stars(MARKS.slice(0, 11), true, '10'),
        input('achievements'),
        input('shortcomings'),
        input('direction'),
      ],
      buttons: [button('submit', { a: 'self_review', r: REVIEW }, { style: 'primary', confirm })],
    }),
  ],
  [
    'review page of 31',
    card(
      text(intro, 'muted'),
      {
        kind: 'buttons',
        compact: true,
        buttons: people.map((s) =>
          button(`ballot_edit_${s}`, { a: 'ballot_edit', r: REVIEW, d: DRAFT, s }, { label: '欧阳某某' }),
        ),
      },
      {
        kind: 'buttons',
        buttons: [
          button('ballot_cast', { a: 'ballot_cast', r: REVIEW, d: DRAFT }, { style: 'primary', confirm }),
          button('ballot_back', ballot('ballot_back')),
        ],
      },
    ),
  ],
  [
    'league of 60 with charts',
    card(
      {
        kind: 'table',
        pageSize: 10,
        columns: [
          { key: 'rank', label: '名次', kind: 'number' },
          ...Array.from({ length: 7 }, (_, n) => ({ key: `c${n}`, label: `第${n}列`, kind: 'text' as const })),
        ],
        rows: Array.from({ length: 60 }, (_, n) => ({
          rank: n + 1,
          ...Object.fromEntries(Array.from({ length: 7 }, (_value, i) => [`c${i}`, i === 0 ? '某某支部' : '98.25'])),
        })),
      },
      { kind: 'chart', chart: 'bar', points: people.map((label, n) => ({ label, value: n })) },
      {
        kind: 'chart',
        chart: 'radar',
        points: people
          .slice(0, 10)
          .flatMap((label) => ['自评', '互评'].map((series) => ({ label, value: 8.25, series }))),
      },
      {
        kind: 'buttons',
        buttons: [{ name: 'board', label: '公示', style: 'default', link: 'https://bot.example.com/board/x' }],
      },
    ),
  ],
  [
    'confirmation with statements',
    card(text(intro), {
      kind: 'form',
      name: 'confirmation',
      fields: people.slice(0, 5).flatMap((person): Field[] => [
        { kind: 'text', text: `欧阳某某：七星`, tone: 'strong' },
        { kind: 'text', text: '情'.repeat(300), tone: 'muted' },
        {
          kind: 'select',
          name: `outstanding_${person}`,
          label: '突出的星',
          options: MARKS.slice(0, 10).map(({ value }) => ({ value: `star_of_conduct_${value}`, label: '遵章守纪星' })),
          required: false,
        },
        { kind: 'input', name: `reason_${person}`, label: '理由', multiline: true, maxLength: 200, required: false },
      ]),
      buttons: [button('confirm_results', { a: 'confirm_results', r: REVIEW, p: 0 }, { style: 'primary' })],
    }),
  ],
  ['a long list', card(list(Array.from({ length: 60 }, () => '意'.repeat(120))), text('注'.repeat(1_000), 'muted'))],
];
