/** What a form submits: initial values, then what the person filled in, checked as the client app checks (platform/lark.md §2.1). */
import type { Node } from '../../platform/lark/lint-walk.ts';
import { INPUT_MAX_CHARS } from '../../platform/lark/limits.ts';
import type { Faults } from '../faults.ts';
import type { Json } from '../world.ts';
import { initialValue, inputsOf, optionValues } from './card-view.ts';

export interface Filled {
  values: Json;
  /** Fields that stop the client from sending anything. */
  blocked: string[];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
/** The zone the platform writes behind dates; this client lives in China. */
const ZONE = '+0800';
const ZONED = new Set(['date_picker', 'picker_time', 'picker_datetime']);
const TIMES: Readonly<Record<string, RegExp>> = {
  date_picker: /^\d{4}-\d{2}-\d{2}$/,
  picker_time: /^\d{2}:\d{2}$/,
  picker_datetime: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/,
};

export function fillForm(form: Json, given: Json, untouched: Faults['untouched']): Filled {
  const inputs = inputsOf(form);
  const names = new Set(inputs.map(({ element }) => String(element['name'])));
  const blocked = Object.keys(given).filter((name) => !names.has(name)); // no client can send a field that is not there
  const values: Record<string, unknown> = {};
  for (const input of inputs) {
    const name = String(input.element['name']);
    const value = name in given && input.element['disabled'] !== true ? given[name] : initialValue(input);
    if (isBlocked(input, value)) blocked.push(name);
    else if (!isEmpty(value)) values[name] = written(input.tag, value);
    else if (untouched === 'empty') values[name] = input.tag.startsWith('multi_') ? [] : '';
  }
  return { values, blocked };
}

function isBlocked({ tag, element }: Node, value: unknown): boolean {
  if (isEmpty(value)) return element['required'] === true;
  switch (tag) {
    case 'input':
      return typeof value !== 'string' || value.length > Number(element['max_length'] ?? INPUT_MAX_CHARS);
    case 'select_static':
      return typeof value !== 'string' || !optionValues(element).includes(value);
    case 'multi_select_static':
      return !Array.isArray(value) || value.some((item) => !optionValues(element).includes(String(item)));
    case 'checker':
      return typeof value !== 'boolean';
    default: {
      const form = TIMES[tag];
      return form !== undefined && !form.test(bare(String(value)));
    }
  }
}

const bare = (value: string) => value.replace(/ [+-]\d{4}$/, '');
const written = (tag: string, value: unknown): unknown => (ZONED.has(tag) ? `${bare(String(value))} ${ZONE}` : value);

/** Whether a form has a date or time in it: only then a zone is sent. */
export const hasPicker = (form: Json): boolean => inputsOf(form).some(({ tag }) => ZONED.has(tag));
