/** Fields of a form (platform/dingtalk.md §2.6). */
import type { Block, Field } from '../../card.ts';
import type { DataField, Line } from './card-data.ts';
import { VALUE_MAX_BYTES } from './limits.ts';
import { bytesOf } from './render-data.ts';
import { labelled, line, pieces } from './text-lines.ts';

type Form = Extract<Block, { kind: 'form' }>;
type Select = Extract<Field, { kind: 'select' }>;

/** Text of at most so many characters stands before the label of the next field; longer text in a box of its own. */
const LABEL_TEXT_CHARS = 60;
const PLACEHOLDER_CHARS = 60;
/** From so many options on a choice may be typed instead. */
const MANY_OPTIONS = 8;
const SHORT_VALUE = /^[\w-]{1,3}$/;

export interface RenderedForm {
  /** Text and hints that go above the form. */
  above: Line[];
  fields: DataField[];
}

/** Drop-downs while they fit, typed marks where they do not (parity rule `choice_as_text`). */
export function renderForm(form: Form, required = true): RenderedForm {
  const dropDowns = renderFields(form, required, () => false);
  const withoutTexts = dropDowns.fields.map((field) =>
    field.type === 'TEXT_AREA' ? { ...field, defaultValue: '' } : field,
  );
  return bytesOf({ fields: withoutTexts }) <= VALUE_MAX_BYTES ? dropDowns : renderFields(form, required, isTypable);
}

const isTypable = ({ options }: Select): boolean =>
  options.length >= MANY_OPTIONS && options.every(({ value }) => SHORT_VALUE.test(value));

function renderFields(form: Form, needed: boolean, typed: (field: Select) => boolean): RenderedForm {
  const above: Line[] = [];
  const fields: DataField[] = [];
  let before = '';
  for (const [index, field] of form.fields.entries()) {
    if (field.kind === 'text') {
      // Parity rule `form_text_as_field`.
      if (fields.length === 0 && before === '')
        above.push(...pieces(field.text).map((text) => line(text, field.tone ?? 'normal')));
      else if (field.text.length <= LABEL_TEXT_CHARS && form.fields[index + 1] !== undefined)
        before = `${before}${field.text}\n`;
      else
        fields.push({ name: `_text_${index}`, label: '', type: 'TEXT_AREA', readOnly: true, defaultValue: field.text });
      continue;
    }
    if (field.kind === 'select' && field.hint !== undefined)
      above.push(line(labelled(field.label, field.hint), 'muted')); // parity rule `hint_above_form`
    fields.push(
      renderField(field, `${before}${field.label}`, needed && field.required, field.kind === 'select' && typed(field)),
    );
    before = '';
  }
  return { above, fields };
}

function renderField(
  field: Exclude<Field, { kind: 'text' }>,
  label: string,
  required: boolean,
  typed: boolean,
): DataField {
  const common = { name: field.name, label, ...(required ? { required } : {}) };
  const initial = 'initial' in field && field.initial !== undefined && field.initial !== '' ? field.initial : undefined;
  switch (field.kind) {
    case 'select': {
      if (typed)
        return {
          ...common,
          type: 'TEXT',
          placeholder: permitted(field),
          ...(initial === undefined ? {} : { defaultValue: initial }),
        };
      const index = field.options.findIndex(({ value }) => value === initial);
      const options = field.options.map(({ value, label: text }) => ({ value, text }));
      return {
        ...common,
        type: 'SELECT',
        options,
        ...(initial === undefined || index === -1 ? {} : { defaultValue: { index, value: initial } }),
      };
    }
    case 'input':
      return {
        ...common,
        type: field.multiline ? 'TEXT_AREA' : 'TEXT',
        ...(field.placeholder === undefined
          ? {}
          : { placeholder: Array.from(field.placeholder).slice(0, PLACEHOLDER_CHARS).join('') }),
        ...(initial === undefined ? {} : { defaultValue: initial }),
      };
    case 'date':
      return {
        ...common,
        type: 'DATE',
        format: 'YYYY-MM-DD',
        ...(initial === undefined ? {} : { defaultValue: initial }),
      };
  }
}

/** `0–10, x = don't know`: what may be typed. */
function permitted({ options }: Select): string {
  const numbers = options
    .map(({ value }) => value)
    .filter((value) => /^\d+$/.test(value))
    .map(Number);
  const run =
    numbers.length > 2 && numbers.every((value, index) => index === 0 || value === (numbers[index - 1] ?? 0) + 1);
  const rest = options
    .filter(({ value }) => !run || !/^\d+$/.test(value))
    .map(({ value, label }) => (value === label ? value : `${value} = ${label}`));
  return [...(run ? [`${numbers[0]}–${numbers.at(-1)}`] : []), ...rest].join(', ').slice(0, PLACEHOLDER_CHARS * 2);
}
