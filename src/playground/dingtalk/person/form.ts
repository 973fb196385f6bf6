/** What a form submits: initial values, then what was filled in, checked and written as the client does (platform/dingtalk.md §2.6). */
import type { DataField, DataForm } from '../../../platform/dingtalk/card-data.ts';
import type { Filled } from '../../app/form-values.ts';
import type { Faults } from '../../faults.ts';
import type { Json } from '../../tenant.ts';
import type { Switches } from '../app.ts';

type How = Pick<Switches, 'required' | 'numbers'> & Pick<Faults, 'untouched'>;

export function fillForm({ fields }: DataForm, given: Json, how: How): Filled {
  const open = fields.filter((field) => field.readOnly !== true && !isHidden(field)).map(({ name }) => name);
  const blocked = Object.keys(given).filter((name) => !open.includes(name)); // no client can send a field that is not there
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const { name } = field;
    const value = name in given && open.includes(name) ? given[name] : initialOf(field);
    const empty = value === undefined || value === null || value === '';
    if (empty) {
      if (field.required === true && how.required === 'checked') blocked.push(name);
      else if (how.untouched === 'empty') values[name] = field.type === 'SELECT' ? null : '';
      continue;
    }
    const written = write(field, value, how.numbers);
    if (written === undefined) blocked.push(name);
    else values[name] = written;
  }
  return { values, blocked };
}

const isHidden = (field: DataField): boolean => field.type === 'TEXT' && field.hidden === true;
const initialOf = (field: DataField): unknown =>
  field.type === 'SELECT' ? field.defaultValue?.value : field.defaultValue;

/** The value as it is sent; undefined for what nobody can enter there. */
function write(field: DataField, value: unknown, numbers: Switches['numbers']): unknown {
  const text = typeof value === 'number' ? `${value}` : value;
  if (typeof text !== 'string') return undefined;
  switch (field.type) {
    case 'TEXT':
    case 'TEXT_AREA':
      return text;
    case 'NUMBER': {
      if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
      return numbers === 'number' ? Number(text) : text;
    }
    case 'DATE':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
    case 'SELECT': {
      const index = field.options.findIndex((option) => option.value === text);
      return index < 0 ? undefined : { index, value: text };
    }
  }
}
