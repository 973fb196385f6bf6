/** Buttons, and what pressing something does: check the form, ask, open a page, send the click. */
import { confirmDialog } from '../dialog.js';
import { el, safeUrl } from '../dom.js';
import { t } from '../texts.js';
import { toast } from '../toast.js';
import { missing, promptMissing, resetForm, valuesOf } from './form.js';
import { words } from './text.js';

/** @typedef {import('./context.js').Ctx} Ctx */
/** @typedef {import('../types.js').ElementJson} ElementJson */

const TYPES = new Set([
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
]);
const SIZES = new Set(['tiny', 'small', 'medium', 'large']);

/** @param {ElementJson} json @param {Ctx} ctx @returns {HTMLElement} */
export function renderButton(json, ctx) {
  const type = TYPES.has(json['type']) ? json['type'] : 'default';
  const size = SIZES.has(json['size']) ? json['size'] : 'medium';
  const label = words(json['text']) || t('button');
  const props = {
    class: `button ${type.replace('_', '-')} ${size}`,
    data: { name: String(json['name'] ?? '') },
    title: words(json['hover_tips']) || undefined,
  };
  const href = linkOf(json);
  if (href && !json['disabled'])
    return el(
      'a',
      {
        ...props,
        href,
        target: '_blank',
        rel: 'noopener noreferrer',
        on: { click: (event) => void followed(event, json, href) },
      },
      label,
    );
  const node = el('button', { ...props, type: 'button' }, el('span', {}, label));
  if (json['width'] === 'fill') node.classList.add('wide');
  if (json['disabled']) {
    node.setAttribute('aria-disabled', 'true');
    node.title = words(json['disabled_tips']) || node.title;
    node.addEventListener('click', () => {
      const why = words(json['disabled_tips']);
      if (why) toast('info', why);
    });
  } else node.addEventListener('click', () => void perform(json, ctx, node));
  return node;
}

/** The address of a button that only opens a page. @param {ElementJson} json */
function linkOf(json) {
  const behaviors = Array.isArray(json['behaviors']) ? json['behaviors'] : [];
  if (json['form_action_type'] || behaviors.length === 0 || behaviors.some((one) => one?.type !== 'open_url'))
    return null;
  return safeUrl(behaviors[0].default_url || behaviors[0].pc_url);
}

/** @param {MouseEvent} event @param {ElementJson} json @param {string} href */
async function followed(event, json, href) {
  if (!json['confirm']) return;
  event.preventDefault();
  if (await asked(json)) open(href, '_blank', 'noopener,noreferrer');
}

/** @param {ElementJson} json */
async function asked(json) {
  const ask = json['confirm'];
  if (!ask) return true;
  return confirmDialog(words(ask.title), words(ask.text), { danger: String(json['type']).startsWith('danger') });
}

/**
 * What a press does, in the client's order: required fields, the confirm dialog, then the answer of the bot.
 * @param {ElementJson} json @param {Ctx} ctx @param {HTMLElement} control
 */
export async function perform(json, ctx, control) {
  if (control.closest('[aria-busy="true"]')) return;
  const { form } = ctx;
  const kind = form ? json['form_action_type'] : undefined;
  if (form && kind === 'reset') {
    if (await asked(json)) resetForm(form);
    return;
  }
  if (form && kind === 'submit') {
    const empty = missing(form);
    promptMissing(form, empty);
    if (empty.length > 0) {
      toast('warning', t('required_toast', { count: empty.length }));
      return;
    }
  }
  if (!(await asked(json))) return;
  const behaviors = Array.isArray(json['behaviors']) ? json['behaviors'] : [];
  for (const one of behaviors) {
    const href = one?.type === 'open_url' ? safeUrl(one.default_url || one.pc_url) : null;
    if (href) open(href, '_blank', 'noopener,noreferrer');
  }
  if (kind !== 'submit' && !behaviors.some((one) => one?.type === 'callback')) return;
  const name = String(json['name'] ?? json['element_id'] ?? '');
  const blocked = await ctx.click(form && kind === 'submit' ? { name, form: valuesOf(form) } : { name }, control);
  if (form && blocked.length > 0) promptMissing(form, blocked);
}
