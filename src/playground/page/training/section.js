/** One foldable part of the training desk. */
import { el } from '../dom.js';

/**
 * @param {string} title
 * @param {string} hint
 * @param {readonly (Node | null)[]} children
 * @param {{ open?: boolean, onOpen?: () => void, className?: string }} [how]
 */
export function section(title, hint, children, how = {}) {
  const node = el(
    'details',
    { class: `desk-section ${how.className ?? ''}`, open: how.open === true },
    el('summary', {}, el('h3', {}, title)),
    el('div', { class: 'desk-body' }, hint ? el('p', { class: 'hint' }, hint) : null, ...children),
  );
  node.addEventListener('toggle', () => {
    if (node.open) how.onOpen?.();
  });
  return node;
}
