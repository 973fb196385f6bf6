/** Short notices at the top, as the chat client shows them. They are also read aloud. */
import { el } from './dom.js';
import { t } from './texts.js';

const SHOWN_MS = { success: 4_000, info: 4_000, warning: 6_000, error: 7_000 };
const SIGNS = { success: '✓', info: 'i', warning: '!', error: '×' };

const stack = el('div', { class: 'toasts' });

/** Puts the notices' place on the page; it must exist before the first notice for screen readers to follow it. */
export function mountToasts() {
  stack.setAttribute('role', 'status');
  stack.setAttribute('aria-live', 'polite');
  document.body.append(stack);
}

/** @param {string} kind success, info, warning or error; anything else counts as info @param {string} content @param {string} [detail] a second, smaller line */
export function toast(kind, content, detail) {
  const type = /** @type {keyof typeof SIGNS} */ (Object.hasOwn(SIGNS, kind) ? kind : 'info');
  const node = el(
    'div',
    { class: `toast toast-${type}`, data: { type } },
    el('span', { class: 'toast-sign', 'aria-hidden': 'true' }, SIGNS[type]),
    el('span', { class: 'visually-hidden' }, t(`toast_${type}`)),
    el('span', { class: 'toast-text' }, content, detail ? el('small', {}, detail) : null),
    el(
      'button',
      { type: 'button', class: 'toast-close', 'aria-label': t('close'), on: { click: () => node.remove() } },
      '×',
    ),
  );
  stack.append(node);
  while (stack.children.length > 3) stack.firstElementChild?.remove();
  setTimeout(() => node.remove(), SHOWN_MS[type]);
}
