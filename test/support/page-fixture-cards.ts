/** Cards for the page's own tests: what the bot sends, at its worst size, and every component it might send one day. */
import type { Block, Card, Field } from '../../src/card.ts';
import { renderCard } from '../../src/platform/lark/render.ts';

type Json = Record<string, unknown>;
const json = (card: Card): Json => structuredClone(renderCard(card)) as unknown as Json;

export const STARS = [
  ['political_steadfastness', '政治坚定星'],
  ['eagerness_to_learn', '好学上进星'],
  ['rule_compliance', '遵规守纪星'],
  ['dedication', '敬业奉献星'],
  ['professional_ethics', '道德风尚星'],
  ['organizational_responsibility', '服从组织星'],
  ['warm_service', '热情服务星'],
  ['teamwork', '团结协作星'],
  ['integrity', '廉洁自律星'],
  ['good_performance', '业绩优良星'],
] as const;
const MARKS = [
  ...Array.from({ length: 11 }, (_, n) => ({ value: String(n), label: String(n) })),
  { value: 'x', label: '不了解' },
];
const act = { a: 'ballot_next', r: 'R1', d: '' } as const;

export function ballotPage(subject: string, name: string, page: number, pages: number): Json {
  const fields: Field[] = [
    { kind: 'text', text: '请给每颗星打 0 到 10 分，不清楚就选“不了解”。', tone: 'normal' },
    {
      kind: 'text',
      text: '没有人看得到您投了什么：测评票加密存放，计票后只公布合计，三十天后销毁。',
      tone: 'muted',
    },
    ...STARS.map(([key, label]): Field => ({ kind: 'select', name: key, label, options: MARKS, required: true })),
  ];
  return json({
    title: `民主测评 · ${name}`,
    subtitle: `第 ${page} 位，共 ${pages} 位 · 2026 年第三季度`,
    tone: 'blue',
    blocks: [
      {
        kind: 'form',
        name: `ballot_${subject}`,
        fields,
        buttons: [{ name: 'ballot_next', label: '下一位', style: 'primary', action: act }],
      },
      { kind: 'buttons', buttons: [{ name: 'ballot_back', label: '上一位', style: 'default', action: act }] },
    ],
  });
}

export const reviewPage = (): Json =>
  json({
    title: '核对测评票',
    subtitle: '2026 年第三季度',
    tone: 'orange',
    blocks: [
      { kind: 'text', text: '投出后不能修改。点名字可以回到那一页。', tone: 'normal' },
      {
        kind: 'buttons',
        compact: true,
        buttons: Array.from({ length: 31 }, (_, n) => ({
          name: `ballot_edit_E${String(n).padStart(4, '0')}`,
          label: n === 30 ? '本支部' : `演示甲${n + 1}`,
          style: 'default' as const,
          action: act,
        })),
      },
      { kind: 'divider' },
      {
        kind: 'buttons',
        buttons: [
          {
            name: 'ballot_cast',
            label: '投出测评票',
            style: 'primary',
            action: act,
            confirm: { title: '投出测评票？', text: '投出后不能修改，也不能再投。' },
          },
        ],
      },
    ],
  });

export const castCard = (): Json =>
  json({
    title: '测评票已投出',
    tone: 'green',
    blocks: [
      { kind: 'text', text: '您的测评票已经存好。回执：', tone: 'normal' },
      { kind: 'text', text: 'K7Q4-M2XD', tone: 'strong' },
      { kind: 'text', text: '结束投票后可用 /verify 核对。回执只显示这一次。', tone: 'muted' },
    ],
  });

