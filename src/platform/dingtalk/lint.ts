/**
 * Says what DingTalk would refuse, or show nothing of, in the data of a card (platform/dingtalk.md §2.3, §2.6). Runs in tests over every
 * card and in the playground on every message. Pure.
 */
import { type DataButton, type DataForm, type DataTable, readCardData, readVariable, VARIABLES } from './card-data.ts';
import type { CardData } from './card-data.ts';
import {
  CARD_MAX_BYTES,
  FORM_MAX_BYTES,
  SECTIONS,
  VALUE_ADVISED_BYTES,
  VALUE_MAX_BYTES,
  VARIABLE_NAME_MAX_BYTES,
} from './limits.ts';

export interface Problem {
  /** `error`: refused; `hidden`: taken, but a client shows nothing of it; `warning`: more than the API pages advise. */
  severity: 'error' | 'hidden' | 'warning';
  /** DingTalk's code where it has one. */
  code: string;
  /** Variable, then the place inside it. */
  path: string;
  message: string;
}

const problem = (severity: Problem['severity'], path: string, message: string, code = 'param.invalid'): Problem => ({
  severity,
  code,
  path,
  message,
});

/** Every problem of a card's data; an empty list means all of it is shown. */
export function lintCardData(data: unknown): Problem[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return [problem('error', '', 'cardParamMap is not an object')];
  const entries = Object.entries(data as Record<string, unknown>);
  const texts = Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  return [
    ...(entries.length === 0 ? [problem('error', '', 'no data', 'param.cardPublicDataEmpty')] : []),
    ...entries.flatMap(([name, value]) => variableProblems(name, value)),
    ...sizeProblems(texts),
    ...formProblems(texts),
    ...tableProblems(texts),
    ...buttonProblems(texts),
    ...toastProblems(texts),
  ];
}

/** What DingTalk refuses or does not show; the rest is advice. */
export const refusals = (problems: readonly Problem[]): Problem[] =>
  problems.filter(({ severity }) => severity !== 'warning');

function variableProblems(name: string, value: unknown): Problem[] {
  const found: Problem[] = [];
  if (typeof value !== 'string')
    return [problem('error', name, 'values are strings; objects, numbers and booleans are JSON inside one')];
  if (Buffer.byteLength(name) > VARIABLE_NAME_MAX_BYTES)
    found.push(problem('error', name, `a name has at most ${VARIABLE_NAME_MAX_BYTES} bytes`));
  const known = VARIABLES[name];
  if (known === undefined) return [...found, problem('hidden', name, 'the template has no such variable')];
  const bytes = Buffer.byteLength(value);
  const most = known.type === 'form' ? FORM_MAX_BYTES : VALUE_MAX_BYTES;
  if (bytes > most) found.push(problem('hidden', name, `${bytes} bytes, at most ${most}`));
  else if (bytes > VALUE_ADVISED_BYTES)
    found.push(problem('warning', name, `${bytes} bytes, ${VALUE_ADVISED_BYTES} advised`));
  if (value === '') return found;
  const read = known.read.safeParse(value);
  if (!read.success)
    for (const { path, message } of read.error.issues)
      found.push(problem('hidden', [name, ...path].map(String).join('.'), `not a ${known.type}: ${message}`));
  return found;
}

function sizeProblems(data: CardData): Problem[] {
  const bytes = Buffer.byteLength(JSON.stringify(data));
  return bytes > CARD_MAX_BYTES ? [problem('error', '', `${bytes} bytes, at most ${CARD_MAX_BYTES}`)] : [];
}

function formProblems(data: CardData): Problem[] {
  const form = readVariable(data, 'form') as DataForm | undefined;
  const submits = readCardData(data).formButtons;
  if (form === undefined)
    return submits.length === 0 ? [] : [problem('hidden', 'submit_1_text', 'there is no form it could submit')];
  const found: Problem[] = [];
  if (submits.length === 0) found.push(problem('hidden', 'form', 'nothing submits it'));
  for (const name of repeated(form.fields.map((field) => field.name)))
    found.push(problem('hidden', `form.${name}`, 'used twice'));
  for (const field of form.fields) {
    if (field.type !== 'SELECT') continue;
    for (const value of repeated(field.options.map((option) => option.value)))
      found.push(problem('hidden', `form.${field.name}`, `option ${value} twice`));
    const { defaultValue, options } = field;
    if (defaultValue !== undefined && options[defaultValue.index]?.value !== defaultValue.value)
      found.push(problem('hidden', `form.${field.name}`, 'the default is not the option at its index'));
  }
  return found;
}

const toastProblems = (data: CardData): Problem[] =>
  readVariable(data, 'toast') !== undefined && readVariable(data, 'toast_kind') === undefined
    ? [problem('hidden', 'toast', 'there is a line for each kind, and it is of none')]
    : [];

function tableProblems(data: CardData): Problem[] {
  return sections().flatMap((n): Problem[] => {
    const table = readVariable(data, `table_${n}`) as DataTable | undefined;
    if (table === undefined) return [];
    const columns = table.meta.map(({ alias }) => alias);
    const extra = new Set(table.data.flatMap((row) => Object.keys(row)).filter((key) => !columns.includes(key)));
    return [
      ...repeated(columns).map((alias) => problem('hidden', `table_${n}.${alias}`, 'two columns of this alias')),
      ...[...extra].map((key) => problem('hidden', `table_${n}.${key}`, 'a cell without a column')),
    ];
  });
}

function buttonProblems(data: CardData): Problem[] {
  const all = [
    ...readCardData(data).formButtons.map((button) => ({ name: 'form', button })),
    ...sections().flatMap((n) =>
      ((readVariable(data, `buttons_${n}`) as DataButton[] | undefined) ?? []).map((button) => ({
        name: `buttons_${n}`,
        button,
      })),
    ),
  ];
  const found = repeated(all.map(({ button }) => button.id)).map((id) =>
    problem('hidden', id, 'two buttons of this id'),
  );
  for (const { name, button } of all) {
    const path = `${name}.${button.id}`;
    if ((button.act === undefined) === (button.url === undefined))
      found.push(problem('hidden', path, 'needs either an action or a link'));
    if ((button.ct === undefined) !== (button.cm === undefined))
      found.push(problem('hidden', path, 'a dialog has a title and a text'));
    if (button.url !== undefined && !/^(https?|dingtalk):\/\//.test(button.url))
      found.push(problem('hidden', path, 'not an address'));
  }
  return found;
}

const sections = (): number[] => Array.from({ length: SECTIONS }, (_, index) => index + 1);
const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
