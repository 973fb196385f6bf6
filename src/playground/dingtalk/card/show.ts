/**
 * Data of the one template as a card in the page's own words (card JSON 2.0), so that one page draws both platforms and one client
 * reads both. What a client would not show is not there.
 */
import type {
  CardView,
  DataButton,
  DataChart,
  DataField,
  DataTable,
  Line,
  Section,
} from '../../../platform/dingtalk/card-data.ts';
import { type CardData, readCardData } from '../../../platform/dingtalk/card-data.ts';
import { SECTIONS_BEFORE_FORM } from '../../../platform/dingtalk/limits.ts';
import { bold, escapeLine } from '../../../platform/lark/markdown.ts';
import type { Json } from '../../tenant.ts';
import type { TemplateContent } from '../app.ts';
import { objectOf } from './read-json.ts';

const plain = (content: string): Json => ({ tag: 'plain_text', content });
const markdown = (content: string): Json => ({ tag: 'markdown', content });

/** @param drawnBy the template: ours of some version, or one that knows none of our variables */
export function showCard(data: CardData, line: string, drawnBy: TemplateContent): Json {
  if (drawnBy === 'foreign') return FOREIGN;
  const view = readCardData(data, drawnBy);
  const { title, subtitle, tone, toast, sections, form } = view;
  return {
    schema: '2.0',
    config: { update_multi: true, width_mode: 'fill', summary: { content: line === '' ? title : line } },
    header: { title: plain(title), ...(subtitle === '' ? {} : { subtitle: plain(subtitle) }), template: tone },
    body: {
      elements: [
        ...(toast === null ? [] : [said(toast)]),
        ...sections.slice(0, SECTIONS_BEFORE_FORM).flatMap((section) => showSection(section, view)),
        ...(form === null ? [] : [showForm(view, drawnBy)]),
        ...sections.slice(SECTIONS_BEFORE_FORM).flatMap((section) => showSection(section, view)),
      ],
    },
  };
}

/** A template of somebody else: its own words, and a button that sends none of our parameters. */
export const FOREIGN_BUTTON: DataButton = { id: 'agree', text: '同意', color: 'blue' };
const FOREIGN: Json = {
  schema: '2.0',
  config: { update_multi: true, width_mode: 'fill', summary: { content: '审批' } },
  header: { title: plain('审批'), template: 'blue' },
  body: {
    elements: [
      {
        tag: 'button',
        name: FOREIGN_BUTTON.id,
        text: plain(FOREIGN_BUTTON.text),
        behaviors: [{ type: 'callback', value: {} }],
      },
    ],
  },
};

const TOASTS = { success: 'green', warning: 'orange', error: 'red' } as const;
const said = ({ kind, text }: NonNullable<CardView['toast']>): Json => ({
  tag: 'div',
  text: { ...plain(text), ...(kind === 'info' ? {} : { text_color: TOASTS[kind] }) },
});

function showSection({ lines, table, chart, buttons }: Section, view: CardView): Json[] {
  return [
    ...lines.map(showLine),
    ...(table === null ? [] : [showTable(table)]),
    ...(chart === null ? [] : [showChart(chart)]),
    ...row(buttons.map((button) => showButton(button, view, false))),
  ];
}

const STYLES: Readonly<Record<Exclude<Line['k'], 'strong' | 'rule'>, Json>> = {
  normal: {},
  muted: { text_size: 'notation', text_color: 'grey' },
  good: { text_color: 'green' },
  warn: { text_color: 'orange' },
  bad: { text_color: 'red' },
};
function showLine({ t, k }: Line): Json {
  if (k === 'rule') return { tag: 'hr' };
  return k === 'strong' ? markdown(bold(t)) : { tag: 'div', text: { ...plain(t), ...STYLES[k] } };
}

