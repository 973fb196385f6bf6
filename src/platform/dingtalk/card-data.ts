/**
 * The data of our one card template (card-template.json): every variable, what its text holds, and how to read it back. All values
 * are strings, those of other types as JSON (platform/dingtalk.md §2.3). A variable that is absent is empty.
 */
import { z } from 'zod';
import {
  buttonSchema,
  chartSchema,
  type DataButton,
  type DataChart,
  type DataForm,
  type DataTable,
  formSchema,
  type Line,
  lineSchema,
  tableSchema,
  TOAST_KINDS,
  TONES,
} from './card-shapes.ts';
import { FORM_BUTTONS, SECTIONS } from './limits.ts';

export * from './card-shapes.ts';

/**
 * Goes up when the template changes. It stands in the template as a fixed parameter, so that every click tells which file its card was
 * drawn by: nothing else does, since DingTalk shows an app of an organisation nothing of a template (platform/dingtalk.md §2.5).
 */
export const TEMPLATE_VERSION = 2;

/** A value that is JSON text of this shape. */
function json<S extends z.ZodType>(shape: S) {
  return z.string().transform((text, context): z.output<S> => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
    const read = shape.safeParse(value);
    if (read.success) return read.data;
    for (const issue of read.error.issues)
      context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
    return z.NEVER;
  });
}

export type VariableType = 'string' | 'number' | 'boolean' | 'object' | 'loopArray' | 'form' | 'table' | 'chart';
interface Variable {
  type: VariableType;
  description: string;
  /** Reads a value of this variable. */
  read: z.ZodType;
}
const variable = (type: VariableType, description: string, read: z.ZodType): Variable => ({ type, description, read });
const lines = z.array(lineSchema).min(1);
const dataButtons = z.array(buttonSchema).min(1);
const numbered = (count: number, make: (n: number) => Record<string, Variable>): Record<string, Variable> =>
  Object.assign({}, ...Array.from({ length: count }, (_, index) => make(index + 1))) as Record<string, Variable>;

/** Every variable of the template. All are flagged private: a private value is shown before the public one. */
export const VARIABLES: Readonly<Record<string, Variable>> = {
  config: variable('object', 'wide screen', json(z.strictObject({ autoLayout: z.boolean() }))),
  template_version: variable('string', 'version of the template the data was made for', z.string().regex(/^\d+$/)),
  title: variable('string', 'head', z.string()),
  subtitle: variable('string', 'second line of the head', z.string()),
  tone: variable('string', 'colour of the head', z.enum(TONES)),
  toast: variable('string', 'answer to the last click; also the text of the toast', z.string()),
  toast_kind: variable('string', 'success, info, warning or error', z.enum(TOAST_KINDS)),
  state: variable('string', 'JSON: what the actions of all buttons have in common', z.string()),
  rev: variable('string', 'new each time the card is made; comes back with every click', z.string()),
  form_name: variable('string', 'name of the form', z.string()),
  form: variable('form', 'fields of the form', json(formSchema)),
  /** What a template of version 1 draws instead of the eight below; this version binds it nowhere. */
  form_buttons: variable('loopArray', 'buttons of the form, for version 1', json(dataButtons.max(FORM_BUTTONS))),
  // A button inside the form is fixed in the template, so its parts are variables of their own and not items of a list.
  ...numbered(FORM_BUTTONS, (n) => ({
    [`submit_${n}_id`]: variable('string', `form button ${n}: action id`, z.string()),
    [`submit_${n}_text`]: variable('string', `form button ${n}: label; absent: no button`, z.string()),
    [`submit_${n}_color`]: variable('string', `form button ${n}: colour`, buttonSchema.shape.color),
    [`submit_${n}_act`]: variable('string', `form button ${n}: its own part of the action`, z.string()),
  })),
  ...numbered(SECTIONS, (n) => ({
    [`lines_${n}`]: variable('loopArray', `lines of section ${n}`, json(lines)),
    [`table_${n}`]: variable('table', `table of section ${n}`, json(tableSchema)),
    [`chart_${n}`]: variable('chart', `chart of section ${n}`, json(chartSchema)),
    [`buttons_${n}`]: variable('loopArray', `buttons of section ${n}`, json(dataButtons)),
  })),
};