export const resultsCard = (rows: number): Json =>
  json({
    title: '评议结果 · 第一支部',
    subtitle: '2026 年第三季度',
    tone: 'green',
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: '应到', value: '22' },
          { label: '实到', value: '19' },
          { label: '有效测评票', value: '25' },
        ],
      },
      {
        kind: 'table',
        pageSize: 10,
        columns: [
          { key: 'name', label: '姓名', kind: 'text' },
          { key: 'level', label: '星级', kind: 'number' },
          { key: 'stars', label: '获得的星', kind: 'text' },
          { key: 'outstanding', label: '突出', kind: 'text' },
        ],
        rows: Array.from({ length: rows }, (_, n) => ({
          name: n === 3 ? '演示欧阳名字特别特别长的一位同志' : `演示甲${n + 1}`,
          level: 10 - (n % 5),
          stars: STARS.slice(0, 5 + (n % 5))
            .map(([, label]) => label.slice(0, 2))
            .join('、'),
          outstanding: n % 7 === 0 ? '团结协作星' : '',
        })),
      },
      { kind: 'chart', chart: 'radar', points: STARS.map(([, label], n) => ({ label, value: 6 + ((n * 7) % 17) })) },
      {
        kind: 'chart',
        chart: 'bar',
        points: STARS.flatMap(([, label], n) => [
          { label, value: 12 + ((n * 5) % 9), series: '本季度' },
          { label, value: 10 + ((n * 3) % 9), series: '上季度' },
        ]),
      },
      {
        kind: 'buttons',
        buttons: [{ name: 'board', label: '打开公示栏', style: 'default', link: 'https://board.example.test/b/1' }],
      },
    ],
  });

export const leagueCard = (): Json =>
  json({
    title: '争星排行 · 第一片区',
    subtitle: '2026 年第三季度',
    tone: 'blue',
    blocks: [
      {
        kind: 'table',
        pageSize: 10,
        columns: ['名次', '支部', '积分', '周检查', '月小结', '参评率', '平均星数', '变化'].map((label, n) => ({
          key: `c${n}`,
          label,
          kind: n === 1 ? ('text' as const) : ('number' as const),
        })),
        rows: Array.from({ length: 34 }, (_, n) => ({
          c0: n + 1,
          c1: `第${n + 1}支部`,
          c2: 98.5 - n,
          c3: 96.25,
          c4: 100,
          c5: 88.8,
          c6: 7.75,
          c7: (n % 5) - 2,
        })),
      },
      {
        kind: 'chart',
        chart: 'bar',
        points: Array.from({ length: 10 }, (_, n) => ({ label: `第${n + 1}支部`, value: 98.5 - n * 4 })),
      },
    ],
  });

export const consoleCard = (): Json =>
  json({
    title: '评议控制台 · 第一支部',
    subtitle: '2026 年第三季度 · 投票中',
    tone: 'blue',
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: '状态', value: '投票中' },
          { label: '截止', value: '10月9日 18:00' },
        ],
      },
      { kind: 'progress', label: '已投', done: 17, of: 27 },
      { kind: 'list', items: ['宣读事由', '对照检查', '互相评议', '投票'] },
      {
        kind: 'buttons',
        buttons: [
          { name: 'extend_ballot', label: '延长投票', style: 'default', action: { a: 'extend_ballot', r: 'R1' } },
          {
            name: 'close_ballot',
            label: '结束投票',
            style: 'danger',
            action: { a: 'close_ballot', r: 'R1' },
            confirm: { title: '结束投票？', text: '还有 10 人没有投票。结束后马上计票。' },
          },
        ],
      },
    ],
  });

export const signInCard = (): Json =>
  json({
    title: '评议会签到',
    tone: 'blue',
    blocks: [
      { kind: 'text', text: '到会的同志请点“签到”。', tone: 'normal' },
      {
        kind: 'buttons',
        buttons: [{ name: 'sign_in', label: '签到', style: 'primary', action: { a: 'sign_in', r: 'R1' } }],
      },
    ],
  });

