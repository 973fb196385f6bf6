/** A form: its fields' values live in the fields until a button sends them all at once. */
import { el } from '../dom.js';
import { t } from '../texts.js';

/** @typedef {import('./context.js').Ctx} Ctx */
/** @typedef {import('./context.js').FormState} FormState */

/** @param {import('../types.js').ElementJson} json @param {Ctx} ctx */
export function renderForm(json, ctx) {
  const name = String(json['name'] ?? '');
  const source = JSON.stringify(json);
  /** @type {FormState} */
  const form = {
    name,
    fields: [],
    keep: () => ctx.drafts.keep(ctx.messageId, name, source, valuesOf(form)),
  };
  const inner = { ...ctx, form, label: { id: null } };
  const node = el(
    'form',
    {
      class: 'form',
      novalidate: true,
      autocomplete: 'off',
      'aria-label': t('form'),
      data: { name },
      on: { submit: (event) => event.preventDefault() },
    },
    inner.render(json['elements'], inner),
  );
  const typed = ctx.drafts.find(ctx.messageId, name, source);
  for (const field of form.fields) if (Object.hasOwn(typed, field.name)) field.write(typed[field.name]);
  return node;
}

/** Everything in the form, as one callback carries it. @param {FormState} form @returns {Record<string, unknown>} */
export const valuesOf = (form) => Object.fromEntries(form.fields.map((field) => [field.name, field.read()]));

/** @param {unknown} value */
const isEmpty = (value) =>
  value === '' || value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Names of the required fields that are empty. @param {FormState} form */
export const missing = (form) =>
  form.fields.filter((field) => field.required && isEmpty(field.read())).map((field) => field.name);

/** Marks the named fields and moves to the first of them. @param {FormState} form @param {readonly string[]} names */
export function promptMissing(form, names) {
  for (const field of form.fields) field.complain(names.includes(field.name) ? t('required') : null);
  form.fields.find((field) => names.includes(field.name))?.focus();
}

/** Back to what the card said; nothing is sent. @param {FormState} form */
export function resetForm(form) {
  for (const field of form.fields) {
    field.write(field.initial);
    field.complain(null);
  }
  form.keep();
}