/** What goes into `cardParamMap`. */
export type CardData = Readonly<Record<string, string>>;

export interface Section {
  lines: readonly Line[];
  table: DataTable | null;
  chart: DataChart | null;
  buttons: readonly DataButton[];
}
export interface CardView {
  title: string;
  subtitle: string;
  tone: (typeof TONES)[number];
  toast: { kind: (typeof TOAST_KINDS)[number]; text: string } | null;
  state: string;
  rev: string;
  sections: readonly Section[];
  formName: string;
  form: DataForm | null;
  formButtons: readonly DataButton[];
}

/** Reads one variable; undefined when absent, empty or not of its type, as a client would show it. */
export function readVariable(data: CardData, name: string): unknown {
  const text = data[name];
  const known = VARIABLES[name];
  if (text === undefined || text === '' || known === undefined) return undefined;
  const result = known.read.safeParse(text);
  return result.success ? result.data : undefined;
}

/**
 * The card as a client shows it: section 1–6, the form, section 7–10; whatever has the wrong type is not there.
 * @param version of the template that draws it
 */
export function readCardData(data: CardData, version = TEMPLATE_VERSION): CardView {
  const read = <T>(name: string, otherwise: T): T => (readVariable(data, name) as T | undefined) ?? otherwise;
  const toast = read('toast', '');
  // Version 1 has one line for all kinds.
  const kind = version === 1 ? 'warning' : read<(typeof TOAST_KINDS)[number] | null>('toast_kind', null);
  return {
    title: read('title', ''),
    subtitle: read('subtitle', ''),
    tone: read('tone', 'grey' as const),
    toast: toast === '' || kind === null ? null : { kind, text: toast },
    state: read('state', ''),
    rev: read('rev', ''),
    sections: Array.from({ length: SECTIONS }, (_, index) => ({
      lines: read<Line[]>(`lines_${index + 1}`, []),
      table: read<DataTable | null>(`table_${index + 1}`, null),
      chart: read<DataChart | null>(`chart_${index + 1}`, null),
      buttons: read<DataButton[]>(`buttons_${index + 1}`, []),
    })),
    formName: read('form_name', ''),
    form: read<DataForm | null>('form', null),
    formButtons: version === 1 ? read<DataButton[]>('form_buttons', []) : submitButtons(data),
  };
}

/** Buttons of a form as variables: at most `FORM_BUTTONS` are drawn. */
export const submitData = (buttons: readonly DataButton[]): Record<string, string> =>
  Object.assign(
    {},
    ...buttons.map(({ id, text, color, act = '' }, index) => ({
      [`submit_${index + 1}_id`]: id,
      [`submit_${index + 1}_text`]: text,
      [`submit_${index + 1}_color`]: color,
      [`submit_${index + 1}_act`]: act,
    })),
  ) as Record<string, string>;

function submitButtons(data: CardData): DataButton[] {
  return Array.from({ length: FORM_BUTTONS }, (_, index) => `submit_${index + 1}`).flatMap((name) => {
    const value = (part: string) => readVariable(data, `${name}_${part}`) as string | undefined;
    const text = value('text');
    if (text === undefined) return [];
    const color = (value('color') ?? 'gray') as DataButton['color'];
    return [{ id: value('id') ?? '', text, color, act: value('act') ?? '' }];
  });
}

/**
 * The parameters of a callback, as the template binds them: `act` is the button's own part of the action, `state` the common part,
 * `rev` of the card, `tv` the version of the template (from 2 on), `form` the values of a form button. `callbackContent` is what an
 * emulator sends when a button is pressed.
 */
export const callbackContent = (
  view: CardView,
  pressed: DataButton,
  form?: Readonly<Record<string, unknown>>,
  version = TEMPLATE_VERSION,
): string =>
  JSON.stringify({
    cardPrivateData: {
      actionIds: [pressed.id],
      params: {
        act: pressed.act ?? '',
        state: view.state,
        rev: view.rev,
        ...(version === 1 ? {} : { tv: `${version}` }),
        ...(form === undefined ? {} : { form }),
      },
    },
  });
