/** Fields of a form. */
import type { Field } from '../../card.ts';
import { type LarkElement, markdown, plain } from './element.ts';
import { INPUT_MAX_CHARS, PLACEHOLDER_MAX_CHARS } from './limits.ts';
import { bold, muted } from './markdown.ts';

type Answerable = Exclude<Field, { kind: 'text' }>;

/** A select costs 2 elements and 1 an option; an input 2 to 3; a date 2. */
export function renderField(field: Answerable): LarkElement[] {
  switch (field.kind) {
    case 'select':
      return [
        label(field.label, field.hint),
        {
          tag: 'select_static',
          name: field.name,
          required: field.required,
          width: 'fill',
          options: field.options.map((option) => ({ text: plain(option.label), value: option.value })),
          ...(field.options.some(({ value }) => value === field.initial) ? { initial_option: field.initial } : {}),
        },
      ];
    case 'input':
      return [label(field.label), input(field)];
    case 'date':
      return [
        label(field.label),
        {
          tag: 'date_picker',
          name: field.name,
          required: field.required,
          width: 'fill',
          ...(field.initial === undefined ? {} : { initial_date: field.initial }),
        },
      ];
  }
}

function input(field: Extract<Field, { kind: 'input' }>): LarkElement {
  const maxLength = Math.min(Math.max(field.maxLength, 1), INPUT_MAX_CHARS);
  return {
    tag: 'input',
    name: field.name,
    required: field.required,
    width: 'fill',
    max_length: maxLength,
    ...(field.multiline ? { input_type: 'multiline_text', rows: 3 } : {}),
    ...(field.placeholder === undefined ? {} : { placeholder: plain(cut(field.placeholder, PLACEHOLDER_MAX_CHARS)) }),
    ...(field.initial === undefined ? {} : { default_value: cut(field.initial, maxLength) }),
  };
}

/** Labels of selects do not exist on the platform, so every label is a line above; the hint is a grey line under it. */
const label = (text: string, hint?: string): LarkElement =>
  markdown([bold(text), ...(hint === undefined ? [] : [muted(hint)])].join('\n'));
/** Cuts between characters, never through a surrogate pair. */
const cut = (text: string, chars: number): string =>
  text.length <= chars
    ? text
    : Array.from(text.slice(0, chars + 1))
        .slice(0, -1)
        .join('');