const reply = (name: string, label: string, style: 'default' | 'danger' | 'primary' = 'default') => ({
  name,
  label,
  style,
  action: { a: 'sign_in', r: 'R1' } as const,
});
/** One button for each kind of answer a click can get. */
export const answersCard = (): Json =>
  json({
    title: '各种应答',
    tone: 'grey',
    blocks: [
      {
        kind: 'buttons',
        compact: true,
        buttons: ['success', 'info', 'warning', 'error', 'code', 'slow', 'refused'].map((kind) =>
          reply(`answer_${kind}`, kind),
        ),
      },
    ],
  });

export const selfReviewCard = (): Json => {
  const long = (name: string, label: string): Field => ({
    kind: 'input',
    name,
    label,
    multiline: true,
    maxLength: 500,
    required: name === 'achievements',
    placeholder: '请填写',
  });
  const blocks: Block[] = [
    {
      kind: 'form',
      name: 'self_review',
      fields: [
        { kind: 'text', text: '请对照标准给自己打分并写下小结。书记和您自己能看到，保存一年。', tone: 'normal' },
        ...STARS.slice(0, 3).map(
          ([key, label]): Field => ({
            kind: 'select',
            name: key,
            label,
            hint: '按时参加学习并做好记录',
            options: MARKS,
            required: true,
            initial: '8',
          }),
        ),
        long('achievements', '主要做法和成效'),
        long('shortcomings', '不足'),
        { kind: 'input', name: 'direction', label: '努力方向', multiline: false, maxLength: 100, required: false },
        { kind: 'date', name: 'due', label: '完成时间', required: true, initial: '2026-10-30' },
      ],
      buttons: [{ name: 'submit', label: '提交', style: 'primary', action: { a: 'self_review', r: 'R1' } }],
    },
  ];
  return json({ title: '季度自评', tone: 'blue', blocks });
};

export const EVIL = '<img src=x onerror="window.__evil=1"><script>window.__evil=1</script>';

