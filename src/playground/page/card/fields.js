/**
 * The controls a person fills in. Inside a form they keep quiet until a button sends the form; on their own each change is a
 * click of its own (platform/lark.md §3.4).
 */
import { el, nextId, textOf } from '../dom.js';
import { t } from '../texts.js';
import { words } from './text.js';

/** @typedef {import('./context.js').Ctx} Ctx */
/** @typedef {import('../types.js').ElementJson} ElementJson */

/**
 * Joins a control to its form and puts it in a frame with room for a complaint.
 * @param {ElementJson} json @param {Ctx} ctx
 * @param {{ node: HTMLElement, focus?: HTMLElement, read: () => unknown, write: (value: unknown) => void, initial: unknown }} control
 */
function field(json, ctx, control) {
  const target = control.focus ?? control.node;
  const errorId = nextId('error');
  const error = el('p', { class: 'field-error', id: errorId, hidden: true });
  const frame = el('div', { class: `field ${json['width'] === 'fill' ? 'wide' : ''}` }, control.node, error);
  if (!ctx.form) return frame;
  if (json['required'] === true) target.setAttribute('aria-required', 'true');
  /** @param {string | null} sentence */
  const complain = (sentence) => {
    error.hidden = sentence === null;
    error.textContent = sentence ?? '';
    frame.classList.toggle('wrong', sentence !== null);
    if (sentence === null) {
      target.removeAttribute('aria-invalid');
      target.removeAttribute('aria-describedby');
    } else {
      target.setAttribute('aria-invalid', 'true');
      target.setAttribute('aria-describedby', errorId);
    }
  };
  const { form } = ctx;
  form.fields.push({
    name: String(json['name'] ?? ''),
    required: json['required'] === true,
    read: control.read,
    write: control.write,
    initial: control.initial,
    focus: () => {
      target.focus({ preventScroll: true });
      frame.scrollIntoView({ block: 'center' });
    },
    complain,
  });
  const changed = () => {
    complain(null);
    form.keep();
  };
  frame.addEventListener('input', changed);
  frame.addEventListener('change', changed);
  return frame;
}

/** Gives a control its spoken name: the text before it, else what the card says in its place. @param {HTMLElement} node @param {ElementJson} json @param {Ctx} ctx */
function named(node, json, ctx) {
  if (ctx.label.id) node.setAttribute('aria-labelledby', ctx.label.id);
  else node.setAttribute('aria-label', words(json['placeholder']) || String(json['name'] ?? t('field')));
  node.setAttribute('data-name', String(json['name'] ?? ''));
}

/** @param {ElementJson} json @returns {{ value: string, label: string }[]} */
const optionsOf = (json) =>
  (Array.isArray(json['options']) ? json['options'] : []).map((one) => ({
    value: String(one?.value ?? ''),
    label: words(one?.text) || String(one?.value ?? ''),
  }));

/** @param {ElementJson} json @param {Ctx} ctx @returns {{ value: string, label: string }[]} */
const choices = (json, ctx) =>
  json.tag.endsWith('_person')
    ? optionsOf(json).map((one) => ({ value: one.value, label: ctx.personName(one.value) ?? t('somebody') }))
    : optionsOf(json);

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderSelect(json, ctx) {
  const options = choices(json, ctx);
  const byIndex = options[Number(json['initial_index'] ?? 0) - 1]?.value;
  const initial = String(json['initial_option'] ?? byIndex ?? '');
  const node = el(
    'select',
    { class: 'control', disabled: json['disabled'] === true },
    el('option', { value: '', hidden: true }, words(json['placeholder']) || t('choose')),
    ...options.map((one) => el('option', { value: one.value }, one.label)),
  );
  named(node, json, ctx);
  const show = () => node.classList.toggle('unset', node.value === '');
  const write = (/** @type {unknown} */ value) => {
    node.value = textOf(value);
    show();
  };
  write(initial);
  node.addEventListener('change', () => {
    show();
    if (!ctx.form) void ctx.click({ name: String(json['name'] ?? ''), option: node.value }, node);
  });
  return field(json, ctx, { node, read: () => node.value, write, initial });
}

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderMultiSelect(json, ctx) {
  const options = choices(json, ctx);
  const boxes = options.map((one) => el('input', { type: 'checkbox', value: one.value }));
  const summary = el('summary', { class: 'control' });
  const node = el(
    'details',
    { class: 'multi' },
    summary,
    el(
      'div',
      { class: 'multi-list', role: 'group' },
      ...options.map((one, i) => el('label', { class: 'tick' }, boxes[i], el('span', {}, one.label))),
    ),
  );
  const labelId = ctx.label.id;
  summary.setAttribute('data-name', String(json['name'] ?? ''));
  if (labelId) node.lastElementChild?.setAttribute('aria-labelledby', labelId);
  const read = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const show = () => {
    const chosen = options.filter((_, i) => boxes[i]?.checked).map((one) => one.label);
    summary.textContent = chosen.length > 0 ? chosen.join(t('comma')) : words(json['placeholder']) || t('choose');
    summary.classList.toggle('unset', chosen.length === 0);
  };
  const write = (/** @type {unknown} */ value) => {
    const wanted = Array.isArray(value) ? value.map(String) : [];
    for (const box of boxes) box.checked = wanted.includes(box.value);
    show();
  };
  const initial = Array.isArray(json['selected_values']) ? json['selected_values'].map(String) : [];
  write(initial);
  node.addEventListener('change', show);
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && node.open) {
      node.open = false;
      summary.focus();
    }
  });
  return field(json, ctx, { node, focus: summary, read, write, initial });
}

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderInput(json, ctx) {
  const max = Math.min(1000, Math.max(1, Number(json['max_length']) || 1000));
  const multiline = json['input_type'] === 'multiline_text';
  const props = {
    class: 'control',
    maxlength: max,
    placeholder: words(json['placeholder']) || undefined,
    disabled: json['disabled'] === true,
  };
  const input = multiline
    ? el('textarea', { ...props, rows: Math.min(12, Number(json['rows']) || 3) })
    : el('input', { ...props, type: json['input_type'] === 'password' ? 'password' : 'text' });
  const initial = words(json['default_value']);
  const label = words(json['label']);
  input.id = nextId('input');
  if (label) input.setAttribute('data-name', String(json['name'] ?? ''));
  else named(input, json, ctx);
  const counter = multiline ? el('span', { class: 'counter', 'aria-hidden': 'true' }) : null;
  const show = () => {
    if (counter) counter.textContent = `${input.value.length}/${max}`;
  };
  const write = (/** @type {unknown} */ value) => {
    input.value = textOf(value);
    show();
  };
  write(initial);
  input.addEventListener('input', show);
  const node = el('div', { class: 'input' }, label ? el('label', { for: input.id }, label) : null, input, counter);
  if (!ctx.form) sendOnEnter(input, json, ctx);
  return field(json, ctx, { node, focus: input, read: () => input.value, write, initial });
}