const showTable = ({ meta, data }: DataTable): Json => ({
  tag: 'table',
  page_size: 10,
  row_height: 'low',
  header_style: { background_style: 'grey', bold: true, lines: 1 },
  columns: meta.map(({ alias, aliasName }) => ({ name: alias, display_name: aliasName, data_type: 'text' })),
  rows: data,
});

const CHARTS = { lineChart: 'line', histogram: 'bar', pieChart: 'pie' } as const;
function showChart({ type, data }: DataChart): Json {
  const grouped = data.some((point) => point.type !== undefined);
  const kind = CHARTS[type];
  const axes =
    kind === 'pie'
      ? { categoryField: 'x', valueField: 'y' }
      : { xField: grouped && kind === 'bar' ? ['x', 'type'] : 'x', yField: 'y' };
  const series = grouped ? { seriesField: 'type', legends: { visible: true } } : {};
  return {
    tag: 'chart',
    aspect_ratio: '16:9',
    chart_spec: { type: kind, data: { values: data }, ...axes, ...series, label: { visible: kind === 'bar' } },
  };
}

const COLORS = { blue: 'primary', gray: 'default', red: 'danger' } as const;
function showButton({ id, text, color, act, url, ct, cm }: DataButton, view: CardView, submits: boolean): Json {
  const value = { ...objectOf(view.state), ...objectOf(act ?? '') };
  return {
    tag: 'button',
    name: id,
    text: plain(text),
    type: COLORS[color],
    behaviors: [url === undefined ? { type: 'callback', value } : { type: 'open_url', default_url: url }],
    ...(submits ? { form_action_type: 'submit' } : {}),
    ...(ct === undefined ? {} : { confirm: { title: plain(ct), text: plain(cm ?? '') } }),
  };
}
/** Buttons stand side by side as long as there is room. */
const row = (buttons: readonly Json[]): Json[] =>
  buttons.length < 2
    ? [...buttons]
    : [
        {
          tag: 'column_set',
          flex_mode: 'flow',
          columns: buttons.map((button) => ({ tag: 'column', width: 'auto', elements: [button] })),
        },
      ];

/** Its buttons stand below each other; in a row only where version 1 draws them. */
const showForm = (view: CardView, version: number): Json => ({
  tag: 'form',
  name: view.formName,
  elements: [
    ...(view.form?.fields ?? []).flatMap(showField),
    ...(version === 1 ? row : (all: Json[]) => all)(view.formButtons.map((button) => showButton(button, view, true))),
  ],
});

/** The label is a line above; fields that only show something are text. */
function showField(field: DataField): Json[] {
  const { name, label, required = false, readOnly = false, placeholder } = field;
  if (field.type === 'TEXT' && field.hidden === true) return [];
  const lines = label.split('\n').filter((line) => line !== '');
  const above = lines.map((line, index) => (index === lines.length - 1 ? bold(line) : escapeLine(line))).join('\n');
  const head = above === '' ? [] : [markdown(above)];
  const common = {
    name,
    required,
    width: 'fill',
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
  };
  const initial = typeof field.defaultValue === 'object' ? undefined : field.defaultValue;
  if (readOnly && typeof initial === 'string') return [...head, { tag: 'div', text: plain(initial) }];
  switch (field.type) {
    case 'SELECT':
      return [
        ...head,
        {
          tag: 'select_static',
          ...common,
          options: field.options.map(({ value, text }) => ({ value, text: plain(text) })),
          ...(field.defaultValue === undefined ? {} : { initial_option: field.defaultValue.value }),
        },
      ];
    case 'DATE':
      return [...head, { tag: 'date_picker', ...common, ...(initial === undefined ? {} : { initial_date: initial }) }];
    case 'TEXT':
    case 'TEXT_AREA':
    case 'NUMBER':
      return [
        ...head,
        {
          tag: 'input',
          ...common,
          ...(field.type === 'TEXT_AREA' ? { input_type: 'multiline_text', rows: field.minRows ?? 3 } : {}),
          ...(initial === undefined ? {} : { default_value: `${initial}` }),
        },
      ];
  }
}