const plain = (content: string) => ({ tag: 'plain_text', content });
/** Every component in one card, written by hand: more than the bot uses today. */
export const everythingCard = (personId: string): Json => ({
  schema: '2.0',
  config: { update_multi: true },
  header: {
    title: { tag: 'plain_text', content: '组件一览', i18n_content: { zh_cn: '组件一览', en_us: 'All components' } },
    subtitle: plain('逐项检查'),
    template: 'violet',
    text_tag_list: [{ tag: 'text_tag', text: plain('演示'), color: 'green' }],
  },
  body: {
    elements: [
      {
        tag: 'markdown',
        content: [
          '# 标题',
          "**粗体** *斜体* ~~删除~~ `代码` <font color='red'>红字</font> [链接](https://example.test/a?b=1) [坏链接](javascript:alert(1))",
          `<at id=${personId}></at> <at id=all></at> <text_tag color='blue'>标签</text_tag>`,
          '&#42;不是斜体&#42; \\*也不是\\* task_17_done 3 &lt; 5',
          '- 第一项',
          '- 第二项',
          '  - 缩进一项',
          '1. 甲',
          '2. 乙',
          '',
          '| 项目 | 数量 |',
          '| --- | --- |',
          '| 学习 | **3** |',
          '> 引用一句',
          EVIL,
        ].join('\n'),
      },
      {
        tag: 'div',
        text: plain(EVIL),
        fields: [
          { is_short: true, text: { tag: 'lark_md', content: '**应到**\n22' } },
          { is_short: true, text: { tag: 'lark_md', content: '**实到**\n19' } },
        ],
      },
      { tag: 'hr' },
      {
        tag: 'column_set',
        flex_mode: 'bisect',
        columns: ['左', '右'].map((side) => ({
          tag: 'column',
          width: 'weighted',
          weight: 1,
          background_style: 'grey',
          elements: [{ tag: 'markdown', content: `${side}栏` }],
        })),
      },
      { tag: 'person', user_id: personId },
      {
        tag: 'collapsible_panel',
        expanded: false,
        border: { color: 'grey' },
        header: { title: plain('评分标准') },
        elements: [{ tag: 'markdown', content: '按时参加学习' }],
      },
      {
        tag: 'interactive_container',
        name: 'container',
        has_border: true,
        behaviors: [{ type: 'callback', value: { a: 'x' } }],
        elements: [{ tag: 'markdown', content: '整块可点' }],
      },
      {
        tag: 'select_static',
        name: 'alone',
        placeholder: plain('换一个季度'),
        behaviors: [{ type: 'callback', value: {} }],
        options: ['2026-Q2', '2026-Q3'].map((one) => ({ text: plain(one), value: one })),
      },
      {
        tag: 'form',
        name: 'every_field',
        elements: [
          { tag: 'markdown', content: '**参加的活动**' },
          {
            tag: 'multi_select_static',
            name: 'many',
            required: true,
            placeholder: plain('可多选'),
            options: ['学习', '帮扶', '值班'].map((one, n) => ({ text: plain(one), value: `m${n}` })),
          },
          { tag: 'input', name: 'note', label: plain('备注'), max_length: 20, required: false },
          { tag: 'markdown', content: '**时间**' },
          { tag: 'picker_time', name: 'time', initial_time: '09:30' },
          { tag: 'checker', name: 'agree', text: plain('我已阅读'), checked: false },
          {
            tag: 'column_set',
            columns: [
              {
                tag: 'column',
                elements: [
                  {
                    tag: 'button',
                    name: 'send_all',
                    type: 'primary_filled',
                    text: plain('提交'),
                    form_action_type: 'submit',
                    behaviors: [{ type: 'callback', value: {} }],
                  },
                ],
              },
              {
                tag: 'column',
                elements: [{ tag: 'button', name: 'reset_all', text: plain('重置'), form_action_type: 'reset' }],
              },
            ],
          },
        ],
      },
      {
        tag: 'column_set',
        flex_mode: 'flow',
        columns: [
          'default',
          'primary',
          'danger',
          'text',
          'primary_text',
          'danger_text',
          'primary_filled',
          'danger_filled',
        ].map((type) => ({
          tag: 'column',
          elements: [
            {
              tag: 'button',
              name: `type_${type}`,
              type,
              text: plain(type),
              behaviors: [{ type: 'callback', value: {} }],
            },
          ],
        })),
      },
      { tag: 'button', name: 'off', disabled: true, disabled_tips: plain('会议开始后才能点'), text: plain('不可点') },
      {
        tag: 'table',
        page_size: 2,
        columns: [
          { name: 'who', display_name: '人员', data_type: 'persons' },
          { name: 'tags', display_name: '标记', data_type: 'options' },
          { name: 'day', display_name: '日期', data_type: 'date', date_format: 'YYYY/MM/DD' },
          {
            name: 'n',
            display_name: '分数',
            data_type: 'number',
            format: { precision: 2, separator: true },
            horizontal_align: 'right',
          },
        ],
        rows: [1, 2, 3].map((n) => ({
          who: [personId],
          tags: [{ text: '上升', color: 'green' }],
          day: 1_790_000_000_000,
          n: n * 1234.5,
        })),
      },
      {
        tag: 'chart',
        chart_spec: {
          type: 'linearProgress',
          data: { values: [{ what: '已投', share: 0.63 }] },
          xField: 'share',
          yField: 'what',
        },
      },
      {
        tag: 'chart',
        aspect_ratio: '16:9',
        chart_spec: {
          type: 'line',
          data: { values: ['7月', '8月', '9月'].map((month, n) => ({ month, n: 3 + n })) },
          xField: 'month',
          yField: 'n',
        },
      },
      {
        tag: 'chart',
        aspect_ratio: '1:1',
        chart_spec: {
          type: 'pie',
          data: {
            values: [
              { k: '十星', n: 4 },
              { k: '九星', n: 7 },
              { k: '八星', n: 3 },
            ],
          },
          categoryField: 'k',
          valueField: 'n',
        },
      },
      { tag: 'hologram' },
    ],
  },
});