/** @param {HTMLInputElement | HTMLTextAreaElement} input @param {ElementJson} json @param {Ctx} ctx */
function sendOnEnter(input, json, ctx) {
  input.addEventListener('keydown', (/** @type {any} */ event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void ctx.click({ name: String(json['name'] ?? ''), input_value: input.value }, input);
  });
}

/** @type {Record<string, { type: string, initial: string }>} */
const PICKERS = {
  date_picker: { type: 'date', initial: 'initial_date' },
  picker_time: { type: 'time', initial: 'initial_time' },
  picker_datetime: { type: 'datetime-local', initial: 'initial_datetime' },
};

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderDate(json, ctx) {
  const kind = PICKERS[json.tag] ?? { type: 'date', initial: 'initial_date' };
  const node = el('input', { class: 'control', type: kind.type, disabled: json['disabled'] === true });
  named(node, json, ctx);
  const write = (/** @type {unknown} */ value) => {
    node.value = textOf(value)
      .replace(/ \+\d{4}$/, '')
      .replace(' ', 'T');
  };
  const initial = String(json[kind.initial] ?? '');
  write(initial);
  const read = () => node.value.replace('T', ' ');
  node.addEventListener('change', () => {
    if (!ctx.form) void ctx.click({ name: String(json['name'] ?? ''), option: read() }, node);
  });
  return field(json, ctx, { node, read, write, initial });
}

/** @param {ElementJson} json @param {Ctx} ctx */
export function renderChecker(json, ctx) {
  const box = el('input', {
    type: 'checkbox',
    disabled: json['disabled'] === true,
    'data-name': String(json['name'] ?? ''),
  });
  const initial = json['checked'] === true;
  box.checked = initial;
  const node = el('label', { class: 'tick checker' }, box, el('span', {}, words(json['text'])));
  if (json['checked_style']?.show_strikethrough) node.classList.add('strike');
  const calls = Array.isArray(json['behaviors']) && json['behaviors'].length > 0;
  box.addEventListener('change', () => {
    if (!ctx.form && calls) void ctx.click({ name: String(json['name'] ?? ''), checked: box.checked }, box);
  });
  const write = (/** @type {unknown} */ value) => {
    box.checked = value === true;
  };
  return field(json, ctx, { node, focus: box, read: () => box.checked, write, initial });
}

/** The “…” menu. @param {ElementJson} json @param {Ctx} ctx */
export function renderOverflow(json, ctx) {
  const node = el('details', { class: 'overflow' }, el('summary', { class: 'button', 'aria-label': t('more') }, '···'));
  const items = optionsOf(json).map((one) =>
    el(
      'button',
      {
        type: 'button',
        class: 'button text',
        on: {
          click: () => {
            node.open = false;
            void ctx.click({ name: String(json['name'] ?? ''), option: one.value }, node);
          },
        },
      },
      one.label,
    ),
  );
  node.append(el('div', { class: 'overflow-list' }, ...items));
  return node;
}
