/** The confirm dialog that a card's button may ask for; the page shows it before anything is sent. */
import { el, nextId } from './dom.js';
import { t } from './texts.js';

/**
 * @param {string} title
 * @param {string} text
 * @param {{ danger?: boolean }} [how]
 * @returns {Promise<boolean>} true when the person agreed
 */
export function confirmDialog(title, text, how = {}) {
  return new Promise((resolve) => {
    const titleId = nextId('dialog');
    const textId = nextId('dialog');
    /** @param {boolean} yes */
    const close = (yes) => {
      dialog.close();
      dialog.remove();
      resolve(yes);
    };
    const ok = el(
      'button',
      {
        type: 'button',
        class: `button ${how.danger ? 'danger-filled' : 'primary-filled'}`,
        on: { click: () => close(true) },
      },
      t('confirm'),
    );
    const dialog = el(
      'dialog',
      { class: 'confirm', role: 'alertdialog', 'aria-labelledby': titleId, 'aria-describedby': textId },
      el('h2', { id: titleId }, title || t('confirm')),
      el('p', { id: textId }, text),
      el(
        'div',
        { class: 'dialog-buttons' },
        el('button', { type: 'button', class: 'button', on: { click: () => close(false) } }, t('cancel')),
        ok,
      ),
    );
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      close(false);
    });
    document.body.append(dialog);
    dialog.showModal();
    ok.focus();
  });
}
