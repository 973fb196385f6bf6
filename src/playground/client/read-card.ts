/** A card as a person reads it: words, tables, forms, buttons. What is behind a button is left out; a person cannot see it. */
import { initialValue, inputsOf, linkOf, optionValues } from '../app/card-view.ts';
import { isRecord, type Node, records, walk } from '../../platform/lark/lint-walk.ts';
import type { CardJson } from './http.ts';

export interface FieldView {
  name: string;
  /** The component: `select_static`, `input`, … */
  tag: string;
  required: boolean;
  /** What it shows before anybody touches it; undefined for nothing. */
  initial: unknown;
  /** Values of a select, in order. */
  options: string[];
}
export interface ButtonView {
  name: string;
  label: string;
  disabled: boolean;
  /** The form it sends; null when it stands alone. */
  form: string | null;
  confirm: { title: string; text: string } | null;
  link: string | null;
}
export interface CardView {
  title: string;
  subtitle: string;
  /** Colour of the head. */
  tone: string;
  /** Line in the chat list and in the notification. */
  summary: string;
  /** What the body says, one string an element, markup removed; labels of fields are among them, buttons are not. */
  texts: string[];
  tables: { columns: string[]; rows: string[][] }[];
  charts: { type: string; points: CardJson[] }[];
  forms: { name: string; fields: FieldView[]; buttons: string[] }[];
  buttons: ButtonView[];
}

export function readCard(card: CardJson): CardView {
  const nodes = [...walk(card['body'])];
  const header = object(card['header']);
  const ofTag = (tag: string) => nodes.filter((node) => node.tag === tag).map(({ element }) => element);
  const forms = ofTag('form').map((form) => ({
    name: String(form['name']),
    fields: inputsOf(form).map(fieldView),
    buttons: [...walk(form['elements'])].filter(({ tag }) => tag === 'button').map(({ element }) => nameOf(element)),
  }));
  const formOf = new Map(forms.flatMap(({ name, buttons }) => buttons.map((button) => [button, name])));
  return {
    title: words(header['title']),
    subtitle: words(header['subtitle']),
    tone: typeof header['template'] === 'string' ? header['template'] : 'default',
    summary: words(object(card['config'])['summary']),
    texts: [...bodyTexts(card['body'])],
    tables: ofTag('table').map(tableView),
    charts: ofTag('chart').map((chart) => {
      const spec = object(chart['chart_spec']);
      return { type: String(spec['type']), points: records(object(spec['data'])['values']) };
    }),
    forms,
    buttons: ofTag('button').map((button) => ({
      name: nameOf(button),
      label: words(button['text']),
      disabled: button['disabled'] === true,
      form: formOf.get(nameOf(button)) ?? null,
      confirm: isRecord(button['confirm'])
        ? { title: words(button['confirm']['title']), text: words(button['confirm']['text']) }
        : null,
      link: linkOf(button),
    })),
  };
}

const object = (value: unknown): CardJson => (isRecord(value) ? value : {});
const nameOf = (element: CardJson): string => (typeof element['name'] === 'string' ? element['name'] : '');

function fieldView({ tag, element }: Node): FieldView {
  const initial = initialValue({ tag, element });
  return {
    name: nameOf(element),
    tag,
    required: element['required'] === true,
    initial: initial === '' ? undefined : initial,
    options: optionValues(element),
  };
}

function tableView(table: CardJson) {
  const columns = records(table['columns']);
  return {
    columns: columns.map((column) => String(column['display_name'] ?? column['name'])),
    rows: records(table['rows']).map((row) => columns.map((column) => cellText(row[String(column['name'])]))),
  };
}

const cellText = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : plainOf(String(value as string | number));
};

/** Words of a text object, plain. */
const words = (text: unknown): string => {
  const { content } = object(text);
  return typeof content === 'string' ? plainOf(content) : '';
};

const TEXTS = new Set(['markdown', 'lark_md', 'plain_text']);
/** Every text that is not on a button, an option or a placeholder. */
function* bodyTexts(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* bodyTexts(item);
    return;
  }
  if (!isRecord(value)) return;
  const { tag } = value;
  if (tag === 'button' || tag === 'table' || tag === 'chart') return;
  if (typeof tag === 'string' && TEXTS.has(tag)) {
    const text = words(value);
    if (text !== '') yield text;
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    if (key !== 'options' && key !== 'placeholder') yield* bodyTexts(child);
  }
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ' };
/** Markdown as it is read: emphasis, tags and escapes gone, list marks as dots. */
function plainOf(text: string): string {
  return text
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/^- /gm, '• ')
    .replace(/<\/?[a-z_]+(?:\s[^<>]*)?>/g, '')
    .replace(/(?<!\\)\*\*|(?<!\\)~~/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&#(\d{1,7});/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&([a-z]{2,4});/g, (whole, name: string) => NAMED[name] ?? whole);
}
